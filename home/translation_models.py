"""What was translated from what: a fingerprint of each live page's text and of the source it was made from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageText(models.Model):
    """The text of a live page at its last publishing.

    ``text_digest`` is the fingerprint of its sentences; ``source_digest`` that of the source text which it
    translates, empty for a source. It is a table of its own, because an old revision must not bring it back.
    """

    page = models.OneToOneField(Page, models.CASCADE, related_name="text_state", verbose_name=_("page"))
    text_digest = models.CharField(max_length=32, blank=True, editable=False)
    source_digest = models.CharField(max_length=32, blank=True, editable=False)
    has_machine_text = models.BooleanField(_("a machine translated a part of it"), default=False)

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")

    def __str__(self) -> str:
        return str(self.page_id)
