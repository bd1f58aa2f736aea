"""One query answered from bitmaps and a text index: who is found, who fits, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import connection
from pyroaring import BitMap

from portal.plugins import Answer, SearchQuery, SearchResult
from search.engines.judging import Judge, Verdict, restricted
from search.engines.loading import Loaded
from search.query import Plan, Unit, plan
from search.ranking import CANDIDATES, Candidate, Evidence, ranked

EVIDENCE = tuple(Evidence(number) for number in range(2 * max(Evidence)))
MOST_KEYS = 20_000
"""Keys of records that a worker keeps."""

Matching = Callable[[int, Sequence[Sequence[str]], str], BitMap]
PLACES = {"name": Evidence.NAME, "concepts": Evidence.CONCEPTS, "exact": Evidence.EXACT}


@dataclass(frozen=True, slots=True)
class _Bucket:
    """Records that the first keys of the order do not tell apart."""

    numbers: BitMap
    lifted: bool
    level: int
    answer: Answer


class Answering:
    """Answers one query over one loaded kind; ``matching`` asks the text index."""

    def __init__(self, loaded: Loaded, query: SearchQuery, matching: Matching) -> None:
        self._loaded = loaded
        self._bits = loaded.bits
        self._query = query
        self._matching = matching
        self._plan: Plan = plan(query)
        self._inside = restricted(self._bits, self._bits.get("all"), query.restrict)
        self._units = [self._unit(unit) for unit in self._plan.units]

    def result(self) -> SearchResult:
        """Return the answer: totals, counts, and the hits of the asked page."""
        lifted = self._bits.get("round_the_clock") & self._inside if self._plan.is_distress else BitMap()
        found = self._found() | lifted
        judge = Judge(self._bits, self._query, found)
        verdict = judge.verdict()
        matches = len(verdict.match)
        asked = self._query.count_left_out and self._query.has_filter
        return SearchResult(
            hits=tuple(judge.hit(one.key, one.number) for one in self._chosen(verdict, lifted)),
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
        found = [self._texts(unit, "")] if unit.words else []
        return BitMap.union(*found, self._linked(unit)) & self._inside

    def _linked(self, unit: Unit) -> BitMap:
        links = [self._bits.record_answers(name, value)[0] for name, value in unit.links]
        return BitMap.union(*links) if links else BitMap()

    def _texts(self, unit: Unit, column: str) -> BitMap:
        groups = tuple((word,) for word in unit.exact) if column == "exact" else unit.words
        kept = self._loaded.postings.get((groups, column))
        if kept is None:
            kept = self._matching(self._loaded.generation, groups, column) if groups else BitMap()
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

    def _buckets(self, verdict: Verdict, lifted: BitMap) -> Iterator[_Bucket]:
        """Yield the shown records in groups, best first."""
        levels = _by_level([(u.level, n) for u, n in zip(self._plan.units, self._units, strict=True)])
        counted = BitMap.union(*levels.values()) if levels else BitMap()
        levels[0] = verdict.shown - counted
        for first in (True, False) if lifted else (False,):
            for level in sorted(levels, reverse=True):
                inside = levels[level] & verdict.shown
                inside = inside & lifted if first else inside - lifted
                for answer, numbers in _by_answer(inside, verdict.match):
                    yield _Bucket(numbers, first, level, answer)

    def _chosen(self, verdict: Verdict, lifted: BitMap) -> list[Candidate]:
        """Return the candidates of the asked page, in order."""
        end = None if self._query.limit is None else self._query.offset + self._query.limit
        wanted = len(verdict.shown) if end is None else end
        wanted = max(wanted, CANDIDATES) if self._units else wanted
        taken: list[tuple[_Bucket, BitMap]] = []
        for bucket in self._buckets(verdict, lifted):
            if wanted <= 0:
                break
            taken.append((bucket, self._first(bucket.numbers, wanted)))
            wanted -= len(bucket.numbers)
        return self._ordered(taken)[self._query.offset : end]

    def _first(self, numbers: BitMap, wanted: int) -> BitMap:
        """Return the first ``wanted`` by static key, and whatever came after the rebuild besides."""
        last = self._loaded.last_document
        later = numbers - BitMap(range(last + 1)) if numbers and numbers.max() > last else BitMap()
        return numbers[:wanted] | later if len(numbers) > wanted else numbers

    def _ordered(self, taken: Sequence[tuple[_Bucket, BitMap]]) -> list[Candidate]:
        """Return all that were taken: the first ranked, the others by level, answer and static key."""
        numbers = BitMap.union(BitMap(), *(each for _, each in taken))
        keys = self._keys(numbers)
        in_order = [
            (bucket, number)
            for bucket, some in taken
            for number in sorted((one for one in some if one in keys), key=lambda one: keys[one])
        ]
        make = partial(self._candidate, keys, self._evidence(numbers))
        first = [make(bucket, number) for bucket, number in in_order[:CANDIDATES]]
        rest = [make(bucket, number) for bucket, number in in_order[CANDIDATES:]]
        return [*(ranked(first, self._plan) if self._units else first), *rest]

    def _keys(self, numbers: BitMap) -> dict[int, tuple[str, str]]:
        """Return the static key and the key of these rows; what was read before is kept until a change."""
        known = self._loaded.keys
        if len(known) > MOST_KEYS:
            known.clear()
        if missing := BitMap(number for number in numbers if number not in known):
            known.update(_read_keys(missing))
        return {number: known[number] for number in numbers if number in known}

    def _candidate(
        self,
        keys: dict[int, tuple[str, str]],
        evidence: Sequence[dict[Evidence, BitMap]],
        bucket: _Bucket,
        number: int,
    ) -> Candidate:
        static_key, key = keys[number]
        return Candidate(
            key=key,
            number=number,
            answer=bucket.answer,
            static_key=static_key,
            level=bucket.level,
            evidence=tuple(_evidence_of(places, number) for places in evidence),
            specialised=number in self._bits.get("specialised"),
            lifted=bucket.lifted,
        )

    def _evidence(self, numbers: BitMap) -> list[dict[Evidence, BitMap]]:
        """Return, per unit, where it was found in these records; "text" only where it is nowhere better."""
        found = []
        for unit, having in zip(self._plan.units, self._units, strict=True):
            places = {place: self._texts(unit, column) & numbers for column, place in PLACES.items()}
            places[Evidence.LINK] = self._linked(unit) & numbers
            better = BitMap.union(*places.values())
            places[Evidence.TEXT] = (having & numbers) - better
            found.append(places)
        return found


def _read_keys(numbers: BitMap) -> dict[int, tuple[str, str]]:
    """Return the static key and the key of these rows; plain SQL, as most queries ask it."""
    listed = ", ".join(str(number) for number in numbers)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, static_key, key FROM search_indexeddocument WHERE id IN ({listed})"  # noqa: S608
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def _evidence_of(places: dict[Evidence, BitMap], number: int) -> Evidence:
    return EVIDENCE[sum(place for place, numbers in places.items() if number in numbers)]


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


def _by_answer(shown: BitMap, match: BitMap) -> Iterator[tuple[Answer, BitMap]]:
    for answer, numbers in ((Answer.MATCH, shown & match), (Answer.ASK, shown - match)):
        if numbers:
            yield answer, numbers
