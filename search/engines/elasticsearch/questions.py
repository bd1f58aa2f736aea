"""A plan and its filters as Elasticsearch's queries; their meaning is that of ``search.evaluation``.

Nothing here scores by frequency: a hit's score is an exact sum of constants, read back in ``answers``. Queries are
plain dicts: as objects of the library a query with all its counts takes ten times longer to make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from portal.plugins import SearchQuery
from search.engines.elasticsearch.facts import (
    ADDED,
    CLOSED,
    HERE,
    HIGHEST,
    KNOWN,
    LOWEST,
    UNREFUSED,
    cut,
    fact,
    field_of,
    said_fact,
)
from search.engines.elasticsearch.shape import Shape
from search.query import Plan, Unit
from search.ranking import Evidence

LIFTED, LEVEL, MATCH = 1024, 4, 1
"""What a hit's score is the sum of: small whole numbers, so that a float holds them exactly."""
COLUMNS = {Evidence.NAME: "name", Evidence.CONCEPTS: "concepts", Evidence.EXACT: "exact"}
WORDS, SPECIALISED = "words", "specialised"
INSIDE = "parts."
"""Stands before each field of the parts of a record."""


Query = dict[str, Any]


def both(*queries: Query, unless: Sequence[Query] = ()) -> Query:
    """Return a filter for whoever has all of ``queries`` and none of ``unless``."""
    if len(queries) == 1 and not unless:
        return queries[0]
    return {"bool": {"filter": list(queries), "must_not": list(unless)}}


def either(*queries: Query, least: int = 1) -> Query:
    """Return a filter for whoever has at least ``least`` of ``queries``."""
    if len(queries) == least == 1:
        return queries[0]
    return {"bool": {"should": list(queries), "minimum_should_match": least}}


def having(field: str, words: Iterable[str]) -> Query:
    """Return a filter for whoever has one of these words."""
    return {"terms": {field: list(words)}}


def term(field: str, value: str | int) -> Query:
    """Return a filter for whoever has this word, or a range around this number."""
    return {"term": {field: value}}


def flag(name: str) -> Query:
    """Return a filter for whoever has a flag."""
    return term("flags", name)


def number(query: Query) -> Query:
    """Return the search for nothing but the number of records."""
    return {"query": query, "size": 0, "track_total_hits": True}


def everything() -> Query:
    """Return the search for the number of documents; how often a word stands is known without a look at them."""
    return number(flag(HERE))


class Asked:
    """Asks for the answers to one facet, by the words that there are in the index."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def is_range(self, name: str) -> bool:
        """Whether ``name`` is a range; its values are numbers."""
        return name in self._shape.ranges

    def matches(self, name: str, value: str, inside: str = "") -> Query:
        """Return a filter for who matches ``value`` for sure; of some alternatives it is who may do so."""
        if self.is_range(name):
            around = self.around(name, value, inside)
            return both(around, term(f"{inside}facts", fact(name, KNOWN))) if inside else around
        return self._matching(f"{inside}facts", name, value, lambda word: fact(name, word))

    def said(self, kind: str, name: str, value: str) -> Query:
        """Return a filter for records of a kind that match by themselves, not by an alternative."""
        return self._matching("said", name, value, lambda word: said_fact(kind, name, word))

    def refuses(self, name: str, value: str, inside: str = "") -> Query | None:
        """Return a filter for who refuses ``value``, or nothing if there is nobody."""
        if not self._is_there(name, CLOSED):
            return None
        closed, named = term(f"{inside}facts", fact(name, CLOSED)), self._named(name, value, inside)
        return both(closed, unless=[] if named is None else [named])

    def allows(self, name: str, value: str) -> Query:
        """Return a filter for who does not refuse ``value``, where every record has a word of the facet."""
        words = [UNREFUSED, f"m:{value}", f"a:{value}"]
        return self._having("facts", name, words) or term("facts", fact(name, UNREFUSED))

    def around(self, name: str, value: str, inside: str = "") -> Query:
        """Return a filter for who has the number ``value`` within a range."""
        return term(f"{inside}ranges.{field_of(name)}", max(LOWEST, min(HIGHEST, int(value))))

    def _named(self, name: str, value: str, inside: str) -> Query | None:
        if self.is_range(name):
            return self.around(name, value, inside)
        return self._having(f"{inside}facts", name, [f"m:{value}", f"a:{value}"])

    def _matching(self, field: str, name: str, value: str, worded: Callable[[str], str]) -> Query:
        named, everyone = term(field, worded(f"m:{value}")), term(field, worded("*m"))
        if not self._is_there(name, "*m"):
            return named
        if not self._is_there(name, "x"):
            return having(field, [worded(f"m:{value}"), worded("*m")])
        return either(named, both(everyone, unless=[term(field, worded(f"x:{value}"))]))

    def _having(self, field: str, name: str, words: Iterable[str]) -> Query | None:
        there = [fact(name, word) for word in words if self._is_there(name, word.partition(":")[0])]
        return having(field, there) if there else None

    def _is_there(self, name: str, form: str) -> bool:
        return fact(name, form) in self._shape.forms


class Filters:
    """The three-valued filters of one query, for documents of one shape.

    A record is looked at as a whole first. That decides of those with one alternative; of the others, for which
    some filters are answered by their alternatives, one of the parts must pass as well.
    """

    def __init__(self, query: SearchQuery, shape: Shape) -> None:
        numbers = {name: str(number) for name, number in query.numbers.items()}
        self.chosen: dict[str, str] = {**query.chosen, **numbers}
        self.shape = shape
        self.asked = Asked(shape)
        self._always = shape.always.get(query.kind, set())
        self._fitting = [flag("plane")] if query.kind in shape.bare else []

    def may(self, without: str = "") -> Query:
        """Return a filter for whoever says "no" to none of the chosen filters but one."""
        outside = self.may_outside(without)
        if self.is_told_outside(without):
            return outside
        return both(outside, _in_a_part([], self._refusing_inside(without)))

    def sure(self, without: str = "") -> Query:
        """Return a filter for whoever matches all chosen filters but one for sure."""
        outside = self.sure_outside(without)
        if not self._apart(without):
            return outside
        return both(outside, _in_a_part(self._matching_inside(without), []))

    def may_outside(self, without: str) -> Query:
        """Return a filter for records that may not refuse the chosen filters but one."""
        allowing, refusing = [*self._fitting], []
        for name, value in self._chosen(without).items():
            if name in self._always and not self.asked.is_range(name):
                allowing.append(self.asked.allows(name, value))
            elif (refuses := self.asked.refuses(name, value)) is not None:
                refusing.append(refuses)
        return both(*allowing, unless=refusing)

    def sure_outside(self, without: str) -> Query:
        """Return a filter for records that may match the chosen filters but one."""
        return both(flag("open"), *(self.asked.matches(*pair) for pair in self._chosen(without).items()))

    def may_inside(self, without: str) -> Query:
        """Return a filter for parts that do not refuse the chosen filters but one."""
        return both(unless=self._refusing_inside(without))

    def sure_inside(self, without: str) -> Query:
        """Return a filter for parts that match the chosen filters but one."""
        return both(*self._matching_inside(without))

    def _refusing_inside(self, without: str) -> list[Query]:
        found = (self.asked.refuses(*pair, INSIDE) for pair in self._apart(without).items())
        return [each for each in found if each is not None]

    def _matching_inside(self, without: str) -> list[Query]:
        matches = (self.asked.matches(*pair, INSIDE) for pair in self._apart(without).items())
        return [term(f"{INSIDE}facts", "sure"), *matches]

    def _chosen(self, without: str) -> dict[str, str]:
        return {name: value for name, value in self.chosen.items() if name != without}

    def is_free(self, without: str) -> bool:
        """Whether nothing is chosen, or nothing but ``without``."""
        return not self._chosen(without)

    def is_told_outside(self, without: str) -> bool:
        """Whether a record itself tells if the chosen filters but one let it pass as one that may fit."""
        return len(self._apart(without)) < 2  # whom any alternative does not refuse is not refused

    def is_whole(self, without: str) -> bool:
        """Whether none of the chosen filters but one tells the alternatives of a record apart."""
        return not self._apart(without)

    def _apart(self, without: str) -> dict[str, str]:
        """Return the filters but one which the alternatives of some record answer differently."""
        return {name: value for name, value in self._chosen(without).items() if name in self.shape.apart}


def _in_a_part(having_all: Sequence[Query], having_none: Sequence[Query]) -> Query:
    """Return a filter for records of one alternative, and for those of which a part passes."""
    passing = both(term(f"{INSIDE}facts", ADDED), *having_all, unless=having_none)
    return either(flag("one"), {"nested": {"path": "parts", "query": passing, "score_mode": "none"}})


class Words:
    """What the words of a plan find, and where."""

    def __init__(self, asked: Plan, query: SearchQuery, shape: Shape) -> None:
        self._plan = asked
        self._kind = query.kind
        self._asked = Asked(shape)
        limits = [self._said(*pair) for pair in query.restrict.items()]
        self.inside = limits or [term("kind", query.kind)]

    def found(self) -> Query:
        """Return a filter for every record that the words find, within the limits of the query."""
        units = self._plan.units
        if not units:
            return both(*self.inside)
        ways = [self._unit(unit) for unit in units if unit.links]
        plain = [self._unit(unit) for unit in units if not unit.links]
        if plain:
            ways.append(either(*plain, least=self._plan.needed))
        if self._plan.is_distress:
            ways.append(flag("round_the_clock"))
        return both(*self.inside, either(*ways))

    def scores(self) -> list[Query]:
        """Return the parts of a score that come from words."""
        parts = [_constant(self._unit(unit), LEVEL * unit.level) for unit in self._plan.units]
        if self._plan.is_distress:
            parts.append(_constant(flag("round_the_clock"), LIFTED))
        return parts

    def evidence(self) -> Query:
        """Return a query that finds everybody and whose named parts tell where the units of a hit stand."""
        named = [_named(flag(SPECIALISED), SPECIALISED)]
        for number, unit in enumerate(self._plan.units):
            places = [(WORDS, _words(WORDS, unit.words))]
            places += [(column, _words(column, _groups(unit, column))) for column in COLUMNS.values()]
            places.append(("links", self._links(unit)))
            named += [_named(each, f"{number} {place}") for place, each in places if each is not None]
        return {"bool": {"must": [{"match_all": {}}], "should": named, "minimum_should_match": 0}}

    def _unit(self, unit: Unit) -> Query:
        return either(*(each for each in (_words(WORDS, unit.words), self._links(unit)) if each is not None))

    def _links(self, unit: Unit) -> Query | None:
        return either(*(self._said(*link) for link in unit.links)) if unit.links else None

    def _said(self, name: str, value: str) -> Query:
        return self._asked.said(self._kind, name, value)


def _named(query: Query, name: str) -> Query:
    return {"bool": {"filter": [query], "_name": name}}


def _constant(query: Query, boost: int) -> Query:
    return {"constant_score": {"filter": query, "boost": boost}}


def _groups(unit: Unit, column: str) -> tuple[tuple[str, ...], ...]:
    return tuple((word,) for word in unit.exact) if column == "exact" else unit.words


def _words(column: str, groups: Sequence[Sequence[str]]) -> Query | None:
    found = [having(column, dict.fromkeys(cut(token) for token in group)) for group in groups]
    return both(*found) if found else None


def hits(words: Words, filters: Filters, *, is_judged: bool, window: tuple[int, int], ranks: bool) -> Query:
    """Return the search for hits from ``window[0]`` on, ``window[1]`` of them, best first.

    Score and keys are told with each hit as that by which it is sorted; reading them as fields takes longer.
    ``ranks``: where the units stand is told with each hit; else the stored contents come with them.
    """
    wanted = [words.found()]
    scores = words.scores()
    if is_judged:
        wanted.append(filters.may())
        scores.append(_constant(filters.sure(), MATCH))
    if ranks:
        wanted.append(words.evidence())
    return {
        "query": {"bool": {"filter": wanted, "should": scores}},
        "sort": ["_score", "static_key", "key"],
        "from": window[0],
        "size": window[1],
        "track_total_hits": True,
        **(
            {"docvalue_fields": ["key"], "_source": ["content"]}
            if is_judged and not ranks
            else {"stored_fields": "_none_"}
        ),
    }


def contents(kind: str, keys: Sequence[str]) -> Query:
    """Return the search for the stored contents of these records."""
    query = both(term("kind", kind), having("key", keys))
    return {"query": query, "_source": ["content"], "size": len(keys), "docvalue_fields": ["key"]}
