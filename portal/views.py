"""Small pages of the whole site: choice of language, texts for machines, signs of life."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from portal import languages
from portal.plugins import installed_plugins, registry

SECURITY_DAYS = 365


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """The page at the root: every language by its own name; the browser's is marked. No redirect, no cookie."""
    wanted = [tag for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    suggested = languages.suggested(wanted, settings.PORTAL_LANGUAGES)
    choices = [{**choice, "suggested": choice["language"].code in suggested} for choice in language_choices()]
    response = render(request, "portal/choose_language.html", {"choices": choices})
    patch_vary_headers(response, ["Accept-Language"])
    return response


def language_choices() -> list[dict[str, Any]]:
    """Return every enabled language with a word of welcome in it: ``language``, ``url``, ``text``."""
    chosen = []
    for code in settings.PORTAL_LANGUAGES:
        with translation.override(code):
            text = _("Information and help")
        known = code == languages.DEFAULT_LANGUAGE or text != "Information and help"
        chosen.append({"language": languages.get(code), "url": f"/{code}/", "text": text if known else ""})
    return chosen


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Search engines may read the pages; searches and machines' addresses are of no use to them."""
    lines = ["User-agent: *", "Disallow: /w/", "Disallow: /*/r/", "Disallow: /*/n/", "Disallow: /exit", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); the operator sets the contact."""
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        days=SECURITY_DAYS
    )
    contact = security_contact() or request.build_absolute_uri("/")
    lines = [f"Contact: {contact}", f"Expires: {expires.isoformat().replace('+00:00', 'Z')}"]
    lines += [
        f"Preferred-Languages: {', '.join(languages.get(c).tag for c in languages.FIRST_LANGUAGES)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def security_contact() -> str:
    """Return the operator's contact as an address that RFC 9116 accepts; empty when none is set."""
    contact = "".join(str(settings.PORTAL_SECURITY_CONTACT).split())
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database and every plugin answer; 503 names what does not. What has a stand-in is only noted."""
    problems = [f"{plugin.label}: {reason}" for plugin in installed_plugins() if (reason := plugin.health())]
    try:
        connection.ensure_connection()
    except DatabaseError:
        problems.append("The database does not answer.")
    notes = {} if problems else {name: note() for name, note in registry.health_notes}
    answer = {**notes, "ready": not problems, "problems": problems}
    return JsonResponse(answer, status=503 if problems else 200)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; for developers only."""
    if not settings.DEBUG:
        raise Http404
    from portal.styleguide import rendering  # long, and never needed on a real site

    context = {"patterns": rendering.patterns(), "sections": rendering.sections()}
    return render(request, "portal/styleguide/guide.html", context)


@require_safe
def styleguide_css(request: HttpRequest) -> HttpResponse:
    """The frames of the style guide, with the site's dark colours and states under classes."""
    if not settings.DEBUG:
        raise Http404
    from portal.styleguide import rendering

    return HttpResponse(rendering.guide_css(), content_type="text/css; charset=utf-8")
