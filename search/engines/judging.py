"""Three-valued filters over bitmaps: who matches, who is to be asked, and what every choice would show.

A facet of which only records speak is judged once for all alternatives; only the others are judged plane by plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pyroaring import BitMap

from portal.plugins import Answer, Count, Hit, SearchQuery
from search.engines.bits import EMPTY, Answers, Bits, Choices, Pattern

count = lru_cache(maxsize=50_000)(Count)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Within the records looked at: ``match`` fit for sure, ``shown`` are those and the ones to ask first."""

    match: BitMap
    shown: BitMap


Groups = list[tuple[Pattern, BitMap]]


class _Left:
    """Who some filters leave: per plane and in all, for sure and to be asked; a limit in words makes unsure.

    ``is_whole`` says that no filter told the alternatives of a record apart.
    """

    def __init__(self, bits: Bits, sure: list[BitMap], may: list[BitMap], *, is_whole: bool) -> None:
        self.may = may
        self.plain = sure  # before limits
        self.sure = [each - bits.doubtful(plane) for plane, each in enumerate(sure)]
        self.all_sure, self.all_may = _union(self.sure), _union(self.may)
        self.is_whole = is_whole

    def without(self, bits: Bits, hidden: BitMap) -> _Left:
        """Return the same without some records."""
        sure, may = ([one - hidden for one in planes] for planes in (self.plain, self.may))
        return _Left(bits, sure, may, is_whole=self.is_whole)

    @cached_property
    def sure_groups(self) -> Groups:
        """Who is left for sure, by the alternatives in which."""
        return _by_pattern(self.sure)

    @cached_property
    def may_groups(self) -> Groups:
        """Who is left, by the alternatives in which."""
        return _by_pattern(self.may)


def _by_pattern(planes: Sequence[BitMap]) -> Groups:
    """Return the members of these planes, each once, by the planes in which they are."""
    groups: Groups = []
    for plane, left in enumerate(planes):
        if not left:
            continue
        parts: Groups = []
        for pattern, numbers in groups:
            if left.intersect(numbers):
                parts.append(((*pattern, plane), numbers & left))
                numbers, left = numbers - left, left - numbers
            if numbers:
                parts.append((pattern, numbers))
        if left:
            parts.append(((plane,), left))
        groups = parts
    return groups


class Judge:
    """Judges one query over the records ``base``; ``base`` holds nobody outside the words and the limits."""

    def __init__(self, bits: Bits, query: SearchQuery, base: BitMap) -> None:
        self._bits = bits
        self._counted = query.count_facets
        self._base = base
        self._judged = base & bits.get("plane", "0")  # without an alternative nothing fits
        self._chosen = {**query.chosen, **{name: str(number) for name, number in query.numbers.items()}}
        self._own_names = own = [name for name in self._chosen if bits.has_own(name)]
        self._shared = {
            name: bits.plane_answers("0", name, self._chosen[name])
            for name in self._chosen
            if name not in own
        }
        self._own = [
            {name: bits.plane_answers(str(plane), name, self._chosen[name]) for name in own}
            for plane in range(bits.planes)
        ]
        self._left: dict[str, _Left] = {}

    def verdict(self) -> Verdict:
        """Return who is shown; with nothing chosen nothing is judged and everybody matches."""
        if not self._chosen:
            return Verdict(self._base, self._base)
        left = self._without("")
        return Verdict(left.all_sure, left.all_may)

    def counts(self) -> dict[str, dict[str, Count]]:
        """Return, for every choice of the counted facets, what choosing it would show."""
        return {
            name: self._facet_counts(name, values, name if name in self._chosen else "")
            for name, values in self._counted.items()
        }

    def left_out(self, shown: BitMap) -> dict[str, int]:
        """Return, per chosen filter, how many it alone keeps out; filters that keep nobody out are absent."""
        found = {name: len(self._without(name).all_may) - len(shown) for name in self._chosen}
        return {name: number for name, number in found.items() if number}

    def hit(self, key: str, number: int) -> Hit:
        """Return what a record says: its best alternative's worst answer, as ``search.evaluation`` has it."""
        if number not in self._judged:
            return Hit(key, Answer.NO, {}, -1)
        if not self._chosen:
            return Hit(key, Answer.MATCH, {}, 0)
        shared = {name: _answer(number, pair) for name, pair in self._shared.items()}
        best = Hit(key, Answer.NO, {}, -1)
        for plane, own in enumerate(self._own):
            if plane and number not in self._bits.get("plane", str(plane)):
                break
            said = {name: _answer(number, pair) for name, pair in own.items()}
            answers = {name: said[name] if name in said else shared[name] for name in self._chosen}
            worst = min(answers.values())
            if worst is Answer.MATCH and number in self._bits.doubtful(plane):
                worst = Answer.ASK
            if best.alternative < 0 or worst > best.answer:
                best = Hit(key, worst, answers, plane)
        return best

    def _without(self, name: str) -> _Left:
        """Return who is left by all chosen filters but one; an empty name drops none."""
        if name not in self._left:
            pairs = [pair for each, pair in self._shared.items() if each != name]
            pairs.sort(key=lambda pair: len(pair[1]))
            sure = may = self._judged
            for match, alive in pairs:
                sure, may = sure & match, may & alive
            whole = all(each == name for each in self._own_names)
            self._left[name] = _Left(self._bits, *self._by_plane(name, sure, may), is_whole=whole)
        return self._left[name]

    def _by_plane(self, without: str, sure: BitMap, may: BitMap) -> tuple[list[BitMap], list[BitMap]]:
        all_sure, all_may = [], []
        for plane, own in enumerate(self._own):
            here, alive = sure, may
            if plane and all(name == without for name in own):
                having = self._bits.get("plane", str(plane))
                here, alive = here & having, alive & having
            for name, (match, shown) in own.items():
                if name != without:
                    here, alive = here & match, alive & shown
            all_sure.append(here)
            all_may.append(alive)
        return all_sure, all_may

    def _facet_counts(self, name: str, values: tuple[str, ...], without: str) -> dict[str, Count]:
        left = self._without(without)
        if hidden := self._bits.get("uncounted", name):
            left = left.without(self._bits, hidden)
        tally = _Tally(values)
        if not self._bits.has_own(name):
            choices = self._bits.choices((0,), name, values)
            tally.add_sure(choices, left.all_sure)
            tally.add_may(choices, left.all_may)
        elif left.is_whole:  # then it is known beforehand who says what by any alternative
            choices = self._bits.choices(None, name, values)
            tally.add_sure(choices, left.plain[0] if left.plain else EMPTY)
            tally.add_may(choices, left.all_may)
        else:
            for pattern, numbers in left.sure_groups:
                tally.add_sure(self._bits.choices(pattern, name, values), numbers)
            for pattern, numbers in left.may_groups:
                tally.add_may(self._bits.choices(pattern, name, values), numbers)
        return tally.counts()


class _Tally:
    """Adds up what the choices of one facet would show."""

    def __init__(self, values: Sequence[str]) -> None:
        self._values = values
        self._matches = dict.fromkeys(values, 0)
        self._shown = dict.fromkeys(values, 0)

    def add_sure(self, choices: Choices, numbers: BitMap) -> None:
        """Count who matches, among those left for sure."""
        if numbers:
            counted, counting = self._matches, numbers.intersection_cardinality
            for value, match, _ in choices.each:
                counted[value] += counting(match)

    def add_may(self, choices: Choices, numbers: BitMap) -> None:
        """Count who does not refuse, among those left."""
        if numbers:
            counted, counting = self._shown, numbers.intersection_cardinality
            always = counting(choices.always)
            for value, _, other in choices.each:
                counted[value] += always + counting(other) if other else always

    def counts(self) -> dict[str, Count]:
        """Return the sums by value."""
        matches, shown = self._matches, self._shown
        return {value: count(matches[value], shown[value] - matches[value]) for value in self._values}


def _answer(number: int, pair: Answers) -> Answer:
    if number in pair[0]:
        return Answer.MATCH
    return Answer.ASK if number in pair[1] else Answer.NO


def _union(planes: Sequence[BitMap]) -> BitMap:
    if len(planes) < 2:
        return planes[0] if planes else BitMap()
    return BitMap.union(*planes)


def restricted(bits: Bits, base: BitMap, restrict: Mapping[str, str]) -> BitMap:
    """Return those of ``base`` that lie for sure within ``restrict``."""
    for name, value in restrict.items():
        base = base & bits.record_answers(name, value)[0]
    return base
