"""Words, offsets and tokens, for any text at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.languages import CODES
from search.analysis import analyse, analyse_query, is_known, query_languages


def tokens(word: str, language: str) -> set[str]:
    (found,) = analyse(word, language)
    return set(found.tokens)


@given(st.text(), st.sampled_from(CODES))
def test_analyse_takes_any_text(text: str, language: str):
    last = 0
    for word in analyse(text, language):
        assert last <= word.start < word.end <= len(text)
        assert word.exact
        assert word.tokens
        assert all(re.fullmatch("[a-z]+", token) for token in word.tokens)
        last = word.end


@given(st.text())
def test_analyse_query_takes_any_text(text: str):
    for word in analyse_query(text):
        assert text[word.start : word.end] == word.text
        assert word.tokens
        assert all(re.fullmatch("[a-z]+", token) for token in word.tokens)
    assert isinstance(is_known(text), bool)


@given(st.text(), st.sampled_from(CODES))
def test_query_finds_every_word_of_a_text(text: str, language: str):
    found = {token for word in analyse_query(text) for token in word.tokens}
    for word in analyse(text, "en"):
        assert found & set(word.tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pomoć", ("en", "sr", "sl", "sq", "hu", "ro", "rom", "tr", "de", "fr")),
        ("помоћ", ("sr", "mk", "bg", "uk", "ru")),
        ("ملجأ", ("ar", "fa")),
        ("112", ()),
    ],
)
def test_query_languages_follow_the_script(text: str, expected: tuple[str, ...]):
    assert query_languages(text) == expected


def test_query_of_function_words_only_keeps_them():
    assert [word.is_stop for word in analyse_query("za mene")] == [False, False]
    assert [word.is_stop for word in analyse_query("kuća za žene")] == [False, True, False]
