"""Gives one service every part that the API can nest, for tests of structure and of numbers of queries."""

from __future__ import annotations

from datetime import date, time

from directory import models

SECRET = "Tajna ulica 7"


def give_every_part(service: models.Service) -> models.Location:
    """Add a row of every kind to a service and its provider; return its public office."""
    owner = service.organization
    parent = models.Organization.objects.published().filter(is_network=True).exclude(pk=owner.pk).first()
    models.Organization.objects.filter(pk=owner.pk).update(parent_organization=parent)
    area = models.Area.objects.get(key="rs-m-cukarica")
    _reachable(owner, "test-own")
    _reachable(parent, "test-parent")
    models.OrganizationArea.objects.get_or_create(organization=owner, area=area)
    location = models.Location.objects.create(
        key="test-office",
        organization=owner,
        address_1="Javna 1",
        city="Beograd",
        postal_code="11000",
        area=area,
        country="RS",
        publish="noted",
        source_url="https://example.org/office",
        source_date="2024",
    )
    models.Accessibility.objects.create(location=location, description_en="No steps")
    models.ServiceAtLocation.objects.create(service=service, location=location)
    models.ServiceArea.objects.create(service=service, area=area)
    models.ServiceLanguage.objects.create(service=service, code="sq", with_interpreter=True)
    models.RequiredDocument.objects.create(service=service, document_en="Any paper with your name")
    models.CostOption.objects.create(service=service, option_en="One hour", amount="5.50", currency="EUR")
    hours = models.Schedule.objects.create(
        service=service, byday="MO,TU", opens_at=time(9), closes_at=time(17, 30), note="ring twice"
    )
    models.ScheduleException.objects.create(
        schedule=hours, first_day=date(2026, 12, 25), last_day=date(2026, 12, 26)
    )
    return location


def _reachable(owner: models.Organization, key: str) -> None:
    shown, noted, hidden = "yes", "noted", "no"
    for number, publish in enumerate((shown, noted, hidden)):
        phone = models.Phone.objects.create(
            key=f"{key}-{number}",
            organization=owner,
            kind="office",
            number=f"+381 11 000 000{number}",
            publish=publish,
            source_url="https://example.org/seen",
            source_date="2021-07-30",
            note="note for editors",
        )
        models.Schedule.objects.create(phone=phone, is_24_7=True)
        models.Contact.objects.create(
            key=f"{key}-mail-{number}",
            organization=owner,
            kind="email",
            value=f"{key}{number}@example.org",
            publish=publish,
        )
    models.Contact.objects.create(
        key=f"{key}-office", organization=owner, kind="public_office", value=SECRET, publish=shown
    )
