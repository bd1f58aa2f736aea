"""The public holidays of a country, worked out for any year from the rules of its pack (``holidays.csv``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from directory.importers.errors import ImportProblem, UnreadableImport
from directory.importers.files import read_csv, yes
from portal.plugins import registry

FILE = "holidays.csv"
_FIXED = re.compile(r"(\d\d)-(\d\d)")
_FEAST = re.compile(r"(easter|orthodox)([+-]\d{1,2})")
SUNDAY = 6


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (Gauss's rule, valid from 1900 to 2099)."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    found = date(year, 3, 22) + timedelta(days=moon + week)
    late = found == date(year, 4, 26) or (found == date(year, 4, 25) and moon == 28 and year % 19 > 10)
    return found - timedelta(days=7) if late else found


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the Orthodox churches in today's calendar (valid from 1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + week + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def holidays_of(rules: Iterable[Mapping[str, str]], year: int) -> frozenset[date]:
    """Return the work-free days of a year; a holiday on a Sunday that moves goes to the next day that is none.

    Raises :class:`UnreadableImport` for a rule that is neither "MM-DD" nor "easter+1" nor "orthodox-2".
    """
    days = [(_day(row.get("rule", ""), year), yes(row.get("moves_from_sunday", ""))) for row in rules]
    found = {day for day, _moves in days}
    for day, moves in days:
        if moves and day.weekday() == SUNDAY:
            found.add(_next_free(day, found))
    return frozenset(found)


def _next_free(day: date, taken: set[date]) -> date:
    while day in taken:
        day += timedelta(days=1)
    return day


def _day(rule: str, year: int) -> date:
    if fixed := _FIXED.fullmatch(rule):
        return date(year, int(fixed[1]), int(fixed[2]))
    if feast := _FEAST.fullmatch(rule):
        sunday = easter(year) if feast[1] == "easter" else orthodox_easter(year)
        return sunday + timedelta(days=int(feast[2]))
    raise UnreadableImport([ImportProblem(FILE, rule, "write MM-DD, easter+1 or orthodox-2")])


@lru_cache(maxsize=64)
def _of_file(path: Path, year: int) -> frozenset[date]:
    return holidays_of(read_csv(path), year)


def is_holiday(country: str, day: date) -> bool:
    """Return whether a day is a public holiday in a country; a pack without the file knows none."""
    packs = (pack for pack in registry.countries if pack.country.code == country)
    return any(day in _of_file(pack.data / FILE, day.year) for pack in packs)
