"""Keeps the search index true: whatever saves a service, a provider or a part of them, the index follows."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from directory import models, place_table
from search.index import refresh

PARTS = (
    models.EligibilityAlternative,
    models.ServiceArea,
    models.ServiceLanguage,
    models.ServiceProvider,
    models.ServiceTerm,
)


def service_changed(sender: Any, instance: models.Service, **kwargs: Any) -> None:
    """Refresh a service that was saved or deleted."""
    refresh("service", [instance.key])


def part_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Refresh the service whose part was saved or deleted."""
    refresh("service", [instance.service.key])


def organization_changed(sender: Any, instance: models.Organization, **kwargs: Any) -> None:
    """Refresh an organization and all its services: its name, kind, phones and publication are in them."""
    refresh("organization", [instance.key])
    keys = models.Service.objects.filter(providers__organization=instance).values_list("key", flat=True)
    if found := sorted({*keys, *instance.services.values_list("key", flat=True)}):
        refresh("service", found)


def phone_changed(sender: Any, instance: models.Phone, **kwargs: Any) -> None:
    """Refresh whoever answers this phone, with its services."""
    organization_changed(sender, instance.organization)


def area_changed(sender: Any, instance: models.OrganizationArea, **kwargs: Any) -> None:
    """Refresh the organization that is responsible for an area."""
    refresh("organization", [instance.organization.key])


def place_changed(sender: Any, **kwargs: Any) -> None:
    """Let every process read the names of places again."""
    place_table.renew()


def connect() -> None:
    """Connect the receivers; called once when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(service_changed, models.Service, dispatch_uid=f"directory.service.{id(signal)}")
        signal.connect(
            organization_changed, models.Organization, dispatch_uid=f"directory.organization.{id(signal)}"
        )
        signal.connect(phone_changed, models.Phone, dispatch_uid=f"directory.phone.{id(signal)}")
        signal.connect(area_changed, models.OrganizationArea, dispatch_uid=f"directory.area.{id(signal)}")
        for place in (models.Area, models.Place):
            signal.connect(place_changed, place, dispatch_uid=f"directory.{place.__name__}.{id(signal)}")
        for part in PARTS:
            signal.connect(part_changed, part, dispatch_uid=f"directory.{part.__name__}.{id(signal)}")
