"""Leaving: one answer that goes to a neutral page and asks the browser to forget this site (R3)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal import site

NEUTRAL_PAGES = {
    "en": "https://www.bbc.com/weather",
    "sr": "https://sr.wikipedia.org/",
    "sr-latn": "https://sr.wikipedia.org/sr-el/",
    "sr-cyrl": "https://sr.wikipedia.org/sr-ec/",
    "sl": "https://sl.wikipedia.org/",
    "sq": "https://sq.wikipedia.org/",
    "hu": "https://hu.wikipedia.org/",
    "ro": "https://ro.wikipedia.org/",
    "bs": "https://bs.wikipedia.org/",
    "mk": "https://mk.wikipedia.org/",
    "bg": "https://bg.wikipedia.org/",
    "uk": "https://uk.wikipedia.org/",
    "ru": "https://ru.wikipedia.org/",
    "ar": "https://ar.wikipedia.org/",
    "fa": "https://fa.wikipedia.org/",
    "tr": "https://tr.wikipedia.org/",
    "de": "https://de.wikipedia.org/",
    "fr": "https://fr.wikipedia.org/",
}


def target(lang: str) -> str:
    """Return the neutral page of a language: the operator's goes before ``PORTAL_EXIT_URLS``, that before ours."""
    pages = {**NEUTRAL_PAGES, **getattr(settings, "PORTAL_EXIT_URLS", {}), **site.current().exit_targets}
    return str(pages.get(lang, pages["en"]))


@require_safe
def leave(request: HttpRequest, lang: str = "en") -> HttpResponse:
    """Answer 303 to the neutral page; touches no database, looks at nothing sent but the language."""
    response = HttpResponse(status=303)
    response["Location"] = target(lang)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
