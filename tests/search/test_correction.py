"""Typing errors are repaired, words that are right stay."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse_query, folded_word
from search.analysis.letters import normalise
from search.correction import Correction, correct
from tests.search.analysis.word_lists import LANGUAGES, bases, pairs, tokens

ALPHABETS = {
    "ar": "ابتحدرسعفقكلمنهوي", "fa": "ابتحدرسعفقكلمنهوي",
    "bg": "абвгдежзиклмнопрстуфхцчш", "mk": "абвгдежзиклмнопрстуфхцчш", "uk": "абвгдежзиклмнопрстуфхцчш",
    "ru": "абвгдежзиклмнопрстуфхцчш",
}  # fmt: skip
WRONG = 2.0  # per cent of right words of one language that may be "repaired": one of some fifty
WRONG_OF_ALL = 0.5
REPAIRED = 80.0  # per cent of one-letter errors in one language
REPAIRED_OF_ALL = 87.0
TYPOS = 4  # of each word


@cache
def vocabulary() -> dict[str, int]:
    """Return the base forms of all lists: the index does not know the other forms."""
    return {folded_word(normalise(base), one): 10 for one in LANGUAGES for base in bases(one)}


def fixed(text: str, words: dict[str, int] | None = None) -> str | None:
    repaired = correct(analyse_query(text), vocabulary() if words is None else words)
    return repaired.corrected if repaired else None


def mistyped(word: str, alphabet: str, chance: random.Random) -> str:
    """Return a word with one letter left out, put in, exchanged or swapped; the first letter stays."""
    at, letter = chance.randrange(1, len(word) - 1), chance.choice(alphabet)
    kinds = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chance.choice(kinds)


@cache
def repaired(language: str) -> tuple[int, int]:
    """Return how many of how many typing errors lead to the word that was meant."""
    chance, found, tried = random.Random(7), 0, 0
    for base in (word for word in bases(language) if len(word) >= 5):
        alphabet = ALPHABETS.get(language, "abcdefghijklmnoprstuvz")
        for typed in (mistyped(base, alphabet, chance) for _ in range(TYPOS)):
            words = [typed] if fixed(typed) is None else [fixed(typed) or ""]
            tried += 1
            found += any(tokens(base, language) & tokens(word, language) for word in words)
    return found, tried


@cache
def wrong(language: str) -> list[str]:
    """Return the right words that were "repaired"."""
    return [form for form, _ in pairs(language) if fixed(form) is not None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_words_stay(language: str):
    assert 100 * len(wrong(language)) / len(pairs(language)) <= WRONG, wrong(language)


def test_right_words_stay_over_all_languages():
    count = sum(len(pairs(language)) for language in LANGUAGES)
    assert 100 * sum(len(wrong(language)) for language in LANGUAGES) / count <= WRONG_OF_ALL


@pytest.mark.parametrize("language", LANGUAGES)
def test_typing_errors_are_repaired(language: str):
    found, tried = repaired(language)
    assert 100 * found / tried >= REPAIRED


def test_typing_errors_are_repaired_over_all_languages():
    results = [repaired(language) for language in LANGUAGES]
    assert 100 * sum(found for found, _ in results) / sum(tried for _, tried in results) >= REPAIRED_OF_ALL


def test_correction_says_what_was_typed():
    found = correct(analyse_query("Sklnoište za žene"), {"skloniste": 3}, {"skloniste": "sklonište"})
    assert found == Correction("Sklnoište za žene", "sklonište za žene", ("sklonište", "za", "žene"))


@pytest.mark.parametrize("text", ["", "112", "+381 11 785 0001", "abc", "za", "ASTRA", "shelters"])
def test_short_words_numbers_and_known_words_stay(text: str):
    assert fixed(text, {"astra": 1, "shelter": 9, "abcd": 9, "0117850000": 9}) is None


def test_more_frequent_word_is_preferred():
    assert fixed("qwertq", {"qwertg": 1, "qwertk": 5}) == "qwertk"


def test_same_first_letter_is_preferred():
    assert fixed("qwertz", {"qwerty": 1, "pwertz": 5}) == "qwerty"


def test_short_word_may_have_one_error_only():
    assert fixed("qwxyz", {"qwert": 1}) is None
    assert fixed("qwertxy", {"qwertab": 1}) == "qwertab"


@given(st.text(max_size=40))
def test_any_text_may_be_typed(text: str):
    found = correct(analyse_query(text), {"skloniste": 1, "помощь": 1})
    assert found is None or len(found.words) == len(analyse_query(text))


def test_form_that_is_further_away_does_not_keep_an_error() -> None:
    """The Slovenian stem of "advokata" is that of "advokt", but "advokat" is nearer."""
    vocabulary = {"advokat": 17, "advokata": 14, "avokat": 13}
    mended = correct(analyse_query("advokt"), vocabulary)
    assert mended is not None
    assert mended.corrected == "advokat"
