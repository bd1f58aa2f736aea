"""The result page: one box for everything, findings in groups, and never an empty page (R9, R57)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.context_processors import chosen_country
from portal.error_views import forbidden
from portal.localized import choose
from portal.plugins import SearchResult
from portal.plugins.registry import country_codes, get_country
from portal.posted import SeeOther, is_cross_site, typed
from portal.sealing import Sealed, unseal
from search import presenters, sealed_pages
from search.engine import get_engine
from search.highlight import Marker
from search.presenters import Asked, Presenter

PAGE = "search"
FEW = 4
PAGE_SIZE = 15
MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one kind. ``all_url`` is empty when all of them are shown."""

    kind: str
    title: str
    template: str
    cards: list[Any]
    total: int
    all_url: str
    result: SearchResult


@csrf_exempt  # changes nothing; ``Origin: null`` under no-referrer would be refused (safety.md)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The form; posted words are answered by a redirect to a sealed link, so that Back repeats nothing."""
    country = chosen_country(request)
    asked = Asked(typed(request, "words"), country.code if country else "")
    if request.method != "POST":
        return _form(request, asked.country)
    if is_cross_site(request):
        return forbidden(request)
    return SeeOther(address_of(asked) if asked.words else reverse("search:search"))


@require_safe
def sealed(request: HttpRequest, token: str) -> HttpResponse:
    """Open a sealed link: the page that its token names; after 60 minutes that page without the words."""
    opened = unseal(token, now=datetime.now(UTC)) or Sealed(expired=True)
    opener = sealed_pages.opener(opened.values.get(sealed_pages.PAGE, ""))
    if opener is not None:
        return opener(request, opened, token)
    country = opened.values.get("c", "")
    country = country if country in country_codes() else ""
    if opened.expired:
        notice = _("This search is over, so that nobody can repeat it. Please search again.")
        return _form(request, country, notice)
    asked = Asked(opened.values.get("q", ""), country, as_typed="o" in opened.values)
    return _results(request, asked, opened.values.get("g", ""), reverse("search:sealed", args=[token]))


def address_of(asked: Asked, kind: str = "") -> str:
    """Return the sealed link to what was asked, of one kind when it is named."""
    values = {"q": asked.words, "c": asked.country, "o": "1" if asked.as_typed else "", "g": kind}
    return sealed_pages.address(PAGE, values)


def _form(request: HttpRequest, country: str, notice: str = "") -> HttpResponse:
    request.portal_country = country  # type: ignore[attr-defined]
    return _page(request, Asked("", country), {"notice": notice, "ways_on": presenters.ways_on(country)})


def _results(request: HttpRequest, asked: Asked, only: str, base: str) -> HttpResponse:
    request.portal_country = asked.country  # type: ignore[attr-defined]
    shown = [each for each in presenters.registered() if only in ("", each.kind)]
    page = _page_number(request) if only else 1
    groups = [_group(each, asked, page if only else 0) for each in shown]
    results = [group.result for group in groups]
    corrected = next((result.corrected for result in results if result.corrected), "")
    is_distress = any(result.is_distress for result in results)
    found = [group for group in groups if group.cards]
    context = {
        "groups": found,
        "corrected": corrected,
        "original_url": address_of(replace(asked, as_typed=True), only) if corrected else "",
        "is_distress": is_distress,
        "is_degraded": any(result.is_degraded for result in results),
        "lines": presenters.lines(asked.country) if is_distress else [],
        "ways_on": [] if found else presenters.ways_on(asked.country),
        "everything_url": address_of(asked) if only else "",
        "everywhere_url": address_of(replace(asked, country=""), only) if asked.country else "",
        "pager": _pager(base, page, groups[0].total) if only and groups else {},
    }
    return _page(request, asked, context)


def _page(request: HttpRequest, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    country = get_country(asked.country)
    given = {
        "words": asked.words,
        "typed_words": asked.words,
        "country": choose(country.name) if country else None,
    }
    return render(request, "search/search.html", {**given, **context})


def _group(presenter: Presenter, asked: Asked, page: int) -> Group:
    """Return the findings of one kind: a page of them, or for page 0 the first few."""
    size = PAGE_SIZE if page else FEW
    query = replace(presenter.query(asked), as_typed=asked.as_typed, count_left_out=False)
    result = get_engine().search(replace(query, offset=max(0, page - 1) * size, limit=size))
    hits, total = result.hits, result.total
    cards = presenter.cards(hits, asked, Marker(result.corrected or asked.words))
    rest = "" if page or total <= size else presenter.all_url(asked) or address_of(asked, presenter.kind)
    return Group(presenter.kind, presenter.title(), presenter.template, cards, total, rest, result)


def _page_number(request: HttpRequest) -> int:
    raw = request.GET.get("page", "1")
    number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 1
    return min(max(number, 1), MOST_PAGES)


def _pager(base: str, page: int, total: int) -> dict[str, Any]:
    pages = max(1, min(MOST_PAGES, -(-total // PAGE_SIZE)))
    return {
        "page": page,
        "pages": pages,
        "previous_url": f"{base}?page={page - 1}" if page > 1 else "",
        "next_url": f"{base}?page={page + 1}" if page < pages else "",
    }
