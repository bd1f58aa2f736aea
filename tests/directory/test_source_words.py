"""Sources and hours as a visitor reads them: names and dates in the page's language, no key of ours."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from directory.hours_words import in_words
from directory.models import Contact, Organization, Phone, Service
from directory.source_words import said, told
from portal import languages

pytestmark = pytest.mark.django_db

KEY = re.compile(r"\b00\d\b|\bL\d+\b")
LANGUAGES = ("sr-latn", "sr-cyrl", "sl", "ar", "uk", "ru", "hu", "sq")


def test_a_key_becomes_the_name_of_its_source_with_its_date():
    assert told("004 L136-156", asked="sr-cyrl") == [
        "Брошура организације АСТРА о услугама за жртве (фебруар 2019. или касније)"
    ]
    assert told("000 L56, L94; 003 L1226; L1230-1240; names L86-87; 000 L9", asked="sl") == [
        "Spletna stran slovenske vlade, gov.si (približno 2020)",
        "Publikacija Društva Ključ o (re)integraciji (približno 2019)",
    ]


def test_an_address_becomes_its_host_with_the_date_beside_it():
    found = said("https://www.dnevnik.si/1042946189/ ; https://example.org/a", "2020-12; 2021", "en")
    assert [(each.name, each.day) for each in found] == [
        ("dnevnik.si", "December 2020"),
        ("example.org", "2021"),
    ]


def test_a_note_that_nobody_named_stays_and_says_that_it_is_english():
    (found,) = told("a talk with the office", "2024", "ar")
    assert (found.language, found) == ("en", "a talk with the office (2024)")


@pytest.mark.parametrize(("model", "column"), [(Organization, "source"), (Service, "source")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_of_the_packs_is_told_in_the_language_of_the_page(model, column, language):
    rows = set(model.objects.for_visitors().values_list(column, "source_date"))
    assert len(rows) > 5
    found = {text for row in rows for text in told(*row, asked=language)}
    assert [text for text in found if text.is_fallback or KEY.search(text)] == []


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("24/7 since 2021-01-01", "Podnevi in ponoči"),
        ("24/7 (mddsz.gov.si)", "Podnevi in ponoči"),
        ("weekdays 7.30-15.30", "Ob delavnikih 7:30–15:30"),
        ("12-20 (2021)", "12:00–20:00"),
        (
            "Mon 9-12, Wed 9-12 and 14-16, Fri 9-12",
            "Ponedeljek 9:00–12:00, sreda 9:00–12:00, 14:00–16:00, petek 9:00–12:00",
        ),
    ],
)
def test_hours_are_read_in_the_language_of_the_page(hours, words):
    with translation.override("sl"):
        assert in_words(hours) == words


def test_hours_that_nobody_understands_stay_and_say_that_they_are_english():
    with translation.override("sl"):
        assert in_words("after the mass").language == "en"


def test_all_hours_of_the_packs_are_understood():
    rows = {*Phone.objects.values_list("hours_text"), *Contact.objects.values_list("hours_text")}
    texts = {text for (text,) in rows if text}
    assert len(texts) > 5
    with translation.override("ar"):
        assert [text for text in texts if getattr(in_words(text), "language", "ar") != "ar"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shows_a_key_or_unmarked_english_where_it_says_its_source(language):
    tag = languages.get(language).tag
    service = Service.objects.get(fact_id="S69")
    office = Organization.objects.get(fact_id="O24")
    pages = [f"services/{service.code}/", f"organizations/{office.code}/"]
    pages += ["rights/si-officers/", "about-data/", "rights/pro-notes/"]
    shown = 0
    for page in pages:
        soup = BeautifulSoup(Client().get(f"/{language}/{page}").content, "html.parser")
        for row in soup.select("p.source, footer.sources p"):
            shown += 1
            assert not KEY.search(row.get_text()), (page, row)
            alone = [text for text in row.find_all(string=True) if text.find_parent(lang=True)["lang"] == tag]
            assert not re.search(r"\b(page|about|the|of|copy|undated)\b", " ".join(alone)), (page, row)
    assert shown > 20
