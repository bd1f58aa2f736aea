"""The editors' admin of the pages: forms open and save, choosers find, uploads are hidden."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from directory.models import Service
from home.fields import CountrySelect
from home.forms import RightServiceForm
from home.models import HomePage, RightService, RightsPage
from home.wagtail_hooks import hide_uploads
from portal.languages import FIRST_LANGUAGES
from portal.plugins import registry
from tests.home.conftest import stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Client:
    """Ana edits the pages."""
    client = Client()
    client.force_login(User.objects.create_superuser("ana", "ana@example.org", "a-long-password-1"))
    return client


def test_editor_opens_the_form_of_each_kind_of_page(ana, rights_index, make_page, astra):
    strange = {"type": "timeline", "value": "Čuvaj me", "id": "t1"}
    pages = [
        HomePage.objects.get(locale__language_code="en"),
        rights_index,
        make_page(body=[*stream(astra), strange]),
    ]
    for page in pages:
        assert ana.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_editor_opens_an_empty_form(ana, rights_index):
    url = reverse("wagtailadmin_pages:add", args=["home", "rightspage", rights_index.pk])
    assert ana.get(url).status_code == 200


def form(**values) -> dict[str, str]:
    empty = {
        "title": "Your rest",
        "slug": "rs-rest",
        "safe_title": "A rest",
        "country": "RS",
        "audience": ["child"],
    }
    texts = {
        "as_of": "",
        "law_reference": "",
        "last_checked": "",
        "editor_notes": "",
        "key": "",
        "comments": "",
    }
    stream_form = {"body": {"count": "0"}}
    management = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0"}
    return {
        **nested_form_data({**empty, **texts, **stream_form}),
        "audience": ["child"],
        **management,
        **values,
    }


def test_editor_saves_and_publishes_a_page(ana, rights_index):
    url = reverse("wagtailadmin_pages:add", args=["home", "rightspage", rights_index.pk])
    answer = ana.post(url, form(**{"action-publish": "1"}))
    page = RightsPage.objects.get(slug="rs-rest", locale__language_code="en")
    assert answer.status_code == 302
    assert (page.live, page.audience, page.country) == (True, ["child"], "RS")


def test_editor_cannot_save_a_telling_slug_even_as_a_draft(ana, rights_index):
    url = reverse("wagtailadmin_pages:add", args=["home", "rightspage", rights_index.pk])
    answer = ana.post(url, form(slug="victims"))
    assert answer.status_code == 200
    assert not RightsPage.objects.filter(slug="victims").exists()


def test_chooser_finds_an_organization_in_any_language(ana, astra):
    url = reverse("home_organizations:choose_results")
    page = ana.get(url, {"q": "akcija protiv"}).content.decode()
    assert reverse("home_organizations:chosen", args=[astra.pk]) in page
    assert (
        reverse("home_organizations:chosen", args=[astra.pk])
        not in ana.get(url, {"q": "zzz"}).content.decode()
    )
    assert ana.get(reverse("home_organizations:choose")).status_code == 200


def test_editor_sees_the_list_of_services_for_rights_and_reviews_one(ana):
    row = RightService.objects.first()
    assert ana.get(reverse("right_services:index")).status_code == 200
    url = reverse("right_services:edit", args=[row.pk])
    assert ana.get(url).status_code == 200
    values = {"page": row.page_id, "right_key": row.right_key, "service": row.service_id, "order": row.order}
    reasons = {"reason_en": "Read.", "reason_sl": "Prebrano.", "reason_sr-latn": "", "reason_sr-cyrl": ""}
    assert ana.post(url, {**values, **reasons, "reviewed": "on"}).status_code == 302
    row.refresh_from_db()
    first = {code: row.reason[code] for code in FIRST_LANGUAGES if code in row.reason}
    assert (row.reviewed, first) == (True, {"en": "Read.", "sl": "Prebrano."})


def test_reason_in_another_language_is_kept_by_the_form(make_page):
    service = Service.objects.first()
    row = RightService.objects.create(
        page=make_page(), right_key="R900", service=service, reason={"uk": "Так"}
    )
    values = {"page": row.page_id, "right_key": "R900", "service": service.pk, "order": 1, "reason_en": "Yes"}
    edited = RightServiceForm(values, instance=row)
    assert edited.is_valid(), edited.errors
    assert edited.save().reason == {"uk": "Так", "en": "Yes"}


def test_admin_asks_for_an_account(visitor):
    for name in ("right_services:index", "home_organizations:choose"):
        assert visitor.get(reverse(name)).status_code == 302


def test_uploads_are_out_of_the_menu():
    class Item:
        def __init__(self, name: str) -> None:
            self.name = name

    menu = [Item("explorer"), Item("images"), Item("documents"), Item("reports")]
    hide_uploads(None, menu)
    assert [item.name for item in menu] == ["explorer", "reports"]


def test_country_that_is_switched_off_stays_choosable():
    with registry.countries.only([]):
        assert 'value="RS" selected' in CountrySelect().render("country", "RS")
    assert 'value="SI"' in CountrySelect().render("country", "RS")
