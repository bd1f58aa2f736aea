"""Three-valued filters over bitmaps: who matches, who is to be asked, and what every choice would show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from portal.plugins import Answer, Count, Hit, SearchQuery
from search.engines.bits import Bits


@dataclass(frozen=True, slots=True)
class Verdict:
    """Within the records looked at: ``match`` fit for sure, ``shown`` are those and the ones to ask first."""

    match: BitMap
    shown: BitMap


@dataclass(frozen=True, slots=True)
class _Worst:
    """Per plane: the alternatives whose worst answer is "match", and those whose worst is not "no"."""

    match: list[BitMap]
    may: list[BitMap]


@dataclass(frozen=True, slots=True)
class _Others:
    """Who the other filters leave, per plane and in all; ``sure`` without those that a limit makes doubtful."""

    sure: list[BitMap]
    may: list[BitMap]
    all_sure: BitMap
    all_may: BitMap

    @classmethod
    def of(cls, sure: list[BitMap], may: list[BitMap]) -> _Others:
        return cls(sure, may, _union(sure), _union(may))

    def leaving_out(self, hidden: BitMap) -> _Others:
        """Return the same without some records."""
        return _Others.of([each - hidden for each in self.sure], [each - hidden for each in self.may])


class Judge:
    """Judges one query over the records ``base``; ``base`` holds nobody outside the words and the limits."""

    def __init__(self, bits: Bits, query: SearchQuery, base: BitMap) -> None:
        self._bits = bits
        self._counted = query.count_facets
        self._base = base
        self._chosen = {**query.chosen, **{name: str(number) for name, number in query.numbers.items()}}
        planes = ((str(n), bits.get("plane", str(n)) & base) for n in range(bits.planes))
        self._planes = [(plane, numbers) for plane, numbers in planes if numbers]
        self._many = self._planes[1][1] if len(self._planes) > 1 else BitMap()
        self._answers = [
            {name: bits.plane_answers(plane, name, value) for name, value in self._chosen.items()}
            for plane, _ in self._planes
        ]
        self._known: dict[str, _Worst] = {}
        self._left: dict[str, _Others] = {}

    def verdict(self) -> Verdict:
        """Return who is shown; with nothing chosen nothing is judged and everybody matches."""
        if not self._chosen:
            return Verdict(self._base, self._base)
        worst = self._worst("")
        return Verdict(_union(self._sure(worst.match)), _union(worst.may))

    def counts(self) -> dict[str, dict[str, Count]]:
        """Return, for every choice of the counted facets, what choosing it would show."""
        return {
            name: self._facet_counts(name, values, name if name in self._chosen else "")
            for name, values in self._counted.items()
        }

    def left_out(self, shown: BitMap) -> dict[str, int]:
        """Return, per chosen filter, how many it alone keeps out; filters that keep nobody out are absent."""
        found = {name: len(_union(self._worst(name).may)) - len(shown) for name in self._chosen}
        return {name: number for name, number in found.items() if number}

    def hit(self, key: str, number: int) -> Hit:
        """Return what a record says: its best alternative's worst answer, as ``search.evaluation`` has it."""
        best = Hit(key, Answer.NO, {}, -1)
        for (plane, numbers), chosen in zip(self._planes, self._answers, strict=True):
            if number in numbers:
                answers = {name: _answer(number, *pair) for name, pair in chosen.items()}
                worst = min(answers.values(), default=Answer.MATCH)
                if worst is Answer.MATCH and self._chosen and self._is_limited(plane, number):
                    worst = Answer.ASK
                if best.alternative < 0 or worst > best.answer:
                    best = Hit(key, worst, answers, int(plane))
        return best

    def _is_limited(self, plane: str, number: int) -> bool:
        return number in self._bits.get("limited", plane) or number in self._bits.get("ask_always")

    def _worst(self, without: str) -> _Worst:
        """Return the answers to all chosen filters but one."""
        if without not in self._known:
            match, may = [], []
            for (_plane, numbers), chosen in zip(self._planes, self._answers, strict=True):
                sure = alive = numbers
                for name, (one_match, one_may) in chosen.items():
                    if name != without:
                        sure, alive = sure & one_match, alive & one_may
                match.append(sure)
                may.append(alive)
            self._known[without] = _Worst(match, may)
        return self._known[without]

    def _sure(self, planes: list[BitMap]) -> list[BitMap]:
        """Return the planes without those that a limit in words, or a closed door, turns into "ask first"."""
        always = self._bits.get("ask_always")
        return [
            numbers - self._bits.get("limited", plane) - always
            for (plane, _), numbers in zip(self._planes, planes, strict=True)
        ]

    def _facet_counts(self, name: str, values: tuple[str, ...], without: str) -> dict[str, Count]:
        others = self._others(without)
        if hidden := self._bits.get("uncounted", name):
            others = others.leaving_out(hidden)
        if not self._bits.has_own(name) and self._base <= self._bits.get("record", name, "has"):
            return self._record_counts(name, values, others.all_sure, others.all_may)
        return self._plane_counts(name, values, others.sure, others.may)

    def _others(self, without: str) -> _Others:
        """Return who the other filters leave, computed once for all facets that nobody chose."""
        if without not in self._left:
            worst = self._worst(without)
            self._left[without] = _Others.of(self._sure(worst.match), worst.may)
        return self._left[without]

    def _record_counts(
        self, name: str, values: tuple[str, ...], sure: BitMap, may: BitMap
    ) -> dict[str, Count]:
        found = {}
        for value in values:
            match, shown = self._bits.record_answers(name, value)
            matches = match.intersection_cardinality(sure)
            found[value] = Count(matches, shown.intersection_cardinality(may) - matches)
        return found

    def _plane_counts(
        self, name: str, values: tuple[str, ...], sure: list[BitMap], may: list[BitMap]
    ) -> dict[str, Count]:
        """Count the records of one alternative at once; only those of several need a union."""
        single_sure, single_may = (planes[0] - self._many if planes else BitMap() for planes in (sure, may))
        many_sure, many_may = ([numbers & self._many for numbers in planes] for planes in (sure, may))
        found = {}
        for value in values:
            answers = [self._bits.plane_answers(plane, name, value) for plane, _ in self._planes]
            if not answers:
                found[value] = Count()
                continue
            match, shown = answers[0]
            matches = match.intersection_cardinality(single_sure) + _cardinality(many_sure, answers, 0)
            both = shown.intersection_cardinality(single_may) + _cardinality(many_may, answers, 1)
            found[value] = Count(matches, both - matches)
        return found


def _answer(number: int, match: BitMap, may: BitMap) -> Answer:
    if number in match:
        return Answer.MATCH
    return Answer.ASK if number in may else Answer.NO


def _cardinality(planes: list[BitMap], answers: list[tuple[BitMap, BitMap]], which: int) -> int:
    pairs = [(numbers, pair[which]) for numbers, pair in zip(planes, answers, strict=True) if numbers]
    return len(_union([numbers & answer for numbers, answer in pairs]))


def _union(planes: list[BitMap]) -> BitMap:
    return BitMap.union(*planes) if planes else BitMap()


def restricted(bits: Bits, base: BitMap, restrict: Mapping[str, str]) -> BitMap:
    """Return those of ``base`` that lie for sure within ``restrict``."""
    for name, value in restrict.items():
        base = base & bits.record_answers(name, value)[0]
    return base
