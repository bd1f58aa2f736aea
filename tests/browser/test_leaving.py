"""The script in a real browser: what leaves, what must not, and what stays behind the Back button (R2, R4).

Most tests read pages of their own with the one script, so that they need no database and no server.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SCRIPT = Path(__file__).parents[2] / "portal" / "static" / "portal" / "site.js"
OURS = "https://ours.example"
NEUTRAL = "<!doctype html><title>Weather</title><h1>Weather</h1>"
PAGE = """<!doctype html><html lang="en"{flat}><head><title>Ours</title></head><body><h1>OURS {path}</h1>
<a data-exit href="https://weather.example/">Leave</a>
<a id="next" href="/two">Next</a> <a id="part" href="#part">Part</a>
<a id="out" href="https://other.example/">other.example</a>
<a id="switch" href="/two" data-replace>Hide</a>
<form method="post" action="/post"><input id="find" name="words"><button id="go">Go</button></form>
<p style="height: 2000px" id="part">A part of the page</p><script src="/site.js" defer></script></body></html>"""

pytestmark = pytest.mark.browser


class Site:
    """A site of one page in a browser; ``asked`` is what it was asked for."""

    def __init__(self, browser: object, flat: str = "") -> None:
        self.flat = f' data-flat="{flat}"' if flat else ""
        self.asked: list[str] = []
        self.context = browser.new_context(viewport={"width": 320, "height": 640})
        self.context.route("**/*", self.answer)
        self.page = self.context.new_page()
        self.page.goto("https://before.example/")
        self.page.goto(f"{OURS}/one")

    def answer(self, route: object) -> None:
        url = urlsplit(route.request.url)
        if url.hostname != "ours.example":
            route.fulfill(body=NEUTRAL, content_type="text/html")
            return
        self.asked.append(f"{route.request.method} {url.path}")
        if url.path == "/site.js":
            route.fulfill(body=SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript")
        elif url.path == "/post" and route.request.headers.get("x-flat"):
            route.fulfill(body="/found", content_type="text/plain", headers={"X-Flat": "1"})
        else:
            body = PAGE.format(flat=self.flat, path=url.path)
            route.fulfill(body=body, content_type="text/html", headers={"cache-control": "no-store"})

    def entries(self) -> list[str]:
        """Return the tab's history, oldest first: what a long press on Back shows."""
        session = self.context.new_cdp_session(self.page)
        found = session.send("Page.getNavigationHistory")["entries"]
        return [entry["url"] for entry in found if entry["url"] != "about:blank"]

    def stays(self) -> bool:
        self.page.wait_for_timeout(300)
        return self.page.url == f"{OURS}/one" and self.page.locator("h1").count() == 1


@pytest.fixture
def site(browser) -> Iterator[Site]:
    made = Site(browser)
    yield made
    made.context.close()


@pytest.fixture(params=["page", "site"])
def flat_site(browser, request) -> Iterator[Site]:
    made = Site(browser, request.param)
    yield made
    made.context.close()


def test_exit_takes_the_page_out_of_the_history(site):
    site.page.click("[data-exit]")
    site.page.wait_for_url("https://weather.example/")
    assert site.entries() == ["https://before.example/", "https://weather.example/"]
    site.page.go_back()
    assert site.page.locator("h1").inner_text() == "Weather"


def test_page_is_blank_at_once_when_the_network_is_gone(site):
    blank = "document.documentElement.childNodes.length + document.title.length"
    assert site.page.evaluate(f"(document.querySelector('[data-exit]').click(), {blank})") == 0


def test_three_presses_of_shift_leave(site):
    for key in ["a", "Shift", "Shift", "Shift"]:
        site.page.keyboard.press(key)
    site.page.wait_for_url("https://weather.example/")
    assert site.entries() == ["https://before.example/", "https://weather.example/"]


def test_capitals_shortcuts_and_escape_stay(site):
    site.page.focus("#find")
    for keys in (
        ["Shift+A"] * 4,
        ["Shift", "Shift", "a", "Shift"],
        ["Alt+Shift"] * 4,
        ["Shift+Control"] * 4,
        ["Shift+Tab"] * 4,
        ["Escape"] * 4,
    ):
        for key in keys:
            site.page.keyboard.press(key)
        assert site.stays(), keys


def test_slow_presses_of_shift_stay(site):
    for _press in range(3):
        site.page.keyboard.press("Shift")
        site.page.wait_for_timeout(2600)
    assert site.stays()


def test_shift_held_down_or_used_with_the_mouse_stays(site):
    for _repeat in range(5):
        site.page.keyboard.down("Shift")
    site.page.keyboard.up("Shift")
    for _press in range(4):
        site.page.keyboard.down("Shift")
        site.page.mouse.click(100, 400)
        site.page.keyboard.up("Shift")
    assert site.stays()


def test_script_asks_and_stores_nothing(site):
    for _press in range(2):
        site.page.keyboard.press("Shift")
    assert site.stays()
    assert [line for line in site.asked if "icon" not in line] == ["GET /one", "GET /site.js"]
    assert site.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_links_of_other_pages_add_steps(site):
    site.page.click("#next")
    site.page.wait_for_url(f"{OURS}/two")
    assert site.entries() == ["https://before.example/", f"{OURS}/one", f"{OURS}/two"]


def test_choice_to_hide_steps_is_no_step_itself(site):
    site.page.click("#switch")
    site.page.wait_for_url(f"{OURS}/two")
    assert site.entries() == ["https://before.example/", f"{OURS}/two"]


def test_links_and_forms_of_flat_pages_leave_no_step(flat_site):
    page = flat_site.page
    page.click("#part")
    page.click("#next")
    page.wait_for_url(f"{OURS}/two")
    page.fill("#find", "words")
    page.click("#go")
    page.wait_for_url(f"{OURS}/found")
    assert flat_site.entries() == ["https://before.example/", f"{OURS}/found"]
    assert flat_site.asked.count("POST /post") == 1
    page.click("[data-exit]")
    page.wait_for_url("https://weather.example/")
    page.go_back()
    assert page.url == "https://before.example/"


@pytest.mark.parametrize(("flat", "kept"), [("page", [f"{OURS}/one"]), ("site", [])])
def test_links_out_are_flat_by_choice_only(browser, flat, kept):
    site = Site(browser, flat)
    site.page.click("#out")
    site.page.wait_for_url("https://other.example/")
    assert site.entries() == ["https://before.example/", *kept, "https://other.example/"]
    site.context.close()


def test_form_is_sent_as_without_script_when_the_server_names_no_page(browser):
    site = Site(browser, "site")
    site.page.evaluate("document.forms[0].action = '/refused'")
    site.page.click("#go")
    site.page.wait_for_url(f"{OURS}/refused")
    assert site.page.locator("h1").inner_text() == "OURS /refused"
    site.context.close()
