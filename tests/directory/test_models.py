"""The directory's models: codes, ids, rules of one record, and what may leave the house."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.actions import (
    assure_service,
    delete_record,
    publish_service,
    save_organization,
    save_service,
    withdraw_service,
)
from directory.models import (
    Contact,
    EligibilityAlternative,
    Organization,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceProvider,
    TaxonomyTerm,
)
from portal import opaque
from tests import factories

pytestmark = pytest.mark.django_db


def test_uuid_follows_from_the_key():
    record = factories.organization(key="test-astra")
    assert record.uuid == opaque.record_uuid("test-astra")


def test_code_is_stable_short_and_says_nothing():
    record = factories.organization(key="test-astra")
    first = record.code
    record.name_en = "Another name"
    record.save()
    assert (record.code, len(first)) == (first, 5)


def test_code_in_use_gives_way_to_another():
    taken = factories.organization(code=opaque.code("organization", "test-second"))
    second = factories.organization(key="test-second")
    assert second.code == opaque.code("organization", "test-second", salt=1) != taken.code


@pytest.mark.parametrize("model", [Organization, Service, TaxonomyTerm])
def test_codes_of_loaded_records_are_unique_and_complete(model):
    codes = list(model.objects.values_list("code", flat=True))
    assert len(set(codes)) == len(codes)
    assert "" not in codes


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"name_en": "English", "name_sr_latn": "Srpski"}, "English"),
        ({"name_en": "", "name_sr_latn": "Srpski", "name_sl": "Slovensko"}, "Srpski"),
        ({"name_en": "", "name_sl": "Slovensko"}, "Slovensko"),
        ({"name_en": "", "key": "test-nameless"}, "test-nameless"),
    ],
)
def test_organization_is_called_by_the_first_name_it_has(values, shown):
    assert str(factories.organization(**values)) == shown


@pytest.mark.parametrize("publication", ["draft", "internal", "hidden"])
def test_organization_that_is_not_public_is_not_published(publication):
    record = factories.organization(publication=publication)
    assert Organization.objects.published().filter(pk=record.pk).count() == 0


@pytest.mark.parametrize(
    ("values", "published", "for_visitors"),
    [
        ({}, 1, 1),
        ({"audience": "professionals"}, 1, 0),
        ({"status": "temporarily closed"}, 1, 1),
        ({"status": "inactive"}, 0, 0),
        ({"status": "defunct"}, 0, 0),
        ({"publication": "draft"}, 0, 0),
        ({"publication": "internal"}, 0, 0),
        ({"publication": "hidden"}, 0, 0),
        ({"country": "XX"}, 0, 0),
    ],
)
def test_service_leaves_the_house_only_when_all_allows_it(values, published, for_visitors):
    record = factories.service(**values)
    found = Service.objects.filter(pk=record.pk)
    assert found.published().count() == published
    assert found.for_visitors().count() == for_visitors


@pytest.mark.parametrize("publication", ["draft", "internal", "hidden"])
def test_service_of_a_provider_that_is_not_public_is_not_published(publication):
    record = factories.service(organization=factories.organization(publication=publication))
    assert Service.objects.published().filter(pk=record.pk).count() == 0


def test_only_shown_contacts_are_published():
    owner = factories.organization()
    for publish in ("yes", "noted", "no"):
        Phone.objects.create(
            key=f"t-{publish}", organization=owner, kind="sos", number="192", publish=publish
        )
        Contact.objects.create(
            key=f"t-{publish}", organization=owner, kind="email", value="a@example.org", publish=publish
        )
    for rows in (owner.phones, owner.contacts):
        assert sorted(rows.published().values_list("publish", flat=True)) == ["noted", "yes"]


@pytest.mark.parametrize(
    ("number", "dial"),
    [
        ("+381 11 785 0000", "+381117850000"),
        ("0800/100-600", "0800100600"),
        ("192", "192"),
        ("(01) 23", "0123"),
    ],
)
def test_phone_is_dialled_without_spaces(number, dial):
    phone = Phone(key="t", kind="sos", number=number, organization=factories.organization())
    phone.clean()
    assert phone.dial == dial


@pytest.mark.parametrize("number", ["call me", "1", "+", "1234567890123456", "192; drop"])
def test_phone_that_nobody_can_dial_is_refused(number):
    with pytest.raises(ValidationError) as refused:
        Phone(key="t", kind="sos", number=number, organization=factories.organization()).clean()
    assert list(refused.value.error_dict) == ["number"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"age_rule": "listed"}, "age_rule"),
        ({"age_rule": "listed", "minimum_age": 30, "maximum_age": 18}, "maximum_age"),
        ({"genders": ["woman"]}, "genders"),
        ({"papers": ["passport"]}, "papers"),
        ({"circumstances": ["luck"]}, "circumstances"),
    ],
)
def test_alternative_that_means_nothing_is_refused(values, field):
    with pytest.raises(ValidationError) as refused:
        EligibilityAlternative(**values).clean()
    assert list(refused.value.error_dict) == [field]


@pytest.mark.parametrize(
    ("circumstances", "ask_first", "limited"),
    [
        ([], "", False),
        (["victim_trafficking", "family_of_victim", "victim_violence", "endangered"], "", False),
        (["victim_trafficking", "means"], "", True),
        ([], "Only with a letter of a doctor.", True),
    ],
)
def test_alternative_is_limited_by_what_no_filter_asks(circumstances, ask_first, limited):
    alternative = EligibilityAlternative(circumstances=circumstances, ask_first_en=ask_first)
    assert alternative.is_limited is limited


def test_schedule_belongs_to_one_owner_and_has_hours():
    service = factories.service()
    for values in ({"is_24_7": True}, {"service": service}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Schedule.objects.create(**values)
    assert str(Schedule.objects.create(service=service, is_24_7=True)) == "24/7"


def test_exception_ends_after_it_begins():
    with pytest.raises(ValidationError) as refused:
        ScheduleException(first_day=date(2026, 5, 2), last_day=date(2026, 5, 1)).clean()
    assert list(refused.value.error_dict) == ["last_day"]


def test_save_service_marks_the_record_and_names_its_provider():
    owner = factories.organization()
    record = Service(name_sl="Pogovor", organization=owner, country="SI")
    save_service(record)
    assert (record.locally_edited, record.key[:4]) == (True, "own-")
    assert list(ServiceProvider.objects.filter(service=record).values_list("organization", flat=True)) == [
        owner.pk
    ]


def test_save_without_a_hand_does_not_mark_the_record():
    record = save_organization(factories.organization(), by_hand=False)
    assert record.locally_edited is False


def test_save_of_a_record_without_any_name_is_refused():
    with pytest.raises(ValidationError) as refused:
        save_organization(Organization(country="RS", kind="police"))
    assert list(refused.value.error_dict) == ["name_en"]


def test_publish_and_withdraw_are_opposites():
    record = withdraw_service(factories.service(), reason="the tender ended")
    assert (record.publication, record.publication_reason) == ("hidden", "the tender ended")
    record = publish_service(record)
    assert (record.publication, record.publication_reason) == ("public", "")


def test_assure_keeps_who_when_and_how():
    record = assure_service(factories.service(), on=date(2026, 11, 2), by="ana@example.org")
    fresh = Service.objects.get(pk=record.pk)
    assert (fresh.assured_date, fresh.assurer_email, fresh.verification) == (
        date(2026, 11, 2),
        "ana@example.org",
        "editor",
    )


def test_delete_refuses_what_a_pack_delivers_or_others_need():
    service = factories.service()
    for record in (Service.objects.get(fact_id="S1"), service.organization, factories.term("legal")):
        with pytest.raises(ValidationError):
            delete_record(record)
    delete_record(service)
    delete_record(service.organization)
    assert not Organization.objects.filter(pk=service.organization_id).exists()
