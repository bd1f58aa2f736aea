"""Where a fact is from, in the reader's words: a source's readable name with its date, never a key of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import translation

from directory.importers.files import read_json
from portal import dates, languages
from portal.localized import LocalizedText, choose
from portal.plugins.registry import countries, site_pages

KEY = re.compile(r"^(\d{3})\b")
LINES = re.compile(r"^(?:[a-z ]+ )?L\d[\d, L–-]*$")  # further lines of the source before it
ADDRESS = re.compile(r"https?://[^\s/]+|\b[\w-]+(?:\.[\w-]+)*\.(?:rs|si|org|net|com|wiki)\b")


@dataclass(frozen=True, slots=True)
class Source:
    """A source that a pack names: its key, what tells it in a note, its name, its date when it has one."""

    key: str
    finds: tuple[str, ...]
    name: Mapping[str, str]
    date: str = ""

    def is_in(self, note: str) -> bool:
        """Return whether a note speaks of this source."""
        key = KEY.match(note)
        return bool(key and key[1] == self.key) or any(part in note for part in self.finds)


@dataclass(frozen=True, slots=True)
class Said:
    """A source in the reader's words; ``day`` is empty when nobody knows it."""

    name: LocalizedText
    day: str

    @property
    def whole(self) -> LocalizedText:
        """The name with its date."""
        text = f"{self.name.text} ({self.day})" if self.day else self.name.text
        return LocalizedText(text, self.name.language, self.name.asked)


def known_sources() -> tuple[Source, ...]:
    """Return the sources that the packs of this site name, in their order."""
    return tuple(source for folder in _folders() for source in _read(folder))


def _folders() -> list[Path]:
    return [pack.data for pack in (*countries, *site_pages)]


@lru_cache(maxsize=32)
def _read(folder: Path) -> tuple[Source, ...]:
    return tuple(
        Source(row["key"], tuple(row.get("finds", ())), row["name"], row.get("date", ""))
        for row in read_json(folder / "sources.json", [])
    )


def said(source: str, day: str = "", asked: str = "") -> list[Said]:
    """Return the sources of a fact, each once; ``source`` and ``day`` are notes with ";" between several.

    What no pack names is shown by its host; a note without either is a text in English.
    """
    asked = asked or translation.get_language() or languages.DEFAULT_LANGUAGE
    notes = [note for note in _parts(source) if not LINES.match(note)]
    days = _parts(day)
    paired: Sequence[str] = days if len(days) == len(notes) else [day] * len(notes)
    known = known_sources()
    found: dict[str, Said] = {}
    for note, own in zip(notes, paired, strict=True):
        each = _said(note, own, known, asked)
        found.setdefault(each.name.text, each)
    return list(found.values())


def _said(note: str, day: str, known: Iterable[Source], asked: str) -> Said:
    source = next((each for each in known if each.is_in(note)), None)
    host = host_of(note)
    if source:
        name = choose(source.name, asked)
    else:
        name = LocalizedText(host or note, asked if host else languages.DEFAULT_LANGUAGE, asked)
    return Said(name, dates.in_words(source.date if source and source.date else day, name.language))


def host_of(note: str) -> str:
    """Return the host of the first address in a note, or nothing."""
    found = ADDRESS.search(note)
    if not found:
        return ""
    address = found[0] if "://" in found[0] else f"https://{found[0]}"
    return (urlsplit(address).hostname or "").removeprefix("www.")


def told(source: str, day: str = "", asked: str = "") -> list[LocalizedText]:
    """Return the sources of a fact as texts, each with its date."""
    return [each.whole for each in said(source, day, asked)]


def _parts(note: str) -> list[str]:
    return [part.strip() for part in note.split(";") if part.strip()]
