"""From a typed place to a municipality: exact, then beginning, then "did you mean", never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.models import Area
from directory.place_names import keys_of, loose_key
from directory.place_table import Known, PlaceTable, table
from portal.plugins.registry import country_codes

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
    keys = [key for key in dict.fromkeys(keys_of(typed)) if key]
    if not keys:
        return PlaceAnswer(typed)
    names, countries = table(), [country] if country else list(country_codes())
    found = _exact(names, keys, countries)
    if found:
        return _answer(typed, _certain(names, found))
    near = [known for key in keys if len(key) > 1 for known in names.beginning_with(key, countries)]
    near = near or [known for key in keys for known in names.like(key, countries)]
    return PlaceAnswer(typed, choices=_offered(near))


def _exact(names: PlaceTable, keys: Sequence[str], countries: Sequence[str]) -> list[Known]:
    """Return what is named so: as typed, else as it may be heard and written down."""
    for held, wanted in ((names.exact, keys), (names.loose, [loose_key(key) for key in keys])):
        for key in wanted:
            if found := [known for known in held.get(key, ()) if known.country in countries]:
                return found
    return []


def _certain(names: PlaceTable, found: list[Known]) -> list[Known]:
    """Leave out regions beside municipalities, and unsure places of a country whose register is loaded."""
    areas = [known for known in found if known.is_area]
    small = [known for known in areas if not known.is_region]
    places = [known for known in found if not known.is_area]
    official = [known for known in places if known.is_official or known.country not in names.registered]
    return [*(small or areas), *(official or places)]


def _answer(typed: str, found: Sequence[Known]) -> PlaceAnswer:
    areas = [known for known in found if known.is_area]
    if len({known.area for known in areas}) == 1 and not areas[0].is_city:
        return PlaceAnswer(typed, _areas([areas[0].area])[0])
    if cities := [known for known in found if known.is_city]:
        return PlaceAnswer(
            typed, choices=tuple(Area.objects.filter(parent=cities[0].area).order_by("search_key"))
        )
    candidates = _areas(known.area for known in found)
    if len(candidates) != 1:
        return PlaceAnswer(typed, choices=tuple(candidates[:MOST]))
    if areas or all(known.confirmed for known in found):
        return PlaceAnswer(typed, candidates[0])
    siblings = Area.objects.filter(parent=candidates[0].parent_id).exclude(pk=candidates[0].pk)
    others = siblings.order_by("search_key") if candidates[0].parent_id else ()
    return PlaceAnswer(typed, choices=(candidates[0], *others), suggested=True)


def _offered(near: Sequence[Known]) -> tuple[Area, ...]:
    """Return the municipalities to choose from; a city of several stands for its own."""
    cities = [known.area for known in near if known.is_city]
    if near and near[0].is_city and len({known.area for known in near}) == 1:
        return tuple(Area.objects.filter(parent=cities[0]).order_by("search_key"))
    small = [known.area for known in near if not known.is_region]
    areas = _areas(small)[:MOST] if small else []
    children = (
        Area.objects.filter(parent__in=cities).order_by("search_key")[: MOST - len(areas)] if cities else ()
    )
    return tuple(dict.fromkeys([*areas, *children]))


def _areas(keys: Iterable[int]) -> list[Area]:
    """Return areas in the order of their keys, each once; one query."""
    order = list(dict.fromkeys(keys))
    rows = Area.objects.select_related("parent").in_bulk(order)
    return [rows[key] for key in order if key in rows]
