"""Regions, municipalities and places: what a visitor chooses or types, never a distance (R24)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.choices import AreaLevel
from portal.localized import name_of


class Area(models.Model):
    """A region, or a municipality inside one."""

    key = models.CharField(max_length=80, unique=True)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    level = models.CharField(_("level"), max_length=15, choices=AreaLevel)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("region")
    )
    name = models.CharField(_("name"), max_length=120)
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=10, blank=True)
    is_city = models.BooleanField(_("a city of several municipalities"), default=False)
    search_key = models.CharField(max_length=120, db_index=True)
    code = models.CharField(max_length=8, unique=True, editable=False)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["country", "level", "search_key"]

    def __str__(self) -> str:
        return name_of(self, "name", instead=self.key)


class Place(models.Model):
    """A settlement that a visitor may type; ``confirmed`` says whether its municipality is certain."""

    key = models.CharField(max_length=80, unique=True)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    name = models.CharField(_("name"), max_length=120)
    municipality = models.ForeignKey(
        Area, models.CASCADE, related_name="places", verbose_name=_("municipality")
    )
    confirmed = models.BooleanField(_("municipality is certain"), default=False)
    search_key = models.CharField(max_length=120, db_index=True)
    other_keys = models.JSONField(default=list, blank=True)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    register_code = models.CharField(
        _("code in the official register"), max_length=30, blank=True, db_index=True
    )
    settlement_type = models.CharField(_("type of settlement"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["country", "search_key"]

    def __str__(self) -> str:
        return name_of(self, "name", instead=self.key)


class PlaceVersion(models.Model):
    """One row: a process that holds the names of another version in memory loads them again."""

    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.version)
