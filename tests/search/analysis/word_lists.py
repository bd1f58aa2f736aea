"""The word lists of the tests: forms of words of our subject and their base forms, by language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from portal.folding import fold
from search.analysis import analyse

FOLDER = Path(__file__).parent / "words"
LANGUAGES = tuple(sorted(file.stem for file in FOLDER.glob("*.tsv")))
UNMARKED = str.maketrans(
    {"ё": "е", "ґ": "г", "ї": "і", "ѓ": "г", "ќ": "к", "'": None, "\u200c": None}
    | dict(zip("أإآةىئؤ", "ااايييو", strict=True))
    | {"ة": "ه"}
)


@cache
def pairs(language: str) -> tuple[tuple[str, str], ...]:
    """Return the (form, base form) pairs of a language."""
    lines = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple((form, base) for form, base in (line.split("\t") for line in lines))


def bases(language: str) -> list[str]:
    """Return the base forms of a language, in order of letters."""
    return sorted({base for _, base in pairs(language)})


def tokens(word: str, language: str) -> set[str]:
    """Return the tokens of a word."""
    return {token for found in analyse(word, language) for token in found.tokens}


def without_marks(word: str) -> str:
    """Return a word as somebody types it who leaves out what the keyboard makes hard; scripts stay."""
    return fold(word) if word[0] < "\u0400" else word.translate(UNMARKED)
