"""The first page of the desk, and names in lists: work that waits, in the editor's own language."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from directory.models import EditorNote, FinderQuestion, Organization, Service, TaxonomyTerm
from tests import people

pytestmark = pytest.mark.django_db


def desk(user, language: str = "en") -> Client:
    UserProfile.objects.create(user=user, preferred_language=language)
    client = Client()
    client.force_login(user)
    return client


def text(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_first_page_counts_what_waits_and_leads_to_each_list():
    client = desk(people.milena())
    shown = BeautifulSoup(client.get("/cms/").content, "html.parser")
    panel = shown.find(attrs={"aria-labelledby": "waiting"})
    open_notes = EditorNote.objects.filter(done=False).count()
    links = [a["href"] for a in panel.find_all("a")]
    assert f"Notes and tasks : {open_notes} " in " ".join(panel.get_text(" ").split())
    assert len(links) == 4
    assert [client.get(link).status_code for link in links] == [200] * 4
    assert "0 Images" not in shown.get_text(" ")


def test_first_page_names_no_list_that_would_not_open():
    assert "What waits for you" not in text(desk(people.ana()).get("/cms/"))


@pytest.mark.parametrize(
    ("language", "helper"), [("sr-latn", str), ("sr-cyrl", None), ("sl", str), ("en", str)]
)
def test_lists_name_records_in_the_editors_language(language, helper):
    client = desk(people.milena(), language)
    service = Service.objects.order_by("key").exclude(name_sr_latn="").exclude(name_sl="").first()
    own = {"sr-latn": service.name_sr_latn, "sl": service.name_sl, "en": service.name_en}
    with translation.override(language):
        name = str(service)
    assert name == own[language] if helper else name not in own.values()
    shown = text(client.get(reverse("directory_services:index"), {"q": service.name_en}))
    assert " ".join(name.split()) in shown


def test_every_kind_of_record_has_a_name_without_any_text():
    for record in (Organization(key="a"), Service(key="a"), TaxonomyTerm(slug="a"), FinderQuestion(key="a")):
        with translation.override("sr-cyrl"):
            assert str(record) == "a"
        with translation.override(None):
            assert str(record) == "a"
