"""Every right, way in steps and guidance is reached by links from the front page, in each promised language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.importers.pack import read_pages
from directory.management.commands.coverage import told_ids
from directory.management.crawler import Answer, Seen, crawl, short
from portal import languages
from portal.plugins.registry import countries

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIVE = ("ar", "uk", "ru", "hu", "sq")
# The pages that a newcomer needs first, by their keys; safe reading besides.
NEWCOMER = (
    *("rs-overview", "si-overview", "rs-places", "si-first-days", "si-safe", "rs-police", "si-police"),
    *("rs-residence", "si-stay", "rs-language", "rs-money", "rs-health", "si-health-money"),
    *("rs-children", "si-children", "si-asylum"),
)
# Nothing of the facts' pages is reached through these alone.
NOT_WALKED = ("services", "organizations", "find", "places", "n", "r", "search")


def walked(code: str) -> tuple[Seen, dict[str, str]]:
    """Return what pages show a visitor who follows links, and the language of each page's text by path."""
    client, inside = Client(), {}

    def fetch(path: str) -> Answer:
        if path.split("/")[2] in NOT_WALKED:
            return Answer(200, "", "")
        response = client.get(path)
        text = response.content.decode() if response["Content-Type"].startswith("text/html") else ""
        if response.status_code == 200:
            inside[path.split("?")[0]] = BeautifulSoup(text, "html.parser").main.get("lang", "")
        return Answer(response.status_code, short(response.get("Location", ""), "http://testserver"), text)

    return crawl(fetch, code), inside


def rows_of(keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the ids of the rows on the English pages of these keys."""
    for page in (page for pack in countries for page in read_pages(pack, "en") if page.key in keys):
        for section in page.sections:
            yield from (right.key for right in section.rights)
            yield from (fact.key for fact in section.facts)
            yield from (key for key in (section.pathway_key, section.guidance_key) if key)


@pytest.mark.parametrize("code", languages.FIRST_LANGUAGES)
def test_every_row_is_reached_in_each_first_language(code):
    seen, _inside = walked(code)
    wanted = {key for key in told_ids("en") if key[0] in "RPGH"}
    assert len(wanted) == 139 + 7 + 12 + 11
    assert (sorted(wanted - seen.rights), seen.broken) == ([], [])


@pytest.mark.parametrize("code", FIVE)
def test_rows_of_a_newcomers_pages_and_safe_reading_are_reached_in_five_more_languages(code):
    seen, inside = walked(code)
    wanted = set(rows_of(NEWCOMER))
    assert len(wanted) > 60
    assert (sorted(wanted - seen.rights), seen.broken) == ([], [])
    assert inside[f"/{code}/safe-reading/"] == languages.get(code).tag
