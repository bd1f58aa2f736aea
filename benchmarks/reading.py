"""How plain every page is, in each language: words a sentence, and LIX beside the reference text (R75)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import django


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each page and language; exit with 1 when one is over a limit."""
    parser = argparse.ArgumentParser(prog="./run bench reading", description=__doc__)
    parser.add_argument("--language", action="append", help="only this language; may stand more than once")
    parser.add_argument("--over", action="store_true", help="only the pages that are over a limit")
    options = parser.parse_args(arguments)
    django.setup()
    from home.readability import highest_lix  # deferred: needs Django set up
    from home.written import written

    pages = [page for page in written() if not options.language or page.language in options.language]
    shown = [page for page in pages if page.faults or not options.over]
    print(
        f"{'language':9} {'page':22} {'sentences':>9} {'average':>8} {'longest':>8} {'LIX':>6} {'limit':>6}"
    )
    for page in sorted(shown, key=lambda page: (page.language, page.key)):
        figures, limit = page.reading, highest_lix(page.language)
        print(
            f"{page.language:9} {page.key:22} {figures.sentences:9} {figures.average:8} {figures.longest:8} "
            f"{figures.lix:6} {limit if limit is not None else '-':>6} {' '.join(page.faults)}"
        )
        for sentence in page.long_sentences:
            print(f"          {sentence}")
    over = [page for page in pages if page.faults]
    print(
        f"{len(pages)} texts in {len({page.language for page in pages})} languages; {len(over)} over a limit."
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
