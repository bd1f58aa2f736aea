"""Words that give a reader away, because titles, paths and file names stay in a browser's history (R7).

The lists of ``data/neutral_words.txt`` hold stems, folded for the search: no case, no diacritics, đ as d, one
space for every separator. Some are tied to the start of a word, where they would otherwise stop harmless
words (rape in "therapeutic", atina in "latinica", azil in "brazil"). The others stop a text wherever they
stand, as the black-box probe does; the probe itself ties nothing, so it still stops "terapeut" in a title.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from urllib.parse import unquote

DATA = Path(__file__).parent / "data" / "neutral_words.txt"

SAME = str.maketrans("đłıøىيئكةґѓќ\u200c", "dlioیییکهггк ", "\u0640\u200d\u00ad")


def telling_words(text: str) -> tuple[str, ...]:
    """Return the folded stems of all languages that ``text`` holds, in alphabetical order; none when neutral.

    Of stems that hold one another only the shortest is named. ``text`` may be a title, a path
    (percent-encoded or not) or a file name.
    """
    folded = fold(text)
    found = {stem for stem in _stems() if stem in folded}
    return tuple(
        sorted({stem.strip() for stem in found if not any(short in stem for short in found - {stem})})
    )


def is_neutral(text: str) -> bool:
    """Tell whether a title, path or file name holds no telling word."""
    return not telling_words(text)


def fold(text: str) -> str:
    """Return the text as the stems are written, with a space before, between and after its words."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", unquote(text)).casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(SAME)
    words = " ".join(re.findall(r"[^\W_]+", plain))
    return f" {words} "


@cache
def stems_by_language() -> dict[str, tuple[str, ...]]:
    """Return the stems as they stand in the data file, by language code; "probe" holds the probe's own."""
    found: dict[str, tuple[str, ...]] = {}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, stems = line.split(": ", 1)
            found[language] = (*found.get(language, ()), *stems.split("|"))
    return found


@cache
def _stems() -> tuple[str, ...]:
    """Every stem once, folded; a space at an end stands for the border of a word."""
    raw = {stem for stems in stems_by_language().values() for stem in stems}
    return tuple(sorted(_bordered(stem) for stem in raw))


def _bordered(stem: str) -> str:
    """Return a folded stem with a space where it is tied to the border of a word."""
    before, after = " " * stem.startswith("^"), " " * stem.endswith("_")
    return f"{before}{fold(stem.strip('^_')).strip()}{after}"
