"""The short version of a page: its summary, steps and numbers, one link away, in every language."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.models import Organization, Service, TaxonomyTerm
from home.parts import Part, short_parts
from portal.icons import ICONS
from portal.localized import LocalizedText

pytestmark = pytest.mark.django_db


def page(path: str) -> BeautifulSoup:
    answer = Client().get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def headings(soup: BeautifulSoup) -> list[str]:
    return [heading.get_text(strip=True) for heading in soup.main.find_all("h2")]


def test_page_of_texts_has_a_short_version_with_summary_steps_and_numbers():
    whole = page("/en/rights/rs-officers/")
    link = whole.select_one(".tools a")
    assert link.get_text(strip=True) == "Short version"
    short = page(link["href"])
    kept = set(headings(short))
    assert kept
    assert kept <= {"In short", "Do this now", "Whom to call"}
    assert kept < set(headings(whole))
    assert short.main.select_one(".summary") == whole.main.select_one(".summary")
    assert short.select_one('meta[name="robots"]')["content"] == "noindex"
    assert short.select_one(".tools a")["href"] == "/en/rights/rs-officers/"


def test_page_that_is_short_itself_or_has_nothing_to_keep_has_no_short_version():
    nothing = LocalizedText("", "en", "en")
    parts = {kind: Part(kind, "", nothing) for kind in ("summary", "steps", "call", "section")}
    assert short_parts([parts["section"]]) == []
    assert short_parts([parts["summary"], parts["steps"]]) == []
    assert short_parts(list(parts.values())) == [parts["summary"], parts["steps"], parts["call"]]
    assert page("/en/rights/?short=1").select(".tools") == []


@pytest.mark.parametrize("kind", ["services", "organizations"])
def test_record_in_short_keeps_its_summary_and_numbers(kind):
    model, fact = (Service, "S43") if kind == "services" else (Organization, "O17")
    path = f"/en/{kind}/{model.objects.get(fact_id=fact).code}/"
    whole = page(path)
    short = page(whole.select_one(".tools a")["href"])
    assert headings(short) == ["How to reach it"]
    assert len(headings(whole)) > 1
    assert short.main.select("a.dial") == whole.main.select('section[aria-labelledby="reach"] a.dial')
    assert len(short.main.get_text()) < len(whole.main.get_text()) / 2


def test_short_version_travels_to_other_languages_with_the_codes():
    soup = page("/en/rights/rs-officers/?short=1&f=bcdf&other=1")
    links = {link["href"] for link in soup.select(".languages a")}
    assert "/sl/rights/rs-officers/?f=bcdf&short=1" in links
    assert soup.select_one(".tools a")["href"] == "/en/rights/rs-officers/?f=bcdf"


def test_every_need_has_an_icon_of_its_own():
    icons = dict(TaxonomyTerm.objects.filter(taxonomy__key="needs").values_list("slug", "icon"))
    assert len(icons) >= 30
    assert {icon for icon in icons.values() if icon not in ICONS} == set()
    assert len({ICONS[icon] for icon in icons.values()}) == len(icons)
