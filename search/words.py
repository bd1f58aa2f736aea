"""Finding by words, simply: every word must begin a folded word of the record, in any language."""

from __future__ import annotations

from collections.abc import Mapping

from portal.folding import fold

WEIGHTS = {"name": 6, "concepts": 4, "text": 1}
DISTRESS = frozenset(
    fold(word)
    for word in (
        "help", "sos", "danger", "pomoć", "upomoć", "pomagaj", "opasnost", "na pomoč", "pomoč", "nevarnost",
        "ndihmë", "segítség", "ajutor", "помощь", "помогите", "допоможіть", "допомога", "النجدة", "مساعدة",
    )
)  # fmt: skip


def fields_of(texts: Mapping[str, Mapping[str, str]]) -> dict[str, frozenset[str]]:
    """Return each field's folded words, over all languages."""
    words: dict[str, set[str]] = {}
    for fields in texts.values():
        for name, text in fields.items():
            words.setdefault(name, set()).update(fold(text).split())
    return {name: frozenset(found) for name, found in words.items()}


def score(fields: Mapping[str, frozenset[str]], words: str) -> int:
    """Return 0 when a word is missing, else the sum over words of the best field's weight."""
    total = 0
    for word in fold(words).split():
        found = [
            WEIGHTS.get(name, 1)
            for name, known in fields.items()
            if any(candidate.startswith(word) for candidate in known)
        ]
        if not found:
            return 0
        total += max(found)
    return total


def is_distress(words: str) -> bool:
    """Whether the words are a cry for help: then the round-the-clock services come first."""
    return fold(words) in DISTRESS
