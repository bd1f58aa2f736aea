"""The weight of pages in bytes, never in time: a page comes in a slow phone's first round trips (performance.md)."""

from __future__ import annotations

import gzip
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from portal.stylesheet import inline_css, sheet_file, sheet_names
from tests.flows.pages import FULL, PAGES, address

pytestmark = pytest.mark.django_db

MOST = 11_000  # bytes of the compressed page with its style; the cliff over https is between 11 and 12 kB
HEAVIEST = "sr-cyrl"
IN_EVERY_LANGUAGE = (
    "front",
    "finder, needs",
    "filtered services",
    "services, all choices",
    "service",
    "for professionals",
    "list",
    "services beside a list",
)


def weighed() -> list[tuple[str, str]]:
    """Return (type of page, language): types in the heaviest language, heavy types in every language."""
    languages = list(settings.PORTAL_LANGUAGES)
    if FULL:
        return [(name, code) for name in PAGES for code in languages]
    in_every = [(name, code) for name in IN_EVERY_LANGUAGE for code in languages]
    return list(dict.fromkeys([*((name, HEAVIEST) for name in PAGES), *in_every]))


def page_of(name: str, code: str) -> bytes:
    return Client().get(address(name, code)).content


@pytest.mark.parametrize(("name", "code"), weighed())
def test_page_with_its_style_is_within_its_budget(name: str, code: str):
    weight = len(gzip.compress(page_of(name, code), 6, mtime=0))
    assert weight <= MOST, f"{weight} bytes; leave something out (docs/architecture.md, Weight)"


def owners(css: str) -> set[str]:
    """Return the classes that a style is about: the first class of each selector."""
    selectors = (one for part in re.findall(r"([^{}]+)\{", css) for one in part.split(","))
    firsts = (re.search(r"\.([a-z][\w-]*)", one) for one in selectors if not one.lstrip().startswith("@"))
    return {first[1] for first in firsts if first}


def rules_of(css: str) -> str:
    """Return a style without the conditions around its rules."""
    return re.sub(r"@[^{]*\{", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


@pytest.mark.parametrize("name", PAGES)
def test_page_has_every_sheet_that_its_classes_need(name: str):
    soup = BeautifulSoup(page_of(name, "en"), "html.parser")
    style = soup.style.get_text()
    used = {each for tag in soup.find_all(class_=True) for each in tag["class"]}
    core = inline_css()
    missing = {}
    for sheet in sheet_names():
        text = rules_of(sheet_file(sheet).read_text(encoding="utf-8"))
        if inline_css(sheet).removeprefix(core) not in style and (found := used & owners(text)):
            missing[sheet] = sorted(found)
    assert missing == {}
