"""What every record of the directory has: a stable key, an id for HSDS, dates, and where it is from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.choices import Verification
from portal import opaque


class Identified(models.Model):
    """A record with a stable import key; ``uuid`` is its HSDS id and follows from the key."""

    key = models.CharField(
        _("key"), max_length=120, unique=True, help_text=_("Stable name for imports; never shown.")
    )
    uuid = models.UUIDField(unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.uuid:
            self.uuid = opaque.record_uuid(self.key)
        super().save(*args, **kwargs)


class Sourced(models.Model):
    """Where a record is from, and three dates that are not the same: edited, verified, valid until."""

    fact_id = models.CharField(_("row of the source list"), max_length=20, blank=True)
    pack = models.CharField(_("delivered by"), max_length=60, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=500, blank=True)
    source_date = models.CharField(_("date of the source"), max_length=200, blank=True)
    loaded_digest = models.CharField(max_length=32, blank=True, editable=False)
    locally_edited = models.BooleanField(
        default=False, editable=False, help_text=_("An editor changed it: a pack no longer overwrites it.")
    )
    edited_at = models.DateTimeField(_("edited"), auto_now=True)
    assured_date = models.DateField(_("verified on"), null=True, blank=True)
    assurer_email = models.EmailField(_("verified by"), blank=True)
    verification = models.CharField(
        _("how it was verified"), max_length=20, choices=Verification, default=Verification.NONE
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        abstract = True


class Coded(models.Model):
    """A record with a page of its own: ``code`` stands in its path, is short and says nothing (R7)."""

    code = models.CharField(max_length=8, unique=True, editable=False)

    class Meta:
        abstract = True

    def choose_code(self, *parts: str) -> str:
        """Return a code that no other record of this table has; the same parts give the same code."""
        others = type(self)._default_manager.exclude(pk=self.pk)
        salt = 0
        while others.filter(code=(found := opaque.code(*parts, salt=salt))).exists():
            salt += 1
        return found
