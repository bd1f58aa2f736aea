"""Keeps the search index true: whatever saves a service or its parts, the index follows after commit."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from directory import models
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
    """Refresh all services of an organization: its name, kind and publication are in them."""
    keys = models.Service.objects.filter(providers__organization=instance).values_list("key", flat=True)
    if found := sorted({*keys, *instance.services.values_list("key", flat=True)}):
        refresh("service", found)


def connect() -> None:
    """Connect the receivers; called once when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(service_changed, models.Service, dispatch_uid=f"directory.service.{id(signal)}")
        signal.connect(
            organization_changed, models.Organization, dispatch_uid=f"directory.organization.{id(signal)}"
        )
        for part in PARTS:
            signal.connect(part_changed, part, dispatch_uid=f"directory.{part.__name__}.{id(signal)}")
