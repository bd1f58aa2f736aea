"""The picture of a country's regions: labelled tiles about where they lie, drawn by us from ``tiles.csv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from directory.choices import Audience
from directory.filters import Chosen, to_query
from directory.importers.errors import ImportProblem, UnreadableImport
from directory.importers.files import read_csv
from directory.models import Area
from portal.localized import LocalizedText, choose, localized
from portal.plugins import registry
from search.engine import get_engine

FILE = "tiles.csv"
WIDTH, HEIGHT, GAP = 100, 76, 6
LINE = 14
LONGEST = 12  # signs in a line of a tile
NOWHERE = "-"
"""An area that no service names: what is counted there can be had everywhere."""

_BREAKS = re.compile(r"(?<=-)|\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tile stands, from 1, and the sign that a small tile shows instead of the name."""

    column: int
    row: int
    sign: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a tile's name and its height in the picture."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Region:
    """A region to choose; ``number`` counts the services that can be had there, secret places left out."""

    name: LocalizedText
    url: str
    number: int
    sign: LocalizedText | str = ""
    x: int = 0
    y: int = 0
    lines: tuple[TextLine, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether a line is longer than a tile is wide in letters of the usual size."""
        return any(len(line.text) > LONGEST for line in self.lines)

    @property
    def middle(self) -> int:
        """The middle of the tile, where its words stand."""
        return self.x + WIDTH // 2

    @property
    def foot(self) -> int:
        """The height at which the number stands."""
        return self.y + HEIGHT - 9

    @property
    def head(self) -> int:
        """The height at which the sign stands."""
        return self.y + 36


@dataclass(frozen=True, slots=True)
class RegionPicture:
    """All regions of a country in the order of a list, and the size of the picture; none without tiles."""

    regions: tuple[Region, ...]
    width: int = 0
    height: int = 0

    @property
    def is_drawn(self) -> bool:
        """Whether every region has its tile."""
        return self.width > 0


@lru_cache(maxsize=32)
def read_tiles(path: Path) -> Mapping[str, Place]:
    """Return where the tiles of a pack stand, by the key of their region.

    Raises :class:`UnreadableImport` when two stand on one spot or a number is none.
    """
    tiles: dict[str, Place] = {}
    for row in read_csv(path):
        if not (row["column"].isdecimal() and row["row"].isdecimal()):
            raise UnreadableImport([ImportProblem(FILE, row["area"], "column and row are numbers from 1")])
        tiles[row["area"]] = Place(int(row["column"]), int(row["row"]), row["sign"])
    if len({(tile.column, tile.row) for tile in tiles.values()}) < len(tiles):
        raise UnreadableImport([ImportProblem(FILE, "the file", "two tiles stand on one spot")])
    return tiles


def picture(
    country: str, areas: Iterable[Area], numbers: Mapping[str, int], address: Callable[[Area], str]
) -> RegionPicture:
    """Return the picture of a country's regions, in their order; without a tile for each it is a list only."""
    areas = list(areas)
    packs = (pack for pack in registry.countries if pack.country.code == country)
    tiles = next((read_tiles(pack.data / FILE) for pack in packs), {})
    if not areas or any(area.key not in tiles for area in areas):
        return RegionPicture(
            tuple(Region(localized(a, "name"), address(a), numbers.get(a.key, 0)) for a in areas)
        )
    regions = tuple(_region(area, tiles[area.key], numbers.get(area.key, 0), address(area)) for area in areas)
    width = max(region.x for region in regions) + WIDTH
    return RegionPicture(regions, width, max(region.y for region in regions) + HEIGHT)


def _region(area: Area, tile: Place, number: int, url: str) -> Region:
    name = localized(area, "name")
    x, y = (tile.column - 1) * (WIDTH + GAP), (tile.row - 1) * (HEIGHT + GAP)
    lines = lines_of(own_part(name, area.country))
    first = y + 33 - LINE * (len(lines) - 1) // 2
    placed = tuple(TextLine(text, first + LINE * number) for number, text in enumerate(lines))
    return Region(name, url, number, choose({"sr-latn": tile.sign}), x, y, placed)


def own_part(name: LocalizedText, country: str) -> str:
    """Return a region's name without the word that all regions share: "North Bačka", not "… District".

    It stands behind the name, or before it: "Rrethi i …" in Albanian, without its article in Arabic.
    """
    home = registry.get_country(country)
    word = choose(home.region_word, name.language).text if home else ""
    if not word:
        return name.text
    bare = re.escape(word.removeprefix("ال"))
    return re.sub(rf"^{bare}\s+(?:i\s+)?|\s+{bare}$", "", name.text, flags=re.IGNORECASE)


def lines_of(name: str) -> list[str]:
    """Return a name in lines that fit a tile, broken at spaces and hyphens; a long word stays whole."""
    lines: list[str] = []
    for word in filter(None, _BREAKS.split(name)):
        joined = f"{lines[-1]}{'' if lines[-1].endswith('-') else ' '}{word}" if lines else word
        if lines and len(joined) <= LONGEST:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def numbers_of(chosen: Chosen, country: str, areas: Iterable[Area]) -> dict[str, int]:
    """Return how many services each region offers for a choice; the engine leaves secret places out (R25)."""
    keys = (*(area.key for area in areas), NOWHERE)
    restrict = {"audience": Audience.EVERYONE.value, "country": country}
    query = to_query(chosen.with_value("area", "").with_value("country", country), {"area": keys}, restrict)
    counts = get_engine().search(query).facet_counts["area"]
    return {key: counts[key].match + counts[key].ask for key in keys if key in counts}
