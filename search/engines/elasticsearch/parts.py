"""A record of several alternatives as parts that can be counted one by one, without looking at the others.

Whoever fits one of the alternatives is to be counted once. So there is a part for each alternative, and one for
each set of them that says what all of the set say: those of even sets are taken off again (inclusion and
exclusion). Parts that say the same cancel each other, and an alternative within another leaves none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from portal.plugins import Answer, Conditions, FacetValues, RangeValues, SearchDocument

OPEN = FacetValues(everything=Answer.ASK)
REMEMBERED = 20_000
"""So many different answers to facets are kept ready while documents are sent: most records give the same few."""


@dataclass(frozen=True, slots=True)
class Part:
    """What some alternatives say together: to each question the worst answer of theirs."""

    facets: frozenset[tuple[str, FacetValues]]
    ranges: frozenset[tuple[str, RangeValues]]
    known: frozenset[str]
    """The ranges that all of them know; others are to be asked about where they do not refuse."""
    is_sure: bool


def parts_of(document: SearchDocument) -> Iterator[tuple[Part, int]]:
    """Yield the parts of a record, each with how often it counts: below nothing when it is taken off."""
    parts: Counter[Part] = Counter()
    for one in alternatives_of(document):
        before = list(parts.items())
        parts[one] += 1
        for part, times in before:
            parts[_together(part, one)] -= times
    yield from ((part, times) for part, times in parts.items() if times)


def alternatives_of(document: SearchDocument) -> list[Part]:
    """Return each alternative by itself, with what the record says for all of them."""
    return [_alone(document, conditions) for conditions in document.alternatives]


def best_of(parts: Sequence[Part]) -> dict[str, FacetValues]:
    """Return the best answers that any of these parts gives, by facet; what is wholly open is left out."""
    told = [dict(part.facets) for part in parts]
    names = {name for facets in told for name in facets}
    found = {name: reduce(_best, (facets.get(name, OPEN) for facets in told)) for name in names}
    return {name: values for name, values in found.items() if values != OPEN}


def _alone(document: SearchDocument, conditions: Conditions) -> Part:
    facets = {
        name: plain(values) for name, values in conditions.facets.items() if name not in conditions.ranges
    }
    facets |= {name: plain(values) for name, values in document.facets.items()}
    ranges = {name: values for name, values in conditions.ranges.items() if not values.unknown}
    return Part(
        frozenset((name, values) for name, values in facets.items() if values != OPEN),
        frozenset(ranges.items()),
        frozenset(ranges),
        not conditions.limited and not document.ask_always,
    )


def _together(part: Part, other: Part) -> Part:
    facets, others = dict(part.facets), dict(other.facets)
    worst = {
        name: _worst(facets.get(name, OPEN), others.get(name, OPEN)) for name in facets.keys() | others.keys()
    }
    ranges = dict(part.ranges)
    for name, values in other.ranges:
        ranges[name] = _within(ranges[name], values) if name in ranges else values
    return Part(
        frozenset((name, values) for name, values in worst.items() if values != OPEN),
        frozenset(ranges.items()),
        part.known & other.known,
        part.is_sure and other.is_sure,
    )


@lru_cache(maxsize=REMEMBERED)
def _worst(one: FacetValues, other: FacetValues) -> FacetValues:
    return _chosen(one, other, min)


@lru_cache(maxsize=REMEMBERED)
def _best(one: FacetValues, other: FacetValues) -> FacetValues:
    return _chosen(one, other, max)


def _chosen(one: FacetValues, other: FacetValues, choose: Callable[[Answer, Answer], Answer]) -> FacetValues:
    if one == other:
        return one
    named = one.match | one.ask | other.match | other.ask
    answers = {value: choose(one.answer(value), other.answer(value)) for value in named}
    return _told(answers, choose(one.everything, other.everything))


@lru_cache(maxsize=REMEMBERED)
def plain(values: FacetValues) -> FacetValues:
    """Return the same without names of values that are answered as all others are."""
    return _told({value: values.answer(value) for value in values.match | values.ask}, values.everything)


def _told(answers: dict[str, Answer], everything: Answer) -> FacetValues:
    """Return the values that are answered otherwise than the rest."""
    match, ask = (
        frozenset(value for value, answer in answers.items() if answer is kind and kind is not everything)
        for kind in (Answer.MATCH, Answer.ASK)
    )
    return FacetValues(match, ask, everything)


def _within(one: RangeValues, other: RangeValues) -> RangeValues:
    lows = [each.low for each in (one, other) if each.low is not None]
    highs = [each.high for each in (one, other) if each.high is not None]
    return RangeValues(max(lows, default=None), min(highs, default=None))
