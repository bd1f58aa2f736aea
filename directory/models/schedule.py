"""When something is open: weekly hours, exceptions, and round the clock as a value of its own."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Schedule(models.Model):
    """Opening hours of a phone, contact or service (HSDS ``schedule``), in the time zone of the country.

    ``byday`` lists two-letter days of RFC 5545 ("MO,TU"). HSDS has no round the clock: ``is_24_7`` is ours.
    """

    phone = models.ForeignKey(
        "directory.Phone", models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    contact = models.ForeignKey(
        "directory.Contact", models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    service = models.ForeignKey(
        "directory.Service", models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    is_24_7 = models.BooleanField(_("day and night, every day"), default=False)
    byday = models.CharField(_("days"), max_length=20, blank=True)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(
                name="directory_schedule_one_owner",
                condition=(
                    models.Q(phone__isnull=False, contact__isnull=True, service__isnull=True)
                    | models.Q(phone__isnull=True, contact__isnull=False, service__isnull=True)
                    | models.Q(phone__isnull=True, contact__isnull=True, service__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="directory_schedule_hours_or_always",
                condition=models.Q(is_24_7=True) | models.Q(opens_at__isnull=False, closes_at__isnull=False),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        owners = [owner for owner in (self.phone_id, self.contact_id, self.service_id) if owner]
        if len(owners) != 1:
            raise ValidationError(_("Choose one phone, one contact or one service: exactly one of them."))
        if not self.is_24_7 and (self.opens_at is None or self.closes_at is None):
            raise ValidationError({"opens_at": _("Say from when to when, or tick day and night.")})

    def __str__(self) -> str:
        return "24/7" if self.is_24_7 else f"{self.byday} {self.opens_at}–{self.closes_at}"


class ScheduleException(models.Model):
    """Days on which the weekly hours do not hold: closed, or open at other times."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="exceptions")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    closed = models.BooleanField(_("closed"), default=True)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"

    def clean(self) -> None:
        super().clean()
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes before the first.")})
