"""The pages of the guided finder; a form changes nothing and is answered by a redirect (R9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory import cards, finder, listing
from directory.choices import FinderKind
from directory.filters import AGES, Chosen, parse_codes
from directory.models import Area, FinderQuestion, Service, TaxonomyTerm
from directory.places import find_place
from directory.sealed_links import FINDER, query_of, services_address
from directory.translation_states import sentence_for_question
from portal.error_views import forbidden
from portal.languages import DEFAULT_LANGUAGE
from portal.localized import localized
from portal.page_cache import cacheable
from portal.plugins import registry
from portal.posted import SeeOther, is_cross_site, typed
from portal.sealing import Sealed
from search import sealed_pages

MOST_SERVICES = 3


@cacheable
@csrf_exempt  # changes nothing; ``Origin: null`` under no-referrer would be refused (safety.md)
@require_http_methods(["GET", "HEAD", "POST"])
def finder_step(request: HttpRequest, trail: str = "") -> HttpResponse:
    """One page of the finder; a POST says an age or a place and leads on."""
    terms = listing.need_terms()
    here = finder.walk(trail, _chosen(request.GET.get("f", ""), terms))
    if request.method == "POST":
        return forbidden(request) if is_cross_site(request) else SeeOther(_after_form(request, here))
    return _show(request, here, terms)


@require_safe
def sealed_step(request: HttpRequest, opened: Sealed, token: str) -> HttpResponse:
    """A page about what was typed: which place is meant, or what was not understood; open for an hour."""
    terms = listing.need_terms()
    here = finder.walk(opened.values.get("t", ""), _chosen(opened.values.get("f", ""), terms))
    if opened.expired:
        return _show(request, here, terms)
    here = replace(here, place=opened.values.get("p", ""))
    return _show(request, here, terms, bad_age="a" in opened.values)


def _chosen(codes: str, terms: list[TaxonomyTerm]) -> Chosen:
    return parse_codes(codes, {**listing.need_codes(terms), **listing.area_codes(codes)})


def _after_form(request: HttpRequest, here: finder.Walk) -> str:
    kind = here.question.kind if here.question else ""
    if kind == FinderKind.AGE and (said := typed(request, "age")):
        age = int(said) if said.isdecimal() and len(said) < 4 else -1
        return finder.age_url(here, age) if age in AGES else _sealed(here, {"a": "1"})
    if kind == FinderKind.PLACE and (said := typed(request, "place")):
        return _after_place(here, said)
    return here.next_url()


def _after_place(here: finder.Walk, said: str) -> str:
    """Return where a typed place leads: on when it is certain, else a page that asks which one."""
    place = find_place(said, here.chosen.values.get("country", ""))
    if place.area is None:
        return _sealed(here, {"p": said})
    if here.next_question() is None:
        return services_address(replace(here.chosen.with_value("area", ""), place=said))
    return here.next_url(here.chosen.with_value("area", place.area.key))


def _sealed(here: finder.Walk, said: dict[str, str]) -> str:
    return sealed_pages.address(FINDER, {"t": here.trail, "f": here.chosen.codes, **said})


def _show(
    request: HttpRequest, here: finder.Walk, terms: list[TaxonomyTerm], *, bad_age: bool = False
) -> HttpResponse:
    area = _area(here.chosen)
    country = area.country if area else here.chosen.values.get("country", "")
    request.portal_country = country  # type: ignore[attr-defined]
    question = here.question
    context: dict[str, Any] = {
        "question": question,
        "title": here.text(question, "title") if question else _("Services"),
        "text": here.text(question, "text") if question else "",
        "options": finder.options(here, terms),
        "state": sentence_for_question(question, get_language() or DEFAULT_LANGUAGE) if question else "",
        "places": _places(here),
        "typed_place": here.place,
        "bad_age": bad_age,
        "age": here.chosen.values.get("age", ""),
        "number": here.progress[0],
        "total": here.progress[1],
        "chosen": _chips(here, terms, area),
        "rest_url": _rest_url(here, terms),
        "back_url": here.back_url,
        "next_url": here.next_url(),
        "is_end": here.next_question() is None,
        "list_url": services_address(here.chosen),
        "places_url": reverse("directory:places") + query_of(here.chosen),
        "action": here.address,
        "safe_title": _("Step %(number)s") % {"number": len(here.seen) + here.rest},
    }
    if question is not None and question.kind == FinderKind.READ:
        context |= _to_read(question, country)
    return render(request, "directory/finder.html", context)


def _area(chosen: Chosen) -> Area | None:
    key = chosen.values.get("area", "")
    return Area.objects.filter(key=key, country__in=registry.country_codes()).first() if key else None


def _chips(here: finder.Walk, terms: list[TaxonomyTerm], area: Area | None) -> list[finder.Option]:
    """Return what was chosen up to here in words; a press takes it back."""
    labels = listing.chosen_labels(here.chosen, terms, area)
    return [finder.Option(label, here.without(name)) for name, label in labels.items()]


def _rest_url(here: finder.Walk, terms: list[TaxonomyTerm]) -> str:
    """Return the page of the needs that the first screen leaves out; empty where there is none."""
    is_needs = here.question is not None and here.question.kind == FinderKind.NEEDS
    more = any(not term.front_page for term in terms)
    return replace(here, rest=True).address if is_needs and more and not here.rest else ""


def _places(here: finder.Walk) -> list[finder.Option]:
    """Return the municipalities that a typed place may mean; the first is ours when it is suggested."""
    if not here.place:
        return []
    answer = find_place(here.place, here.chosen.values.get("country", ""))
    found = answer.choices if answer.area is None else (answer.area,)
    return [
        finder.Option(
            localized(area, "name"),
            here.next_url(here.chosen.with_value("area", area.key)),
            selected=answer.suggested and number == 0,
        )
        for number, area in enumerate(found)
    ]


def _to_read(question: FinderQuestion, country: str) -> dict[str, Any]:
    """Return what a page to read shows: lines, services, pages, and providers to ask."""
    shown = _service_cards(question.term, country) if question.term else []
    kind = question.organization_kind
    query = query_of(Chosen({"kind": kind, **({"country": country} if country else {})}))
    slugs = question.pages.split()
    links = [link for related in registry.related_links for slug in slugs for link in related("page", slug)]
    return {
        "lines": listing.national_lines(country) if question.shows_lines else [],
        "cards": shown,
        "text_none": localized(question, "text_none") if not shown else "",
        "pages": links,
        "organizations_kind": question.get_organization_kind_display() if kind else "",
        "organizations_kind_url": reverse("directory:organizations") + query if kind else "",
    }


def _service_cards(term: TaxonomyTerm, country: str) -> list[cards.ServiceCard]:
    """Return the first services for a need or group, those open day and night before the others."""
    rows = Service.objects.for_visitors().filter(service_terms__term=term).select_related("organization")
    rows = rows.filter(country=country) if country else rows
    found = sorted(rows.order_by("key"), key=lambda service: not service.is_open_24_7)[:MOST_SERVICES]
    phones = cards.phones_by_organization(service.organization for service in found)
    return cards.service_cards(found, phones)
