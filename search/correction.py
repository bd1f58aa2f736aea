"""Typing errors repaired from the words that the index has, never a word that is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import QueryWord, analyse_query, is_known
from search.analysis.analyser import folded_forms

SHORTEST: Final = 4  # letters; shorter words have too many neighbours
SHORT: Final = 5  # letters; up to here one error, beyond two


@dataclass(frozen=True, slots=True)
class Correction:
    """A repaired query: as typed, as repaired, and the repaired words in the order of the query."""

    original: str
    corrected: str
    words: tuple[str, ...]


def correct(
    words: Sequence[QueryWord], vocabulary: Mapping[str, int], spellings: Mapping[str, str] | None = None
) -> Correction | None:
    """Return the query with its typing errors repaired, or None when nothing is to be repaired.

    ``vocabulary`` has the folded words of the index and how often each occurs; ``spellings`` may give
    the written form of a folded word. A word stays that a dictionary or the vocabulary has, that is
    short, a number or a function word, or that has no near word of another stem.
    """
    choices = list(vocabulary)
    repaired = [_repaired(word, vocabulary, choices) for word in words]
    if not any(repaired):
        return None
    written = spellings or {}
    texts = tuple(
        written.get(new, new) if new else word.text for word, new in zip(words, repaired, strict=True)
    )
    return Correction(" ".join(word.text for word in words), " ".join(texts), texts)


def _repaired(word: QueryWord, vocabulary: Mapping[str, int], choices: Sequence[str]) -> str:
    """Return the vocabulary's word that was meant, or an empty string when the word stays."""
    if word.is_stop or len(word.exact) < SHORTEST or not word.exact.isalpha():
        return ""
    forms = folded_forms(word.exact)
    if any(form in vocabulary for form in forms) or is_known(word.text):
        return ""
    near = [found for form in forms for found in _neighbours(form, vocabulary, choices)]
    if not near:
        return ""
    best = min(near)[-1]
    shared = {token for other in analyse_query(best) for token in other.tokens} & set(word.tokens)
    return "" if shared else best


def _neighbours(
    form: str, vocabulary: Mapping[str, int], choices: Sequence[str]
) -> list[tuple[int, bool, int, str]]:
    """Return the words near a folded form, best first when sorted: errors, first letter, frequency."""
    limit = 1 if len(form) <= SHORT else 2
    found = process.extract(form, choices, scorer=OSA.distance, score_cutoff=limit, limit=None)
    return [
        (int(distance), choice[0] != form[0], -vocabulary[choice], choice)
        for choice, distance, _ in found
        if len(choice) >= SHORTEST
    ]
