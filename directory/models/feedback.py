"""What visitors ticked about a record: counts by topic and day, and nothing of the visitor (R53)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.choices import FeedbackKind, FeedbackTopic
from portal import languages
from portal.localized import language_name


class Feedback(models.Model):
    """How often a topic was ticked for a record or page since an editor last dealt with it.

    One row a topic, whoever ticks it and however often: the queue cannot grow without end. Days are stored,
    never times; no text, no address, nothing that a visitor brings. ``key`` is the record's import key, or
    for a page the key that its translations share.
    """

    kind = models.CharField(_("about"), max_length=12, choices=FeedbackKind)
    key = models.CharField(_("key"), max_length=80)
    title = models.CharField(_("title"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    topic = models.CharField(_("topic"), max_length=12, choices=FeedbackTopic)
    language = models.CharField(
        _("language"), max_length=8, blank=True, help_text=_("Only where the topic is about a language.")
    )
    number = models.PositiveIntegerField(_("how often"), default=0)
    today = models.PositiveSmallIntegerField(default=0, editable=False)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["done", "-last_day", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "topic", "language"], name="directory_feedback_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.title}"

    @property
    def language_name(self) -> str:
        """The language's name for the editor; empty when the topic is about none."""
        return language_name(self.language) if self.language in languages.BY_CODE else ""
