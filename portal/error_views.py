"""Error pages in the reader's language, with the exit and the hotline; they touch no database (R50)."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal import languages
from portal.links import split_language
from portal.plugins.registry import enabled_countries

RETRY_SECONDS = 60
logger = logging.getLogger("portal.errors")


def page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    """Return the error page of ``status``; a plain one when even its template fails."""
    code, _rest = split_language(request.path_info)
    with translation.override(code or languages.DEFAULT_LANGUAGE):
        try:
            context = {"other_languages": [] if code else greetings()}
            body: str = render_to_string(template or f"{status}.html", context, request)
        except Exception:
            logger.exception("The error page %s cannot be rendered.", status)
            body = plain_page()
    response = HttpResponse(body, status=status)
    if status in (429, 503):
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def greetings() -> list[dict[str, object]]:
    """Return, for an address without a language, the way home in every language: ``language``, ``text``."""
    found: list[dict[str, object]] = []
    for code in settings.PORTAL_LANGUAGES:
        with translation.override(code):
            text = _("Go to the start page")
        known = code == languages.DEFAULT_LANGUAGE or text != "Go to the start page"
        found.append({"language": languages.get(code), "text": text if known else ""})
    return found


def plain_page() -> SafeString:
    """Return the last resort: no template, no stylesheet, still the exit and the numbers to call."""
    numbers = format_html_join(
        "",
        '<li>{} <a href="tel:{}">{}</a></li>',
        (
            (each.name.get("en", each.code), each.main_line.number, each.main_line.number)
            for each in enabled_countries()
        ),
    )
    return format_html(
        '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{name}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
        '<header><a class="exit" href="/exit/en" rel="noreferrer" data-exit>Leave</a></header>'
        "<main><h1>Something went wrong here</h1><p>In danger now? Call:</p><ul>{numbers}</ul>"
        '<p><a href="/">Start page</a></p></main></body></html>',
        name=settings.PORTAL_NAME,
        numbers=numbers,
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or form cannot be read."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this visitor."""
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token; ``CSRF_FAILURE_VIEW`` may name it."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    return page(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too much at once; the numbers to call stay."""
    return page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return page(request, 500)


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503: closed for a short while."""
    return page(request, 503)
