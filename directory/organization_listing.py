"""The list of providers: which fit, in which order, and the form that narrows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from directory import cards
from directory.choices import AreaLevel, OrganizationKind
from directory.filters import Chosen
from directory.listing import Choice, Group, chosen_labels
from directory.models import Area, Organization
from portal.folding import fold
from portal.localized import LocalizedText, choose, joined, localized
from portal.plugins import Hit, SearchQuery, registry
from search.engine import get_engine
from search.highlight import Marker, mark_fields

MARKED = ("name", "summary")


@dataclass(frozen=True, slots=True)
class Found:
    """The providers that fit, in order; ``corrected`` are the words searched when others were typed."""

    organizations: list[Organization]
    corrected: str = ""


def find(chosen: Chosen, country: str, area: Area | None) -> Found:
    """Return the providers that fit; words are asked of the engine, which then gives the order."""
    kind = chosen.values.get("kind", "")
    if not chosen.words:
        return Found(_in_order(kind, country, area))
    result = get_engine().search(query_for(chosen.words, kind, country, area, as_typed=chosen.as_typed))
    return Found(_of_hits(result.hits), result.corrected)


def find_organizations(kind: str, country: str, area: Area | None, words: str) -> list[Organization]:
    """Return the providers that fit; an area keeps those responsible for it, seated in it, or country-wide."""
    return find(Chosen({"kind": kind} if kind else {}, words), country, area).organizations


def query_for(
    words: str, kind: str = "", country: str = "", area: Area | None = None, *, as_typed: bool = False
) -> SearchQuery:
    """Return the engine's question for providers."""
    inside = {"kind": kind, "country": country, "area": area.key if area else ""}
    restrict = {name: value for name, value in inside.items() if value}
    return SearchQuery(
        kind="organization", words=words, restrict=restrict, as_typed=as_typed, count_left_out=False
    )


def organization_cards(
    organizations: Sequence[Organization], query: str, mark: Marker
) -> list[cards.OrganizationCard]:
    """Return cards with their phones and the found words marked; ``query`` is carried along in links."""
    phones = cards.phones_by_organization(organizations)
    made = [cards.organization_card(each, phones.get(each.pk, []), query) for each in organizations]
    return [mark_fields(card, MARKED, mark) for card in made]


def cards_of_hits(hits: Sequence[Hit], query: str, mark: Marker) -> list[cards.OrganizationCard]:
    """Return the cards of hits, of what a visitor may see at this moment."""
    return organization_cards(_of_hits(hits), query, mark)


def _of_hits(hits: Sequence[Hit]) -> list[Organization]:
    keys = [hit.key for hit in hits]
    found = {row.key: row for row in Organization.objects.for_visitors().filter(key__in=keys)}
    return [found[key] for key in keys if key in found]


def _in_order(kind: str, country: str, area: Area | None) -> list[Organization]:
    rows = Organization.objects.for_visitors().select_related("network")
    if kind:
        rows = rows.filter(kind=kind)
    if country:
        rows = rows.filter(country=country)
    found = list(rows.prefetch_related("areas"))
    if area is not None:
        found = [org for org in found if _is_in(org, area)]
    return sorted(found, key=lambda org: _organization_order(org, area))


def _is_in(organization: Organization, area: Area) -> bool:
    if organization.network_id is None:
        return True
    named = {row.area_id for row in organization.areas.all()}
    if area.level == AreaLevel.MUNICIPALITY:
        return area.pk in named or fold(organization.seat) == area.search_key
    inside = {child.pk: child.search_key for child in area.children.all()}
    return bool(named & set(inside)) or fold(organization.seat) in {*inside.values(), area.search_key}


def _organization_order(organization: Organization, area: Area | None) -> tuple[Any, ...]:
    """Specialised first, then bodies of the country, then members by name; with an area its own first."""
    is_member = organization.network_id is not None
    tier = (not is_member, is_member) if area is not None else (is_member, False)
    name = fold(str(localized(organization, "name")))
    return (not organization.is_specialised, *tier, name)


def filter_groups(chosen: Chosen, area: Area | None, country: str, words: str) -> list[Group]:
    """Return the groups of the form; a list of areas once a country is chosen."""
    values = chosen.values
    kinds = tuple(
        Choice(value, str(label), selected=values.get("kind") == value)
        for value, label in OrganizationKind.choices
    )
    countries = tuple(
        Choice(c.code, choose(c.name), selected=values.get("country") == c.code)
        for c in registry.enabled_countries()
    )
    areas = tuple(
        Choice(row.code, _area_label(row), selected=area is not None and row.pk == area.pk)
        for row in _areas_to_choose(country, area)
    )
    groups = [
        Group("kind", _("Who helps?"), "select", values.get("kind", ""), kinds),
        Group("country", _("Country"), "radio", values.get("country", ""), countries),
    ]
    if areas:
        text = _("First a region. Its places come next.")
        groups.append(Group("area", _("Where?"), "select", area.code if area else "", areas, text))
    groups.append(Group("words", _("Name"), "text", words, help=_("It is not kept.")))
    return groups


def _areas_to_choose(country: str, area: Area | None) -> list[Area]:
    """Return the regions of a chosen country; below the chosen one, or that of the chosen place, its places."""
    if not country:
        return []
    wanted = Q(level=AreaLevel.REGION)
    if area is not None:
        wanted |= Q(parent_id=area.parent_id or area.pk)
    return sorted(
        Area.objects.filter(wanted, country=country).select_related("parent"),
        key=lambda a: ((a.parent or a).search_key, a.level == AreaLevel.MUNICIPALITY, a.search_key),
    )


def _area_label(area: Area) -> LocalizedText:
    name = localized(area, "name")
    sign = "" if area.level == AreaLevel.REGION else "– "
    return LocalizedText(sign + name.text, name.language, name.asked)


def filter_summary(chosen: Chosen, area: Area | None) -> str:
    """Return what is chosen in words."""
    labels = chosen_labels(chosen, [], area)
    return joined(labels.values()) or _("No filter chosen")
