"""The whole task in a real browser: front page, service, what a call leaves, exit; for every language and mode."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Error

from portal import exit as leaving
from portal import languages
from tests.browser.test_layout import MODES
from tests.flows.pages import FULL, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TABS = 60
NEED, SERVICE, CALL, EXIT = ".tiles a", ".cards h3 a", "main a.dial", "[data-exit]"


def tasks() -> list[tuple[str, str, str, str]]:
    """Return (language, mode, script, hand): each value of each once, or the whole product with --full."""
    hands = ("touch", "keyboard")
    if FULL:
        return [
            (code, mode, script, hand)
            for code in settings.PORTAL_LANGUAGES
            for mode in MODES
            for script in ("script", "no script")
            for hand in hands
        ]
    by_language = [
        (code, "phone", "script" if number % 2 else "no script", hands[number % 3 == 0])
        for number, code in enumerate(settings.PORTAL_LANGUAGES)
    ]
    by_mode = [("ar", mode, script, "touch") for mode in MODES for script in ("script", "no script")]
    return list(dict.fromkeys([*by_language, *by_mode, ("sl", "zoom 400 %", "no script", "keyboard")]))


def by_touch(page: object, target: str) -> None:
    page.locator(target).first.click(no_wait_after=True)


def by_keyboard(page: object, target: str) -> None:
    """Reach the first such link by Tab alone and press Enter; what has the focus must be seen."""
    wanted = page.locator(target).first
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("link => link === document.activeElement"):
            break
    else:
        raise AssertionError(f"{MOST_TABS} presses of Tab do not reach {target} on {page.url}")
    ring = wanted.evaluate(
        "link => getComputedStyle(link).outlineStyle + getComputedStyle(link).outlineWidth"
    )
    assert ring == "solid3px", f"no ring around {target}: {ring}"
    page.keyboard.press("Enter")


HANDS: dict[str, Callable[[object, str], None]] = {"touch": by_touch, "keyboard": by_keyboard}


def go(page: object, hand: str, target: str) -> None:
    before = page.url
    HANDS[hand](page, target)
    page.wait_for_url(lambda url: url != before)


def test_task_from_the_front_page_to_the_exit(live_server, browser):
    """All ways in one test: the database is filled once, and one broken way does not hide another."""
    faults = []
    for code, mode, script, hand in tasks():
        try:
            walk(live_server, browser, code, mode, script, hand)
        except (AssertionError, Error) as error:
            faults.append(f"{code} / {mode} / {script} / {hand}: {error}")
    assert faults == []


def walk(live_server: object, browser: object, code: str, mode: str, script: str, hand: str) -> None:
    """Go the whole way in one language and mode."""
    context = browser.new_context(java_script_enabled=script == "script", **MODES[mode])
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/{code}/")
    assert page.locator("html").get_attribute("lang") == languages.get(code).tag
    go(page, hand, NEED)
    go(page, hand, SERVICE)
    assert page.locator(CALL).first.get_attribute("href").startswith("tel:")
    assert page.locator("main .phone .small").first.is_visible()
    assert page.locator("main .phone .small").first.inner_text().strip()
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(live_server.url).netloc}
    assert context.storage_state() == {"cookies": [], "origins": []}
    with page.expect_request(
        lambda request: urlsplit(request.url).netloc != urlsplit(live_server.url).netloc
    ) as out:
        HANDS[hand](page, EXIT)
    assert out.value.url == leaving.target(code)
    context.close()


def test_tour_of_every_type_of_page_asks_one_host_and_stores_nothing(live_server, browser):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    hosts: set[str] = set()
    cookies: list[str] = []
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    context.on("response", lambda answer: cookies.extend(answer.header_values("set-cookie")))
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(f"{live_server.url}/en/{path()}", wait_until="networkidle")
        assert page.locator("[data-exit]").count() >= 1, name
    page.goto(f"{live_server.url}/w/en/")
    page.fill("#find", "qqq")
    page.press("#find", "Enter")
    page.wait_for_url("**/w/en/r/**")
    assert hosts == {urlsplit(live_server.url).netloc}
    assert cookies == []
    assert context.storage_state() == {"cookies": [], "origins": []}
    kept = page.evaluate(
        """async () => [
            localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
            (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length, name,
        ]"""
    )
    assert kept == [0, 0, 0, 0, 0, ""]
    context.close()
