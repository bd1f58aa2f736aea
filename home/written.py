"""Every page and word that comes in files, in each language, as plain text: for measuring how it reads (R75)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from directory.importers import read_pages
from directory.importers.files import read_json
from home.page_records import stream_of
from home.readability import Reading, faults, measure, stream_text, too_long
from home.site_pack import SITE_PACK
from portal import languages
from portal.plugins import CountryPack, PageRecord
from portal.plugins.registry import countries
from portal.transliteration import to_cyrillic


@dataclass(frozen=True, slots=True)
class Written:
    """A text in one language; ``key`` is the page's."""

    key: str
    language: str
    text: str

    @property
    def reading(self) -> Reading:
        """The figures of the text."""
        return measure(self.text, self.language)

    @property
    def faults(self) -> list[str]:
        """The limits of R75 that the text breaks."""
        return faults(self.reading, self.language)

    @property
    def long_sentences(self) -> list[str]:
        """The sentences with too many words."""
        return too_long(self.text)


def written() -> Iterator[Written]:
    """Yield every page of the enabled packs and of the site, and the glossary, in each language that has it."""
    for pack in (SITE_PACK, *countries):
        for language in settings.PORTAL_LANGUAGES:
            source = languages.get(language).derived_from
            for record in _records(pack, language):
                yield Written(record.key, language, text_of(record))
            for record in _records(pack, source) if source else ():
                yield Written(record.key, language, to_cyrillic(text_of(record)))
    yield from _glossary()


def text_of(record: PageRecord) -> str:
    """Return the running text of a page's record, without titles, headings, names of laws and sources."""
    everybody = {name: number for number, (name, _why) in enumerate(record.call)}
    return "\n".join([stream_text(stream_of(record, everybody)), record.as_of])


def _records(pack: CountryPack, language: str) -> tuple[PageRecord, ...]:
    return read_pages(pack, language)


def _glossary() -> Iterator[Written]:
    rows = read_json(SITE_PACK.data / "glossary.json", [])
    for language in settings.PORTAL_LANGUAGES:
        meanings = [row["meaning"][language] for row in rows if row["meaning"].get(language)]
        if meanings:
            yield Written("glossary", language, "\n".join(meanings))
