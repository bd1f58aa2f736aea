"""What the index knows of services and providers, and that it knows nothing secret."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command

from directory.filters import Chosen
from directory.models import (
    Area,
    Contact,
    Organization,
    OrganizationArea,
    Phone,
    Service,
    ServiceArea,
    ServiceProvider,
)
from directory.organization_listing import find, find_organizations
from directory.search import ServiceIndex
from directory.search_organizations import OrganizationIndex
from portal.plugins import Answer, SearchDocument
from search.index import rebuild_all
from search.models import IndexedDocument
from tests import factories
from tests.search.engine_contract import unpacked

pytestmark = pytest.mark.django_db

CANARY = "kanarinac"


def document(organization: Organization) -> SearchDocument:
    return OrganizationIndex().documents([organization.key])[0]


def service_document(service: Service) -> SearchDocument:
    return ServiceIndex().documents([service.key])[0]


def test_provider_has_its_names_kind_and_public_numbers():
    owner = factories.organization(name_en="Harbour", name_sl="Pristan", description_en="They listen.")
    Phone.objects.create(
        key="t-1", organization=owner, kind="office", number="+381 11 222 333", publish="yes"
    )
    Phone.objects.create(key="t-2", organization=owner, kind="office", number="+381 11 999 999", publish="no")
    made = document(owner)
    assert made.fields["en"] == {
        "name": "Harbour",
        "text": "They listen.",
        "concepts": str(owner.get_kind_display()),
    }
    assert made.fields["sl"]["name"] == "Pristan"
    assert made.fields["sl"]["concepts"] != made.fields["en"]["concepts"]
    assert made.numbers == ("+381 11 222 333",)
    assert made.facets["country"].answer("RS") is Answer.MATCH


@pytest.mark.parametrize("typed", ["011 222 333", "+381 11 222-333", "011222333", "222333", "٠١١ ٢٢٢ ٣٣٣"])
def test_provider_is_found_by_its_number_however_it_is_typed(typed):
    owner = factories.organization(name_en="Harbour")
    for number, publish in (("+381 11 222 333", "yes"), ("+381 11 999 999", "no")):
        Phone.objects.create(key=number, organization=owner, kind="office", number=number, publish=publish)
    rebuild_all()
    assert owner.key in [row.key for row in find_organizations("", "", None, typed)]
    hidden = typed.replace("222", "999").replace("333", "999").replace("٢", "٩").replace("٣", "٩")
    assert owner.key not in [row.key for row in find_organizations("", "", None, hidden)]


def test_member_is_found_in_its_areas_its_seat_and_their_regions():
    network = factories.organization(is_network=True)
    member = factories.organization(network=network, seat="Čukarica")
    OrganizationArea.objects.create(organization=member, area=Area.objects.get(key="rs-m-subotica"))
    area = document(member).facets["area"]
    subotica = Area.objects.get(key="rs-m-subotica")
    assert {
        key
        for key in ("rs-m-cukarica", "rs-m-subotica", "rs-00", subotica.parent.key, "rs-m-vrsac")
        if area.answer(key) is Answer.MATCH
    } == {
        "rs-m-cukarica",
        "rs-m-subotica",
        "rs-00",
        subotica.parent.key,
    }


def test_provider_of_the_country_is_found_everywhere():
    assert document(factories.organization()).facets["area"].answer("rs-m-vrsac") is Answer.MATCH


@pytest.mark.parametrize("publication", ["draft", "hidden", "internal"])
def test_provider_that_is_not_public_has_no_document(publication):
    owner = factories.organization(publication=publication)
    assert OrganizationIndex().documents([owner.key]) == []


def test_service_has_its_type_its_numbers_and_all_its_public_providers():
    owner, other = factories.organization(name_en="First"), factories.organization(name_en="Second")
    hidden = factories.organization(name_en=CANARY, publication="hidden")
    service = factories.service(organization=owner, service_type="legal", name_en="Advice")
    for each in (other, hidden):
        ServiceProvider.objects.create(service=service, organization=each)
    for number, each in enumerate((owner, other, hidden)):
        Phone.objects.create(
            key=f"t-{number}", organization=each, kind="office", number=f"+381 11 00{number}", publish="yes"
        )
    made = service_document(service)
    assert made.fields["en"]["name"] == "Advice First Second"
    assert made.numbers == ("+381 11 000", "+381 11 001")
    assert made.facets["type"].answer("legal") is Answer.MATCH
    assert made.facets["type"].answer("helpline") is Answer.NO


def test_network_service_names_no_place_of_a_member():
    network = factories.organization(is_network=True, name_en="Centres")
    factories.organization(network=network, name_en=f"Centre {CANARY}", seat=CANARY)
    service = factories.service(organization=network)
    assert CANARY not in json.dumps(service_document(service).fields, ensure_ascii=False)


def plant() -> list[str]:
    """Plant a secret in every column of a secret provider that no page of it shows; return the keys."""
    secret = factories.organization(
        name_en="House",
        is_confidential=True,
        seat=f"{CANARY} seat",
        area_text_en=f"{CANARY} area",
        source=f"{CANARY} source",
        source_note=f"{CANARY} note",
        fact_id=CANARY,
        pack=CANARY,
    )
    factories.confidential_place(organization=secret, public_name_en=f"{CANARY} place")
    Phone.objects.create(
        key=f"t-{CANARY}",
        organization=secret,
        kind="office",
        number="+381 11 777 777 7",
        publish="no",
        note=f"{CANARY} phone",
        source_url=CANARY,
    )
    Contact.objects.create(
        key=f"c-{CANARY}", organization=secret, kind="email", value=f"{CANARY}@example.org", publish="no"
    )
    OrganizationArea.objects.create(organization=secret, area=Area.objects.get(key="rs-m-vrsac"))
    service = factories.service(
        organization=secret,
        service_type="safe_accommodation",
        is_confidential=True,
        name_en="Stay",
        source=f"{CANARY} s",
        state=CANARY,
        source_words=CANARY,
        structured=CANARY,
        stays_ask_first=CANARY,
        publication_reason=CANARY,
    )
    hidden = factories.organization(name_en=f"{CANARY} hidden", publication="hidden")
    inner = factories.service(name_en=f"{CANARY} draft", publication="draft")
    return [secret.key, service.key, hidden.key, inner.key]


def index_rows() -> Iterator[object]:
    """Every row of every table of the search, and what is packed in them."""
    for model in apps.get_app_config("search").get_models():
        yield from model._default_manager.values_list()
    yield from unpacked()


def test_nothing_secret_reaches_the_index():
    secret, stay, hidden, inner = plant()
    rebuild_all()
    assert {row.key for row in IndexedDocument.objects.filter(key__in=[secret, stay, hidden, inner])} == {
        secret,
        stay,
    }
    rows = [str(row).lower() for row in index_rows()]
    assert [row for row in rows if CANARY in row] == []
    assert any(f'"{secret}"' in row for row in rows)  # what is packed is looked at
    assert "rs-m-vrsac" not in json.dumps(IndexedDocument.objects.get(key=secret).content)
    assert "7777777" not in json.dumps(IndexedDocument.objects.get(key=secret).content).replace(" ", "")


def test_confidential_service_is_matched_by_its_country_and_by_no_place():
    vrsac, subotica = (Area.objects.get(key=key) for key in ("rs-m-vrsac", "rs-m-subotica"))
    owner = factories.organization()
    for is_confidential in (False, True):
        service = factories.service(organization=owner, coverage="areas", is_confidential=is_confidential)
        ServiceArea.objects.create(service=service, area=vrsac)
        made = service_document(service)
        answers = [made.facets["area"].answer(area.key) for area in (vrsac, vrsac.parent, subotica)]
        if is_confidential:
            assert answers == [Answer.MATCH] * 3
            assert made.uncounted == frozenset({"area"})
            assert (made.facets["country"].answer("RS"), made.facets["country"].answer("SI")) == (
                Answer.MATCH,
                Answer.NO,
            )
        else:
            assert answers == [Answer.MATCH, Answer.ASK, Answer.NO]


def test_secret_provider_is_left_out_of_counts_by_place():
    secret = factories.organization(is_confidential=True, seat="Vršac")
    assert document(secret).uncounted == frozenset({"area"})


@pytest.mark.parametrize("words", ["astra", "ASTRA", "астра"])
def test_providers_are_found_by_the_engine_in_any_script(words):
    assert "astra" in [organization.key for organization in find_organizations("", "", None, words)]


def test_providers_found_by_words_stay_inside_kind_country_and_area():
    cukarica = Area.objects.get(key="rs-m-cukarica")
    found = find_organizations("police", "RS", cukarica, "policija")
    assert found
    assert {(row.kind, row.country) for row in found} == {("police", "RS")}
    assert "Subotica" not in " ".join(str(row) for row in found)


def test_providers_hidden_since_the_index_was_built_are_not_found():
    Organization.objects.filter(key="astra").update(publication="hidden")
    assert "astra" not in [row.key for row in find(Chosen(words="astra"), "", None).organizations]


def test_index_follows_a_saved_provider_and_its_phone(django_capture_on_commit_callbacks):
    owner = Organization.objects.get(key="astra")
    with django_capture_on_commit_callbacks(execute=True):
        owner.name_en = "Kestrel house"
        owner.save()
    assert [row.key for row in find_organizations("", "", None, "kestrel")] == ["astra"]
    with django_capture_on_commit_callbacks(execute=True):
        Phone.objects.create(
            key="t-9", organization=owner, kind="office", number="+381 11 4444", publish="yes"
        )
    assert "+381 11 4444" in IndexedDocument.objects.get(kind="organization", key="astra").content["numbers"]


def test_index_forgets_a_hidden_provider(django_capture_on_commit_callbacks):
    owner = Organization.objects.get(key="astra")
    with django_capture_on_commit_callbacks(execute=True):
        owner.publication = "hidden"
        owner.save()
    assert not IndexedDocument.objects.filter(kind="organization", key="astra").exists()


def test_rebuilding_needs_a_fixed_number_of_queries(count_queries):
    seen = []
    for _round in range(2):
        with count_queries() as queries:
            OrganizationIndex().documents()
        seen.append(len(queries))
        factories.organization(seat="Bled", country="SI")
    assert seen[0] == seen[1] <= 6


def test_rebuild_command_counts_every_kind(capsys):
    call_command("rebuild_index")
    said = capsys.readouterr().out
    assert all(kind in said for kind in ("service", "organization", "page"))
