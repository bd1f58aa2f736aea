"""``./run bench relevance``: how often what would help comes first, by kind of query, on this site's own data.

``-v`` shows each query whose first answer is not right.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks._judging import Score

NAMES = {
    "queries": "Golden queries",
    "heldout": "Held out: nothing was tuned on these",
    "fresh": "Written later; general causes were mended",
}


def main(arguments: Sequence[str]) -> int:
    """Print the figures of both sets; return 1 when the site has no data."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = (
        "portal.settings.dev"  # the site's own data, not an empty test database
    )
    django.setup()
    from benchmarks._judging import names_of_services, scores
    from tests.search.golden_queries import read

    if not names_of_services():
        print("This site is empty: start it once with ./run, or load it with ./run manage load_packs.")
        return 1
    for name, title in NAMES.items():
        _table(title, scores(read(name)), verbose="-v" in arguments)
    return 0


def _table(title: str, found: dict[str, Score], *, verbose: bool) -> None:
    print(f"\n{title}\n{'category':16}{'queries':>8}{'first':>9}{'of five':>9}{'forbidden':>11}")
    for name in sorted(found, key=lambda name: (not name, name)):
        score = found[name]
        numbers = f"{score.queries:8}{score.at_1:8.1f} %{score.at_5:7.1f} %{score.forbidden:11}"
        print(f"{name or 'all':16}{numbers}")
    if verbose:
        for verdict in found[""].wrong:
            query = verdict.query
            mark = "!" if verdict.forbidden else str(verdict.rank or "-")
            mended = f" ({verdict.corrected})" if verdict.corrected else ""
            shown = " ".join(verdict.shown)
            print(f"{mark} {query.category:14} {query.language:8} {query.query}{mended} | {shown}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
