"""The first screen of the smallest phone, in every language: whom to call, and six choices at most (R76)."""

from __future__ import annotations

import pytest
from django.conf import settings

from directory.models import Organization
from home.models import PortalSettings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 320, "height": 480}
FIRST = """() => {
    const seen = one => { const box = one.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0; };
    const whole = one => { const box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
            && one.contains(top); };
    return {
        choices: [...document.querySelectorAll('main a, main button, header nav a')].filter(seen).length,
        all: document.querySelectorAll('main a').length,
        numbers: [...document.querySelectorAll('.call a')].map(one => [one.getAttribute('href'), whole(one)]),
        tiles: document.querySelectorAll('.tiles a').length,
        exit: whole(document.querySelector('[data-exit]')),
        over: document.documentElement.scrollWidth - innerWidth,
    };
}"""


def test_first_screen_has_the_hotline_and_at_most_six_choices_in_every_language(live_server, browser):
    faults = {}
    for script in (True, False):
        context = browser.new_context(viewport=PHONE, java_script_enabled=script)
        page = context.new_page()
        for language in settings.PORTAL_LANGUAGES:
            page.goto(f"{live_server.url}/{language}/")
            seen = page.evaluate(FIRST)
            is_right = (
                seen["choices"] <= 6 < seen["all"]
                and seen["tiles"] == 6
                and seen["numbers"] == [["tel:192", True], ["tel:113", True]]
                and seen["exit"]
                and seen["over"] <= 0
            )
            if not is_right:
                faults[language, script] = seen
        context.close()
    assert faults == {}


def test_menu_opens_on_the_phone_without_a_script_and_covers_neither_exit_nor_page_edge(live_server, browser):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    for language in settings.PORTAL_LANGUAGES:
        page.goto(f"{live_server.url}/{language}/")
        assert not page.locator("nav.menu").is_visible()
        page.locator(".to-menu summary").click()
        links = page.locator("nav.menu a")
        boxes = [links.nth(number).bounding_box() for number in range(links.count())]
        assert len(boxes) == 4
        assert all(box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)
        seen = page.evaluate(FIRST)
        assert (seen["exit"], seen["over"] <= 0) == (True, True), language
    context.close()


def test_line_of_the_operator_with_a_long_number_stays_on_the_phone(live_server, browser, settings):
    """On the front page and, with the whole card too, on the page of an address that leads nowhere."""
    settings.PORTAL_SITE_SECONDS = 0
    PortalSettings(lines=[("organization", Organization.objects.get(key="astra"))]).save()
    page = browser.new_page(viewport=PHONE)
    for language in settings.PORTAL_LANGUAGES:
        for path in ("", "nothing-is-here/"):
            page.goto(f"{live_server.url}/{language}/{path}")
            numbers = page.locator(".call a")
            card, last = (each.bounding_box() for each in (page.locator(".call"), numbers.last))
            assert numbers.count() == 3
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (language, path)
            assert card["x"] <= last["x"]
            assert last["x"] + last["width"] <= card["x"] + card["width"]
    page.close()
