"""What was translated from what in the directory: one row per record, field and language that has a text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslatedText(models.Model):
    """A translation of one field: fingerprints of it and of the English text that it was made from.

    ``kind`` and ``key`` name the record as a PO file does; the text itself stays in the record's column.
    """

    kind = models.CharField(_("kind of record"), max_length=20)
    key = models.CharField(_("key"), max_length=140)
    field = models.CharField(_("field"), max_length=40)
    language = models.CharField(_("language"), max_length=12)
    source_digest = models.CharField(max_length=16, blank=True, editable=False)
    text_digest = models.CharField(max_length=16, editable=False)
    by_machine = models.BooleanField(_("translated by a machine"), default=False)
    reviewed = models.BooleanField(_("read by a native speaker"), default=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("translated text")
        verbose_name_plural = _("translated texts")
        ordering = ["kind", "key", "field", "language"]
        constraints = [
            models.UniqueConstraint("kind", "key", "field", "language", name="directory_translated_text"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.field} ({self.language})"
