"""Error pages in a real browser: in every language on a small phone, with exit and numbers to call in view (R50)."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import RequestFactory

from portal import error_views, languages
from tests.browser.modes import Reader, faults_of
from tests.flows.pages import FULL

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SERVER = "https://ours.example"
STATUSES = (400, 403, 404, 429, 500, 503)
PHONE = {"viewport": {"width": 320, "height": 480}}
LINES = """() => [...document.querySelectorAll('.call a[href^="tel:"]')]
    .filter(link => link.getBoundingClientRect().bottom <= innerHeight).length"""


def shown() -> list[tuple[int, str]]:
    """Return (status, language): all of them; axe reads each status once, and each language once."""
    return [(status, code) for status in STATUSES for code in settings.PORTAL_LANGUAGES]


def read_by_axe(status: int, code: str) -> bool:
    codes = list(settings.PORTAL_LANGUAGES)
    return FULL or codes.index(code) % len(STATUSES) == STATUSES.index(status)


def test_error_pages_fit_a_phone_and_show_the_exit_and_the_numbers(browser):
    context = browser.new_context(**PHONE)
    asked: list[str] = []

    def answer(route: object) -> None:
        path = route.request.url.removeprefix(SERVER)
        asked.append(route.request.url)
        if not path.startswith("/error-"):
            route.fulfill(status=204)
            return
        _start, status, code = path.strip("/").split("-", 2)
        body = error_views.page(RequestFactory().get(f"/{code}/"), int(status)).content
        route.fulfill(status=int(status), body=body, content_type="text/html; charset=utf-8")

    context.route("**/*", answer)
    page = context.new_page()
    faults = []
    reader = Reader(browser)
    for status, code in shown():
        page.goto(f"{SERVER}/error-{status}-{code}/")
        found = faults_of(page, SERVER, {"ours.example"})
        if page.evaluate(LINES) < 2:
            found.append("the numbers to call are not in view")
        if page.locator("html").get_attribute("lang") != languages.get(code).tag:
            found.append("another language")
        if read_by_axe(status, code):
            found += reader.faults(page, PHONE)
        faults += [f"{status} / {code}: {fault}" for fault in found]
    assert faults == []
    assert len(asked) >= len(STATUSES) * len(settings.PORTAL_LANGUAGES)
    assert {url for url in asked if not url.startswith(f"{SERVER}/")} == set()
    context.close()
    reader.close()
