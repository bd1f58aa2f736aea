"""Texts of another language say so: no page leaves a text of another script without its language."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.models import Organization, Service
from portal import languages
from tests.flows.pages import PAGES, address

pytestmark = pytest.mark.django_db

LATIN = re.compile(r"[A-Za-zČčĆćĐđŠšŽž]{3}")
OWN = {"ar": re.compile(r"[\u0600-\u06ff]"), "sr-cyrl": re.compile(r"[\u0400-\u04ff]")}


def _paths(code: str) -> list[str]:
    services = Service.objects.for_visitors().order_by("key").values_list("code", flat=True)
    offices = Organization.objects.for_visitors().filter(network=None).order_by("key")
    paths = [address(name, code) for name in PAGES]
    paths += [f"/{code}/services/{each}/" for each in services[::4]]
    return paths + [f"/{code}/organizations/{each}/" for each in offices.values_list("code", flat=True)[::3]]


@pytest.mark.parametrize("code", OWN)
def test_a_text_in_another_script_is_marked_or_set_apart(code):
    tag, client, found = languages.get(code).tag, Client(), []
    for path in _paths(code):
        soup = BeautifulSoup(client.get(path).content, "html.parser")
        for text in soup.body.find_all(string=True):
            strange = LATIN.search(text) and not OWN[code].search(text)
            if strange and text.find_parent(lang=True)["lang"] == tag and not text.find_parent("bdi"):
                found.append((path, text.strip()))
    assert found == []


BLOCKS = {"p", "h1", "h2", "h3", "li", "dd", "td", "th", "div"}


def test_a_sentence_of_another_direction_is_aligned_by_its_own():
    """A stand-in in English on an Arabic page begins at the left: its block says so, not only its words."""
    client, found, seen = Client(), [], 0
    for path in _paths("ar"):
        soup = BeautifulSoup(client.get(path).content, "html.parser")
        for text in soup.main.select("p > span[dir=ltr]:only-child, div > span[dir=ltr]:only-child"):
            block = text.parent
            if len(text.get_text()) > 60 and block.get_text(strip=True) == text.get_text(strip=True):
                seen += 1
                aligned = text.find_parent(lambda tag: tag.name in BLOCKS and tag.has_attr("dir"))
                if aligned is None or aligned["dir"] != "ltr":
                    found.append((path, text.get_text()[:60]))
    assert (found, seen > 100) == ([], True)
