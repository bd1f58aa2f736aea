"""A switched-off pack: its records are neither published nor deleted, and come back with it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.actions import load_country
from directory.models import Area, Organization, Place, Service
from portal.plugins import registry
from search.index import rebuild_all
from search.models import IndexedDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def serbia_only():
    """A site on which Slovenia's pack is switched off."""
    with registry.countries.only([pack for pack in registry.countries if pack.country.code == "RS"]):
        yield


def stored() -> list[int]:
    rows = (model.objects.filter(country="SI") for model in (Area, Place, Organization, Service))
    return [found.count() for found in rows]


def test_records_stay_in_the_database(serbia_only):
    assert stored() == [224, 602, 47, 36]


def test_records_are_published_nowhere(serbia_only):
    assert set(Service.objects.published().values_list("country", flat=True)) == {"RS"}
    assert set(Organization.objects.published().values_list("country", flat=True)) == {"RS"}


def test_its_pages_are_not_found_and_those_of_the_other_pack_are(serbia_only, client):
    answers = []
    for country in ("SI", "RS"):
        service = Service.objects.filter(country=country, publication="public", audience="everyone").first()
        paths = [reverse("directory:service", args=[service.code])]
        paths.append(reverse("directory:organization", args=[service.organization.code]))
        answers.append([client.get(path).status_code for path in paths])
    assert answers == [[404, 404], [200, 200]]


def test_old_index_shows_nothing_of_it(serbia_only, client):
    hidden = Service.objects.filter(country="SI", publication="public")
    page = client.get(reverse("directory:services")).content.decode()
    assert [service.code for service in hidden if f"/services/{service.code}/" in page] == []


def test_answers_for_machines_say_nothing_of_it(serbia_only, client):
    response = client.get("/api/hsds/3.1/services", {"per_page": "200"})
    ids = {content["id"] for content in response.json()["contents"]}
    hidden = {str(uuid) for uuid in Service.objects.filter(country="SI").values_list("uuid", flat=True)}
    assert (ids & hidden, len(ids)) == (set(), Service.objects.published().count())


def test_new_index_holds_only_the_other_pack(serbia_only):
    rebuild_all()
    found = set(IndexedDocument.objects.filter(kind="service").values_list("key", flat=True))
    assert found == set(Service.objects.published().values_list("key", flat=True))


def test_switched_on_again_everything_is_as_before():
    before = Service.objects.published().count()
    pack = next(pack for pack in registry.countries if pack.country.code == "SI")
    with registry.countries.only([]):
        assert Service.objects.published().count() == 0
    report = load_country(pack, name="slovenia")
    assert (Service.objects.published().count(), report.changed) == (before, 0)
