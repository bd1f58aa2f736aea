"""The desk names what is stored in English in the editor's language: lists, themes, readers, titles, labels."""

from __future__ import annotations

import csv

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Workflow
from wagtail.users.models import UserProfile

from directory.actions.loading import LEXICON_FOLDER
from directory.models import ConfidentialPlace, Location, Organization, Service, Taxonomy, TaxonomyTerm
from home.actions import ensure_second_reader
from home.models import RightService, SecondReaderTask
from portal import languages
from search.models import Concept
from tests import people

pytestmark = pytest.mark.django_db
LANGUAGES = ("sr-latn", "sr-cyrl", "sl")
FORMS = [
    (Service, "directory_services"),
    (Organization, "directory_organizations"),
    (Location, "directory_locations"),
    (ConfidentialPlace, "directory_confidential_places"),
    (TaxonomyTerm, "directory_terms"),
]
SAME = {"E-mail", "Status", "Region"}
NAMES = [row["label_en"] for row in csv.DictReader((LEXICON_FOLDER / "concepts.csv").open(encoding="utf-8"))]


def shown(language: str, address: str) -> BeautifulSoup:
    user = get_user_model().objects.filter(username="milena").first() or people.milena()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def labels(page: BeautifulSoup) -> set[str]:
    return {" ".join(each.get_text(" ").replace("*", "").split()) for each in page.select("form label")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_delivered_name_is_translated(language):
    taxonomies = list(Taxonomy.objects.all())
    assert len(taxonomies) == 4
    assert len(NAMES) > 60
    with translation.override(language):
        assert [name for name in NAMES if str(Concept(name=name)) == name] == []
        assert all(str(each) != each.name for each in taxonomies)


def test_name_that_an_editor_wrote_stays_as_it_is():
    with translation.override("sl"):
        assert str(Concept(name="Our own")) == "Our own"
        assert str(Taxonomy(name="Our own")) == "Our own"
    assert str(Concept(key="own")) == "own"


def test_second_reader_is_named_in_each_language_of_the_desk_once():
    SecondReaderTask.objects.create(name="Second reader")
    ensure_second_reader()
    ensure_second_reader()
    assert [each.name for each in SecondReaderTask.objects.all()] == [
        "Drugi čitalac · Drugi bralec · Second reader"
    ]
    assert not Workflow.objects.filter(name="Second reader").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_services_for_rights_name_pages_in_the_editors_language(language):
    row = RightService.objects.select_related("page").first()
    versions = Page.objects.filter(translation_key=row.page.translation_key)
    titles = dict(versions.values_list("locale__language_code", "title"))
    own = titles.get(language) or titles["sr-latn"]
    assert own != row.page.title
    for address in (reverse("right_services:index"), reverse("right_services:edit", args=[row.pk])):
        text = " ".join(shown(language, address).get_text(" ").split())
        assert own in text
        assert row.page.title not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("model", "name"), FORMS)
def test_forms_of_the_directory_have_no_english_label(model, name, language):
    record = model.objects.order_by("pk").first()
    address = reverse(f"{name}:edit", args=[record.pk]) if record else reverse(f"{name}:add")
    english, found = labels(shown("en", address)), labels(shown(language, address))
    assert len(found) > 5
    own_names = {each.own_name for each in languages.CATALOGUE}
    assert {label for label in english & found if label.isascii()} - own_names - SAME == set()
