"""The pages of the visitor's list; what is on it stands in the path, so nothing is kept and Back works."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory import shortlist
from portal import languages
from portal.kept import MOST, kept
from portal.links import kept_prefix, travelling_query
from portal.qr import qr_svg


def _common(request: HttpRequest) -> tuple[list[shortlist.Entry], dict[str, Any]]:
    """Return what is on the list and what every page of it shows."""
    codes = kept(request)
    found = shortlist.entries(codes)
    countries = {entry.service.country for entry in found}
    if len(countries) == 1:
        request.portal_country = countries.pop()  # type: ignore[attr-defined]
    query = travelling_query(request)
    context = {
        "entries": found,
        "missing": len(codes) - len(found),
        "most": MOST,
        "list_url": reverse("directory:kept") + query,
        "card_url": reverse("directory:kept_card") + query,
        "sheet_url": reverse("directory:kept_sheet") + query,
        "share_url": reverse("directory:kept_share") + query,
        "back_url": reverse("directory:services") + query,
        "has_filters": query.startswith("?f="),
    }
    return found, context


@require_safe
def kept_list(request: HttpRequest) -> HttpResponse:
    """What is on the list, side by side, and what can be made of it."""
    found, context = _common(request)
    context |= {
        "rows": shortlist.comparison(found),
        "empty_url": reverse("directory:kept") + travelling_query(request),
        "safe_title": _("Your list"),
    }
    return render(request, "directory/kept_list.html", context)


@require_safe
def kept_card(request: HttpRequest) -> HttpResponse:
    """Numbers on cards for a wallet: no names, no site, no address."""
    found, context = _common(request)
    context |= {"wallets": shortlist.wallet(found), "safe_title": _("Card")}
    return render(request, "directory/kept_card.html", context)


@require_safe
def kept_sheet(request: HttpRequest, other: str = "", *, whole: bool = False) -> HttpResponse:
    """The services in the visitor's language and that of an office, side by side, for paper."""
    found, context = _common(request)
    own = get_language() or languages.DEFAULT_LANGUAGE
    enabled = list(settings.PORTAL_LANGUAGES)
    other = other or (shortlist.office_language(found, own, enabled) if len(enabled) > 1 else own)
    if other not in enabled:
        raise Http404
    query = travelling_query(request)
    name = "directory:kept_sheet_whole" if whole else "directory:kept_sheet_in"
    context |= {
        "sheets": shortlist.sheets(found, own, other, whole=whole),
        "other": languages.get(other),
        "others": [
            {
                "language": languages.get(code),
                "url": reverse(name, args=[code]) + query,
                "active": code == other,
            }
            for code in enabled
            if code != own
        ],
        "whole": whole,
        "turned_url": reverse(
            "directory:kept_sheet_in" if whole else "directory:kept_sheet_whole", args=[other]
        )
        + query,
        "safe_title": _("Sheet"),
    }
    return render(request, "directory/kept_sheet.html", context)


@require_safe
def kept_share(request: HttpRequest) -> HttpResponse:
    """A link that carries the filters and the services on the list, never typed words (R9, R10)."""
    found, context = _common(request)
    path = context["list_url"] if found else context["back_url"]
    link = _origin(request) + (kept_prefix(request) if found else "") + path
    context |= {
        "link": link,
        "picture": qr_svg(link, _("The same link for a camera")),
        "safe_title": _("Link to share"),
    }
    return render(request, "directory/kept_share.html", context)


def _origin(request: HttpRequest) -> str:
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
