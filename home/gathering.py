"""What one country has for a child, a relative or a foreigner: numbers, pages, kinds of help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from home import front, index
from home.addresses import country_query
from home.choices import Audience
from portal.context_processors import Line, chosen_country, lines
from portal.localized import LocalizedText, choose
from portal.opaque import filter_code
from portal.plugins import Country
from portal.plugins.registry import enabled_countries

# The needs that these people name most, in their order, and the filters that go along.
NEEDS: Mapping[str, tuple[str, ...]] = {
    Audience.CHILD: ("talk", "danger", "child", "shelter", "police"),
    Audience.FAMILY: ("talk", "family", "legal", "protection"),
    Audience.FOREIGNER: ("interpreter", "residence", "documents", "asylum", "return", "shelter"),
}
FILTERS: Mapping[str, tuple[tuple[str, str], ...]] = {Audience.CHILD: (("age", "15"),)}


@dataclass(frozen=True, slots=True)
class Gathered:
    """One country: its emergency lines, its pages for these people, services by need."""

    country: str
    name: LocalizedText
    lines: Sequence[Line]
    pages: Sequence[index.Entry]
    needs: Sequence[front.NeedLink]


def gathered(
    rows: Iterable[Mapping[str, Any]], audience: Sequence[str], asked: str, request: HttpRequest
) -> list[Gathered]:
    """Return what each enabled country has, or the chosen one alone; one query.

    ``rows`` are pages as :func:`home.index.groups` takes them.
    """
    chosen, kept = chosen_country(request), list(rows)
    countries = [chosen] if chosen else list(enabled_countries())
    needs = {term.slug: term for term in front.needs()}
    wanted = [needs[slug] for kind in audience for slug in NEEDS.get(kind, ()) if slug in needs]
    return [_of(country, kept, audience, asked, wanted) for country in countries]


def _of(
    country: Country, rows: list[Mapping[str, Any]], audience: Sequence[str], asked: str, needs: list[Any]
) -> Gathered:
    query = country_query(country.code)
    base = reverse("directory:services")
    rest = [filter_code("country", country.code)]
    rest += [filter_code(*pair) for kind in audience for pair in FILTERS.get(kind, ())]
    links = [
        front.NeedLink(
            url=f"{base}?f={'.'.join([filter_code('need', term.slug), *rest])}",
            icon=term.icon,
            plain=front.sentence(term),
            urgent=term.urgent,
        )
        for term in needs
    ]
    pages = index.for_audience(rows, audience, country.code, asked, query)
    return Gathered(country.code, choose(country.name, asked), lines(country), pages, links)
