"""Phones and other contacts, each with its source, its date, and whether it may be shown."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.choices import ContactKind, PhoneKind, Publish
from directory.models.organization import Organization
from directory.querysets import ShownQuerySet


class Reachable(models.Model):
    """What phones and contacts share: one number stands in one row, whatever pages show it."""

    key = models.CharField(max_length=80, unique=True)
    publish = models.CharField(_("show it"), max_length=6, choices=Publish, default=Publish.NO)
    safe_call_note = models.CharField(
        _("note for a safe call"), max_length=300, blank=True, help_text=_("Shown beside it.")
    )
    hours_text = models.CharField(_("hours, as the source says"), max_length=120, blank=True)
    is_anonymous = models.BooleanField(_("anonymous"), null=True, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    source_url = models.CharField(_("seen at"), max_length=400, blank=True)
    source_date = models.CharField(_("seen on"), max_length=120, blank=True)
    status = models.CharField(_("status of the source"), max_length=200, blank=True)
    note = models.TextField(_("note for editors"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = models.Manager.from_queryset(ShownQuerySet)()

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class Phone(Reachable):
    """A phone number (HSDS ``phone``), stored as it is dialled: "+381…" or a short number."""

    organization = ParentalKey(Organization, on_delete=models.CASCADE, related_name="phones")
    kind = models.CharField(_("kind"), max_length=10, choices=PhoneKind)
    number = models.CharField(_("number"), max_length=40)
    is_free = models.BooleanField(_("free to call"), null=True, blank=True)

    class Meta(Reachable.Meta):
        verbose_name = _("phone")
        verbose_name_plural = _("phones")

    def __str__(self) -> str:
        return self.number

    @property
    def dial(self) -> str:
        """The number as a ``tel:`` link dials it: no spaces, "+" kept."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")

    def clean(self) -> None:
        super().clean()
        digits = sum(sign.isdigit() for sign in self.number)
        if not 2 <= digits <= 15 or any(sign not in "+0123456789 -/()" for sign in self.number):
            raise ValidationError({"number": _("Write a phone number: digits, perhaps with + in front.")})


class Contact(Reachable):
    """Another way to reach a provider; ``value`` is its address on the web, its mail or its public office."""

    organization = ParentalKey(Organization, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=20, choices=ContactKind)
    value = models.CharField(_("value"), max_length=300, blank=True)
    tells_others = models.BooleanField(
        _("this site tells others about its visitors"),
        default=False,
        help_text=_("A page of ours then comes first: it says so and shows the numbers to call."),
    )
    tells_others_source = models.CharField(_("who says so"), max_length=400, blank=True)
    tells_others_date = models.CharField(_("since when it is known"), max_length=120, blank=True)

    class Meta(Reachable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tells_others=False)
                | ~models.Q(tells_others_source="") & ~models.Q(tells_others_date=""),
                name="directory_contact_mark_sourced",
            )
        ]

    def __str__(self) -> str:
        return self.value or self.get_kind_display()

    @property
    def is_web(self) -> bool:
        """Whether it is a link: an address on the web."""
        return self.value.startswith(("http://", "https://"))

    def clean(self) -> None:
        super().clean()
        if self.tells_others:
            self._clean_mark()
        if self.kind == ContactKind.PUBLIC_OFFICE and self.organization.is_confidential:
            raise ValidationError({"kind": _("A confidential provider has no public office here.")})

    def _clean_mark(self) -> None:
        if not self.is_web:
            raise ValidationError({"tells_others": _("Only a web site can tell others about its visitors.")})
        missing = [name for name in ("tells_others_source", "tells_others_date") if not getattr(self, name)]
        if missing:
            raise ValidationError(dict.fromkeys(missing, _("Say who found this out, and when.")))

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.kind == ContactKind.PUBLIC_OFFICE and self.organization.is_confidential:
            raise ValidationError(_("A confidential provider has no public office here."))
        super().save(*args, **kwargs)
