"""Translations that packs bring: shown in their own language, in the other Serbian script, never overwritten."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.actions import load_pages
from home.models import RightService, RightsPage
from portal.plugins import registry

pytestmark = pytest.mark.django_db


def page_at(path: str) -> BeautifulSoup:
    return BeautifulSoup(Client().get(path).content, "html.parser")


def serbian(key: str = "rs-police") -> RightsPage:
    return RightsPage.objects.get(key=key, locale__language_code="sr-latn")


def test_every_page_is_there_in_serbian_and_slovenian():
    keys = {
        code: set(
            RightsPage.objects.filter(locale__language_code=code, live=True).values_list("key", flat=True)
        )
        for code in ("en", "sr-latn", "sl")
    }
    assert keys["sr-latn"] == keys["en"]
    assert keys["sl"] == keys["en"]


def test_translation_has_its_own_language_and_no_fallback_notice():
    page = page_at("/sr-latn/rights/rs-officers/")
    assert page.main["lang"] == "sr-Latn"
    assert page.h1.get_text(strip=True) == serbian().title
    assert "nema prevoda" not in page.get_text().lower()
    assert "police" not in page.main.get_text().lower()


def test_cyrillic_is_derived_when_read_and_stored_nowhere():
    latin, cyrillic = page_at("/sr-latn/rights/rs-officers/"), page_at("/sr-cyrl/rights/rs-officers/")
    assert cyrillic.main["lang"] == "sr-Cyrl"
    assert cyrillic.h1.get_text(strip=True) == "Ваша права у полицији"
    assert len(cyrillic.find_all("li")) == len(latin.find_all("li"))
    assert {tag["id"] for tag in cyrillic.main.find_all(id=True)} == {
        tag["id"] for tag in latin.main.find_all(id=True)
    }
    assert not RightsPage.objects.filter(locale__language_code="sr-cyrl").exists()


def test_page_without_a_translation_falls_back_and_says_so():
    RightsPage.objects.get(key="rs-police", locale__language_code="sl").unpublish()
    page = page_at("/sl/rights/rs-officers/")
    assert page.main["lang"] == "en"


def test_unreviewed_translation_says_that_nobody_has_read_it():
    note = "Ovaj tekst još nije pročitao niko kome je to maternji jezik."
    assert note in page_at("/sr-latn/rights/rs-officers/").get_text()
    RightsPage.objects.filter(pk=serbian().pk).update(reviewed=True)
    assert note not in page_at("/sr-latn/rights/rs-officers/").get_text()


def test_reasons_of_services_are_in_the_readers_language():
    page = serbian()
    links = RightService.objects.filter(page__key="rs-police")
    assert links.exists()
    assert all({"en", "sr-latn"} <= set(link.reason) for link in links)
    shown = page_at("/sr-latn/rights/rs-officers/").main.get_text()
    assert str(links.first().reason["sr-latn"]) in shown
    assert page.live


def test_edited_translation_is_kept():
    page = serbian()
    page.title = "Napisala Ana"
    page.save_revision().publish()
    pack = next(pack for pack in registry.countries if pack.country.code == "RS")
    RightsPage.objects.filter(pk=page.pk).update(loaded_digest="older")
    assert load_pages(pack, name="serbia").kept == ["rs-police/sr-latn"]
    assert serbian().title == "Napisala Ana"
