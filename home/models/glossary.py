"""Legal words with plain meanings, shown in place on the pages that use them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.localized import choose
from portal.plugins.registry import country_codes


class GlossaryQuerySet(models.QuerySet[Any]):
    """Words of the glossary."""

    def shown(self, country: str = "") -> Any:
        """Return the words of enabled countries; those of one country and of none when it is given."""
        countries = [country] if country else country_codes()
        return self.filter(models.Q(country="") | models.Q(country__in=countries)).order_by("key")


class GlossaryTerm(models.Model):
    """A word by language, the forms in which it stands in texts, and what it means in plain words."""

    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("Stable name; never shown."))
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Empty: for every country.")
    )
    term = models.JSONField(_("word"), default=dict)
    forms = models.JSONField(_("forms in texts"), default=dict, blank=True)
    meaning = models.JSONField(_("meaning"), default=dict)
    reviewed = models.BooleanField(_("reviewed"), default=False, help_text=_("A pack no longer changes it."))
    loaded_digest = models.CharField(max_length=32, blank=True, editable=False)

    objects = models.Manager.from_queryset(GlossaryQuerySet)()

    class Meta:
        verbose_name = _("word of the glossary")
        verbose_name_plural = _("glossary")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(choose(self.term))
