"""The list of rights pages: by country, each once, with its title in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from home.addresses import page_url
from home.choices import Audience
from portal import languages
from portal.localized import LocalizedText, choose
from portal.plugins.registry import enabled_countries


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the list: its title, its address, and whom it speaks to."""

    title: LocalizedText
    url: str
    audience: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The pages of one country; ``country`` is empty for those of none and for professionals."""

    country: str
    name: LocalizedText | None
    entries: Sequence[Entry]
    for_staff: bool = False


COLUMNS = (
    "translation_key",
    "locale__language_code",
    "title",
    "localized_titles",
    "url_path",
    "country",
    "audience",
)


def groups(rows: Iterable[Mapping[str, Any]], asked: str, chosen: str, query: str = "") -> list[Group]:
    """Return the pages by country, the chosen one first; pages for professionals come last.

    ``rows`` are the :data:`COLUMNS` of all translations of all pages.
    """
    pages = _merged(rows)
    everyone = [page for page in pages if page["audience"] != [Audience.PROFESSIONAL.value]]
    order = sorted(enabled_countries(), key=lambda country: country.code != chosen)
    made = [
        Group(country.code, choose(country.name, asked), _entries(everyone, country.code, asked, query))
        for country in order
    ]
    made.append(Group("", None, _entries(everyone, "", asked, query)))
    staff = [page for page in pages if page not in everyone]
    made.append(Group("", None, _entries(staff, None, asked, query), for_staff=True))
    return [group for group in made if group.entries]


def titles_of(page: Mapping[str, Any]) -> dict[str, str]:
    """Return a page's titles by language: those stored beside it, and its own."""
    own = {page["locale__language_code"]: page["title"]}
    return {**page["localized_titles"], **own}


def _merged(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return one row a page, with the titles of all its translations, in the order of the English tree."""
    merged: dict[Any, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: languages.CODES.index(row["locale__language_code"])):
        page = merged.setdefault(row["translation_key"], {**row, "titles": {}})
        page["titles"] |= (
            titles_of(row) if not page["titles"] else {row["locale__language_code"]: row["title"]}
        )
    return list(merged.values())


def _entries(pages: Iterable[Mapping[str, Any]], country: str | None, asked: str, query: str) -> list[Entry]:
    return [
        Entry(
            title=choose(page["titles"], asked),
            url=page_url(page["url_path"]) + query,
            audience=[Audience(value).label for value in page["audience"] if value in Audience.values],
        )
        for page in pages
        if country is None or page["country"] == country
    ]
