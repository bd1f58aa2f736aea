"""What must hold on every type of page in every language: exit, hotline, neutral words, nothing left behind."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portal import languages
from portal.neutral_words import telling_words
from tests.flows.pages import PAGES, address, matrix

pytestmark = pytest.mark.django_db


@pytest.fixture(params=matrix(), ids=lambda pair: f"{pair[0]}-{pair[1]}")
def answer(request):
    """The answer to one page of the matrix, with its language."""
    name, code = request.param
    response = Client().get(address(name, code))
    response.soup = BeautifulSoup(response.content, "html.parser")
    response.language = languages.get(code)
    response.expected = 404 if name == "not found" else 200
    return response


def test_page_is_whole_safe_and_readable(answer):
    soup, language = answer.soup, answer.language
    assert answer.status_code == answer.expected
    assert (soup.html["lang"], soup.html["dir"]) == (language.tag, language.direction)
    assert len(soup.find_all("h1")) == 1
    assert soup.main is not None
    assert telling_words(soup.title.get_text()) == ()
    _exit_is_near_the_top(soup, language.code)
    _hotline_is_there(soup)
    _nothing_is_left_behind(answer)
    _nothing_inline(soup)
    _every_field_has_a_label(soup)
    _alternates_are_complete(soup)


def _exit_is_near_the_top(soup: BeautifulSoup, code: str) -> None:
    focusable = soup.select("a[href], button, input, select, summary")[:4]
    assert [link["href"] for link in focusable if link.get("data-exit") is not None] == [f"/exit/{code}"]


def _hotline_is_there(soup: BeautifulSoup) -> None:
    numbers = {link["href"] for link in soup.select('a[href^="tel:"]')}
    assert numbers & {"tel:192", "tel:113"}
    assert all(re.fullmatch(r"tel:(\+\d{6,15}|\d{3,6})", number) for number in numbers)


def _nothing_is_left_behind(answer: object) -> None:
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()


def _nothing_inline(soup: BeautifulSoup) -> None:
    scripts = soup.find_all("script")
    assert [set(script.attrs) for script in scripts] == [{"src", "defer"}]
    assert scripts[0]["src"].startswith("/static/portal/site.")
    assert not scripts[0].get_text()
    assert soup.find_all(style=True) == []
    assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    outside = soup.select('[src^="http"], link[rel="stylesheet"]')
    assert outside == []


def _every_field_has_a_label(soup: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    labelled = {label.get("for") for label in soup.find_all("label")}
    for field in soup.select("input:not([type=hidden]), select"):
        assert field.get("id") in labelled or field.find_parent("label") is not None


def _alternates_are_complete(soup: BeautifulSoup) -> None:
    tags = {link["hreflang"] for link in soup.select('link[rel="alternate"]')}
    assert tags >= {"en", "sr-Latn", "sr-Cyrl", "sl", "ar", "x-default"}


def test_no_page_puts_a_telling_word_into_a_path():
    found = set()
    for name in PAGES:
        soup = BeautifulSoup(Client().get(address(name, "en")).content, "html.parser")
        found |= {link["href"] for link in soup.select('a[href^="/"]')}
    assert len(found) > 100
    assert [path for path in found if telling_words(path)] == []
