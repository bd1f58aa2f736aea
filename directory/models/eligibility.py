"""Eligibility as alternatives: a person fits when one of them fits (OR-logic)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.choices import MET, Circumstance, Gender, Papers, Rule


class EligibilityAlternative(models.Model):
    """One way to be eligible. "Anyone" and "unknown" are different values of every rule.

    Ages are whole years, both ends included. ``disability`` and ``with_children``: true means expressly for
    them, false expressly not, empty unknown. ``ask_first`` says in words what no filter can ask.
    """

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="alternatives")
    order = models.PositiveSmallIntegerField(default=0)
    age_rule = models.CharField(_("age"), max_length=10, choices=Rule, default=Rule.UNKNOWN)
    minimum_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    gender_rule = models.CharField(_("gender"), max_length=10, choices=Rule, default=Rule.UNKNOWN)
    genders = models.JSONField(_("genders"), default=list, blank=True)
    papers_rule = models.CharField(_("papers"), max_length=10, choices=Rule, default=Rule.UNKNOWN)
    papers = models.JSONField(_("legal status"), default=list, blank=True)
    disability = models.BooleanField(_("for people with a disability"), null=True, blank=True)
    with_children = models.BooleanField(_("with children"), null=True, blank=True)
    circumstances = models.JSONField(_("circumstances"), default=list, blank=True)
    ask_first = models.CharField(_("limit in words"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("eligibility alternative")
        verbose_name_plural = _("eligibility alternatives")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.service_id}/{self.order}"

    @property
    def is_limited(self) -> bool:
        """Whether a limit stays in words that no filter asks for."""
        return bool(set(self.circumstances) - MET) or bool(self.ask_first_en)  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.age_rule == Rule.LISTED and self.minimum_age is None and self.maximum_age is None:
            errors["age_rule"] = _("Give the first or the last age, or choose anyone.")
        if None not in (self.minimum_age, self.maximum_age) and self.minimum_age > self.maximum_age:  # type: ignore[operator]
            errors["maximum_age"] = _("The last age is lower than the first.")
        for field, choices in (("genders", Gender), ("papers", Papers), ("circumstances", Circumstance)):
            unknown = sorted(set(getattr(self, field)) - set(choices.values))
            if unknown:
                errors[field] = _("Unknown value: %(values)s.") % {"values": ", ".join(unknown)}
        if errors:
            raise ValidationError(errors)
