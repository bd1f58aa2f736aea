"""The whole task in a real browser: front page, service, what a call leaves, exit; for every language and mode."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Error

from portal import exit as leaving
from portal import languages
from tests.browser.modes import MODES, Progress, Reader, faults_of
from tests.flows.pages import FULL, PAGES, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TABS = 60
NEED, SERVICE, CALL, EXIT = ".tiles a", ".cards h3 a", "main a.dial", "[data-exit]"


SCRIPTS, HANDS_USED = ("script", "no script"), ("touch", "keyboard")
SEEN_AS = {mode: options for mode, options in MODES.items() if mode != "no script"}


def tasks() -> list[tuple[str, str, str, str]]:
    """Return (language, mode, script, hand): each value of each once, or the whole product with --full."""
    if FULL:
        return list(product(settings.PORTAL_LANGUAGES, SEEN_AS, SCRIPTS, HANDS_USED))
    by_language = [
        (code, "phone", SCRIPTS[number % 2], HANDS_USED[number % 3 == 0])
        for number, code in enumerate(settings.PORTAL_LANGUAGES)
    ]
    by_mode = [("ar", mode, script, "touch") for mode in SEEN_AS for script in SCRIPTS]
    return list(dict.fromkeys([*by_language, *by_mode, ("sl", "zoom 400 %", "no script", "keyboard")]))


def test_tasks_hold_each_value_of_each_axis():
    """A landing without --full leaves no language, mode, script or hand out."""
    languages_, modes, scripts, hands = map(set, zip(*tasks(), strict=True))
    assert languages_ == set(settings.PORTAL_LANGUAGES)
    assert modes == {"phone", "desktop", "dark", "forced colours", "zoom 400 %"}
    assert (scripts, hands) == (set(SCRIPTS), set(HANDS_USED))


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


def test_task_from_the_front_page_to_the_exit(live_server, browser, capsys):
    """All ways in one test: the database is filled once, and one broken way does not hide another."""
    faults: list[str] = []
    reader = Reader(browser)
    progress = Progress(capsys, "tasks", len(tasks()), every=20)
    for code, mode, script, hand in tasks():
        options = {**MODES[mode], "java_script_enabled": script == "script"}
        context = browser.new_context(**options)
        try:
            walk(live_server, context, reader, options, code, hand)
        except (AssertionError, Error) as error:
            faults.append(f"{code} / {mode} / {script} / {hand}: {error}")
        context.close()
        progress.step(faults)
    reader.close()
    assert faults == []


def walk(
    live_server: object, context: object, reader: Reader, options: dict[str, object], code: str, hand: str
) -> None:
    """Go the whole way in one language and mode; every page on it must fit, be free of faults and leave nothing."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/{code}/")
    assert page.locator("html").get_attribute("lang") == languages.get(code).tag
    look(page, live_server.url, asked, reader, options)
    go(page, hand, NEED)
    look(page, live_server.url, asked, reader, options)
    go(page, hand, SERVICE)
    look(page, live_server.url, asked, reader, options)
    assert page.locator(CALL).first.get_attribute("href").startswith("tel:")
    assert page.locator("main .phone .small").first.is_visible()
    assert page.locator("main .phone .small").first.inner_text().strip()
    assert context.storage_state() == {"cookies": [], "origins": []}
    with page.expect_request(
        lambda request: urlsplit(request.url).netloc != urlsplit(live_server.url).netloc
    ) as out:
        HANDS[hand](page, EXIT)
    assert out.value.url == leaving.target(code)


def look(page: object, server: str, asked: list[str], reader: Reader, options: dict[str, object]) -> None:
    """Hold a page of the way to what every page is held to, axe among it."""
    hosts = {urlsplit(url).netloc for url in asked}
    found = faults_of(page, server, hosts) + reader.faults(page, options)
    assert found == [], page.url


def test_tour_of_every_type_of_page_asks_one_host_and_stores_nothing(live_server, browser):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    hosts: set[str] = set()
    cookies: list[str] = []
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    context.on("response", lambda answer: cookies.extend(answer.header_values("set-cookie")))
    page = context.new_page()
    for name in PAGES:
        page.goto(f"{live_server.url}{address(name, 'en')}", wait_until="networkidle")
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
