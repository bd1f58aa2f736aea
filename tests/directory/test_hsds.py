"""HSDS objects: nothing beyond the allow list, nothing confidential, nothing internal, the schemas' shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from directory import models
from directory.hsds import contacts
from directory.hsds.records import ALLOWED, REQUIRED, NotAllowedError, write
from directory.hsds.texts import Reader
from directory.hsds.writer import FULL_SERVICE_ROWS, Writer, age_limits
from directory.models import EligibilityAlternative, Organization, Service
from search.index import rebuild_all
from tests.directory.parts import SECRET, give_every_part

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "hsds" / "3.1-dev" / "schema"
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason=f"{SCHEMAS} is not there")
PLACES = ("locations", "location", "service_at_locations", "addresses", "address_1", "latitude", "longitude")
BASE = "/api/hsds/3.1/"


def get(path: str) -> Any:
    return json.loads(Client().get(BASE + path).content)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object inside a value, itself first."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(part)


def attribute(record: dict[str, Any], label: str) -> list[str]:
    return [item["value"] for item in record.get("attributes", []) if item.get("label") == label]


@pytest.fixture
def furnished(db: None) -> Service:
    """A public service of Serbia with a row of every kind."""
    service = Service.objects.get(fact_id="S47")
    assert not service.is_confidential
    give_every_part(service)
    rebuild_all()
    return service


def test_write_refuses_what_the_list_does_not_name():
    with pytest.raises(NotAllowedError, match="service: assurer_email"):
        write("service", {"id": "1", "assurer_email": "a@b.rs"})


def test_write_leaves_empty_properties_out_but_keeps_required_ones():
    values = {"id": "1", "name": "N", "description": "", "phones": [], "website": None}
    assert write("organization", values) == {"id": "1", "name": "N", "description": ""}


def test_allow_list_names_nothing_private():
    named = {name for names in ALLOWED.values() for name in names}
    assert not named & {"assurer_email", "source", "source_note", "note_for_editors", "key", "metadata"}
    assert all(set(required) <= set(ALLOWED[kind]) for kind, required in REQUIRED.items())


def test_full_service_carries_every_part(furnished):
    service = get(f"services/{furnished.uuid}")
    assert set(ALLOWED["service"]) - set(service) <= {
        "minimum_age",
        "maximum_age",
        "assured_date",
        "alert",
        "fees_description",
    }
    assert service["organization"]["phones"]
    assert service["languages"][0] | {"id": ""} == {
        "id": "", "service_id": str(furnished.uuid), "name": "Albanian", "code": "sq", "note": "With an interpreter.",
    }  # fmt: skip
    cost = service["cost_options"][0]
    assert (cost["option"], cost["amount"], cost["currency"]) == ("One hour", 5.5, "eur")
    assert service["required_documents"][0]["document"] == "Any paper with your name"
    hours = service["schedules"][0]
    assert (hours["byday"], hours["opens_at"], hours["closes_at"]) == ("MO,TU", "09:00", "17:30")
    assert hours["notes"] == "ring twice; 2026-12-25 to 2026-12-26: closed"


def test_address_has_the_region_for_a_state(furnished):
    location = get(f"services/{furnished.uuid}")["service_at_locations"][0]["location"]
    address = location["addresses"][0]
    assert set(address) == set(ALLOWED["address"])
    assert (address["city"], address["state_province"]) == ("Beograd", "City of Belgrade")
    assert location["accessibility"][0]["description"] == "No steps"
    assert location["description"] == "Seen at https://example.org/office on 2024; not checked by us."


def test_address_without_a_part_stands_in_words(furnished):
    models.Location.objects.update(postal_code="")
    location = get(f"services/{furnished.uuid}")["service_at_locations"][0]["location"]
    assert "addresses" not in location
    assert location["description"].startswith("Javna 1, Beograd ")


def test_contacts_not_to_be_shown_are_absent_and_noted_ones_say_so(furnished):
    service = get(f"services/{furnished.uuid}")
    numbers = {phone["number"]: phone for phone in service["phones"]}
    assert "+381 11 000 0002" not in numbers
    assert (
        "Seen at https://example.org/seen on 2021-07-30; not checked by us"
        in numbers["+381 11 000 0001"]["description"]
    )
    assert attribute(numbers["+381 11 000 0001"], "sidro:noted")
    assert not attribute(numbers["+381 11 000 0000"], "sidro:noted")
    assert "note for editors" not in json.dumps(service)
    assert "test-own2@example.org" not in json.dumps(service)


def test_noted_organization_says_where_it_was_seen(db):
    noted = Organization.objects.published().filter(is_noted=True)[0]
    (words,) = attribute(get(f"organizations/{noted.uuid}"), "sidro:noted")
    assert words.startswith("Seen at ")
    assert words.endswith("; not checked by us.")
    checked = Organization.objects.published().filter(is_noted=False)[0]
    assert attribute(get(f"organizations/{checked.uuid}"), "sidro:noted") == []


def test_unit_without_a_phone_shows_those_of_its_parent_only_when_that_is_published(furnished):
    owner = furnished.organization
    parent = Organization.objects.get(pk=Organization.objects.get(pk=owner.pk).parent_organization_id)
    owner.phones.all().delete()
    assert get(f"services/{furnished.uuid}")["phones"]
    Organization.objects.filter(pk=parent.pk).update(publication="internal")
    after = get(f"services/{furnished.uuid}")
    assert "phones" not in after
    assert "parent_organization_id" not in after["organization"]


def test_confidential_service_has_no_place_whatever_its_rows(furnished):
    """Even when rows get past the model and the triggers, the writer gives no address (R20)."""
    furnished.is_confidential = True
    loaded = Service.objects.prefetch_related(*FULL_SERVICE_ROWS).get(pk=furnished.pk)
    loaded.is_confidential = True
    written = Writer(Reader("en"), full=True).service(loaded)
    for record in objects(written):
        assert not set(record) & set(PLACES)
    assert SECRET not in json.dumps(written)
    assert "Javna 1" not in json.dumps(written)
    assert [area["name"] for area in written["service_areas"]] == ["Serbia"]


def test_confidential_services_of_both_countries_carry_no_place(db):
    services = get("services?full=true&per_page=200")["contents"]
    secret = [service for service in services if attribute(service, "sidro:confidential") == ["true"]]
    assert len(secret) == Service.objects.published().filter(is_confidential=True).count() > 0
    for record in objects(secret):
        assert not set(record) & set(PLACES)


def test_internal_organizations_are_named_nowhere(db):
    text = json.dumps([get("services?full=true&per_page=200"), get("organizations?full=true&per_page=200")])
    for organization in Organization.objects.exclude(publication="public"):
        assert str(organization.uuid) not in text


def test_internal_second_provider_is_left_out(furnished):
    internal = Organization.objects.filter(publication="internal")[0]
    models.Phone.objects.create(
        key="x", organization=internal, kind="office", number="999 999", publish="yes"
    )
    models.ServiceProvider.objects.create(service=furnished, organization=internal, order=9)
    assert "999 999" not in json.dumps(get(f"services/{furnished.uuid}"))


def test_editor_who_confirmed_is_not_named(furnished):
    Service.objects.filter(pk=furnished.pk).update(assured_date="2026-01-02", assurer_email="ana@example.org")
    service = get(f"services/{furnished.uuid}")
    assert service["assured_date"] == "2026-01-02"
    assert "ana@example.org" not in json.dumps(service)


def test_every_object_has_a_uuid_and_urls_and_mails_are_real(furnished):
    for record in objects(
        [get("services?full=true&per_page=200"), get("organizations?full=true&per_page=200")]
    ):
        if "contents" in record or {"version", "rule"} & set(record):
            continue
        assert str(UUID(record["id"])) == record["id"]
        for name in ("website", "url"):
            assert contacts.is_web(record.get(name, "https://example.org"))
        assert contacts.is_mail(record.get("email", "a@example.org"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://astra.rs", True),
        ("http://www.atina.org.rs/sr/", True),
        ("http://mup.gov.rs/… (Direkcija)", False),
        ("https://a.rs ; https://b.rs", False),
        ("astra.rs", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("http://[bad", False),
    ],
)
def test_is_web_takes_one_whole_address_only(text, expected):
    assert contacts.is_web(text) is expected


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([("listed", 18, None)], (18, None)),
        ([("listed", 16, 20), ("listed", 0, 17)], (0, 20)),
        ([("listed", 65, None), ("anyone", None, None)], (None, None)),
        ([("listed", 65, 70), ("unknown", None, None)], (None, None)),
        ([], (None, None)),
    ],
)
def test_age_limits_are_the_widest(ranges, expected):
    rows = [EligibilityAlternative(age_rule=rule, minimum_age=a, maximum_age=b) for rule, a, b in ranges]
    assert age_limits(rows) == expected


def test_eligibility_tells_unknown_from_anyone(furnished):
    furnished.alternatives.all().delete()
    EligibilityAlternative.objects.create(service=furnished, age_rule="unknown", gender_rule="anyone")
    (text,) = attribute(get(f"services/{furnished.uuid}"), "sidro:eligibility")
    rules = json.loads(text)
    assert (rules["age"]["rule"], rules["gender"]["rule"], rules["papers"]["rule"]) == (
        "unknown",
        "anyone",
        "unknown",
    )
    assert rules["disability"] is None


def test_profile_document_names_every_attribute(furnished):
    document = (Path(__file__).resolve().parents[2] / "docs" / "hsds-profile.md").read_text(encoding="utf-8")
    pages = [
        get("services?full=true&per_page=200&language=fa&need=shelter"),
        get("organizations?full=true&per_page=200"),
    ]
    pages.append(get(f"services/{furnished.uuid}"))
    labels = {record["label"] for record in objects(pages) if record.get("label", "").startswith("sidro:")}
    assert {label for label in labels if f"`{label}`" not in document} == set()


def validators() -> dict[str, Any]:
    """The compiled schemas by the API's path; imported here because only these tests need the library."""
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    files = {path: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.rglob("*.json")}
    named = [(p.name if p.parent == SCHEMAS else f"compiled/{p.name}", body) for p, body in files.items()]
    registry = Registry().with_resources(
        (name, Resource.from_contents(body, default_specification=DRAFT202012))
        for name, body in named
        if isinstance(body, dict)
    )
    wanted = {
        "services": "compiled/service.json",
        "organizations": "compiled/organization.json",
        "service_at_locations": "compiled/service_at_location.json",
        "taxonomies": "taxonomy.json",
        "taxonomy_terms": "taxonomy_term.json",
    }
    checker = Draft202012Validator.FORMAT_CHECKER
    return {
        path: Draft202012Validator(files[SCHEMAS / name], registry=registry, format_checker=checker)
        for path, name in wanted.items()
    }


@needs_schemas
def test_every_record_fits_the_schemas(furnished):
    for path, validator in validators().items():
        full = "full=true&" if path in ("services", "organizations") else ""
        first = get(f"{path}?{full}per_page=200")
        records = [*first["contents"], *get(f"{path}?{full}per_page=200&page=2")["contents"]]
        assert len(records) == first["total_items"] > 0
        assert [e.message for record in records for e in validator.iter_errors(record)] == []


@needs_schemas
def test_allow_list_names_only_properties_of_hsds():
    for kind, names in ALLOWED.items():
        compiled = SCHEMAS / "compiled" / f"{kind}.json"  # nests what the plain schema only refers to
        path = compiled if compiled.is_file() else SCHEMAS / f"{kind}.json"
        properties = json.loads(path.read_text(encoding="utf-8"))["properties"]
        assert set(names) - set(properties) == set(), kind
