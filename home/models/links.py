"""What links the rights on a page to the services that realise them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Service
from home.querysets import RightServiceQuerySet


class RightService(models.Model):
    """A service that realises a right, with the reason; our own judgement until somebody has reviewed it.

    ``page`` is the source page; its translations show the same links. ``reason`` is a sentence by language.
    """

    page = models.ForeignKey(
        "home.RightsPage", models.CASCADE, related_name="right_services", verbose_name=_("page")
    )
    right_key = models.CharField(_("key of the right"), max_length=20, db_index=True)
    service = models.ForeignKey(
        Service, models.CASCADE, related_name="right_links", verbose_name=_("service")
    )
    reason = models.JSONField(_("reason"), default=dict, blank=True)
    reviewed = models.BooleanField(_("reviewed"), default=False, help_text=_("A pack no longer changes it."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = models.Manager.from_queryset(RightServiceQuerySet)()

    class Meta:
        verbose_name = _("service for a right")
        verbose_name_plural = _("services for rights")
        ordering = ["page", "order", "pk"]
        constraints = [
            models.UniqueConstraint("page", "right_key", "service", name="home_right_service"),
        ]

    def __str__(self) -> str:
        return f"{self.right_key} – {self.service}"
