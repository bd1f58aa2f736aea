"""Function words, which a query may hold but nobody looks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from search.analysis.letters import folded_word, normalise

FILE: Final = Path(__file__).parent.parent / "data" / "stop_words.txt"


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """Return the folded function words of each language."""
    found: dict[str, set[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        language, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            folded = (folded_word(normalise(word), language) for word in words.split())
            found.setdefault(language.strip(), set()).update(folded)
    return {language: frozenset(words) for language, words in found.items()}
