"""Pages among the findings: live and open ones only, in the reader's language, leading to the right section."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from directory.models import Service
from home.models import RightService, RightsPage
from home.search import PageIndex, keys_of
from portal.plugins import Answer, SearchDocument, registry
from search.models import IndexedDocument
from tests.home.conftest import items, translate

pytestmark = pytest.mark.django_db


def document(page: RightsPage) -> SearchDocument | None:
    return next(iter(PageIndex().documents(keys_of(page))), None)


def is_indexed(page: RightsPage) -> bool:
    return IndexedDocument.objects.filter(kind="page", key__in=keys_of(page)).exists()


def found(visitor: Client, words: str, language: str = "en") -> dict[str, str]:
    path = visitor.post(f"/{language}/search/", {"words": words})["Location"]
    page = BeautifulSoup(visitor.get(path).content, "html.parser")
    return {a.get_text(strip=True): a["href"] for a in page.select("section[aria-labelledby=g-page] h3 a")}


def test_page_is_one_document_with_the_texts_of_its_translations(make_page):
    page = make_page(key="rs-rest")
    translate(page, "sl", "Vaš počitek")
    made = document(page)
    assert (made.key, made.fields["en"]["name"], made.fields["sl"]["name"]) == (
        "rs-rest",
        "Your rest",
        "Vaš počitek",
    )
    assert "Breathe." in made.fields["en"]["text"]
    assert "You may rest." in made.fields["en"]["text"]
    assert made.facets["page"].answer("rs-rest") is Answer.MATCH
    assert made.facets["country"].answer("RS") is Answer.MATCH


def test_page_without_key_is_found_by_the_one_its_translations_share(make_page):
    page = make_page()
    assert document(page).key == str(page.translation_key)


def test_second_page_with_the_same_key_does_not_push_out_the_first(make_page):
    first, second = make_page("rs-one", key="rs-same"), make_page("rs-two", key="rs-same")
    made = {each.key: each for each in PageIndex().documents(["rs-same"])}
    assert set(made) == {"rs-same", str(second.translation_key)}
    assert made["rs-same"].key == keys_of(first)[0]


def test_page_of_no_country_is_for_all(make_page):
    assert document(make_page(country="")).facets["country"].answer("SI") is Answer.MATCH


def test_page_has_the_needs_of_its_services(make_page):
    page = make_page()
    service = Service.objects.for_visitors().filter(terms__slug="legal").first()
    RightService.objects.create(page=page, right_key="R900", service=service)
    assert document(page).facets["need"].answer("legal") is Answer.MATCH
    Service.objects.filter(pk=service.pk).update(publication="hidden")
    assert document(page).facets["need"].match == frozenset()


def test_notes_for_editors_sources_and_keys_are_not_findable(make_page):
    page = make_page(editor_notes="kanarinac", law_reference="")
    text = str(document(page).fields)
    assert "kanarinac" not in text
    assert "R900" not in text
    assert "here" not in text.split()


def test_draft_private_and_switched_off_pages_have_no_document(make_page):
    assert document(make_page(live=False)) is None
    private = make_page("rs-private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert document(private) is None
    page = make_page("rs-other")
    with registry.countries.only([pack for pack in registry.countries if pack.country.code == "SI"]):
        assert document(page) is None


def test_index_follows_publishing_unpublishing_and_deleting(make_page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(key="rs-rest")
    assert is_indexed(page)
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert not is_indexed(page)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert is_indexed(page)
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert not is_indexed(page)


def test_index_follows_a_page_that_becomes_private_or_gets_another_key(
    make_page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(key="rs-rest")
    with django_capture_on_commit_callbacks(execute=True):
        page.key = "rs-calm"
        page.save_revision().publish()
    assert set(
        IndexedDocument.objects.filter(key__in=["rs-rest", "rs-calm"]).values_list("key", flat=True)
    ) == {"rs-calm"}
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert not is_indexed(page)


def test_finding_leads_to_the_right_that_holds_the_words(
    make_page, visitor, django_capture_on_commit_callbacks
):
    right = {"key": "R901", "text": "You may keep the kestrel.", "note": "", "law": "", "source": ""}
    body = [
        {"type": "summary", "value": "This is short.", "id": "s1"},
        {"type": "rights", "value": {"heading": "Birds", "rights": items(right)}, "id": "s2"},
        {"type": "deadlines", "value": items("Feed the sparrow daily."), "id": "s3"},
    ]
    with django_capture_on_commit_callbacks(execute=True):
        make_page(body=body)
    assert found(visitor, "kestrel") == {"Your rest": "/en/rights/rs-rest/#r901"}
    address = found(visitor, "sparrow")["Your rest"]
    page = BeautifulSoup(visitor.get(address.split("#")[0]).content, "html.parser")
    assert "sparrow" in page.find(id=address.split("#")[1]).parent.get_text()
    assert page.find(id="r901") is not None


def test_finding_is_in_the_readers_language_or_marked(make_page, visitor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        translate(make_page(title="Kestrel"), "sr-latn", "Vetruška")
    assert found(visitor, "kestrel", "sr-cyrl") == {"Ветрушка": "/sr-cyrl/rights/rs-rest/"}
    assert found(visitor, "vetruška", "sl") == {"Kestrel": "/sl/rights/rs-rest/"}


def test_page_unpublished_since_the_index_was_built_is_not_shown(
    make_page, visitor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(title="Kestrel")
    assert "Kestrel" in found(visitor, "kestrel")
    RightsPage.objects.filter(pk=page.pk).update(live=False)
    assert found(visitor, "kestrel") == {}
