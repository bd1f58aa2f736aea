"""The list of rights pages: by country, each once, with its title in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from home.addresses import page_url
from home.choices import Audience
from home.derivation import as_read
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


def entries(rows: Iterable[Mapping[str, Any]], asked: str, query: str = "") -> list[Entry]:
    """Return pages of any country as links, each once; ``rows`` as for :func:`groups`."""
    return _entries(_merged(rows), None, asked, query)


def for_audience(
    rows: Iterable[Mapping[str, Any]], audience: Iterable[str], country: str, asked: str, query: str
) -> list[Entry]:
    """Return the pages of one country that speak to one of these people; ``rows`` as for :func:`groups`."""
    wanted = set(audience)
    pages = [page for page in _merged(rows) if wanted & set(page["audience"])]
    return _entries(pages, country, asked, query)


def newest(pages: Iterable[Any], asked: str) -> list[Any]:
    """Return each page once, in the best language for the reader; the order stays."""
    chain = languages.chain(asked)
    best: dict[Any, Any] = {}
    for page in pages:
        code = page.locale.language_code
        known = best.get(page.translation_key)
        if code in chain and (known is None or chain.index(code) < chain.index(known.locale.language_code)):
            best[page.translation_key] = page
    return [as_read(page, asked) for page in best.values()]


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
