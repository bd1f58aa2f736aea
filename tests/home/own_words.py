"""Marks of the strings of our list of facts, so that a test knows them without having the list.

``data/source_strings.txt`` holds a mark for each string of four words or more, and for each sentence of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

STORED = Path(__file__).parent / "data" / "source_strings.txt"
LEAST = 4  # words; shorter ones are names and common phrases


def parts(text: str) -> Iterator[str]:
    """Yield a text and each of its sentences, when it has enough words."""
    for part in (text, *re.split(r"[.;:!?]\s+|\n", text)):
        if len(_words(part)) >= LEAST:
            yield part


def mark(text: str) -> str:
    """Return a short mark of a text; case, spaces and signs make no difference."""
    return blake2b(" ".join(_words(text)).encode(), digest_size=8).hexdigest()


def known() -> frozenset[str]:
    """Return the marks of our list of facts."""
    return frozenset(STORED.read_text(encoding="ascii").split())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
