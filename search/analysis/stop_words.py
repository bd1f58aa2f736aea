"""Function words, which a query may hold but nobody looks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from search.analysis.letters import folded_word, normalise

FIRST_GREEK: Final = "\u0370"  # letters before it are Latin
FILE: Final = Path(__file__).parent.parent / "data" / "stop_words.txt"


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """Return the function words of each language, as written and folded."""
    found: dict[str, set[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        language, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            exact = [normalise(word, language) for word in words.split()]
            found.setdefault(language, set()).update(exact, (folded_word(word, language) for word in exact))
    return {language: frozenset(words) for language, words in found.items()}


def is_function_word(exact: str, folded: str, language: str) -> bool:
    """Tell whether a normalised word is a function word; Latin letters with marks count as written (iş, is)."""
    words = stop_words().get(language, frozenset())
    return exact in words or (folded in words and (exact == folded or exact[0] >= FIRST_GREEK))
