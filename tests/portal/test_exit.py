"""The way out: a neutral page, a browser told to forget, and nowhere else to be sent (R3)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from portal import languages
from portal.exit import NEUTRAL_PAGES, leave, target
from portal.neutral_words import telling_words


def answer(lang: str | None = None, method: str = "GET", query: str = "") -> HttpResponse:
    request = RequestFactory().generic(method, f"/exit{query}")
    return leave(request) if lang is None else leave(request, lang=lang)


@pytest.mark.parametrize("lang", ["en", "sr-latn", "sr-cyrl", "sl", "ar", "sq"])
def test_leave_goes_to_the_neutral_page_of_the_language(lang: str):
    left = answer(lang)
    assert (left.status_code, left["Location"]) == (303, NEUTRAL_PAGES[lang])


@pytest.mark.parametrize(
    "lang", [None, "xx", "", "//evil.example", "https://evil.example/", "en\r\nX: y", "__class__"]
)
def test_leave_without_a_known_language_goes_to_the_default(lang: str | None):
    assert answer(lang)["Location"] == NEUTRAL_PAGES["en"]


def test_leave_tells_the_browser_to_forget():
    left = answer("sl")
    assert left["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert left["Cache-Control"] == "no-store"
    assert left["Referrer-Policy"] == "no-referrer"
    assert left.content == b""
    assert not left.cookies


def test_leave_is_no_open_redirect():
    left = answer("en", query="?next=https://evil.example/&url=//evil.example&to=//evil.example")
    assert left["Location"] == NEUTRAL_PAGES["en"]


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("GET", 303),
        ("HEAD", 303),
        ("POST", 405),
        ("PUT", 405),
        ("PATCH", 405),
        ("DELETE", 405),
        ("OPTIONS", 405),
        ("TRACE", 405),
    ],
)
def test_leave_answers_get_and_head_only(method: str, status: int):
    assert answer("en", method=method).status_code == status


def test_setting_goes_before_our_pages(settings):
    settings.PORTAL_EXIT_URLS = {"sl": "https://vreme.example/"}
    assert target("sl") == "https://vreme.example/"
    assert target("hu") == NEUTRAL_PAGES["hu"]


def test_setting_of_the_default_serves_unknown_languages(settings):
    settings.PORTAL_EXIT_URLS = {"en": "https://news.example/"}
    assert target("xx") == "https://news.example/"


def test_every_language_but_romani_has_its_own_page():
    assert set(languages.CODES) - set(NEUTRAL_PAGES) == {"rom"}


@pytest.mark.parametrize("address", sorted(NEUTRAL_PAGES.values()))
def test_neutral_pages_are_safe_and_say_nothing(address: str):
    assert urlsplit(address).scheme == "https"
    assert telling_words(address) == ()


def test_addresses_of_the_exit():
    assert reverse("exit-default") == "/exit"
    assert reverse("exit", args=["sl"]) == "/exit/sl"


def test_exit_through_the_site_sets_no_cookie_and_asks_no_database(client):
    left = client.get("/exit/sr-latn")
    assert (left.status_code, left["Location"]) == (303, NEUTRAL_PAGES["sr-latn"])
    assert not left.cookies
    assert "cookie" not in left.get("Vary", "").lower()
