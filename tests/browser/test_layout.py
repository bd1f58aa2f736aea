"""Pages in a real browser: no sideways scroll, one host, nothing stored, the exit in view, no fault found by axe."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.browser.modes import MODES, Progress, Reader, faults_on, show_as
from tests.flows.pages import FULL, PAGES, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = tuple(settings.PORTAL_LANGUAGES)


def journeys() -> list[tuple[str, str, str]]:
    if FULL:
        return [(page, language, mode) for page in PAGES for language in LANGUAGES for mode in MODES]
    # Each language and mode is walked by test_task.py, which holds its pages to the same.
    return [*((page, "en", "phone") for page in PAGES), ("filtered services", "ar", "no script")]


def test_pages_fit_leave_nothing_and_serve_everybody(live_server, browser, capsys):
    faults: list[str] = []
    progress = Progress(capsys, "pages", len(journeys()), every=54)
    for journey, found in faults_on(browser, live_server.url, journeys(), address):
        faults += [f"{' / '.join(journey)}: {fault}" for fault in found]
        progress.step(faults)
    assert faults == []
    assert progress.done == progress.total


@pytest.mark.parametrize("mode", [mode for mode, options in MODES.items() if mode != "no script"])
def test_open_page_is_shown_as_a_new_one_would_be(browser, mode):
    """The modes are put upon one open page: it must not matter which one was there before."""
    asked = """() => [innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches,
        matchMedia('(forced-colors: active)').matches]"""
    page = browser.new_page()
    for before in MODES.values():
        show_as(page, before)
        show_as(page, MODES[mode])
        context = browser.new_context(**MODES[mode])
        assert page.evaluate(asked) == context.new_page().evaluate(asked)
        context.close()
    page.close()


def test_axe_sees_a_fault_of_one_mode_only(browser):
    page = browser.new_page()
    page.set_content(
        "<html lang=en><title>A</title><style>p { color: #000; background: #fff }"
        "@media (prefers-color-scheme: dark) { p { color: #ddd } }</style>"
        "<main><h1>A</h1><p>A word</p><noscript><img src=data:,></noscript></main>"
    )
    reader = Reader(browser)
    found = {}
    for mode, options in MODES.items():
        show_as(page, options)
        found[mode] = reader.faults(page, options)
    assert {mode: [fault.split()[1] for fault in faults] for mode, faults in found.items() if faults} == {
        "dark": ["color-contrast"],
        "no script": ["image-alt"],
    }
    reader.close()
    page.close()


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
