"""Opening hours that a source wrote in English, in the reader's words; what is not understood stays, marked."""

from __future__ import annotations

import re

from django.utils import dates, translation
from django.utils.translation import gettext as _

from portal import languages
from portal.localized import LocalizedText

DAYS = {name: str(number) for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}
CLOCK = r"\d{1,2}(?:[.:]\d\d)?"
SPAN = rf"{CLOCK}\s?[-–]\s?{CLOCK}"
SPANS = rf"{SPAN}(?: and {SPAN})*"
LATER = re.compile(r"\s*(?:\([^)]*\)|since [\d-]+)\s*$")  # what is not about the hours themselves
GROUP = re.compile(rf"(?:(weekdays|{'|'.join(DAYS)}) )?({SPANS})")


def in_words(text: str) -> str:
    """Return hours in the reader's words: "Day and night", or days and times."""
    kept = LATER.sub("", text.strip())
    if kept == "24/7":
        return _("Day and night")
    groups = [GROUP.fullmatch(part.strip()) for part in kept.split(",")]
    if not kept or None in groups:
        asked = translation.get_language() or languages.DEFAULT_LANGUAGE
        return LocalizedText(text, languages.DEFAULT_LANGUAGE, asked)
    words = ", ".join(_group(group[1] or "", group[2]) for group in groups if group)
    return words[:1].upper() + words[1:]


def _group(day: str, spans: str) -> str:
    hours = ", ".join(_span(span) for span in spans.split(" and "))
    if day == "weekdays":
        return _("on working days %(hours)s") % {"hours": hours}
    return f"{dates.WEEKDAYS[int(DAYS[day])]} {hours}" if day else hours


def _span(span: str) -> str:
    return "–".join(_clock(part) for part in re.split(r"\s?[-–]\s?", span))


def _clock(text: str) -> str:
    hour, _sign, minutes = text.replace(".", ":").partition(":")
    return f"{int(hour)}:{minutes or '00'}"
