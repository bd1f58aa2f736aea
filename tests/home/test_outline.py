"""The outline of every kind of page: one heading on top, none skipped, landmarks named, languages of parts marked."""

from __future__ import annotations

import itertools
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.models import RightsPage
from portal import languages
from tests.flows.pages import PAGES

pytestmark = pytest.mark.django_db

ARABIC = re.compile("[\u0600-\u06ff]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ž]{2,}")
RTL, CYRILLIC, LATIN = "ar", "sr-cyrl", "en"


def page(name: str, code: str) -> BeautifulSoup:
    return BeautifulSoup(Client().get(f"/{code}/{PAGES[name]()}").content, "html.parser")


@pytest.mark.parametrize("code", [LATIN, CYRILLIC, RTL])
@pytest.mark.parametrize("name", PAGES)
def test_outline_is_whole(name, code):
    soup = page(name, code)
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    skipped = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
    assert skipped == []
    banners = [part for part in soup.find_all(["header", "footer"]) if part.find_parent("main") is None]
    assert [part.name for part in (*soup.find_all("main"), *banners)] == ["main", "header", "footer"]
    regions = soup.find_all(["nav", "aside"])
    names = [name_of_region(soup, region) for region in regions]
    assert "" not in names
    assert len(set(names)) == len(names)


def name_of_region(soup: BeautifulSoup, region) -> str:
    """Return the name that a screen reader says for a landmark."""
    if label := region.get("aria-label", "").strip():
        return label
    heading = soup.find(id=region.get("aria-labelledby", "-"))
    return heading.get_text(" ", strip=True) if heading else ""


@pytest.mark.parametrize("name", PAGES)
def test_latin_text_in_an_arabic_page_carries_its_language_or_is_isolated(name):
    """A name inside an Arabic sentence needs nothing: the sentence's own direction orders it."""
    soup = page(name, RTL)
    loose = []
    for text in soup.body.find_all(string=LATIN_WORD):
        hidden = text.parent.name in {"script", "style"} or text.find_parent(attrs={"aria-hidden": "true"})
        if hidden or ARABIC.search(text):
            continue
        marked = [
            tag for tag in text.parents if tag.name == "bdi" or (tag.name != "html" and tag.get("lang"))
        ]
        if not marked or (marked[0].get("lang") == RTL and marked[0].name != "bdi"):
            loose.append(str(text).strip()[:60])
    assert loose == []


def test_fallback_page_carries_the_language_and_direction_of_its_text():
    done = {row.translation_key for row in RightsPage.objects.live().filter(locale__language_code=RTL)}
    source = (
        RightsPage.objects.live()
        .filter(locale__language_code=LATIN)
        .exclude(translation_key__in=done)
        .first()
    )
    soup = BeautifulSoup(Client().get(f"/{RTL}/rights/{source.slug}/").content, "html.parser")
    assert (soup.html["lang"], soup.html["dir"]) == (RTL, languages.get(RTL).direction)
    assert (soup.main["lang"], soup.main["dir"]) == (LATIN, "ltr")
    notices = [part for part in soup.main.find_all(lang=RTL) if part.get_text(strip=True)]
    assert notices
    assert all(part.get("dir") == "rtl" for part in notices)
