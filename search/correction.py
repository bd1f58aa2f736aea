"""Typing errors repaired from the words that the index has, never a word that is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import QueryWord, analyse_query, is_known
from search.analysis.analyser import folded_forms
from search.analysis.dictionary import WHOLE, knows
from search.analysis.stems import MANY
from search.analysis.stop_words import FIRST_GREEK

SHORTEST: Final = 4  # letters; shorter words have too many neighbours
MOST_NEAR: Final = 20  # near words that are compared by stem
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
    near = sorted(found for form in forms for found in _neighbours(form, word.exact, vocabulary, choices))
    if any(_is_form_of(word, choice) for *_, choice in near[:MOST_NEAR]):
        return ""
    return near[0][-1] if near else ""


def _is_form_of(word: QueryWord, choice: str) -> bool:
    """Tell whether the index's word and the typed one are forms of one word: then nothing is to be repaired.

    In languages that put ending on ending the index's word must be there up to its last letter: too much
    of a mistyped word looks like an ending there. A word that a whole dictionary has is there with all its forms:
    that the endings of these languages make the typed one look like it says nothing.
    """
    is_whole = any(knows(choice, language) for language in WHOLE)
    known = tuple(f"{language}x" for language in WHOLE) if is_whole else ()
    shared = {token for other in analyse_query(choice) for token in other.tokens}.intersection(word.tokens)
    shared = {token for token in shared if not token.startswith(known)}
    if any(token.partition("x")[0] not in MANY for token in shared):
        return True
    forms = folded_forms(word.exact)
    return bool(shared) and any(form.startswith(choice[:-1]) for form in forms)


def _neighbours(
    form: str, exact: str, vocabulary: Mapping[str, int], choices: Sequence[str]
) -> list[tuple[int, bool, bool, int, str]]:
    """Return the words near a folded form, best first when sorted: errors, script, first letter, frequency."""
    is_latin = exact[0] < FIRST_GREEK
    limit = 1 if len(form) <= SHORT else 2
    of_like_length = [choice for choice in choices if -limit <= len(choice) - len(form) <= limit]
    found = process.extract(form, of_like_length, scorer=OSA.distance, score_cutoff=limit, limit=None)
    return [
        (int(far), (choice[0] < FIRST_GREEK) != is_latin, choice[0] != form[0], -vocabulary[choice], choice)
        for choice, far, _ in found
        if len(choice) >= SHORTEST
    ]
