"""Pages in a real browser: no sideways scroll, one host, nothing stored, the exit in view, no fault found by axe."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.flows.pages import FULL, PAGES, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = {
    "phone": {"viewport": {"width": 320, "height": 480}},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 320, "height": 640}, "forced_colors": "active"},
    "zoom 400 %": {"viewport": {"width": 320, "height": 256}},
    "no script": {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False},
}
SEEN = """() => ({
    over: document.documentElement.scrollWidth - window.innerWidth,
    broken: [...document.querySelectorAll('.number')].filter(number =>
        number.getClientRects().length > 1 || number.scrollWidth > innerWidth).map(one => one.innerText),
    stored: localStorage.length + sessionStorage.length + document.cookie.length,
    exit: (box => [box.top >= 0, box.bottom <= innerHeight, box.width >= 44, box.height >= 44])(
        document.querySelector('[data-exit]').getBoundingClientRect()),
})"""
LANGUAGES = tuple(settings.PORTAL_LANGUAGES)


def journeys() -> list[tuple[str, str, str]]:
    if FULL:
        return [(page, language, mode) for page in PAGES for language in LANGUAGES for mode in MODES]
    # Each language and mode is walked by test_task.py, which holds its pages to the same.
    return [*((page, "en", "phone") for page in PAGES), ("filtered services", "ar", "no script")]


def axe_faults(axe: Axe, page: object, options: dict[str, object]) -> list[str]:
    """Return what axe finds on the page as it stands, each with the first places; ``options`` made its context.

    axe is a script: a page that was loaded without scripts is drawn once more, without its own, for axe to read.
    """
    if options.get("java_script_enabled", True):
        return _axe(axe, page)
    context = page.context.browser.new_context(**{**options, "java_script_enabled": True})
    twin = context.new_page()
    text = re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.DOTALL)
    twin.set_content(text.replace("<noscript>", "<div>").replace("</noscript>", "</div>"))
    found = _axe(axe, twin)
    context.close()
    return found


def _axe(axe: Axe, page: object) -> list[str]:
    return [
        f"axe {found['id']} {[node['target'] for node in found['nodes']][:3]}"
        for found in axe.run(page).response["violations"]
    ]


def faults_of(page: object, server: str, hosts: set[str]) -> list[str]:
    """Return what is wrong with an open page of ``server``; ``hosts`` are those that were asked."""
    seen = page.evaluate(SEEN)
    found = {
        f"{seen['over']} px too wide": seen["over"] > 0,
        "something is stored": seen["stored"] or page.context.cookies(),
        "the exit is not in view or too small": not all(seen["exit"]),
        f"asks {sorted(hosts)}": hosts != {urlsplit(server).netloc},
        f"numbers in pieces {seen['broken']}": seen["broken"],
    }
    return [fault for fault, is_true in found.items() if is_true]


def test_pages_fit_leave_nothing_and_serve_everybody(live_server, browser):
    faults: list[str] = []
    axe = Axe()
    for name, language, mode in journeys():
        context = browser.new_context(**MODES[mode])
        hosts: set[str] = set()
        context.on("request", lambda request, seen=hosts: seen.add(urlsplit(request.url).netloc))
        page = context.new_page()
        page.goto(f"{live_server.url}{address(name, language)}")
        found = faults_of(page, live_server.url, hosts) + axe_faults(axe, page, MODES[mode])
        faults += [f"{name} / {language} / {mode}: {fault}" for fault in found]
        context.close()
    assert faults == []


def test_exit_stays_in_view_when_scrolled(live_server, browser):
    page = browser.new_page(viewport={"width": 320, "height": 480})
    page.goto(f"{live_server.url}/en/services/")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    top = page.evaluate("document.querySelector('[data-exit]').getBoundingClientRect().top")
    assert 0 <= top < 80


def test_hotline_and_first_needs_are_seen_without_scrolling(live_server, browser):
    page = browser.new_page(viewport={"width": 320, "height": 480})
    page.goto(f"{live_server.url}/en/")
    bottom = page.evaluate("document.querySelector('a[href^=\"tel:\"]').getBoundingClientRect().bottom")
    assert bottom <= 480


@pytest.mark.parametrize("language", ["en", "sr-cyrl", "sl", "ar"])
def test_first_screen_offers_six_choices_at_most_and_the_hotline(live_server, browser, language):
    page = browser.new_page(viewport={"width": 320, "height": 480})
    page.goto(f"{live_server.url}/{language}/")
    seen = page.evaluate(
        """() => {
            const inView = link => link.getBoundingClientRect().top < innerHeight;
            return {
                choices: [...document.querySelectorAll('main a')].filter(inView).length,
                lines: [...document.querySelectorAll('.call a[href^="tel:"]')]
                    .filter(link => link.getBoundingClientRect().bottom <= innerHeight).length,
                tiles: document.querySelectorAll('main .tiles > li').length,
            };
        }"""
    )
    assert (seen["choices"] <= 6, seen["lines"] >= 2, seen["tiles"]) == (True, True, 6), seen


def test_keyboard_reaches_the_exit_first(live_server, browser):
    page = browser.new_page(viewport={"width": 320, "height": 480})
    page.goto(f"{live_server.url}/en/")
    reached = []
    for _step in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.hasAttribute('data-exit')"))
    assert any(reached)
