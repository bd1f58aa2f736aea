"""Services, their providers over time, where they can be had, and what they ask for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.choices import Audience, Coverage, PoliceCooperation, Publication, Status
from directory.models.area import Area
from directory.models.location import ConfidentialPlace, Location
from directory.models.organization import Organization
from directory.models.record import Coded, Identified, Sourced
from directory.models.taxonomy import TaxonomyTerm
from directory.querysets import ServiceQuerySet
from portal.localized import name_of


class Service(Identified, Coded, Sourced, ClusterableModel):
    """A service (HSDS ``service``). ``organization`` is the main provider, ``providers`` all, with dates.

    Services of an accommodation type are always confidential: model, form and database refuse otherwise,
    until two people of the owner can open one (R21).
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="services", verbose_name=_("main provider")
    )
    parent_service = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("what you get, in plain words"), blank=True)
    application_process = models.TextField(_("how to reach it"), blank=True)
    eligibility_description = models.TextField(_("for whom, in words"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    duration = models.TextField(_("how long"), blank=True)
    fees_description = models.TextField(_("what it costs"), blank=True)
    alert = models.TextField(_("alert"), blank=True, help_text=_("Shown on top, on the list too."))
    country = models.CharField(_("country"), max_length=2, db_index=True)
    service_type = models.ForeignKey(
        TaxonomyTerm, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("type")
    )
    audience = models.CharField(_("shown to"), max_length=15, choices=Audience, default=Audience.EVERYONE)
    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication, default=Publication.DRAFT
    )
    publication_reason = models.CharField(_("reason"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ACTIVE)
    coverage = models.CharField(_("where"), max_length=15, choices=Coverage, default=Coverage.UNKNOWN)
    police_cooperation = models.CharField(
        _("depends on cooperating with the police"),
        max_length=15,
        choices=PoliceCooperation,
        default=PoliceCooperation.UNKNOWN,
    )
    referral = models.JSONField(_("who may refer"), default=list, blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    is_free = models.BooleanField(_("free"), null=True, blank=True)
    is_open_24_7 = models.BooleanField(_("day and night"), null=True, blank=True)
    is_anonymous = models.BooleanField(_("anonymous"), null=True, blank=True)
    state = models.CharField(_("state, as the source says"), max_length=300, blank=True)
    source_words = models.TextField(_("limits, words of the source"), blank=True)
    structured = models.TextField(_("what of them is structured"), blank=True)
    stays_ask_first = models.TextField(_("what stays to ask first"), blank=True)
    terms = models.ManyToManyField(TaxonomyTerm, through="ServiceTerm", related_name="services")

    objects = models.Manager.from_queryset(ServiceQuerySet)()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["country", "key"]

    def __str__(self) -> str:
        return name_of(self, "name", instead=self.key)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code:
            self.code = self.choose_code("service", self.key)
        if self.service_type is not None and self.service_type.is_accommodation and not self.is_confidential:
            raise ValidationError(_("Accommodation stays confidential until two people may open it."))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.service_type is not None and self.service_type.is_accommodation and not self.is_confidential:
            raise ValidationError(
                {"is_confidential": _("Accommodation stays confidential until two people may open it.")}
            )
        if self.is_confidential and self.pk and self.at_locations.exists():
            raise ValidationError({"is_confidential": _("Remove its locations first: they hold an address.")})


class ServiceTerm(models.Model):
    """A term of a service (HSDS ``attribute``)."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="service_terms")
    term = models.ForeignKey(TaxonomyTerm, models.CASCADE, related_name="+", verbose_name=_("term"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint("service", "term", name="directory_service_term")]

    def __str__(self) -> str:
        return str(self.term)


class ServiceProvider(models.Model):
    """Who provides a service, and from when to when: providers change by tender (C2, C3)."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="providers")
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="provides", verbose_name=_("organization")
    )
    order = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint("service", "organization", name="directory_service_provider"),
        ]

    def __str__(self) -> str:
        return str(self.organization)


class ServiceArea(models.Model):
    """An area where a service can be had (HSDS ``service_area``)."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, models.CASCADE, related_name="service_areas", verbose_name=_("area"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")
        constraints = [models.UniqueConstraint("service", "area", name="directory_service_area")]

    def __str__(self) -> str:
        return str(self.area)


class ServiceAtLocation(models.Model):
    """A service at a public office; the database refuses it for a confidential service."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, models.CASCADE, related_name="services")
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("service at a location")
        verbose_name_plural = _("services at locations")
        constraints = [models.UniqueConstraint("service", "location", name="directory_service_at_location")]

    def __str__(self) -> str:
        return f"{self.service} – {self.location}"

    def clean(self) -> None:
        super().clean()
        if self.service_id and self.service.is_confidential:
            raise ValidationError(_("This service is confidential: it cannot be linked to an address."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.service.is_confidential:
            raise ValidationError(_("This service is confidential: it cannot be linked to an address."))
        super().save(*args, **kwargs)


class ServiceAtConfidentialPlace(models.Model):
    """A confidential service at a confidential place."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="at_confidential_places")
    place = models.ForeignKey(ConfidentialPlace, models.CASCADE, related_name="services")

    class Meta:
        verbose_name = _("service at a confidential place")
        verbose_name_plural = _("services at confidential places")
        constraints = [models.UniqueConstraint("service", "place", name="directory_service_at_secret_place")]

    def __str__(self) -> str:
        return f"{self.service} – {self.place}"


class ServiceLanguage(models.Model):
    """A language in which a service can be had (HSDS ``language``); no row means unknown."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=12)
    with_interpreter = models.BooleanField(_("with an interpreter"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [models.UniqueConstraint("service", "code", name="directory_service_language")]

    def __str__(self) -> str:
        return self.code


class CostOption(models.Model):
    """What a service costs (HSDS ``cost_option``)."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    option = models.CharField(_("for whom or when"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class RequiredDocument(models.Model):
    """What to bring (HSDS ``required_document``)."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="required_documents")
    document = models.CharField(_("document"), max_length=200)

    class Meta:
        verbose_name = _("what to bring")
        verbose_name_plural = _("what to bring")

    def __str__(self) -> str:
        return self.document
