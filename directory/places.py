"""From a typed place to a municipality: exact, then beginning, then "did you mean", never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from directory.choices import AreaLevel
from directory.models import Area, Place
from portal.folding import fold
from portal.plugins.registry import country_codes

CLOSE = 0.86
MOST = 8


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What a typed place may be.

    ``area`` is set only when it is certain. Otherwise ``choices`` are to be offered, the first of them
    preselected when ``suggested`` is true.
    """

    typed: str
    area: Area | None = None
    choices: tuple[Area, ...] = ()
    suggested: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether nothing like it was found."""
        return self.area is None and not self.choices


def find_place(typed: str, country: str = "") -> PlaceAnswer:
    """Return what ``typed`` means, in any script, with or without diacritics; also an area's search key.

    A place whose municipality is not certain asks which one, with ours as a suggestion; a city of several
    municipalities offers them; a near miss is offered and never chosen by itself.
    """
    key = fold(typed)
    if not key:
        return PlaceAnswer(typed)
    countries = [country] if country else list(country_codes())
    areas = _exact_areas(key, countries)
    if len(areas) == 1 and not areas[0].is_city:
        return PlaceAnswer(typed, areas[0])
    places = list(_exact_places(key, countries))
    cities = [
        *[area for area in areas if area.is_city],
        *[p.municipality for p in places if p.municipality.is_city],
    ]
    if cities:
        return PlaceAnswer(typed, choices=tuple(cities[0].children.order_by("search_key")))
    if places or areas:
        return _of_places(typed, places, areas)
    return _near(typed, key, countries)


def _exact_areas(key: str, countries: list[str]) -> list[Area]:
    found = Area.objects.filter(country__in=countries, search_key=key).select_related("parent")
    municipalities = [area for area in found if area.level == AreaLevel.MUNICIPALITY]
    return municipalities or list(found)


def _exact_places(key: str, countries: list[str]) -> list[Place]:
    places = Place.objects.filter(country__in=countries).select_related("municipality")
    return list(places.filter(search_key=key)) or [
        place for place in places.exclude(other_keys=[]) if key in place.other_keys
    ]


def _of_places(typed: str, places: list[Place], areas: list[Area]) -> PlaceAnswer:
    candidates = list(dict.fromkeys([*areas, *(place.municipality for place in places)]))
    if len(candidates) == 1 and (areas or all(place.confirmed for place in places)):
        return PlaceAnswer(typed, candidates[0])
    if len(candidates) == 1:
        siblings = candidates[0].parent.children.order_by("search_key") if candidates[0].parent else ()
        others = [area for area in siblings if area != candidates[0]]
        return PlaceAnswer(typed, choices=(candidates[0], *others), suggested=True)
    return PlaceAnswer(typed, choices=tuple(candidates))


def _near(typed: str, key: str, countries: list[str]) -> PlaceAnswer:
    places = {
        place.search_key: place.municipality
        for place in Place.objects.filter(country__in=countries).select_related("municipality")
    }
    areas = Area.objects.filter(country__in=countries, level=AreaLevel.MUNICIPALITY)
    known = {**places, **{area.search_key: area for area in areas}}
    names = [name for name in known if name.startswith(key)] if len(key) > 1 else []
    names = names or get_close_matches(key, known, n=MOST, cutoff=CLOSE)
    return PlaceAnswer(typed, choices=tuple(dict.fromkeys(known[name] for name in names[:MOST])))
