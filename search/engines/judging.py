"""Three-valued filters over bitmaps: who matches, who is to be asked, and what every choice would show.

A facet of which only records speak is judged once for all alternatives; only the others are judged plane by plane.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial, reduce
from operator import add, and_, or_

from pyroaring import BitMap

from portal.plugins import Answer, Count, Hit, SearchQuery
from search.engines.bits import EMPTY, Answers, Bits, Choice, Choices, Sets

count = lru_cache(maxsize=50_000)(Count)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Within the records looked at: ``match`` fit for sure, ``shown`` are those and the ones to ask first."""

    match: BitMap
    shown: BitMap


Planes = tuple[list[BitMap], list[BitMap]]
"""By alternative, who is left for sure, and who is left."""


@dataclass(frozen=True, slots=True)
class _Own:
    """Whom the filters leave of which alternatives speak: by any alternative, and by each.

    Without ``planes`` there is no such filter, and nothing tells the alternatives of a record apart.
    """

    any: Answers
    planes: Planes | None = None


class _Left:
    """Whom some filters leave, for sure and to be asked; a limit in words makes unsure.

    ``shared`` is what those say of which only records speak, ``own`` what all others say.
    """

    def __init__(self, shared: Answers, own: _Own) -> None:
        self.shared = shared
        self.own = own
        self.sure, self.may = shared[0] & own.any[0], shared[1] & own.any[1]

    def without(self, hidden: BitMap) -> _Left:
        """Return the same without some records."""
        return _Left((self.shared[0] - hidden, self.shared[1] - hidden), self.own)

    def by_alternative(self, side: int) -> list[BitMap]:
        """Return who is left by each alternative, for sure (0) or in all (1)."""
        return [one & self.shared[side] for one in self.own.planes[side]] if self.own.planes else []


class Judge:
    """Judges one query over the records ``base``; ``base`` holds nobody outside the words and the limits."""

    def __init__(self, bits: Bits, query: SearchQuery, base: BitMap) -> None:
        self._bits = bits
        self._counted = query.count_facets
        self._base = base
        self._judged = base & bits.get("plane", "0")  # without an alternative nothing fits
        self._chosen = {**query.chosen, **{name: str(number) for name, number in query.numbers.items()}}
        self._own_names = [name for name in self._chosen if bits.has_own(name)]
        self._shared = {
            name: bits.plane_answers("0", name, value)
            for name, value in self._chosen.items()
            if name not in self._own_names
        }
        self._left: dict[str, _Left] = {}
        self._left_by_shared: dict[str, Answers] = {}
        self._left_by_own: dict[str, _Own] = {}

    def verdict(self) -> Verdict:
        """Return who is shown; with nothing chosen nothing is judged and everybody matches."""
        if not self._chosen:
            return Verdict(self._base, self._base)
        left = self._without("")
        return Verdict(left.sure, left.may)

    def counts(self) -> dict[str, dict[str, Count]]:
        """Return, for every choice of the counted facets, what choosing it would show."""
        found: dict[str, dict[str, Count]] = {name: {} for name in self._counted}
        together: dict[_Left, list[Choice]] = {}
        for name, values in self._counted.items():
            left = self._without(name if name in self._chosen else "")
            if hidden := self._bits.get("uncounted", name):
                left = left.without(hidden)
            if left.own.planes is not None and self._bits.has_own(name):
                together.setdefault(left, []).extend((name, value) for value in values)
            else:
                found[name] = self._facet_counts(left, name, values)
        for left, choices in together.items():
            for (name, value), number in self._counted_once(left, tuple(choices)):
                found[name][value] = number
        return found

    def left_out(self, shown: BitMap) -> dict[str, int]:
        """Return, per chosen filter, how many it alone keeps out; filters that keep nobody out are absent."""
        found = {name: len(self._without(name).may) - len(shown) for name in self._chosen}
        return {name: number for name, number in found.items() if number}

    def hit(self, key: str, number: int) -> Hit:
        """Return what a record says: its best alternative's worst answer, as ``search.evaluation`` has it."""
        if number not in self._judged:
            return Hit(key, Answer.NO, {}, -1)
        if not self._chosen:
            return Hit(key, Answer.MATCH, {}, 0)
        shared = {name: _answer(number, pair) for name, pair in self._shared.items()}
        best = Hit(key, Answer.NO, {}, -1)
        for plane, own in enumerate(self._own_answers):
            if plane and number not in self._bits.get("plane", str(plane)):
                break
            said = {name: _answer(number, pair) for name, pair in own.items()}
            answers = {name: said[name] if name in said else shared[name] for name in self._chosen}
            worst = min(answers.values())
            if worst is Answer.MATCH and number in self._bits.doubtful[plane]:
                worst = Answer.ASK
            if best.alternative < 0 or worst > best.answer:
                best = Hit(key, worst, answers, plane)
        return best

    @cached_property
    def _own_answers(self) -> list[dict[str, Answers]]:
        """By alternative, what it says to each filter that tells alternatives apart."""
        return [
            {name: self._bits.plane_answers(str(plane), name, self._chosen[name]) for name in self._own_names}
            for plane in range(self._bits.planes)
        ]

    # --- who is left by all chosen filters but one; an empty name drops none ---------------------------------

    def _without(self, name: str) -> _Left:
        if name not in self._left:
            shared = self._shared_without(name if name in self._shared else "")
            own = self._own_without(name if name in self._own_names else "")
            self._left[name] = _Left(shared, own)
        return self._left[name]

    def _shared_without(self, name: str) -> Answers:
        if name not in self._left_by_shared:
            pairs = [pair for each, pair in self._shared.items() if each != name]
            pairs.sort(key=lambda pair: len(pair[1]))
            sure = may = self._judged
            for match, alive in pairs:
                sure, may = sure & match, may & alive
            self._left_by_shared[name] = sure, may
        return self._left_by_shared[name]

    def _own_without(self, name: str) -> _Own:
        if name not in self._left_by_own:
            self._left_by_own[name] = self._own_by([each for each in self._own_names if each != name])
        return self._left_by_own[name]

    def _own_by(self, names: Sequence[str]) -> _Own:
        bits = self._bits
        if not names:
            return _Own((bits.certain, bits.get("plane", "0")))
        planes: Planes = ([], [])
        for plane in range(bits.planes):
            answers = [bits.certain_answers(plane, name, self._chosen[name]) for name in names]
            for into, sets in zip(planes, zip(*answers, strict=True), strict=True):
                into.append(reduce(and_, sets))
        if len(names) == 1:
            return _Own(bits.any_answers(names[0], self._chosen[names[0]]), planes)
        return _Own((BitMap.union(EMPTY, *planes[0]), BitMap.union(EMPTY, *planes[1])), planes)

    # --- counts ----------------------------------------------------------------------------------------------

    def _facet_counts(self, left: _Left, name: str, values: tuple[str, ...]) -> dict[str, Count]:
        choices = self._bits.choices(name, values)
        # Where nothing tells alternatives apart it is known beforehand who says what by any of them.
        matches, shown = _counted(
            choices, *(left.shared if self._bits.has_own(name) else (left.sure, left.may))
        )
        return {value: count(m, may - m) for value, m, may in zip(values, matches, shown, strict=True)}

    def _counted_once(self, left: _Left, choices: tuple[Choice, ...]) -> Iterator[tuple[Choice, Count]]:
        """Yield how many are left by an alternative that says so to a choice, each counted once."""
        answers = [self._bits.answers_of(plane, choices) for plane in range(self._bits.planes)]
        several = self._bits.get("plane", "1")
        matches, shown = (
            _sizes_of_any(left.by_alternative(side), [each[side] for each in answers], several)
            for side in (0, 1)
        )
        for choice, match, may in zip(choices, matches, shown, strict=True):
            yield choice, count(match, may - match)


def _counted(choices: Choices, sure: BitMap, may: BitMap) -> tuple[list[int], list[int]]:
    """Return, by value, how many of the sure ones match, and how many of all do not refuse."""
    matches = _sizes(sure, choices.matches)
    always = may.intersection_cardinality(choices.always)
    if not choices.others:
        return matches, [always] * len(choices.values)
    return matches, [always + size for size in _sizes(may, choices.others)]


def _sizes(numbers: BitMap, sets: Sets) -> list[int]:
    """Return how many of each set are among ``numbers``."""
    return list(map(numbers.intersection_cardinality, sets)) if numbers else [0] * len(sets)


def _sizes_of_any(planes: Sequence[BitMap], answers: Sequence[Sets], several: BitMap) -> list[int]:
    """Return, by position, how many are in any plane and in its answer; only ``several`` can be in more than one."""
    first, *others = planes
    sizes = _sizes(first - several, answers[0])
    alive = [
        map(numbers.__and__, sets)
        for numbers, sets in zip([first & several, *others], answers, strict=True)
        if numbers
    ]
    if not alive:
        return sizes
    one, *rest = alive
    again = map(len, one)
    if rest:  # the union of two is counted without making it
        again = map(BitMap.union_cardinality, one, reduce(partial(map, or_), rest))
    return list(map(add, sizes, again))


def _answer(number: int, pair: Answers) -> Answer:
    if number in pair[0]:
        return Answer.MATCH
    return Answer.ASK if number in pair[1] else Answer.NO


def restricted(bits: Bits, base: BitMap, restrict: Mapping[str, str]) -> BitMap:
    """Return those of ``base`` that lie for sure within ``restrict``."""
    for name, value in restrict.items():
        base = base & bits.record_answers(name, value)[0]
    return base
