"""The parameters of the API, declared once: what they take, how they are read, what a bad one is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

from django.http import QueryDict

from directory.choices import AreaLevel, OrganizationKind
from directory.filters import FILTERS, YES, Filter
from directory.models import Area, TaxonomyTerm
from directory.places import find_place
from portal import languages
from portal.folding import fold
from portal.plugins.registry import country_codes

MOST_LETTERS = 120
MOST_DIGITS = 6
PER_PAGE = 50
MOST_PER_PAGE = 200
MOST_SUGGESTIONS = 8
TRUE = ("true", "yes", "1")
FALSE = ("false", "no", "0")
Values = Callable[[], Iterable[str]]


class BadParameterError(Exception):
    """A parameter that cannot be understood; ``allowed`` says what can, in words or as a list."""

    def __init__(self, parameter: str, error: str, allowed: Iterable[str]) -> None:
        super().__init__(error)
        self.parameter = parameter
        self.error = error
        self.allowed = list(allowed)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query. ``kind`` is "text", "choice", "number", "flag", "switch", "place" or "id".

    A flag can only be chosen; a switch is on or off. ``filter`` names the filter that it chooses.
    """

    name: str
    kind: str
    description: str
    values: Values = tuple
    low: int = 0
    high: int = 0
    filter: str = ""

    def read(self, raw: str) -> str:
        """Return the value in its one form; raises :class:`BadParameterError` saying what is allowed."""
        readers = {"choice": self._choice, "number": self._number, "text": self._text, "id": self._id}
        readers |= {"flag": self._flag, "switch": self._switch, "place": self._text}
        return readers[self.kind](raw)

    def bad(self, allowed: Iterable[str]) -> BadParameterError:
        """Return the error that says what this parameter takes."""
        return BadParameterError(self.name, f"The value of {self.name} is not allowed.", allowed)

    def _choice(self, raw: str) -> str:
        by_lower = {value.lower(): value for value in self.values()}
        if raw.lower() not in by_lower:
            raise self.bad(by_lower.values())
        return by_lower[raw.lower()]

    def _number(self, raw: str) -> str:
        is_number = raw.isascii() and raw.isdigit() and len(raw) <= MOST_DIGITS
        if not is_number or not self.low <= int(raw) <= self.high:
            raise self.bad([f"a whole number from {self.low} to {self.high}"])
        return str(int(raw))

    def _text(self, raw: str) -> str:
        if len(raw) > MOST_LETTERS or "\x00" in raw:
            raise self.bad([f"a text of at most {MOST_LETTERS} letters"])
        return raw

    def _flag(self, raw: str) -> str:
        if raw.lower() not in TRUE:
            raise self.bad(TRUE)
        return YES

    def _switch(self, raw: str) -> str:
        if raw.lower() not in (*TRUE, *FALSE):
            raise self.bad((*TRUE, *FALSE))
        return YES if raw.lower() in TRUE else ""

    def _id(self, raw: str) -> str:
        try:
            return str(UUID(raw))
        except ValueError:
            raise self.bad(["an id (UUID), as this API gives it"]) from None


def need_slugs() -> tuple[str, ...]:
    """Return the slugs of all needs, in their order."""
    needs = TaxonomyTerm.objects.filter(taxonomy__key="needs").order_by("order")
    return tuple(needs.values_list("slug", flat=True))


def _of_filter(item: Filter) -> Parameter:
    """Return the API parameter of a declared filter (house rule 4)."""
    dynamic: Mapping[str, Values] = {
        "need": need_slugs,
        "country": country_codes,
        "language": lambda: languages.CODES,
    }
    words = str(item.label).rstrip("?")
    if item.name == "area":
        return Parameter(item.parameter, "place", PLACE_WORDS, filter=item.name)
    if item.kind == "number":
        ages = [int(value) for value in item.values()]
        return Parameter(
            item.parameter, "number", "Age in years.", low=min(ages), high=max(ages), filter=item.name
        )
    kind = "flag" if item.kind == "flag" else "choice"
    return Parameter(item.parameter, kind, words, dynamic.get(item.name, item.values), filter=item.name)


PLACE_WORDS = "A municipality: its name in any script, with or without diacritics, or its search key."
LANGUAGE = Parameter("language", "choice", "Language in which names are given.", lambda: languages.CODES)
PAGE = Parameter("page", "number", "Number of the page, from 1.", low=1, high=10**MOST_DIGITS - 1)
SIZE = Parameter("per_page", "number", f"Records a page, {PER_PAGE} when absent.", low=1, high=MOST_PER_PAGE)
FULL = Parameter("full", "switch", "Nest everything: organization, phones, areas …")
SEARCH = Parameter("search", "text", "Words to look for, in any language and script.")
COUNTRY = Parameter("country", "choice", "Country, ISO 3166-1 alpha-2.", country_codes)
KIND = Parameter("kind", "choice", "Kind of provider.", lambda: OrganizationKind.values)
PLACE = Parameter("municipality", "place", PLACE_WORDS)
TERM = Parameter("taxonomy_term", "id", "Only services that have this term.")
HSDS_TERM = Parameter("taxonomy_term_id", "id", "The same as taxonomy_term, under its name in HSDS.")
TAXONOMY = Parameter("taxonomy_id", "id", "Only terms of this taxonomy.")

PAGED = (LANGUAGE, PAGE, SIZE)
SERVICES = (
    SEARCH, *(_of_filter(item) for item in FILTERS if item.in_api), TERM, HSDS_TERM, *PAGED, FULL,
)  # fmt: skip
ORGANIZATIONS = (SEARCH, KIND, COUNTRY, PLACE, *PAGED, FULL)
TERMS = (SEARCH, TAXONOMY, *PAGED)
DETAIL = (LANGUAGE,)


def read(query: QueryDict, declared: Sequence[Parameter]) -> dict[str, str]:
    """Return the parameters that say something, by name. An empty one is an absent one.

    Raises :class:`BadParameterError` for a name that is not declared, a value that is not allowed, or two
    different values of one parameter.
    """
    known = {parameter.name: parameter for parameter in declared}
    values: dict[str, str] = {}
    for name, raws in query.lists():
        said = list(dict.fromkeys(raw.strip() for raw in raws if raw.strip()))
        if name not in known:
            raise BadParameterError(name[:MOST_LETTERS], "This parameter is not known here.", known)
        if len(said) > 1:
            raise BadParameterError(name, f"{name} is given more than once.", ["one value"])
        if said:
            values[name] = known[name].read(said[0])
    return {name: value for name, value in values.items() if value}


def find_area(typed: str, country: str = "") -> Area:
    """Return the municipality, or the city of several, that a name means for certain.

    A municipality's own name in any language is always certain. Raises :class:`BadParameterError` with what
    it may be: choices of an uncertain place, near misses, or all municipalities when nothing is near.
    """
    areas = Area.objects.filter(country__in=[country] if country else country_codes())
    chosen = _named(typed, list(areas.select_related("parent").order_by("country", "search_key")))
    if chosen is not None:
        return chosen
    answer = find_place(typed, country)
    if answer.area is not None:
        return answer.area
    city = answer.choices[0].parent if answer.choices and not answer.suggested else None
    if city is not None and city.is_city and all(area.parent_id == city.pk for area in answer.choices):
        return city
    names = [str(area) for area in answer.choices] or _near(typed, areas)
    raise BadParameterError(
        "municipality",
        "This is no municipality that we know for certain: choose one.",
        names,
    )


def _named(typed: str, areas: list[Area]) -> Area | None:
    """Return the one municipality, or city, whose key or own name this is; a municipality goes first."""
    if by_key := next((area for area in areas if area.key == typed.lower()), None):
        is_choice = by_key.level == AreaLevel.MUNICIPALITY or by_key.is_city
        return by_key if is_choice else None
    key = fold(typed)
    for wanted in (AreaLevel.MUNICIPALITY, AreaLevel.REGION):
        rows = [
            area for area in areas if area.level == wanted and (area.is_city or wanted != AreaLevel.REGION)
        ]
        found = [area for area in rows if key and key in {area.search_key, *_own_names(area)}]
        if len(found) == 1:
            return found[0]
        if found:
            names = sorted(area.key for area in found)
            raise BadParameterError("municipality", "More than one municipality has this name.", names)
    return None


def _own_names(area: Area) -> set[str]:
    names = (getattr(area, f"name_{language.column_suffix}") for language in languages.CATALOGUE)
    return {fold(name) for name in names if name}


def _near(typed: str, areas: Iterable[Area]) -> list[str]:
    names = [str(area) for area in areas if area.level == AreaLevel.MUNICIPALITY]
    by_key = {fold(name): name for name in names}
    close = get_close_matches(fold(typed), by_key, n=MOST_SUGGESTIONS, cutoff=0.7)
    return [by_key[key] for key in close] or names
