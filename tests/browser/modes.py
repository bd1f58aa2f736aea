"""How a page is seen (small phone, dark, without scripts …) and what is held in each: width, exit, storage, axe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from time import monotonic
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

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
_RUN = """axe.run({resultTypes: ['violations']}).then(found =>
    found.violations.map(one => [one.id, one.nodes.map(node => node.target)]))"""


def show_as(page: object, options: dict[str, object]) -> None:
    """Show an open page as a context made with ``options`` would; whether scripts run cannot be changed."""
    page.set_viewport_size(options["viewport"])
    page.emulate_media(
        color_scheme=options.get("color_scheme", "light"), forced_colors=options.get("forced_colors", "none")
    )


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


class Reader:
    """Axe, and one more page for it: axe is a script, so what was loaded without scripts is drawn there again."""

    def __init__(self, browser: object) -> None:
        self.script = Axe().axe_script
        self.context = browser.new_context()
        self.twin = self.context.new_page()

    def close(self) -> None:
        self.context.close()

    def faults(self, page: object, options: dict[str, object]) -> list[str]:
        """Return what axe finds on the page as it stands, each with the first places; it is shown as ``options``."""
        if options.get("java_script_enabled", True):
            return self._read(page)
        show_as(self.twin, options)
        text = re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.DOTALL)
        self.twin.set_content(text.replace("<noscript>", "<div>").replace("</noscript>", "</div>"))
        return self._read(self.twin)

    def _read(self, page: object) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(self.script)
        return [f"axe {name} {places[:3]}" for name, places in page.evaluate(_RUN)]


Journey = tuple[str, str, str]
"""Type of page, language, mode."""


def faults_on(
    browser: object, server: str, journeys: Iterable[Journey], address: Callable[[str, str], str]
) -> Iterator[tuple[Journey, list[str]]]:
    """Yield each journey with its faults; a page is loaded once with scripts and once without in a language."""
    reader = Reader(browser)
    hosts: set[str] = set()
    pages = {}
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        pages[script] = context.new_page()

    def kind(journey: Journey) -> tuple[str, str, bool]:
        return (*journey[:2], bool(MODES[journey[2]].get("java_script_enabled", True)))

    for (name, language, script), group in groupby(sorted(journeys, key=kind), key=kind):
        hosts.clear()
        page = pages[script]
        page.goto(f"{server}{address(name, language)}")
        for journey in group:
            show_as(page, MODES[journey[2]])
            yield journey, faults_of(page, server, hosts) + reader.faults(page, MODES[journey[2]])
    for page in pages.values():
        page.context.close()
    reader.close()


class Progress:
    """A line on the terminal for every so many steps of a long walk, past pytest's capture."""

    def __init__(self, capsys: pytest.CaptureFixture[str], what: str, total: int, every: int) -> None:
        self.capsys, self.what, self.total, self.every = capsys, what, total, every
        self.done, self.seen, self.began = 0, 0, monotonic()

    def step(self, faults: Sequence[str]) -> None:
        """Count one step; the newest of the faults is told at once, so that a long walk need not end first."""
        self.done += 1
        if len(faults) > self.seen:
            self.say(f"FAULT {faults[-1]}")
            self.seen = len(faults)
        if self.done % self.every and self.done != self.total:
            return
        minutes = (monotonic() - self.began) / 60
        self.say(f"{self.what}: {self.done} of {self.total}, {len(faults)} faults, {minutes:.1f} min")

    def say(self, line: str) -> None:
        with self.capsys.disabled():
            print(line, flush=True)
