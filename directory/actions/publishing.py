"""Saving, publishing, withdrawing and confirming a service."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from directory.choices import Publication, Verification
from directory.models import Service


def save_service(service: Service, *, by_hand: bool = True) -> Service:
    """Check and save a service; ``by_hand`` keeps later pack loads from overwriting it.

    Raises Django's ``ValidationError`` when a rule of the model is broken.
    """
    service.full_clean(exclude=["uuid", "code"])
    service.locally_edited = service.locally_edited or by_hand
    with transaction.atomic():
        service.save()
    return service


def publish_service(service: Service) -> Service:
    """Make a service public."""
    service.publication = Publication.PUBLIC
    service.publication_reason = ""
    return save_service(service)


def withdraw_service(service: Service, *, reason: str) -> Service:
    """Take a service out of public view; ``reason`` says why, for editors."""
    service.publication = Publication.HIDDEN
    service.publication_reason = reason
    return save_service(service)


def assure_service(
    service: Service, *, on: date, by: str, how: Verification = Verification.EDITOR
) -> Service:
    """Record that a service was confirmed: the day, the e-mail of who did it, and how."""
    service.assured_date, service.assurer_email, service.verification = on, by, how
    return save_service(service)
