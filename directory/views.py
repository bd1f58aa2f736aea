"""Pages of the directory: services, providers, places; every visitor always gets an answer (house rule 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory import cards, listing, organization_listing, region_picture
from directory.choices import OrganizationKind
from directory.feedback import note_url
from directory.filters import FILTERS, YES, Chosen, parse_codes
from directory.models import Area, Organization, Service, TaxonomyTerm
from directory.places import PlaceAnswer, find_place
from directory.sealed_links import organizations_address, query_of, services_address
from portal import languages
from portal.error_views import forbidden
from portal.localized import choose, joined, localized
from portal.page_cache import cacheable
from portal.plugins import registry
from portal.posted import SeeOther, is_cross_site, typed
from portal.sealing import Sealed
from search.highlight import Marker


@cacheable
@csrf_exempt  # changes nothing; ``Origin: null`` under no-referrer would be refused (safety.md)
@require_http_methods(["GET", "HEAD", "POST"])
def service_list(request: HttpRequest) -> HttpResponse:
    """Services with filters; a POST is answered by a redirect, so that Back and reload repeat nothing."""
    terms = listing.need_terms()
    if request.method == "POST":
        return (
            forbidden(request)
            if is_cross_site(request)
            else SeeOther(services_address(_posted(request, terms)))
        )
    text = request.GET.get("f", "")
    dynamic = {**listing.need_codes(terms), **listing.area_codes(text)}
    return _show(request, parse_codes(text, dynamic), terms, reverse("directory:services"))


@require_safe
def sealed_list(request: HttpRequest, opened: Sealed, token: str) -> HttpResponse:
    """A search with sealed words or place: opens for 60 minutes, then gives the form without the words (R9)."""
    terms = listing.need_terms()
    codes = request.GET.get("f", opened.values.get("f", ""))
    chosen = parse_codes(codes, {**listing.need_codes(terms), **listing.area_codes(codes)})
    if opened.expired:
        notice = _("This search is over, so that nobody can repeat it. Please search again.")
        return _show(request, chosen, terms, reverse("directory:services"), notices=[notice])
    chosen = replace(
        chosen,
        words=opened.values.get("q", ""),
        place=opened.values.get("p", ""),
        as_typed="o" in opened.values,
    )
    return _show(request, chosen, terms, reverse("search:sealed", args=[token]))


def _posted(request: HttpRequest, terms: list[TaxonomyTerm]) -> Chosen:
    """Return what a form says; a value that is none of the allowed is a filter not chosen."""
    values: dict[str, str] = {}
    allowed = _allowed(terms)
    flags = set(request.POST.getlist("flags"))
    for item in FILTERS:
        raw = YES if item.name in flags else request.POST.get(item.name, "").strip()
        if raw in allowed.get(item.name, ()):
            values[item.name] = raw
    area = Area.objects.filter(code=request.POST.get("area", "")).first()
    if area is not None:
        values["area"] = area.key
    return Chosen(values, typed(request, "words"), typed(request, "place"))


def _allowed(terms: list[TaxonomyTerm]) -> dict[str, set[str]]:
    allowed = {item.name: set(item.values()) for item in FILTERS}
    allowed["need"] = {term.slug for term in terms}
    allowed["country"] = set(registry.country_codes())
    allowed["language"] = set(languages.CODES)
    return allowed


def _show(
    request: HttpRequest,
    chosen: Chosen,
    terms: list[TaxonomyTerm],
    base: str,
    notices: list[str] | None = None,
) -> HttpResponse:
    notices = list(notices or [])
    if chosen.ignored:
        notices.append(_("One choice was not understood. It was left out."))
    place = find_place(chosen.place, chosen.values.get("country", "")) if chosen.place else None
    if place and place.area:
        chosen = chosen.with_value("area", place.area.key)
    area = _area_of(chosen, place)
    country = area.country if area else chosen.values.get("country", "")
    request.portal_country = country  # type: ignore[attr-defined]
    more = request.GET.get("m") == "1"
    built = listing.build(chosen, terms, area, _page_number(request), base, more=more)
    context = {
        "listing": built,
        "chosen": chosen,
        "notices": notices,
        "is_open": more,
        "place": place,
        "place_links": _place_links(chosen, place),
        "action": reverse("directory:services"),
        "clear_url": reverse("directory:services"),
        "places_url": reverse("directory:places") + query_of(chosen),
        "finder_url": reverse("directory:finder") + query_of(chosen),
        "share_url": reverse("directory:kept_share") + query_of(chosen),
        "filter_summary": joined(chip.label for chip in built.chips) or _("No filter chosen"),
        "national": listing.national_lines(country) if not built.result.match_total else [],
        "original_url": services_address(replace(chosen, as_typed=True)) if built.result.corrected else "",
        "safe_title": _("Services"),
    }
    return render(request, "directory/service_list.html", context)


def _area_of(chosen: Chosen, place: PlaceAnswer | None) -> Area | None:
    key = chosen.values.get("area", "")
    if place and place.area and place.area.key == key:
        return place.area
    return Area.objects.filter(key=key, country__in=registry.country_codes()).first() if key else None


def _place_links(chosen: Chosen, place: PlaceAnswer | None) -> list[dict[str, Any]]:
    """Return the municipalities that a typed place may mean, as links; the first is ours when suggested."""
    if place is None:
        return []
    return [
        {
            "name": localized(area, "name"),
            "url": services_address(replace(chosen.with_value("area", area.key), place="")),
            "suggested": place.suggested and number == 0,
        }
        for number, area in enumerate(place.choices)
    ]


def _page_number(request: HttpRequest) -> int:
    raw = request.GET.get("page", "1")
    return min(int(raw), listing.MOST_PAGES) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 1


@cacheable
@require_safe
def service_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One service: who it is for, how to reach it, what it costs, where the facts are from."""
    services = Service.objects.for_visitors().select_related("organization", "parent_service", "service_type")
    prefetch = ("alternatives", "providers__organization", "service_terms__term", "required_documents")
    service = get_object_or_404(services.prefetch_related(*prefetch), code=code)
    request.portal_country = service.country  # type: ignore[attr-defined]
    providers = [row.organization for row in service.providers.all()]
    public = [org for org in providers if org.publication == "public"] or [service.organization]
    phones = cards.phones_by_organization(public)
    context = {
        "service": service,
        "card": cards.service_card(service, phones.get(service.organization_id, [])),
        "providers": [cards.organization_card(org, phones.get(org.pk, [])) for org in public],
        "phones": _unique_phones(phones),
        "contacts": cards.shown_contacts(service.organization),
        "alternatives": [row for row in service.alternatives.all() if localized(row, "ask_first")],
        "needs": [row.term for row in service.service_terms.all()],
        "rights": [link for links in registry.related_links for link in links("service", service.key)],
        "parts": list(Service.objects.for_visitors().filter(parent_service=service).order_by("key")),
        "back_url": reverse("directory:services")
        + listing.country_query(Chosen({"country": service.country})),
        "note_url": note_url("s", service.code),
        "safe_title": _("Service %(code)s") % {"code": service.code},
    }
    return render(request, "directory/service_detail.html", context)


def _unique_phones(phones: Mapping[int, list[cards.PhoneView]]) -> list[cards.PhoneView]:
    return list({view.number: view for views in phones.values() for view in views}.values())


@cacheable
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def organization_list(request: HttpRequest) -> HttpResponse:
    """Providers by kind, country, region or municipality, and name."""
    if request.method == "POST":
        return forbidden(request) if is_cross_site(request) else SeeOther(_organizations_address(request))
    chosen = _chosen_of(request.GET.get("f", ""))
    return _show_organizations(request, chosen, reverse("directory:organizations"))


@require_safe
def sealed_organizations(request: HttpRequest, opened: Sealed, token: str) -> HttpResponse:
    """Providers by a typed name, sealed; after 60 minutes the list without the name."""
    chosen = _chosen_of(opened.values.get("f", ""))
    if opened.expired:
        return _show_organizations(request, chosen, reverse("directory:organizations"))
    chosen = replace(chosen, words=opened.values.get("q", ""), as_typed="o" in opened.values)
    return _show_organizations(request, chosen, reverse("search:sealed", args=[token]))


def _chosen_of(codes: str) -> Chosen:
    return parse_codes(codes, listing.area_codes(codes))


def _organizations_address(request: HttpRequest) -> str:
    values = {}
    for name, allowed in (("kind", OrganizationKind.values), ("country", registry.country_codes())):
        if request.POST.get(name, "") in allowed:
            values[name] = request.POST[name]
    area = Area.objects.filter(code=request.POST.get("area", "")).first()
    if area is not None:
        values["area"] = area.key
    return organizations_address(Chosen(values, typed(request, "words")))


def _show_organizations(request: HttpRequest, chosen: Chosen, base: str) -> HttpResponse:
    area = _area_of(chosen, None)
    country = area.country if area else chosen.values.get("country", "")
    request.portal_country = country  # type: ignore[attr-defined]
    found = organization_listing.find(chosen, country, area)
    pages = max(1, -(-len(found.organizations) // listing.PAGE_SIZE))
    page = min(_page_number(request), pages)
    shown = found.organizations[(page - 1) * listing.PAGE_SIZE : page * listing.PAGE_SIZE]
    context = {
        "chosen": chosen,
        "cards": organization_listing.organization_cards(
            shown, listing.country_query(chosen), Marker(found.corrected or chosen.words)
        ),
        "total": len(found.organizations),
        "corrected": found.corrected,
        "original_url": organizations_address(replace(chosen, as_typed=True)) if found.corrected else "",
        "groups": organization_listing.filter_groups(chosen, area, country, chosen.words),
        "filter_summary": organization_listing.filter_summary(chosen, area),
        "pager": listing.pager(base, page, pages, query_of(chosen) if not chosen.words else ""),
        "action": reverse("directory:organizations"),
        "clear_url": reverse("directory:organizations"),
        "safe_title": _("Who can help"),
    }
    return render(request, "directory/organization_list.html", context)


@cacheable
@require_safe
def organization_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One provider: what it is, how to reach it, its services and members."""
    rows = Organization.objects.for_visitors().select_related("parent_organization", "network")
    organization = get_object_or_404(rows.prefetch_related("locations"), code=code)
    request.portal_country = organization.country  # type: ignore[attr-defined]
    owner = organization.network or organization
    services = (
        Service.objects.for_visitors()
        .filter(providers__organization=owner)
        .select_related("organization")
        .distinct()
        .order_by("key")
    )
    members = Organization.objects.for_visitors().of_network(organization).order_by("key")
    phones = cards.phones_by_organization([organization, owner])
    context = {
        "organization": organization,
        "kind": organization.get_kind_display(),
        "seat": cards.seat_name(organization),
        "phones": phones.get(organization.pk) or phones.get(owner.pk, []),
        "contacts": cards.shown_contacts(organization),
        "services": cards.offered_cards(list(services)),
        "members": [cards.organization_card(member) for member in members],
        "country_name": cards.country_name(organization.country),
        "confirmed": cards.confirmed_text(organization),
        "back_url": reverse("directory:organizations")
        + listing.country_query(Chosen({"country": organization.country})),
        "note_url": note_url("o", organization.code),
        "safe_title": _("Provider %(code)s") % {"code": organization.code},
    }
    return render(request, "directory/organization_detail.html", context)


@cacheable
@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """Choose a place from lists: country, then region, then municipality; no typing needed."""
    terms = listing.need_terms()
    text = request.GET.get("f", "")
    chosen = parse_codes(text, {**listing.need_codes(terms), **listing.area_codes(text)})
    area = _area_of(chosen, None)
    country = area.country if area else chosen.values.get("country", "")
    request.portal_country = country  # type: ignore[attr-defined]
    region = (area.parent or area) if area else None
    rows = Area.objects.filter(country=country, parent=region).order_by("search_key") if region else []
    context = {
        "countries": [
            {"name": cards.country_name(code), "url": _places_url(chosen, "country", code)}
            for code in registry.country_codes()
        ],
        "country": country,
        "region": region,
        "region_word": _region_word(country),
        "whole_url": _services_url(chosen, region.key if region else ""),
        "areas": [{"name": localized(row, "name"), "url": _services_url(chosen, row.key)} for row in rows],
        "picture": _picture(chosen, country) if country and not region else None,
        "back_url": reverse("directory:services") + query_of(chosen),
        "safe_title": _("Choose a place"),
    }
    return render(request, "directory/place_list.html", context)


def _picture(chosen: Chosen, country: str) -> region_picture.RegionPicture:
    regions = list(Area.objects.filter(country=country, parent=None).order_by("search_key"))
    numbers = region_picture.numbers_of(chosen, country, regions)
    return region_picture.picture(
        country, regions, numbers, lambda area: _places_url(chosen, "area", area.key)
    )


def _region_word(country: str) -> Any:
    found = registry.get_country(country)
    return choose(found.region_word) if found else ""


def _places_url(chosen: Chosen, name: str, value: str) -> str:
    kept = chosen.with_value("area", "").with_value(name, value)
    return reverse("directory:places") + query_of(kept)


def _services_url(chosen: Chosen, key: str) -> str:
    return reverse("directory:services") + query_of(chosen.with_value("area", key))
