"""What a country is to the portal: its name, its emergency numbers, and where its pack keeps its data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.plugins.records import Text


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """A short national number. ``kind`` is "police", "fire", "ambulance" or "all"; source and date as seen."""

    number: str
    kind: str
    name: Text
    source: str
    source_date: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country that a pack brings. ``code`` is ISO 3166-1 alpha-2; the first emergency line is the main one.

    ``office_language`` is the language of the catalogue that offices there read: for sheets in two languages.
    """

    code: str
    name: Text
    emergency_lines: tuple[EmergencyLine, ...]
    time_zone: str
    calling_code: str
    region_word: Text
    office_language: str = "en"

    @property
    def main_line(self) -> EmergencyLine:
        """The line that the hotline bar shows."""
        return self.emergency_lines[0]


@dataclass(frozen=True, slots=True)
class CountryPack:
    """A country together with the folder of its data files (format: docs/plugins.md)."""

    country: Country
    data: Path
    attribution: tuple[str, ...] = ()
