"""All names of places in memory, one table a process: loaded again when somebody changed a place."""

from __future__ import annotations

import secrets
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import extract

from directory.choices import AreaLevel
from directory.models import Area, Place, PlaceVersion
from directory.place_names import key_of, loose_key
from portal import languages

CLOSE = 0.9
"""How alike (Jaro-Winkler, 0 to 1) a name must be to be offered; it is never taken by itself."""
CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Known:
    """A named place: the area it leads to, and how sure that is.

    ``is_official`` is true for settlements of an official register; ``size`` are inhabitants, 0 when unknown.
    """

    area: int
    country: str
    is_area: bool
    is_region: bool
    is_city: bool
    confirmed: bool = True
    is_official: bool = False
    size: int = 0


@dataclass
class PlaceTable:
    """The names by key, exact and loose, and in order for their beginnings."""

    version: int
    exact: dict[str, list[Known]] = field(default_factory=dict)
    loose: dict[str, list[Known]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    registered: frozenset[str] = frozenset()

    def beginning_with(self, key: str, countries: Sequence[str]) -> Iterator[Known]:
        """Yield the places of these countries whose name begins with ``key``, areas and large ones first."""
        found: list[Known] = []
        for number in range(bisect_left(self.names, key), len(self.names)):
            if not self.names[number].startswith(key):
                break
            found += self.exact[self.names[number]]
        inside = [known for known in found if known.country in countries]
        yield from sorted(inside, key=lambda known: (not known.is_area, -known.size))

    def like(self, key: str, countries: Sequence[str]) -> Iterator[Known]:
        """Yield the places of these countries whose name is nearly ``key``, the nearest and largest first."""
        most = 1 if len(key) <= 5 else 2
        alike = extract(
            key,
            self.names,
            scorer=JaroWinkler.similarity,
            score_cutoff=CLOSE,
            limit=CANDIDATES,
            processor=None,
        )
        near = [(OSA.distance(key, name, score_cutoff=most), -score, name) for name, score, _ in alike]
        found = [
            (distance, -known.size, score, known)
            for distance, score, name in near
            if distance <= most
            for known in self.exact[name]
            if known.country in countries
        ]
        yield from (row[-1] for row in sorted(found, key=lambda row: row[:3]))


_tables: dict[str, PlaceTable] = {}


def table() -> PlaceTable:
    """Return the table of this moment; one query, and three more when somebody changed a place."""
    version = PlaceVersion.objects.values_list("version", flat=True).first() or 0
    held = _tables.get("all")
    if held is None or held.version != version:
        held = _tables["all"] = _load(version)
    return held


def renew() -> None:
    """Let every process load its table again once this transaction is committed."""
    # A number never used before: after a rollback the same count could stand for other places.
    PlaceVersion.objects.update_or_create(pk=1, defaults={"version": secrets.randbits(62)})


def forget() -> None:
    """Forget this process's table; for tests, whose rolled-back changes leave no version behind."""
    _tables.clear()


def _load(version: int) -> PlaceTable:
    made = PlaceTable(version)
    columns = [f"name_{language.column_suffix}" for language in languages.CATALOGUE]
    seen: set[tuple[str, Known]] = set()
    for keys, known in (*_areas(columns), *_places(columns)):
        for key in keys:
            if key and (key, known) not in seen:
                seen.add((key, known))
                made.exact.setdefault(key, []).append(known)
    for key, places in made.exact.items():
        made.loose.setdefault(loose_key(key), []).extend(places)
    made.names = sorted(made.exact)
    made.registered = frozenset(k.country for places in made.exact.values() for k in places if k.is_official)
    return made


def _areas(columns: Sequence[str]) -> Iterator[tuple[set[str], Known]]:
    rows = Area.objects.values("pk", "country", "level", "is_city", "population", "search_key", *columns)
    for row in rows:
        known = Known(
            area=row["pk"],
            country=row["country"],
            is_area=True,
            is_region=row["level"] == AreaLevel.REGION,
            is_city=row["is_city"],
            size=row["population"] or 0,
        )
        yield {row["search_key"], *_keys(row, columns)}, known


def _places(columns: Sequence[str]) -> Iterator[tuple[set[str], Known]]:
    ours = ("country", "municipality", "municipality__is_city", "municipality__level", "confirmed")
    rows = Place.objects.values(*ours, "search_key", "other_keys", "population", "register_code", *columns)
    for row in rows.iterator():
        known = Known(
            area=row["municipality"],
            country=row["country"],
            is_area=False,
            is_region=row["municipality__level"] == AreaLevel.REGION,
            is_city=row["municipality__is_city"],
            confirmed=row["confirmed"],
            is_official=bool(row["register_code"]),
            size=row["population"] or 0,
        )
        yield {row["search_key"], *row["other_keys"], *_keys(row, columns)}, known


def _keys(row: dict[str, Any], columns: Iterable[str]) -> set[str]:
    return {key_of(row[column]) for column in columns if row[column]}
