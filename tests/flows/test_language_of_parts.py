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
