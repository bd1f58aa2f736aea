"""What editors must know: dated values, conflicts between sources, tasks; never shown to visitors."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.choices import NoteKind
from directory.models.organization import Organization
from directory.models.service import Service


class DatedValue(models.Model):
    """What a field of a record was at a time, by one source; conflicts are kept, never silently resolved."""

    key = models.CharField(max_length=120, unique=True)
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="dated_values"
    )
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="dated_values")
    field = models.CharField(_("field"), max_length=40)
    value = models.TextField(_("value"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    is_current = models.BooleanField(_("the one shown"), default=False)
    source = models.CharField(_("source"), max_length=300)
    source_date = models.CharField(_("date of the source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("dated value")
        verbose_name_plural = _("dated values")
        ordering = ["field", "key"]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class EditorNote(models.Model):
    """A conflict, a warning or a task for editors, with the records that it speaks of."""

    key = models.CharField(max_length=80, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind)
    text = models.TextField(_("text"))
    source = models.CharField(_("source"), max_length=500, blank=True)
    source_date = models.CharField(_("date of the source"), max_length=200, blank=True)
    organizations = models.ManyToManyField(Organization, blank=True, related_name="editor_notes")
    services = models.ManyToManyField(Service, blank=True, related_name="editor_notes")
    done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("editors’ note")
        verbose_name_plural = _("editors’ notes")
        ordering = ["done", "kind", "key"]

    def __str__(self) -> str:
        return self.key


class LoadedPack(models.Model):
    """Which version of which pack's data stands in the database, so that a second load changes nothing."""

    name = models.CharField(max_length=60, unique=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("loaded pack")
        verbose_name_plural = _("loaded packs")

    def __str__(self) -> str:
        return self.name
