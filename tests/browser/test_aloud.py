"""Reading aloud in a real browser: only voices of the device, digit by digit, silent at once when one leaves.

The browser of the tests has no voices, so each page gets voices that write down what they are told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

STATIC = Path(__file__).parents[2] / "portal" / "static" / "portal"
OURS = "https://ours.example"
VOICES = """
(() => {
  const voices = %s;
  window.said = []; window.told = [];
  const speech = { getVoices: () => voices, addEventListener: (name, heard) => { speech.heard = heard; },
    speak: (words) => { said.push([words.text, words.voice.lang]); speech.now = words; },
    cancel: () => { told.push("cancel"); speech.now = null; } };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})();
"""
PAGE = """<!doctype html><html lang="sr-Latn"><head><title>Ours</title></head><body>
<a data-exit href="https://weather.example/">Leave</a>
<main><article><h1>Naslov</h1>
<p class="tools"><span data-aloud="/aloud.js" hidden><button data-stop="Stani"><span>Naglas</span></button></span></p>
<p>Zovite <bdi class="number">0800 12 34</bdi> odmah.</p>
<p lang="ar">غير مقروء</p><ul><li><p>Tačka</p></li></ul>
<div class="phone"><a class="dial" href="#"><bdi class="number">+381 11</bdi></a></div>
<article class="card"><h3>Kartica</h3></article>
<details class="plain"><summary>Broj</summary><p>0800</p></details><p class="hidden">Skriveno</p>
</article></main><script src="/site.js" defer></script></body></html>"""

pytestmark = pytest.mark.browser


def voice(lang: str, local: bool = True) -> dict[str, object]:
    return {"lang": lang, "localService": local}


@pytest.fixture
def opened(browser) -> Iterator[object]:
    """Return a function that opens the page with these voices."""
    contexts = []

    def open_page(*voices: dict[str, object]) -> object:
        context = browser.new_context()
        contexts.append(context)
        context.add_init_script(VOICES % json.dumps(voices))
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(f"{OURS}/one", wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def answer(route: object) -> None:
    path = urlsplit(route.request.url).path
    if path.endswith(".js"):
        body = (STATIC / path.strip("/")).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")


def finish_part(page: object) -> None:
    page.evaluate("speechSynthesis.now.onend()")


@pytest.mark.parametrize("voices", [[], [voice("en-GB")], [voice("sr-RS", local=False)]])
def test_no_button_without_a_voice_of_the_device_for_the_language(opened, voices):
    page = opened(*voices)
    assert not page.locator("[data-aloud] button").is_visible()


def test_button_appears_when_voices_come_late(opened):
    page = opened()
    page.evaluate(
        "speechSynthesis.getVoices = () => [{lang: 'hr-HR', localService: true}]; speechSynthesis.heard()"
    )
    assert page.locator("[data-aloud] button").is_visible()


def test_text_is_read_part_by_part_and_numbers_digit_by_digit(opened):
    page = opened(voice("en-GB"), voice("sr-RS"))
    page.click("[data-aloud] button")
    assert page.locator("[data-spoken]").inner_text() == "Naslov"
    assert page.locator("[data-aloud] button").inner_text() == "Stani"
    for _ in range(5):
        finish_part(page)
    assert page.evaluate("said") == [
        ["Naslov", "sr-RS"],
        ["Zovite 0 8 0 0 1 2 3 4, odmah.", "sr-RS"],
        ["Tačka", "sr-RS"],
        ["+ 3 8 1 1 1,", "sr-RS"],
        ["Kartica", "sr-RS"],
    ]
    assert page.locator("[data-aloud] button").inner_text() == "Naglas"
    assert page.locator("[data-spoken]").count() == 0


def test_second_press_stops_and_nothing_goes_on(opened):
    page = opened(voice("sr-RS"))
    page.click("[data-aloud] button")
    first = page.evaluate_handle("speechSynthesis.now")
    page.click("[data-aloud] button")
    page.evaluate("words => words.onend()", first)
    assert page.evaluate("said.length") == 1
    assert page.evaluate("speechSynthesis.now") is None


def test_leaving_silences_at_once(opened):
    page = opened(voice("sr-RS"))
    page.click("[data-aloud] button")
    page.evaluate("told.length = 0; location.replace = () => {}")
    page.evaluate("addEventListener('pagehide', () => {}); document.querySelector('[data-exit]').href = '#x'")
    page.click("[data-exit]")
    assert "cancel" in page.evaluate("told")
    assert page.evaluate("speechSynthesis.now") is None
