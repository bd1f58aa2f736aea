"""Saving, publishing, withdrawing, confirming and deleting records by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from modeltranslation.translator import NotRegistered, translator

from directory.choices import Publication, Verification
from directory.models import (
    ConfidentialPlace,
    Location,
    Organization,
    Service,
    ServiceAtConfidentialPlace,
    ServiceAtLocation,
    ServiceProvider,
    ServiceTerm,
    TaxonomyTerm,
)
from portal import languages, opaque
from portal.localized import stored
from search.index import refresh

Record = TypeVar("Record", bound=models.Model)
NOT_CHECKED = ("uuid", "code")


def save_service(service: Service, *, by_hand: bool = True) -> Service:
    """Check and save a service with its rows; ``by_hand`` keeps later pack loads from overwriting it.

    Raises Django's ``ValidationError`` when a rule of the model is broken.
    """
    _need_text(service, "name")
    _keep_accommodation_closed(service)
    service.locally_edited = service.locally_edited or by_hand
    if all(row.organization_id != service.organization_id for row in service.providers.all()):
        service.providers.add(ServiceProvider(organization=service.organization))
    return _check_and_save(service)


def save_organization(organization: Organization, *, by_hand: bool = True) -> Organization:
    """Check and save an organization with its phones, contacts and areas; see :func:`save_service`."""
    _need_text(organization, "name")
    organization.locally_edited = organization.locally_edited or by_hand
    for row in (*organization.phones.all(), *organization.contacts.all()):
        row.key = row.key or new_key()
    return _check_and_save(organization)


def save_term(term: TaxonomyTerm) -> TaxonomyTerm:
    """Check and save a term; the services that name it are found by its new words after the commit.

    A type of accommodation stays one while services have it: ``ValidationError`` otherwise (R21).
    """
    _need_text(term, "name")
    was = TaxonomyTerm.objects.filter(pk=term.pk, is_accommodation=True).exists()
    if was and not term.is_accommodation and Service.objects.filter(service_type=term).exists():
        raise ValidationError({"is_accommodation": _("Services have this type: it stays accommodation.")})
    term.key = term.key or f"{term.taxonomy.key}:{term.slug}"
    term.code = term.code or opaque.code("term", term.taxonomy.key, term.slug)
    _check_and_save(term)
    keys = ServiceTerm.objects.filter(term=term).values_list("service__key", flat=True)
    refresh("service", sorted(set(keys)))
    return term


def save_record(record: Record) -> Record:
    """Check and save a record that has no rule of its own beyond its model's: an area, a place, a note."""
    return _check_and_save(record)


def save_location(location: Location, *, services: Iterable[Service]) -> Location:
    """Save a public office and make ``services`` the ones that can be had there."""
    with transaction.atomic():
        _check_and_save(location)
        _link(ServiceAtLocation, {"location": location}, services)
    return location


def save_confidential_place(place: ConfidentialPlace, *, services: Iterable[Service]) -> ConfidentialPlace:
    """Save a confidential place and make ``services`` the ones that can be had there."""
    _need_text(place, "public_name")
    with transaction.atomic():
        _check_and_save(place)
        _link(ServiceAtConfidentialPlace, {"place": place}, services)
    return place


def delete_record(record: models.Model) -> None:
    """Delete a record made by hand.

    Raises ``ValidationError`` for one that a pack delivers (it would come back) or that others need.
    """
    if getattr(record, "pack", ""):
        raise ValidationError(_("A country pack delivers this record: make it hidden instead."))
    if isinstance(record, Organization) and (record.services.exists() or record.members.exists()):
        raise ValidationError(_("It still has services or members: delete or move them first."))
    if isinstance(record, TaxonomyTerm) and _is_used(record):
        raise ValidationError(_("Services still use this term."))
    with transaction.atomic():
        record.delete()


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


def new_key() -> str:
    """Return an import key for a record made by hand; it says nothing and no pack uses its form."""
    return f"own-{opaque.code(uuid4().hex, length=10)}"


def _check_and_save(record: Record) -> Record:
    """Save a checked record. English is active, so that the base columns never take an editor's language."""
    if getattr(record, "key", None) == "":
        record.key = new_key()  # type: ignore[attr-defined]  # every record of the directory has a key
    with translation.override(languages.DEFAULT_LANGUAGE), transaction.atomic():
        record.full_clean(exclude=_unchecked(record))
        record.save()
    return record


def _unchecked(record: models.Model) -> list[str]:
    """Return the fields that no editor fills: ids, and the base names of translated fields (trap M2)."""
    try:
        translated = translator.get_options_for_model(type(record)).get_field_names()
    except NotRegistered:
        translated = []
    return [*NOT_CHECKED, *translated]


def _need_text(record: models.Model, field: str) -> None:
    if not stored(record, field):
        column = f"{field}_{languages.get(languages.DEFAULT_LANGUAGE).column_suffix}"
        raise ValidationError({column: _("Write a name in at least one language.")})


def _keep_accommodation_closed(service: Service) -> None:
    """Refuse to open what was accommodation, by another type too, until two people may do it (R21)."""
    was = Service.objects.filter(pk=service.pk, service_type__is_accommodation=True).exists()
    if was and not service.is_confidential:
        message = _("Accommodation stays confidential until two people may open it.")
        raise ValidationError({"is_confidential": message})


def _link(through: Any, owner: dict[str, models.Model], services: Iterable[Service]) -> None:
    wanted = {service.pk: service for service in services}
    rows = through.objects.filter(**owner)
    rows.exclude(service__in=wanted).delete()
    for missing in wanted.keys() - set(rows.values_list("service_id", flat=True)):
        row = through(**owner, service=wanted[missing])
        row.full_clean()
        row.save()


def _is_used(term: TaxonomyTerm) -> bool:
    types = Service.objects.filter(service_type=term)
    return types.exists() or ServiceTerm.objects.filter(term=term).exists()
