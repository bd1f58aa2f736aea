"""Strings planted where nothing may leave the house: no store of any engine may hold them afterwards."""

from __future__ import annotations

from django.db import models

from directory.choices import Publication
from directory.models import ConfidentialPlace, Contact, Location, Organization, Phone, Service

CANARY = "zzyqx"  # no stem of any language cuts into it
PUBLIC = "vvwkq"
INDEXED = ("name", "description", "eligibility_description")


def plant() -> str:
    """Plant canaries in every hidden or confidential row; return a word of a public one, which is to be found."""
    public = Service.objects.published().filter(is_confidential=False).first()
    hidden = Service.objects.published().exclude(pk=public.pk).first()
    Service.objects.filter(pk=hidden.pk).update(publication=Publication.HIDDEN)
    Service.objects.filter(pk=public.pk).update(name_en=f"{PUBLIC} line")
    secret = Service.objects.filter(is_confidential=True)
    assert secret.exists()
    published = Service.objects.published().values_list("pk", flat=True)
    _fill(Service.objects.exclude(pk__in=list(published)))
    _fill(secret.filter(pk__in=list(published)), keep=INDEXED)
    _fill(Organization.objects.exclude(publication=Publication.PUBLIC))
    for model in (ConfidentialPlace, Location, Phone, Contact):
        _fill(model.objects.all())
    return PUBLIC


def _fill(rows: models.QuerySet, keep: tuple[str, ...] = ()) -> None:
    """Write the canary into every free text column of these rows."""
    values = {
        field.name: f"{CANARY} {field.name}"[: field.max_length]
        for field in rows.model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.unique or field.is_relation or field.name.startswith(keep or ("\0",)))
        and (field.max_length or 99) >= 60
    }
    assert values
    rows.update(**values)
