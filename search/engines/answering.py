"""One query answered from bitmaps and a text index: who is found, who fits, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from pyroaring import BitMap

from portal.plugins import SearchQuery, SearchResult
from search.engines.judging import Judge, Verdict, restricted
from search.engines.loading import Loaded
from search.engines.words import EXACT
from search.query import Plan, Unit, plan
from search.ranking import CANDIDATES, SPECIALISED, Evidence, weight_of

EMPTY = BitMap()
Matching = Callable[[int, Sequence[Sequence[str]], str], BitMap]
PLACES = {"name": Evidence.NAME, "concepts": Evidence.CONCEPTS, "exact": Evidence.EXACT}


class Answering:
    """Answers one query over one loaded kind; ``matching`` asks the text index."""

    def __init__(self, loaded: Loaded, query: SearchQuery, matching: Matching) -> None:
        self._loaded = loaded
        self._bits = loaded.bits
        self._query = query
        self._matching = matching
        self._plan: Plan = plan(query)
        self._inside = restricted(self._bits, self._bits.get("all"), query.restrict)
        self._loaded.words.fetch(_terms(self._plan.units))
        self._units = [self._unit(unit) for unit in self._plan.units]

    def result(self) -> SearchResult:
        """Return the answer: totals, counts, and the hits of the asked page."""
        lifted = self._bits.get("round_the_clock") & self._inside if self._plan.is_distress else BitMap()
        found = self._found() | lifted
        judge = Judge(self._bits, self._query, found)
        verdict = judge.verdict()
        matches, names = len(verdict.match), self._loaded.names
        asked = self._query.count_left_out and self._query.has_filter
        return SearchResult(
            hits=tuple(judge.hit(names.key(number), number) for number in self._page(verdict, lifted)),
            match_total=matches,
            ask_total=len(verdict.shown) - matches,
            facet_counts=judge.counts() if self._query.count_facets else {},
            left_out=judge.left_out(verdict.shown) if asked else {},
            left_out_total=len(found) - len(verdict.shown),
            original=self._plan.original,
            corrected=self._plan.corrected,
            is_distress=self._plan.is_distress,
        )

    # --- words -------------------------------------------------------------------------------------------

    def _unit(self, unit: Unit) -> BitMap:
        """Return who has a unit, by its words or by one of its links."""
        found = self._linked(unit)
        if unit.words:
            found = found | self._texts(unit, "")
        return found & self._inside

    def _linked(self, unit: Unit) -> BitMap:
        links = [self._bits.record_answers(name, value)[0] for name, value in unit.links]
        return BitMap.union(*links) if links else EMPTY

    def _texts(self, unit: Unit, column: str) -> BitMap:
        groups = tuple((word,) for word in unit.exact) if column == "exact" else unit.words
        if not groups:
            return EMPTY
        kept = self._loaded.postings.get((groups, column))
        if kept is None:
            kept = self._loaded.words.matching(groups, column)
            if self._loaded.has_later:
                kept = kept | self._matching(self._loaded.generation, groups, column)
            self._loaded.postings.keep((groups, column), kept)
        return kept

    def _found(self) -> BitMap:
        """Return whoever the words find: any linked unit, or enough of the others."""
        if not self._units:
            return self._inside
        pairs = list(zip(self._plan.units, self._units, strict=True))
        linked = [numbers for unit, numbers in pairs if unit.links]
        plain = _by_level([(1, numbers) for unit, numbers in pairs if not unit.links])
        enough = [numbers for level, numbers in plain.items() if level >= self._plan.needed > 0]
        return BitMap.union(BitMap(), *linked, *enough)

    # --- order -------------------------------------------------------------------------------------------

    def _buckets(self, verdict: Verdict, lifted: BitMap) -> Iterator[BitMap]:
        """Yield the shown records in groups that the first keys of the order do not tell apart, best first."""
        levels = _by_level([(u.level, n) for u, n in zip(self._plan.units, self._units, strict=True)])
        counted = BitMap.union(*levels.values()) if levels else EMPTY
        levels[0] = verdict.shown - counted
        for first in (True, False) if lifted else (False,):
            for level in sorted(levels, reverse=True):
                inside = levels[level] & verdict.shown
                if lifted:
                    inside = inside & lifted if first else inside - lifted
                if inside:
                    yield inside & verdict.match
                    yield inside - verdict.match

    def _page(self, verdict: Verdict, lifted: BitMap) -> list[int]:
        """Return the numbers of the asked page, in order."""
        end = None if self._query.limit is None else self._query.offset + self._query.limit
        return list(islice(self._in_order(verdict, lifted, end), self._query.offset, end))

    def _in_order(self, verdict: Verdict, lifted: BitMap, end: int | None) -> Iterator[int]:
        """Yield who is shown: the first ranked by their words, the others by static key."""
        to_rank = CANDIDATES if self._units else 0
        wanted = len(verdict.shown) if end is None else max(end, to_rank)
        for bucket in self._buckets(verdict, lifted):
            first = self._first(bucket, wanted)
            yield from self._ranked(first[:to_rank])
            yield from first[to_rank:]
            to_rank = max(0, to_rank - len(first))
            wanted -= len(first)
            if wanted <= 0:
                return

    def _first(self, numbers: BitMap, wanted: int) -> list[int]:
        """Return the first ``wanted`` by static key; those that came after the rebuild stand by theirs."""
        last = self._loaded.last_document
        if not numbers or numbers.max() <= last:
            return list(numbers[:wanted])
        later = numbers - BitMap(range(last + 1))
        return sorted(numbers[:wanted] | later, key=self._loaded.names.get)[:wanted]

    def _ranked(self, numbers: list[int]) -> list[int]:
        """Return these by how well the words fit; equals keep their order."""
        if len(numbers) < 2:
            return numbers
        inside = BitMap(numbers)
        specialised = self._bits.get("specialised") & inside
        scores = dict.fromkeys(numbers, 0) | dict.fromkeys(specialised, SPECIALISED)
        for unit, having in zip(self._plan.units, self._units, strict=True):
            for found, some in self._evidence(unit, having & inside):
                weight = weight_of(found)
                for number in some:
                    scores[number] += weight
        return sorted(numbers, key=scores.__getitem__, reverse=True)

    def _evidence(self, unit: Unit, having: BitMap) -> Iterator[tuple[Evidence, BitMap]]:
        """Yield in which places a unit stands, and in whom so; "text" only where it is nowhere better."""
        parts = [(Evidence(0), having)]
        places = {Evidence.LINK: self._linked(unit)}
        places |= {place: self._texts(unit, column) for column, place in PLACES.items()}
        for place, found in places.items():
            if having.intersect(found):
                inside = [(known | place, some & found) for known, some in parts]
                parts = [*inside, *((known, some - found) for known, some in parts)]
                parts = [part for part in parts if part[1]]
        yield from ((known or Evidence.TEXT, some) for known, some in parts)


def _by_level(units: Iterable[tuple[int, BitMap]]) -> dict[int, BitMap]:
    """Return who has which sum of levels, above none."""
    levels: dict[int, BitMap] = {}
    for weight, having in units:
        raised = {level + weight: numbers & having for level, numbers in levels.items()}
        kept = {level: numbers - having for level, numbers in levels.items()}
        known = BitMap.union(*levels.values()) if levels else BitMap()
        raised[weight] = raised.get(weight, BitMap()) | (having - known)
        levels = {
            level: kept.get(level, BitMap()) | raised.get(level, BitMap()) for level in {*kept, *raised}
        }
    return {level: numbers for level, numbers in levels.items() if numbers}


def _terms(units: Iterable[Unit]) -> Iterator[str]:
    """Yield all that is looked up for the units, so that it is read at once."""
    for unit in units:
        yield from (token for group in unit.words for token in group)
        yield from (EXACT + word for word in unit.exact)
