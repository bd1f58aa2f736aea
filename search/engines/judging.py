"""Three-valued filters over bitmaps: who matches, who is to be asked, and what every choice would show.

A facet of which only records speak is judged once for all alternatives; only the others are judged plane by plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyroaring import BitMap

from portal.plugins import Answer, Count, Hit, SearchQuery
from search.engines.bits import ANY, Answers, Bits, Choice

count = lru_cache(maxsize=50_000)(Count)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Within the records looked at: ``match`` fit for sure, ``shown`` are those and the ones to ask first."""

    match: BitMap
    shown: BitMap


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
        self._several: tuple[list[BitMap], list[BitMap]] | None = None

    def several(self) -> tuple[list[BitMap], list[BitMap]]:
        """Return, per plane, those who are left in more planes than one: sure, and to be asked."""
        if self._several is None:
            twice, once = BitMap(), self.may[0]
            for each in self.may[1:]:
                twice, once = twice | (once & each), once | each
            self._several = ([each & twice for each in self.sure], [each & twice for each in self.may])
        return self._several


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
            if plane:
                having = self._bits.get("plane", str(plane))
                sure, may = sure & having, may & having  # each plane lies within the one before
            if not may:
                break
            here, alive = sure, may
            for name, (match, shown) in own.items():
                if name != without:
                    here, alive = here & match, alive & shown
            all_sure.append(here)
            all_may.append(alive)
        return all_sure, all_may

    def _facet_counts(self, name: str, values: tuple[str, ...], without: str) -> dict[str, Count]:
        left = self._without(without)
        if hidden := self._bits.get("uncounted", name):
            sure, may = ([one - hidden for one in planes] for planes in (left.plain, left.may))
            left = _Left(self._bits, sure, may, is_whole=left.is_whole)
        if not self._bits.has_own(name):
            return _counted(self._bits.choices("0", name, values), left.all_sure, left.all_may)
        if left.is_whole:  # then it is known beforehand who says what by any alternative
            return _counted(self._bits.choices(ANY, name, values), _union(left.plain[:1]), left.all_may)
        return self._plane_counts(name, values, left)

    def _plane_counts(self, name: str, values: tuple[str, ...], left: _Left) -> dict[str, Count]:
        """Count plane by plane; only those who are left in several planes need a union."""
        matches, both = dict.fromkeys(values, 0), dict.fromkeys(values, 0)
        several_sure, several_may = left.several() if len(left.may) > 1 else ([], [])
        for plane, may in enumerate(left.may):
            in_one_sure, in_one_may = left.sure[plane], may
            if several_may:
                in_one_sure, in_one_may = in_one_sure - several_may[plane], may - several_may[plane]
            matching, showing = in_one_sure.intersection_cardinality, in_one_may.intersection_cardinality
            for value, match, shown in self._bits.choices(str(plane), name, values) if in_one_may else ():
                matches[value] += matching(match)
                both[value] += showing(shown)
        if several_may and several_may[0]:
            planes = [self._bits.choices(str(plane), name, values) for plane in range(len(left.may))]
            for said in zip(*planes, strict=True):
                value = said[0][0]
                matches[value] += _cardinality(several_sure, [match for _, match, _ in said])
                both[value] += _cardinality(several_may, [shown for _, _, shown in said])
        return {value: count(matches[value], both[value] - matches[value]) for value in values}


def _counted(choices: Sequence[Choice], sure: BitMap, may: BitMap) -> dict[str, Count]:
    matching, showing = sure.intersection_cardinality, may.intersection_cardinality
    found = {}
    for value, match, shown in choices:
        matches = matching(match)
        found[value] = count(matches, showing(shown) - matches)
    return found


def _answer(number: int, pair: Answers) -> Answer:
    if number in pair[0]:
        return Answer.MATCH
    return Answer.ASK if number in pair[1] else Answer.NO


def _cardinality(planes: Sequence[BitMap], answers: Sequence[BitMap]) -> int:
    return len(_union([numbers & answer for numbers, answer in zip(planes, answers, strict=True) if numbers]))


def _union(planes: Sequence[BitMap]) -> BitMap:
    if len(planes) < 2:
        return planes[0] if planes else BitMap()
    return BitMap.union(*planes)


def restricted(bits: Bits, base: BitMap, restrict: Mapping[str, str]) -> BitMap:
    """Return those of ``base`` that lie for sure within ``restrict``."""
    for name, value in restrict.items():
        base = base & bits.record_answers(name, value)[0]
    return base
