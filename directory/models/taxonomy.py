"""Taxonomies and their terms: needs, target groups, forms of exploitation, service types."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from directory.models.record import Identified
from portal.localized import name_of

DELIVERED = {
    "needs": gettext_noop("Needs"),
    "service_type": gettext_noop("Service types"),
    "target_group": gettext_noop("Target groups"),
    "exploitation": gettext_noop("Forms of exploitation"),
}


class Taxonomy(Identified):
    """A list of terms, as HSDS has it; "needs" is the one that visitors choose from."""

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("taxonomy")
        verbose_name_plural = _("taxonomies")
        ordering = ["key"]

    def __str__(self) -> str:
        """Return the name as editors read it; HSDS and imports read ``name``."""
        return gettext(self.name) if self.name in DELIVERED.values() else self.name


class TaxonomyTerm(Identified):
    """A term. For a need, ``plain`` is the sentence in the first person that a visitor taps.

    ``is_accommodation`` marks service types whose services are confidential (R21).
    """

    taxonomy = models.ForeignKey(Taxonomy, models.CASCADE, related_name="terms", verbose_name=_("taxonomy"))
    slug = models.SlugField(_("slug"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    plain = models.CharField(_("in plain words"), max_length=200, blank=True)
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    front_page = models.PositiveSmallIntegerField(
        _("place on the front page"), default=0, help_text=_("1 to 6; 0 keeps it in the full list.")
    )
    is_accommodation = models.BooleanField(_("accommodation"), default=False)
    fact_id = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=8, unique=True, editable=False)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["taxonomy", "order", "slug"]
        constraints = [models.UniqueConstraint("taxonomy", "slug", name="directory_term_slug")]

    def __str__(self) -> str:
        return name_of(self, "name", instead=self.slug)
