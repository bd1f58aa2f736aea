"""The way from the front page to a number, by links only, as a phone without scripts goes it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

pytestmark = pytest.mark.django_db


def soup_of(path: str) -> BeautifulSoup:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr-cyrl", "sl", "ar"])
def test_from_the_front_page_to_a_number_in_three_taps(language):
    front = soup_of(f"/{language}/")
    need = front.select_one(".tiles a")["href"]
    service = soup_of(need).select_one(".cards h3 a")["href"]
    numbers = [link["href"] for link in soup_of(service).select('main a[href^="tel:"]')]
    assert numbers


def test_the_front_page_offers_at_most_six_needs_first():
    assert 1 <= len(soup_of("/en/").select(".tiles > li")) <= 6


def test_the_front_page_leads_to_every_need_rights_and_providers():
    links = {link["href"].split("?")[0] for link in soup_of("/en/").select("main a[href]")}
    assert {"/en/services/", "/en/organizations/", "/en/rights/"} <= links
    needs = {link["href"] for link in soup_of("/en/").select('main a[href^="/en/services/?f="]')}
    assert len(needs) == 30


def test_a_chosen_country_travels_along_and_changes_the_hotline():
    chosen = next(
        link["href"]
        for link in soup_of("/en/").select("main a[href]")
        if link.get_text(strip=True) == "Slovenia" and "?f=" in link["href"]
    )
    front = soup_of(chosen)
    assert [link["href"] for link in front.select('a[href^="tel:"]')] == ["tel:113", "tel:112"]
    services = front.select_one("footer a[href*='/services/']")["href"]
    assert "tel:192" not in {link["href"] for link in soup_of(services).select('aside a[href^="tel:"]')}


def test_rights_and_services_lead_to_one_another():
    page = soup_of("/en/rights/rs-officers/")
    service = page.select_one('main a[href^="/en/services/"][href$="/"], main a[href*="/en/services/"]')[
        "href"
    ]
    back = soup_of(service).select('main a[href*="/en/rights/"]')
    assert back
