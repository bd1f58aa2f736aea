"""``./run bench relevance``: how often what would help comes first, by kind of query, on this site's own data.

A checkout that was never started has none: then on a throw-away site with both packs (two minutes).
``-v`` shows each query whose first answer is not right.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks._judging import Score

NAMES = {
    "queries": "Golden queries",
    "heldout": "Held out: nothing was tuned on these",
    "fresh": "Written later; general causes were mended",
}


def main(arguments: Sequence[str]) -> int:
    """Print the figures of all sets; return 1 when the site has no data."""
    # The site's own data, not an empty test database.
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
    from django.conf import settings

    with ExitStack() as stack:
        if was_never_started(settings.DATABASES["default"]):
            _fill(Path(stack.enter_context(tempfile.TemporaryDirectory()), "relevance.sqlite3"))
        return _measure(verbose="-v" in arguments)


def was_never_started(database: Mapping[str, Any]) -> bool:
    """Tell whether this site has no database file yet; a server's database is never filled from here."""
    return "sqlite3" in database["ENGINE"] and not Path(database["NAME"]).is_file()


def _fill(path: Path) -> None:
    from benchmarks._database import use_sqlite

    print("This site was never started: a throw-away one is filled with both packs.", flush=True)
    use_sqlite(path)
    from tests.database import fill

    fill()


def _measure(*, verbose: bool) -> int:
    import django

    django.setup()
    from django.db import DatabaseError

    from benchmarks._judging import names_of_services, scores
    from tests.search.golden_queries import read

    try:
        is_empty = not names_of_services()
    except DatabaseError:  # no tables
        is_empty = True
    if is_empty:
        print("This site is empty: start it once with ./run, or load it with ./run manage load_packs.")
        return 1
    for name, title in NAMES.items():
        _table(title, scores(read(name)), verbose=verbose)
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
