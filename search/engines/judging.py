"""Three-valued filters over bitmaps: who matches, who is to be asked, and what every choice would show.

A facet of which only records speak is judged once for all alternatives; only the others are judged plane by plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyroaring import BitMap

from portal.plugins import Answer, Count, Hit, SearchQuery
from search.engines.bits import Answers, Bits

count = lru_cache(maxsize=50_000)(Count)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Within the records looked at: ``match`` fit for sure, ``shown`` are those and the ones to ask first."""

    match: BitMap
    shown: BitMap


class _Left:
    """Who some filters leave: per plane and in all, for sure and to be asked; a limit in words makes unsure."""

    def __init__(self, bits: Bits, sure: list[BitMap], may: list[BitMap]) -> None:
        self.may = may
        self.sure = [each - bits.doubtful(plane) for plane, each in enumerate(sure)]
        self.all_sure, self.all_may = _union(self.sure), _union(self.may)
        self._parts: tuple[BitMap, BitMap, list[BitMap], list[BitMap]] | None = None

    def parts(self, many: BitMap) -> tuple[BitMap, BitMap, list[BitMap], list[BitMap]]:
        """Return those of one alternative, sure and to be asked, and the planes of those of ``many``."""
        if self._parts is None:
            if not self.may:
                return BitMap(), BitMap(), [], []
            several = self.all_may & many
            self._parts = (
                self.sure[0] - many,
                self.may[0] - many,
                [each & several for each in self.sure] if several else [],
                [each & several for each in self.may] if several else [],
            )
        return self._parts


class Judge:
    """Judges one query over the records ``base``; ``base`` holds nobody outside the words and the limits."""

    def __init__(self, bits: Bits, query: SearchQuery, base: BitMap) -> None:
        self._bits = bits
        self._counted = query.count_facets
        self._base = base
        self._judged = base & bits.get("plane", "0")  # without an alternative nothing fits
        self._chosen = {**query.chosen, **{name: str(number) for name, number in query.numbers.items()}}
        own = [name for name in self._chosen if bits.has_own(name)]
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
            self._left[name] = _Left(self._bits, *self._by_plane(name, sure, may))
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
            left = _Left(self._bits, [one - hidden for one in left.sure], [one - hidden for one in left.may])
        if self._bits.has_own(name):
            return self._plane_counts(name, values, left)
        matching, showing = left.all_sure.intersection_cardinality, left.all_may.intersection_cardinality
        found = {}
        for value, match, shown in self._bits.choices("0", name, values):
            matches = matching(match)
            found[value] = count(matches, showing(shown) - matches)
        return found

    def _plane_counts(self, name: str, values: tuple[str, ...], left: _Left) -> dict[str, Count]:
        """Count the records of one alternative at once; only those of several need a union."""
        single_sure, single_may, many_sure, many_may = left.parts(self._bits.get("plane", "1"))
        if not left.may:
            return dict.fromkeys(values, count(0, 0))
        found = {}
        for value, match, shown in self._bits.choices("0", name, values):
            matches, both = (
                single_sure.intersection_cardinality(match),
                single_may.intersection_cardinality(shown),
            )
            if many_may:
                answers = [
                    self._bits.plane_answers(str(plane), name, value) for plane in range(len(many_may))
                ]
                matches += _cardinality(many_sure, [match for match, _ in answers])
                both += _cardinality(many_may, [shown for _, shown in answers])
            found[value] = count(matches, both - matches)
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
