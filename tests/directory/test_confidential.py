"""Nothing confidential can have an address: the schema, the database, the models and the forms refuse alike."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from directory.actions import import_organizations, save_confidential_place, save_location, save_service
from directory.importers import UnreadableImport, read_pack
from directory.models import (
    ConfidentialPlace,
    Contact,
    Location,
    Organization,
    Service,
    ServiceAtConfidentialPlace,
    ServiceAtLocation,
    TaxonomyTerm,
)
from portal.plugins import ContactRecord, OrganizationRecord, registry
from tests import factories

pytestmark = pytest.mark.django_db
WHEREABOUTS = (
    *("address", "street", "road", "house", "postal", "postcode", "zip", "city", "town", "seat"),
    *("lat", "lon", "lng", "coord", "geo", "point", "map", "photo", "image", "picture", "file", "landmark"),
    *("transport", "url", "hours"),
)


def columns_of(table: str) -> set[str]:
    """Return the columns that the running database really has."""
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


@contextmanager
def refused(words: str):
    """Expect that the database refuses with these words; what happened before stays."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_confidential_place_has_no_column_for_its_whereabouts_in_the_database():
    bare = {column.replace("sr_latn", "") for column in columns_of("directory_confidentialplace")}
    assert [column for column in bare if any(word in column for word in WHEREABOUTS)] == []


def test_confidential_place_has_no_field_for_its_whereabouts_in_the_model():
    names = {field.name.replace("sr_latn", "") for field in ConfidentialPlace._meta.get_fields()}
    assert [name for name in names if any(word in name for word in WHEREABOUTS)] == []


def test_both_schemas_of_a_confidential_place_agree():
    fields = {field.column for field in ConfidentialPlace._meta.concrete_fields}
    assert columns_of("directory_confidentialplace") == fields
    bases = {
        name.split("_sr_")[0] for name in fields if not name.startswith(("public_name", "referral_path"))
    }
    assert bases == {
        *("id", "key", "uuid", "organization_id", "region_id", "country", "gate_phone_id", "gate_contact_id")
    }


def test_location_has_the_columns_that_a_confidential_place_has_not():
    assert {"address_1", "city", "postal_code", "latitude", "longitude"} <= columns_of("directory_location")


def test_orm_link_to_an_address_is_refused_for_a_confidential_service():
    service, office = factories.service(is_confidential=True), factories.location()
    with pytest.raises(ValidationError):
        ServiceAtLocation.objects.create(service=service, location=office)
    with pytest.raises(ValidationError):
        ServiceAtLocation(service=service, location=office).full_clean()


def test_bulk_link_that_skips_the_model_is_refused_by_the_database():
    service, office = factories.service(is_confidential=True), factories.location()
    with refused("a confidential service cannot be linked to an address"):
        ServiceAtLocation.objects.bulk_create([ServiceAtLocation(service=service, location=office)])


def test_sql_link_is_refused_by_the_database_on_insert_and_update():
    secret, plain, office = factories.service(is_confidential=True), factories.service(), factories.location()
    insert = "INSERT INTO directory_serviceatlocation (service_id, location_id, note) VALUES (%s, %s, '')"
    with refused("cannot be linked to an address"):
        sql(insert, secret.pk, office.pk)
    sql(insert, plain.pk, office.pk)
    with refused("cannot be linked to an address"):
        sql(
            "UPDATE directory_serviceatlocation SET service_id = %s WHERE service_id = %s",
            secret.pk,
            plain.pk,
        )


def test_service_with_an_address_cannot_be_turned_confidential():
    service, office = factories.service(), factories.location()
    ServiceAtLocation.objects.create(service=service, location=office)
    service.is_confidential = True
    with pytest.raises(ValidationError):
        service.full_clean(exclude=["name"])
    with refused("remove the service's addresses before making it confidential"):
        Service.objects.filter(pk=service.pk).update(is_confidential=True)


def test_office_of_a_confidential_organization_is_refused_everywhere():
    secret = factories.organization(is_confidential=True)
    values = {"organization": secret, "address_1": "Glavna 1", "city": "Niš", "country": "RS"}
    with pytest.raises(ValidationError):
        Location(key="t-office", **values).save()
    with pytest.raises(ValidationError):
        save_location(Location(**values), services=[])
    with refused("a confidential organization cannot have an address"):
        Location.objects.bulk_create([Location(key="t-office", uuid=uuid4(), **values)])


def test_office_cannot_be_moved_to_a_confidential_organization():
    office, secret = factories.location(), factories.organization(is_confidential=True)
    with refused("a confidential organization cannot have an address"):
        Location.objects.filter(pk=office.pk).update(organization=secret)


def test_public_office_contact_of_a_confidential_organization_is_refused_everywhere():
    secret = factories.organization(is_confidential=True)
    values = {"key": "t-gate", "organization": secret, "kind": "public_office", "value": "Main hall"}
    with pytest.raises(ValidationError):
        Contact.objects.create(**values)
    with pytest.raises(ValidationError):
        Contact(**values).full_clean(exclude=["safe_call_note"])
    with refused("a confidential organization cannot have a public office"):
        Contact.objects.bulk_create([Contact(**values)])


@pytest.mark.parametrize("kind", ["location", "contact"])
def test_organization_with_an_address_cannot_be_turned_confidential(kind):
    owner = factories.organization()
    if kind == "location":
        factories.location(organization=owner)
    else:
        Contact.objects.create(key="t-gate", organization=owner, kind="public_office", value="Main hall")
    with refused("remove the organization's addresses before making it confidential"):
        Organization.objects.filter(pk=owner.pk).update(is_confidential=True)


@pytest.mark.parametrize("slug", ["safe_accommodation", "specialised_shelter", "supported_housing"])
def test_accommodation_cannot_be_made_open(slug):
    with pytest.raises(ValidationError):
        factories.service(service_type=slug)
    term, owner = factories.term(slug), factories.organization()
    values = {"key": "t-open", "code": "zzzzz", "uuid": uuid4(), "country": "RS", "name": "x"}
    with refused("accommodation stays confidential until two people may open it"):
        Service.objects.bulk_create([Service(organization=owner, service_type=term, **values)])


def test_accommodation_cannot_be_opened_by_any_way():
    service = factories.service(service_type="safe_accommodation", is_confidential=True)
    with refused("until two people may open it"):
        Service.objects.filter(pk=service.pk).update(is_confidential=False)
    with refused("until two people may open it"):
        sql("UPDATE directory_service SET is_confidential = %s WHERE id = %s", False, service.pk)
    service.is_confidential, service.service_type = False, factories.term("legal")
    with pytest.raises(ValidationError) as said:
        save_service(service)
    assert list(said.value.error_dict) == ["is_confidential"]


def test_every_loaded_service_of_an_accommodation_type_is_confidential():
    found = Service.objects.filter(service_type__is_accommodation=True)
    assert found.exclude(is_confidential=True).count() == 0
    assert found.count() == Service.objects.filter(is_confidential=True).count() > 0


def test_type_of_open_services_cannot_be_turned_into_accommodation():
    factories.service(service_type="legal")
    with refused("make its services confidential before marking a type as accommodation"):
        TaxonomyTerm.objects.filter(key="service_type:legal").update(is_accommodation=True)


def test_confidential_place_takes_a_confidential_service():
    place = factories.confidential_place()
    service = factories.service(organization=place.organization, is_confidential=True)
    save_confidential_place(place, services=[service])
    assert list(ServiceAtConfidentialPlace.objects.filter(place=place).values_list("service", flat=True)) == [
        service.pk
    ]


def test_import_of_a_public_office_for_a_confidential_organization_is_listed_and_changes_nothing():
    office = ContactRecord("t-gate", "public_office", "Main hall", "yes")
    record = OrganizationRecord(
        "t-house", {"en": "House"}, "humanitarian", "RS", is_confidential=True, contacts=(office,)
    )
    with pytest.raises(UnreadableImport) as said:
        import_organizations([record], pack="test")
    assert [problem.row for problem in said.value.problems] == ["t-house"]
    assert Organization.objects.filter(key="t-house").count() == 0


def test_packs_bring_no_address_for_anything_confidential():
    keys = [
        org.key for pack in registry.countries for org in read_pack(pack).organizations if org.is_confidential
    ]
    secret = Organization.objects.filter(key__in=keys)
    assert secret.filter(is_confidential=True).count() == len(keys)
    assert Location.objects.filter(organization__in=secret).count() == 0
    assert Contact.objects.filter(organization__in=secret, kind="public_office").count() == 0


def test_every_guard_stands_when_all_migrations_have_run():
    """SQLite drops the triggers of a table that a migration makes anew, and says nothing."""
    guards = import_module("directory.migrations.0002_confidential_guards").GUARDS
    if connection.vendor == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'"
        wanted = {
            f"guard_{name}_{event.lower()}"
            for name, _table, events, *_rest in guards
            for event in events.split(" OR ")
        }
    else:
        asked = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'guard_%'"
        wanted = {f"guard_{name}" for name, *_rest in guards}
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert {name for (name,) in cursor.fetchall()} == wanted
