"""What the result page says in trouble and in danger, in every language that it may be read in or typed in."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as given
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from portal import languages
from portal.transliteration import to_cyrillic
from search.analysis import analyse_query
from search.checks import ELASTICSEARCH
from search.lexicon_models import ConceptTerm

pytestmark = pytest.mark.django_db
STAND_IN = "Our search is slower than usual. These results may miss something."


def find(words: str, language: str = "en") -> BeautifulSoup:
    visitor = Client()
    address = visitor.post(f"/{language}/search/", {"words": words})["Location"]
    return BeautifulSoup(visitor.get(address).content, "html.parser")


def notices(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ", strip=True).split())


@pytest.mark.parametrize("language", given.PORTAL_LANGUAGES)
def test_note_that_a_stand_in_answered_is_in_the_readers_words(settings, monkeypatch, language):
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    settings.SEARCH_ENGINE = ELASTICSEARCH
    with translation.override(language):
        note = gettext(STAND_IN)
    assert (note == STAND_IN) is (language == "en")
    assert note in notices(find("sigurna kuća", language))


@pytest.mark.parametrize("language", given.PORTAL_LANGUAGES)
def test_mended_words_are_said_in_the_readers_words(language):
    said = find("shelterr", language).main.select_one("p.notice")
    assert [word.get_text() for word in said.select("bdi")] == ["shelter", "shelterr"]
    with_english = find("shelterr").main.select_one("p.notice").get_text(" ", strip=True)
    assert (said.get_text(" ", strip=True) == with_english) is (language == "en")


def cries(language: str) -> list[str]:
    """Return the single words that cry for help in a language."""
    rows = ConceptTerm.objects.filter(language=language, concept__key="help", concept__is_distress=True)
    texts: Iterable[str] = rows.order_by("pk").values_list("text", flat=True)
    return [text for text in texts if len(analyse_query(text)) == 1][:3]


@pytest.mark.parametrize("language", languages.CODES)
def test_one_word_for_help_puts_the_lines_first(language):
    typed = list(map(to_cyrillic, cries("sr-latn"))) if language == "sr-cyrl" else cries(language)
    assert typed
    for word in typed:
        first = find(word).main.select_one("section")
        assert first["aria-labelledby"] == "lines", word
        assert first.select('a[href^="tel:"]')


@pytest.mark.parametrize("words", ["upomoć qqqqzzzz", "he will kill me qqqqzzzz", "Рятуйте!!!"])
def test_cry_for_help_keeps_the_lines_whatever_else_is_typed(words):
    assert find(words).main.select_one("section")["aria-labelledby"] == "lines"
