"""The page before a site that tells others about its visitors: it warns, offers the phone, and redirects nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from directory.actions import import_organizations
from directory.cards import site_code
from directory.importers import UnreadableImport, read_pack
from directory.models import Contact, Organization, Schedule
from portal.neutral_words import telling_words
from portal.plugins import registry
from tests import factories, people
from tests.directory.test_admin import send
from tests.forms import new_row

pytestmark = pytest.mark.django_db
MARK = {
    "tells_others": True,
    "tells_others_source": "https://example.org/report",
    "tells_others_date": "2026-05-04",
}


@pytest.fixture
def contact() -> Contact:
    """A marked web site of a provider that visitors see: the one that the pack marks."""
    return Contact.objects.select_related("organization").get(key="K3")


def path(contact: Contact, language: str = "en") -> str:
    return f"/{language}/organizations/{contact.organization.code}/{site_code(contact)}/"


def soup_of(address: str) -> BeautifulSoup:
    return BeautifulSoup(Client().get(address).content, "html.parser")


def test_pack_marks_the_site_whose_stored_page_names_a_tracker(contact):
    assert (contact.value, contact.tells_others) == ("https://astra.rs", True)
    assert contact.tells_others_source.startswith("https://astra.rs/")
    assert contact.tells_others_date
    assert Contact.objects.filter(tells_others=True).count() == 1


@pytest.mark.parametrize("language", ["en", "sr-cyrl", "ar"])
def test_pages_lead_to_our_page_and_never_straight_to_the_site(contact, language):
    owner = contact.organization
    service = owner.services.filter(publication="public", audience="everyone").first()
    for address in (f"/{language}/organizations/{owner.code}/", f"/{language}/services/{service.code}/"):
        soup = soup_of(address)
        assert soup.select('a[href^="http"]') == []
        (link,) = soup.select(f'a[href="{path(contact, language)}"]')
        assert link.get_text() == "astra.rs"


def test_page_says_so_then_shows_the_numbers_and_then_the_link(contact):
    soup = soup_of(path(contact))
    text = soup.main.get_text(" ", strip=True)
    (out,) = soup.select('a[href^="http"]')
    assert (out["href"], out["rel"], out.get("target")) == (contact.value, ["noopener", "noreferrer"], None)
    assert out.get_text() == "astra.rs"
    said = ["This site tells other companies who visits it.", "You can call instead", "+381 11 785 0000"]
    said += [
        "The call stays in the call list. It may be on the bill.",
        "Or open the site",
        "Source: astra.rs",
    ]
    places = [text.find(each) for each in said]
    assert -1 not in places
    assert places == sorted(places)
    assert soup.html["data-flat"] == "page"
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"
    assert telling_words(soup.title.get_text()) == ()


def test_provider_without_a_number_is_said_to_have_none(contact):
    contact.organization.phones.all().delete()
    assert "We know no phone number for it." in soup_of(path(contact)).main.get_text()


def test_nothing_in_a_request_says_where_the_link_leads(contact):
    for query in ("?url=https://evil.example", "?next=//evil.example", "?f=https://evil.example"):
        answer = Client().get(path(contact) + query)
        assert answer.status_code == 200
        assert b"evil.example" not in answer.content
    start = f"/en/organizations/{contact.organization.code}/"
    for site in ("bcdfg", "https:", "evil.example"):
        assert Client().get(f"{start}{site}/").status_code == 404
    assert Client().post(path(contact)).status_code == 405


@pytest.mark.parametrize("change", [{"publish": "no"}, {"tells_others": False}, {"value": "astra.rs"}])
def test_site_that_is_not_shown_or_not_marked_has_no_page(contact, change):
    Contact.objects.filter(pk=contact.pk).update(**change)
    assert Client().get(path(contact)).status_code == 404


def test_site_of_a_hidden_provider_has_no_page(contact):
    Organization.objects.filter(pk=contact.organization_id).update(publication="hidden")
    assert Client().get(path(contact)).status_code == 404


def test_page_costs_a_fixed_number_of_queries(contact, django_assert_num_queries):
    Client().get(path(contact))
    with django_assert_num_queries(3):
        Client().get(path(contact))


def test_mark_needs_a_web_site_a_source_and_a_date(contact):
    for change, field in (
        ({"tells_others_source": ""}, "tells_others_source"),
        ({"tells_others_date": ""}, "tells_others_date"),
        ({"value": "astra.rs"}, "tells_others"),
    ):
        row = Contact.objects.get(pk=contact.pk)
        for name, value in change.items():
            setattr(row, name, value)
        with pytest.raises(ValidationError) as error:
            row.full_clean()
        assert list(error.value.message_dict) == [field]


def test_database_refuses_a_mark_without_its_source(contact):
    with pytest.raises(IntegrityError):
        Contact.objects.filter(pk=contact.pk).update(tells_others_source="")


def test_editor_marks_a_site_and_is_asked_for_the_source(client):
    client.force_login(people.milena())
    record = factories.organization()
    row = {"kind": "website", "value": "https://site.example", "publish": "yes", "is_anonymous": "unknown"}
    refused = send(client, record, **new_row("contacts", **row, tells_others="on"))
    assert set(refused.context["form"].formsets["contacts"].errors[0]) == {
        "tells_others_source",
        "tells_others_date",
    }
    assert (
        send(client, record, **new_row("contacts", **row, **MARK | {"tells_others": "on"})).status_code == 302
    )
    saved = record.contacts.get()
    assert {name: getattr(saved, name) for name in MARK} == MARK


def test_file_that_marks_a_site_without_a_source_is_refused():
    (pack,) = [pack for pack in registry.countries if pack.country.code == "RS"]
    record = next(each for each in read_pack(pack).organizations if each.key == "astra")
    contacts = tuple(replace(each, tells_others_source="") for each in record.contacts)
    with pytest.raises(UnreadableImport, match="K3 tells others"):
        import_organizations([replace(record, contacts=contacts)])


def test_contact_says_its_note_and_whether_it_is_open_as_a_phone_does(contact):
    contact.kind, contact.safe_call_note_en, contact.hours_text = "chat", "Delete the talk after it.", ""
    contact.save()
    Schedule.objects.create(contact=contact, is_24_7=True)
    address = f"/en/organizations/{contact.organization.code}/"
    said = soup_of(address).select_one(".contact").get_text(" ", strip=True)
    assert "Delete the talk after it." in said
    assert "Day and night" in said
    Contact.objects.filter(pk=contact.pk).update(publish="noted")
    said = soup_of(address).select_one(".contact").get_text(" ", strip=True)
    assert "Day and night" not in said  # seen somewhere: its hours may be old
    assert "Not checked by us." in said
