"""Dates as a reader writes them: a whole day, a month or a year, also one that is only roughly known."""

from __future__ import annotations

import re
from datetime import date

from django.utils import dateformat, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal import languages

# How a day and a month are written, in the signs of Django's date filter; a year alone stands as it is.
FORMATS = {
    "en": ("j F Y", "F Y"),
    "sr": ("j. F Y.", "F Y."),
    "bs": ("j. F Y.", "F Y."),
    "sl": ("j. F Y", "F Y"),
    "hu": ("Y. F j.", "Y. F"),
    "uk": ("j E Y р.", "F Y р."),
    "ru": ("j E Y г.", "F Y г."),
    "de": ("j. F Y", "F Y"),
}
PLAIN = ("j F Y", "F Y")
YEARS = {"sr": "Y.", "bs": "Y.", "hu": "Y."}
CAPITALS = ("en", "de", "tr")  # the months begin with a capital letter

ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAY = re.compile(r"\b(\d{4})(?:-(\d\d))?(?:-(\d\d))?\b")
SPELT = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(ENGLISH_MONTHS)})\b \(?(\d{{4}})\b")
LIMITS = (
    ("about", gettext_noop("about %(day)s")),
    ("after", gettext_noop("%(day)s or later")),
    ("before", gettext_noop("before %(day)s")),
)


def written(day: date, *, parts: int = 3, language: str = "") -> str:
    """Return a date in words; ``parts`` is 3 for a day, 2 for a month, 1 for a year."""
    asked = language or translation.get_language() or languages.DEFAULT_LANGUAGE
    base = asked.split("-")[0]
    whole, month = FORMATS.get(base, PLAIN)
    pattern = {3: whole, 2: month, 1: YEARS.get(base, "Y")}[parts]
    with translation.override(asked):
        text = dateformat.format(day, pattern)
    return text if base in CAPITALS else text.lower()


def in_words(text: str, language: str = "") -> str:
    """Return the first date of a note in words: "about 2019-02" → "about February 2019"; empty when it has none.

    Dates are ISO ones, whole or not, or English ones ("30 July 2014", "February 2019").
    """
    found = _found(text)
    if found is None:
        return ""
    asked = language or translation.get_language() or languages.DEFAULT_LANGUAGE
    day, parts, before = found
    words = written(day, parts=parts, language=asked)
    with translation.override(asked):
        for word, phrase in LIMITS:
            if re.search(rf"\b{word}\b[^;\d]*$", before):
                return _(phrase) % {"day": words}
    return words


def _found(text: str) -> tuple[date, int, str] | None:
    """Return the first date of a text, how many parts it has, and what stands before it."""
    spelt, iso = SPELT.search(text), DAY.search(text)
    try:
        if spelt:
            month = ENGLISH_MONTHS.index(spelt[2]) + 1
            return date(int(spelt[3]), month, int(spelt[1] or 1)), 3 if spelt[1] else 2, text[: spelt.start()]
        if iso:
            parts = 1 + sum(part is not None for part in iso.groups()[1:])
            return date(int(iso[1]), int(iso[2] or 1), int(iso[3] or 1)), parts, text[: iso.start()]
    except ValueError:
        return None
    return None
