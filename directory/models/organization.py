"""Organizations: providers, authorities, and networks with their members."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.choices import OrganizationKind, Publication, Sector, Status
from directory.models.area import Area
from directory.models.record import Coded, Identified, Sourced
from directory.querysets import OrganizationQuerySet
from portal.localized import name_of


class Organization(Identified, Coded, Sourced, ClusterableModel):
    """A provider or authority (HSDS ``organization``).

    A network (centres for social work, police …) is one organization; its members point to it by ``network``.
    """

    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("what it is, in plain words"), blank=True)
    how_to_reach = models.TextField(_("how to reach it"), blank=True)
    area_text = models.CharField(_("area, in words"), max_length=300, blank=True)
    alert = models.TextField(_("alert"), blank=True, help_text=_("Shown on top of its page."))
    name_reviewed = models.BooleanField(_("names read by a native speaker"), default=False)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    kind = models.CharField(_("kind of provider"), max_length=20, choices=OrganizationKind)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector, default=Sector.UNKNOWN)
    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication, default=Publication.DRAFT
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ACTIVE)
    parent_organization = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="units", verbose_name=_("part of")
    )
    network = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="members", verbose_name=_("member of")
    )
    is_network = models.BooleanField(_("a network with members"), default=False)
    is_specialised = models.BooleanField(_("specialised in trafficking"), default=False)
    is_confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("No address can be stored for it.")
    )
    is_free = models.BooleanField(_("free"), null=True, blank=True)
    is_open_24_7 = models.BooleanField(_("day and night"), null=True, blank=True)
    is_anonymous = models.BooleanField(_("anonymous"), null=True, blank=True)
    seat = models.CharField(_("seat (town only)"), max_length=120, blank=True)
    is_noted = models.BooleanField(
        _("seen elsewhere, not checked by us"), default=False, help_text=_("Shown with its source and date.")
    )
    source_note = models.TextField(_("note on the source, for editors"), blank=True)

    objects = models.Manager.from_queryset(OrganizationQuerySet)()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["country", "key"]

    def __str__(self) -> str:
        return name_of(self, "name", instead=self.key)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code:
            self.code = self.choose_code("organization", self.key)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.is_confidential and self.pk and self.locations.exists():
            raise ValidationError({"is_confidential": _("Remove its locations first: they hold an address.")})


class OrganizationArea(models.Model):
    """An area that a member is responsible for; only where a table says so, never from a district code."""

    organization = ParentalKey(Organization, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, models.CASCADE, related_name="responsible", verbose_name=_("area"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("area of responsibility")
        constraints = [models.UniqueConstraint("organization", "area", name="directory_organization_area")]

    def __str__(self) -> str:
        return f"{self.organization} – {self.area}"
