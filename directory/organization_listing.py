"""The list of providers: which fit, in which order, and the form that narrows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from directory.choices import AreaLevel, OrganizationKind
from directory.filters import Chosen
from directory.listing import Choice, Group, chosen_labels
from directory.models import Area, Organization
from portal.folding import fold
from portal.localized import choose, localized, stored
from portal.plugins import registry


def find_organizations(kind: str, country: str, area: Area | None, words: str) -> list[Organization]:
    """Return the providers that fit; an area keeps those responsible for it, seated in it, or country-wide."""
    rows = Organization.objects.for_visitors().select_related("network")
    if kind:
        rows = rows.filter(kind=kind)
    if country:
        rows = rows.filter(country=country)
    found = list(rows.prefetch_related("areas"))
    if area is not None:
        found = [org for org in found if _is_in(org, area)]
    if words:
        wanted = fold(words).split()
        found = [org for org in found if _has_words(org, wanted)]
    return sorted(found, key=lambda org: _organization_order(org, area))


def _is_in(organization: Organization, area: Area) -> bool:
    if organization.network_id is None:
        return True
    named = {row.area_id for row in organization.areas.all()}
    if area.level == AreaLevel.MUNICIPALITY:
        return area.pk in named or fold(organization.seat) == area.search_key
    inside = {child.pk: child.search_key for child in area.children.all()}
    return bool(named & set(inside)) or fold(organization.seat) in {*inside.values(), area.search_key}


def _has_words(organization: Organization, wanted: list[str]) -> bool:
    known = fold(" ".join(stored(organization, "name").values())).split()
    return all(any(word.startswith(part) for word in known) for part in wanted)


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
        for row in _areas_to_choose(country)
    )
    groups = [
        Group("kind", _("Who helps?"), "select", values.get("kind", ""), kinds),
        Group("country", _("Country"), "radio", values.get("country", ""), countries),
    ]
    if areas:
        groups.append(Group("area", _("Where?"), "select", area.code if area else "", areas))
    groups.append(Group("words", _("Name"), "text", words, help=_("It is not kept.")))
    return groups


def _areas_to_choose(country: str) -> list[Area]:
    """Return regions, each followed by its municipalities, once a country is chosen."""
    if not country:
        return []
    areas = Area.objects.filter(country=country).select_related("parent")
    return sorted(
        areas,
        key=lambda a: ((a.parent or a).search_key, a.level == AreaLevel.MUNICIPALITY, a.search_key),
    )


def _area_label(area: Area) -> str:
    name = str(localized(area, "name"))
    return name if area.level == AreaLevel.REGION else f"– {name}"


def filter_summary(chosen: Chosen, area: Area | None) -> str:
    """Return what is chosen in words."""
    labels = chosen_labels(chosen, [], area)
    return ", ".join(str(label) for label in labels.values()) or _("No filter chosen")
