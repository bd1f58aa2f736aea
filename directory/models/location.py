"""Public offices with an address, and confidential places that have no column for one (R20)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.choices import Publish
from directory.models.area import Area
from directory.models.contact import Contact, Phone
from directory.models.organization import Organization
from directory.models.record import Identified
from portal.localized import name_of


class Location(Identified):
    """A public office (HSDS ``location`` with its ``address``)."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="locations", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    transportation = models.TextField(_("how to get there"), blank=True)
    address_1 = models.CharField(_("street and number"), max_length=200)
    city = models.CharField(_("town"), max_length=120)
    postal_code = models.CharField(_("postcode"), max_length=12, blank=True)
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="locations", verbose_name=_("area")
    )
    country = models.CharField(_("country"), max_length=2)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    publish = models.CharField(_("show it"), max_length=6, choices=Publish, default=Publish.NO)
    source_url = models.CharField(_("seen at"), max_length=400, blank=True)
    source_date = models.CharField(_("seen on"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        super().clean()
        if self.organization_id and self.organization.is_confidential:
            raise ValidationError(
                {"organization": _("This organization is confidential: no address can be stored for it.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.organization.is_confidential:
            raise ValidationError(_("This organization is confidential: no address can be stored for it."))
        super().save(*args, **kwargs)


class ConfidentialPlace(Identified):
    """A place whose whereabouts are secret: a public name, a region, and the way through the front gate.

    There is no column for a street, postcode, coordinates or photo, so none can be stored.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="confidential_places", verbose_name=_("organization")
    )
    public_name = models.CharField(_("public name"), max_length=200)
    region = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    country = models.CharField(_("country"), max_length=2)
    gate_phone = models.ForeignKey(
        Phone, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("phone to ask for it")
    )
    gate_contact = models.ForeignKey(
        Contact,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("other contact to ask for it"),
    )
    referral_path = models.TextField(_("how to get a place there"), blank=True)

    class Meta:
        verbose_name = _("confidential place")
        verbose_name_plural = _("confidential places")
        ordering = ["key"]

    def __str__(self) -> str:
        return name_of(self, "public_name", instead=self.key)


class Accessibility(models.Model):
    """How a location can be used by people with a disability (HSDS ``accessibility``)."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="accessibility")
    description = models.CharField(_("description"), max_length=300)
    details = models.TextField(_("details"), blank=True)

    class Meta:
        verbose_name = _("accessibility")
        verbose_name_plural = _("accessibility")

    def __str__(self) -> str:
        return self.description
