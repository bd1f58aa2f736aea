"""What a page of the directory tells about its own translation."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import translation

from directory.source_words import told
from directory.translation_states import sentence_for
from portal import languages
from portal.localized import LocalizedText

register = template.Library()


@register.simple_tag
def state_sentence(record: Any) -> str:
    """Return one plain sentence about the record's translation into the reader's language, or nothing."""
    return sentence_for(record, translation.get_language() or languages.DEFAULT_LANGUAGE)


@register.simple_tag
def sources(record: Any) -> list[LocalizedText]:
    """Return where a record's facts are from, in the reader's words, each source with its date."""
    return told(record.source, record.source_date)
