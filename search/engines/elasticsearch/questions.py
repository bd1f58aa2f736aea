"""A plan and its filters as Elasticsearch's queries; their meaning is that of ``search.evaluation``.

Nothing here scores by frequency: a hit's score is an exact sum of constants, read back in ``answers``. Queries are
plain dicts: as objects of the library a query with all its counts takes ten times longer to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.plugins import SearchQuery
from search.engines.elasticsearch.facts import (
    CLOSED,
    HIGHEST,
    KNOWN,
    LOWEST,
    TAKEN_OFF,
    UNCOUNTED,
    Shape,
    cut,
    fact,
    part_range,
    plane_fact,
    range_field,
)
from search.query import Plan, Unit
from search.ranking import Evidence

LIFTED, LEVEL, MATCH = 1024, 4, 1
"""What a hit's score is the sum of: small whole numbers, so that a float holds them exactly."""
MOST_FACTS = 20_000
FEW = 2
"""Up to so many facets their words are picked; that is checked for each word, and longer than counting all."""
COLUMNS = {Evidence.NAME: "name", Evidence.CONCEPTS: "concepts", Evidence.EXACT: "exact"}
WORDS = "words"
PART_FACTS = "parts.facts"


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


class Filters:
    """The three-valued filters of one query, for documents of one shape."""

    def __init__(self, query: SearchQuery, shape: Shape) -> None:
        numbers = {name: str(number) for name, number in query.numbers.items()}
        self.chosen: dict[str, str] = {**query.chosen, **numbers}
        self.shape = shape
        self._always = shape.always.get(query.kind, set())

    def is_range(self, name: str) -> bool:
        """Whether ``name`` is a range; its values are numbers."""
        return name in self.shape.ranges

    def may(self) -> Query:
        """Return a filter for whoever says "no" to none of the chosen filters."""
        apart = self._apart(self.chosen)
        if not apart:
            return self.may_outside("")
        planes = [
            both(flag(f"plane{n}"), unless=[self._plane_refuses(n, *pair) for pair in apart.items()])
            for n in range(self.shape.planes)
        ]
        return both(self.may_outside(""), either(flag("one"), *planes))

    def may_outside(self, without: str) -> Query:
        """Return the same without one filter, as far as the record says it itself or by its only alternative."""
        allowing, refusing = [flag("plane")], []
        for name, value in self._chosen(without).items():
            if name in self._always and not self.is_range(name):
                allowing.append(self.may_match(name, value))
            else:
                refusing.append(self._refuses(name, value))
        return both(*allowing, unless=refusing)

    def may_inside(self, without: str) -> Query:
        """Return the same for parts."""
        refusing = []
        for name, value in self._apart(self._chosen(without)).items():
            closed = term(PART_FACTS, fact(name, CLOSED))
            refusing.append(both(closed, unless=[self.part_bounds(name, value, is_sure=False)]))
        return both(unless=refusing)

    def sure(self) -> Query:
        """Return a filter for whoever matches all chosen filters for sure."""
        apart = self._apart(self.chosen)
        if not apart:
            return self.sure_outside("")
        planes = [
            both(flag(f"sure{n}"), *(self._plane_or_shared(n, *pair) for pair in apart.items()))
            for n in range(self.shape.planes)
        ]
        return both(self.sure_outside(""), either(self.sure_alone(""), *planes))

    def matches(self, name: str, value: str) -> Query:
        """Return a filter for whoever matches by the record or by its only alternative."""
        if self.is_range(name):
            return term(range_field(name), _number(value))
        return _matching("facts", self._starts(name), value)

    def may_match(self, name: str, value: str) -> Query:
        """Return a filter for whoever matches, or is to be asked, by the same."""
        starts = self._starts(name)
        if self.is_range(name):
            return either(self.matches(name, value), having("facts", (f"{start}*a" for start in starts)))
        return having("facts", _may_words(starts, value))

    def sure_outside(self, without: str) -> Query:
        """Return the same without one filter, as far as the record says it itself."""
        chosen = self._chosen(without)
        apart = self._apart(chosen)
        return both(flag("open"), *(self.matches(*pair) for pair in chosen.items() if pair[0] not in apart))

    def sure_alone(self, without: str) -> Query:
        """Return a filter for the only alternative of a record."""
        return both(
            flag("sure"), *(self.matches(*pair) for pair in self._apart(self._chosen(without)).items())
        )

    def sure_inside(self, without: str) -> Query:
        """Return the same for parts."""
        apart = self._apart(self._chosen(without))
        return both(
            term(PART_FACTS, "sure"), *(self.part_bounds(*pair, is_sure=True) for pair in apart.items())
        )

    def part_bounds(self, name: str, value: str, *, is_sure: bool) -> Query:
        """Return a filter for parts that name ``value``, or bounds around it."""
        if not self.is_range(name):
            if is_sure:
                return _matching(PART_FACTS, [fact(name, "")], value)
            return having(PART_FACTS, (fact(name, f"{word}:{value}") for word in ("m", "a")))
        inside = term(f"parts.ranges.{part_range(name)}", _number(value))
        return both(inside, term(PART_FACTS, fact(name, KNOWN))) if is_sure else inside

    def _starts(self, name: str) -> list[str]:
        return [fact(name, ""), *([fact(name, UNCOUNTED)] if name in self.shape.uncounted else [])]

    def _chosen(self, without: str) -> dict[str, str]:
        return {name: value for name, value in self.chosen.items() if name != without}

    def _apart(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Return the filters that the alternatives of some record answer differently."""
        return {name: value for name, value in chosen.items() if name in self.shape.plane_facets}

    def _refuses(self, name: str, value: str) -> Query:
        speaks = having("facts", (f"{start}h" for start in self._starts(name)))
        return both(speaks, unless=[self.may_match(name, value)])

    def _plane_refuses(self, plane: int, name: str, value: str) -> Query:
        start = plane_fact(plane, name, "")
        if self.is_range(name):
            inside = term(range_field(name, plane), _number(value))
            fits = either(inside, having("planes", [f"{start}*a"]))
        else:
            fits = having("planes", _may_words([start], value))
        return both(having("planes", [f"{start}h"]), unless=[fits])

    def _plane_matches(self, plane: int, name: str, value: str) -> Query:
        if self.is_range(name):
            return term(range_field(name, plane), _number(value))
        return _matching("planes", [plane_fact(plane, name, "")], value)

    def _plane_or_shared(self, plane: int, name: str, value: str) -> Query:
        return either(self.matches(name, value), self._plane_matches(plane, name, value))


def _matching(field: str, starts: Sequence[str], value: str) -> Query:
    named = having(field, (f"{start}{word}:{value}" for start in starts for word in ("m", "am")))
    everyone = having(field, (f"{start}*m" for start in starts))
    asking = having(field, (f"{start}ma:{value}" for start in starts))
    return either(named, both(everyone, unless=[asking]))


def _may_words(starts: Sequence[str], value: str) -> list[str]:
    return [f"{start}{word}" for start in starts for word in (f"m:{value}", f"a:{value}", "*m", "*a")]


def _number(value: str) -> int:
    return max(LOWEST, min(HIGHEST, int(value)))


class Words:
    """What the words of a plan find, and where."""

    def __init__(self, asked: Plan, query: SearchQuery) -> None:
        self._plan = asked
        self.inside = [term("kind", query.kind), *(_said(*pair) for pair in query.restrict.items())]

    def found(self) -> Query:
        """Return a filter for every record that the words find, within the limits of the query."""
        units = self._plan.units
        if not units:
            return both(*self.inside)
        ways = [_unit(unit) for unit in units if unit.links]
        plain = [_unit(unit) for unit in units if not unit.links]
        if plain:
            ways.append(either(*plain, least=self._plan.needed))
        if self._plan.is_distress:
            ways.append(flag("round_the_clock"))
        return both(*self.inside, either(*ways))

    def scores(self) -> list[Query]:
        """Return the parts of a score that come from words."""
        parts = [_constant(_unit(unit), LEVEL * unit.level) for unit in self._plan.units]
        if self._plan.is_distress:
            parts.append(_constant(flag("round_the_clock"), LIFTED))
        return parts

    def evidence(self) -> Query:
        """Return a query that finds everybody and whose named parts tell where the units of a hit stand."""
        named = []
        for number, unit in enumerate(self._plan.units):
            places = [(WORDS, _words(WORDS, unit.words))]
            places += [(column, _words(column, _groups(unit, column))) for column in COLUMNS.values()]
            places.append(("links", _links(unit)))
            named += [_named(each, f"{number} {place}") for place, each in places if each is not None]
        return {"bool": {"must": [{"match_all": {}}], "should": named, "minimum_should_match": 0}}


def _named(query: Query, name: str) -> Query:
    return {"bool": {"filter": [query], "_name": name}}


def _constant(query: Query, boost: int) -> Query:
    return {"constant_score": {"filter": query, "boost": boost}}


def _groups(unit: Unit, column: str) -> tuple[tuple[str, ...], ...]:
    return tuple((word,) for word in unit.exact) if column == "exact" else unit.words


def _words(column: str, groups: Sequence[Sequence[str]]) -> Query | None:
    found = [having(column, dict.fromkeys(cut(token) for token in group)) for group in groups]
    return both(*found) if found else None


def _links(unit: Unit) -> Query | None:
    return either(*(_said(*link) for link in unit.links)) if unit.links else None


def _unit(unit: Unit) -> Query:
    return either(*(each for each in (_words(WORDS, unit.words), _links(unit)) if each is not None))


def _said(name: str, value: str) -> Query:
    """Return a filter for whoever matches for sure by the record itself, not by an alternative."""
    return both(
        term("facts", fact(name, "r")),
        _matching("facts", [fact(name, ""), fact(name, UNCOUNTED)], value),
    )


def hits(words: Words, filters: Filters, *, is_judged: bool, window: tuple[int, int], ranks: bool) -> Query:
    """Return the search for hits from ``window[0]`` on, ``window[1]`` of them, best first.

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
        "sort": [*(["_score"] if scores else []), "static_key", "key"],
        "from": window[0],
        "size": window[1],
        "track_total_hits": True,
        "docvalue_fields": ["key", "static_key", "flags"],
        "_source": ["content"] if is_judged and not ranks else False,
    }


def contents(kind: str, keys: Sequence[str]) -> Query:
    """Return the search for the stored contents of these records."""
    query = both(term("kind", kind), having("key", keys))
    return {"query": query, "_source": ["content"], "size": len(keys), "docvalue_fields": ["key"]}


def counts(
    words: Words, filters: Filters, counted: Mapping[str, Sequence[str]], *, left_out: bool
) -> dict[str, Query]:
    """Return the searches for totals, for what each choice would show, and for what each filter leaves out.

    Each set of records is a search of its own: within one, every filter would be asked of every record found.
    """
    chosen = filters.chosen
    shared = {name: values for name, values in counted.items() if name not in chosen}
    searches: dict[str, Query] = {}
    if chosen:
        searches["found"] = {"query": words.found(), "size": 0, "track_total_hits": True}
    for kind in ("may", "sure"):
        searches[kind] = _counting(words, filters, shared, kind == "sure", "")
        for name in chosen:
            if name in counted or (left_out and kind == "may"):
                own = {name: counted[name]} if name in counted else {}
                searches[f"{kind} {name}"] = _counting(words, filters, own, kind == "sure", name)
    return searches


def _counting(
    words: Words, filters: Filters, counted: Mapping[str, Sequence[str]], is_sure: bool, without: str
) -> Query:
    """Return the search for the counts of these facets within a set of records and their parts."""
    if is_sure:
        outside, alone = filters.sure_outside(without), filters.sure_alone(without)
        inside = filters.sure_inside(without)
    else:
        outside, alone = filters.may_outside(without), flag("one")
        inside = filters.may_inside(without)
    aggs = {"alone": {"filter": alone, "aggs": _tallies(filters, "", counted, is_sure)}}
    if filters.shape.planes:
        told = {"filter": inside, "aggs": _tallies(filters, "parts.", counted, is_sure)}
        aggs["parts"] = {"nested": {"path": "parts"}, "aggs": {"parts": told}}
    return {"query": both(words.found(), outside), "size": 0, "track_total_hits": False, "aggs": aggs}


def _tallies(filters: Filters, path: str, counted: Mapping[str, Sequence[str]], is_sure: bool) -> Query:
    counting: Query = {"field": f"{path}tallies", "size": MOST_FACTS}
    if len(counted) <= FEW:
        names = "|".join(f"{_escaped(fact(name, ''))}.*" for name in counted)
        counting["include"] = f"{TAKEN_OFF}|{TAKEN_OFF}?({names})" if counted else TAKEN_OFF
    aggs: Query = {"words": {"terms": counting}}
    for name, values in counted.items():
        if filters.is_range(name):
            found = _of_parts(filters, name, values, is_sure) if path else _of_records(filters, name, values)
            aggs[f"range {name}"] = {"filters": {"filters": found}}
    return aggs


def _of_records(filters: Filters, name: str, values: Sequence[str]) -> Query:
    """Return the counts of a range's numbers, for records of one alternative."""
    hidden = having("facts", [fact(name, UNCOUNTED + "h")])
    return {value: both(filters.matches(name, value), unless=[hidden]) for value in values}


def _of_parts(filters: Filters, name: str, values: Sequence[str], is_sure: bool) -> Query:
    hidden, taken_off = term(PART_FACTS, fact(name, UNCOUNTED)), term(PART_FACTS, TAKEN_OFF)
    found: Query = {}
    for value in values:
        bounds = filters.part_bounds(name, value, is_sure=is_sure)
        found[value] = both(bounds, unless=[hidden, taken_off])
        found[TAKEN_OFF + value] = both(bounds, taken_off, unless=[hidden])
    return found


def _escaped(text: str) -> str:
    return "".join(sign if sign.isalnum() else f"\\{sign}" for sign in text)
