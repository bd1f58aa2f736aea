"""Each filter is declared once: its choices, what a service says to it, its parameter, its words.

A filter gives the form field, the engine's clause, the facet with counts, the reason sentence, the API
parameter and the opaque code in links (house rule 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.choices import Gender, OrganizationKind, Papers
from portal import languages
from portal.opaque import filter_code
from portal.plugins import SearchQuery
from portal.plugins.registry import country_codes

YES = "yes"
AGES = range(121)
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. ``kind`` is "choice", "number" or "flag"; ``unknown`` is said when a service is silent."""

    name: str
    parameter: str
    label: Words
    kind: str
    unknown: Words
    choices: Mapping[str, Words] = field(default_factory=dict)
    in_api: bool = True

    def values(self) -> tuple[str, ...]:
        """Return the values that this filter knows without asking the database."""
        if self.kind == "number":
            return tuple(str(age) for age in AGES)
        return (YES,) if self.kind == "flag" else tuple(self.choices)


FILTERS: tuple[Filter, ...] = (
    Filter("need", "need", _("What do you need?"), "choice", _("do they give this help?")),
    Filter("age", "age", _("How old?"), "number", _("is it for your age?")),
    Filter("gender", "gender", _("For whom?"), "choice", _("is it for your gender?"), dict(Gender.choices)),
    Filter("area", "municipality", _("Where?"), "choice", _("is it offered there?")),
    Filter("country", "country", _("Country"), "choice", _("is it in this country?")),
    Filter("kind", "kind", _("Who helps?"), "choice", _("who gives it?"), dict(OrganizationKind.choices)),
    Filter("papers", "papers", _("Papers"), "choice", _("do your papers matter?"), dict(Papers.choices)),
    Filter("children", "children", _("With children"), "flag", _("can children come too?")),
    Filter(
        "disability",
        "disability",
        _("With a disability or illness"),
        "flag",
        _("do they help with a disability?"),
    ),
    Filter("language", "spoken", _("Language spoken"), "choice", _("do they speak your language?")),
    Filter("free", "free", _("Free of charge"), "flag", _("is it free?")),
    Filter("always", "always", _("Day and night"), "flag", _("when is it open?")),
    Filter("anonymous", "anonymous", _("No name needed"), "flag", _("can you stay anonymous?")),
    Filter(
        "police",
        "no_police",
        pgettext_lazy("filter", "Without the police"),
        "flag",
        _("must the police be told?"),
    ),
)
BY_NAME = {item.name: item for item in FILTERS}


@lru_cache(maxsize=1)
def _fixed_codes() -> dict[str, tuple[str, str]]:
    fixed = ((item.name, value) for item in FILTERS for value in item.values())
    spoken = (("language", code) for code in languages.CODES)
    return {filter_code(name, value): (name, value) for name, value in (*fixed, *spoken)}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a visitor has chosen, and how many codes meant nothing (they are filters not chosen).

    ``as_typed`` true searches the words as they are, without mending a typing mistake.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    place: str = ""
    ignored: int = 0
    as_typed: bool = False

    def __bool__(self) -> bool:
        return bool(self.values or self.words or self.place)

    @property
    def codes(self) -> str:
        """The value of the ``f`` parameter: opaque codes in a fixed order, joined by dots."""
        return ".".join(
            filter_code(item.name, self.values[item.name]) for item in FILTERS if item.name in self.values
        )

    def with_value(self, name: str, value: str) -> Chosen:
        """Return this choice with one filter set, or dropped when ``value`` is empty."""
        values = {key: old for key, old in self.values.items() if key != name}
        if value:
            values[name] = value
        return replace(self, values=values, ignored=0)


def parse_codes(text: str, dynamic: Mapping[str, tuple[str, str]]) -> Chosen:
    """Read the ``f`` parameter. ``dynamic`` maps the codes of needs and areas, which the database knows.

    Never fails: a code that means nothing is counted in ``ignored``.
    """
    known = {**_fixed_codes(), **country_codes_map(), **dynamic}
    values: dict[str, str] = {}
    ignored = 0
    for code in text.split(".")[:30]:
        if code in known:
            values.setdefault(*known[code])
        elif code:
            ignored += 1
    return Chosen(values, ignored=ignored)


def country_codes_map() -> dict[str, tuple[str, str]]:
    """Return the opaque codes of the enabled countries."""
    return {filter_code("country", code): ("country", code) for code in country_codes()}


def clean_value(name: str, raw: str, allowed: Iterable[str]) -> str:
    """Return a filter's value from a form or API, or an empty string when it is none of ``allowed``."""
    value = raw.strip()
    return value if value in set(allowed) else ""


def to_query(
    chosen: Chosen,
    count_facets: Mapping[str, tuple[str, ...]] | None = None,
    restrict: Mapping[str, str] | None = None,
) -> SearchQuery:
    """Return the engine's query for services; ``restrict`` is what is looked at, not a filter."""
    facets = {name: value for name, value in chosen.values.items() if BY_NAME[name].kind != "number"}
    numbers = {name: int(value) for name, value in chosen.values.items() if BY_NAME[name].kind == "number"}
    return SearchQuery(
        kind="service",
        words=chosen.words,
        as_typed=chosen.as_typed,
        chosen=facets,
        numbers=numbers,
        restrict=restrict or {},
        count_facets=count_facets or {},
    )
