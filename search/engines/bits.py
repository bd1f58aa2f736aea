"""The facets of one kind of record as bitmaps: filters, counts and what is left out, without reading a row.

Every fact about a record is a set of record numbers under a path of words, so that loading, patching and writing
down are the same few lines for all of them. The meaning is that of ``search.evaluation``, which is the oracle.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pyroaring import BitMap

from portal.plugins import Answer, FacetValues, RangeValues, SearchDocument

Path = tuple[str, ...]
"""Such as ``("all",)``, ``("record", "need", "match", "shelter")`` or ``("0", "age", "range", "16", "")``."""

Answers = tuple[BitMap, BitMap]
"""Who says "match", and who does not say "no"."""
Sets = tuple[BitMap, ...]
Choice = tuple[str, str]
"""A facet and one of its values."""
Said = tuple[str, str, frozenset[str], frozenset[str], Answer]
"""The record or one of its alternatives, a facet, and its values as :class:`FacetValues` has them."""
SaidOfRange = tuple[str, str, int | None, int | None, bool]
RECORD = "record"
FLAGS = ("ask_always", "round_the_clock", "specialised")
EMPTY = BitMap()


class Choices(NamedTuple):
    """The answers to all values of a facet, for counting; values and sets stand in the same order.

    ``always`` are those who refuse no value, ``others`` who else does not refuse each; no ``others`` at all when
    nobody refuses one value and not another.
    """

    values: tuple[str, ...]
    always: BitMap
    matches: Sets
    others: Sets

    @classmethod
    def of(cls, values: tuple[str, ...], answers: Sequence[Answers]) -> Choices:
        """Return them for values and their answers, which stand in the same order."""
        always = BitMap.intersection(*(may for _, may in answers)) if answers else EMPTY
        others = tuple(may - always for _, may in answers)
        return cls(values, always, tuple(match for match, _ in answers), others if any(others) else ())


def _facet_paths(owner: str, name: str, values: FacetValues) -> Iterator[Path]:
    yield (owner, name, "has")
    if values.everything is not Answer.NO:
        yield (owner, name, "all match" if values.everything is Answer.MATCH else "all ask")
    yield from ((owner, name, "match", value) for value in values.match)
    yield from ((owner, name, "ask", value) for value in values.ask - values.match)


def _range_paths(plane: str, name: str, values: RangeValues) -> Iterator[Path]:
    yield (plane, name, "has")
    if values.unknown:
        yield (plane, name, "range unknown")
    else:
        ends = ("" if end is None else str(end) for end in (values.low, values.high))
        yield (plane, name, "range", *ends)


class Gathering:
    """Gathers the numbers under each path.

    Most documents say of a facet what others say too: they stand together under that, and its paths are made once.
    """

    def __init__(self) -> None:
        self._plain: defaultdict[Path, array[int]] = defaultdict(_numbers)
        self._facets: defaultdict[Said, array[int]] = defaultdict(_numbers)
        self._ranges: defaultdict[SaidOfRange, array[int]] = defaultdict(_numbers)

    def add(self, number: int, document: SearchDocument) -> None:
        """Note a document under all its paths."""
        plain, facets = self._plain, self._facets
        plain["all",].append(number)
        for flag in FLAGS:
            if getattr(document, flag):
                plain[flag,].append(number)
        for name in document.uncounted:
            plain["uncounted", name].append(number)
        for name, values in document.facets.items():
            facets[RECORD, name, values.match, values.ask, values.everything].append(number)
        for at, conditions in enumerate(document.alternatives):
            plane = str(at)
            plain["plane", plane].append(number)
            if conditions.limited:
                plain["limited", plane].append(number)
            for name, values in conditions.facets.items():
                if name not in document.facets:  # what the record itself says counts for all its alternatives
                    facets[plane, name, values.match, values.ask, values.everything].append(number)
            for name, ends in conditions.ranges.items():
                self._ranges[plane, name, ends.low, ends.high, ends.unknown].append(number)

    def sets(self) -> dict[Path, BitMap]:
        """Return the numbers as bitmaps."""
        found: defaultdict[Path, array[int]] = defaultdict(_numbers, self._plain)
        for (owner, name, match, ask, everything), numbers in self._facets.items():
            for path in _facet_paths(owner, name, FacetValues(match, ask, everything)):
                found[path].extend(numbers)
        for (plane, name, low, high, unknown), numbers in self._ranges.items():
            for path in _range_paths(plane, name, RangeValues(low, high, unknown)):
                found[path].extend(numbers)
        return {path: BitMap(numbers) for path, numbers in found.items()}

    def bits(self) -> Bits:
        """Return all of it."""
        return Bits(self.sets())


def _numbers() -> array[int]:
    return array("I")


def _gathered(documents: Iterable[tuple[int, SearchDocument]]) -> dict[Path, BitMap]:
    gathering = Gathering()
    for number, document in documents:
        gathering.add(number, document)
    return gathering.sets()


class Bits:
    """The bitmaps of one kind; numbers are those of :class:`search.models.IndexedDocument`."""

    def __init__(self, sets: dict[Path, BitMap]) -> None:
        self._sets = sets
        self._ranges: dict[tuple[str, str], list[tuple[int | None, int | None, BitMap]]] = {}
        self._answers: dict[tuple[str, str, str], Answers] = {}
        self._choices: dict[tuple[str, tuple[str, ...]], Choices] = {}
        self._by_plane: dict[tuple[int, tuple[Choice, ...]], tuple[Sets, Sets]] = {}
        self._own: frozenset[str] = frozenset()
        self.planes = 0
        self._prepare()

    def get(self, *path: str) -> BitMap:
        """Return the numbers under a path; never change what is returned."""
        return self._sets.get(path, EMPTY)

    def patched(self, gone: Iterable[int], documents: Iterable[tuple[int, SearchDocument]]) -> Bits:
        """Return these bitmaps without some numbers and with new documents; this object stays as it is."""
        lost = BitMap(gone)
        sets = {
            path: numbers - lost if numbers.intersect(lost) else numbers
            for path, numbers in self._sets.items()
        }
        for path, numbers in _gathered(documents).items():
            sets[path] = sets.get(path, EMPTY) | numbers
        return Bits({path: numbers for path, numbers in sets.items() if numbers})

    def _prepare(self) -> None:
        """Count the planes, and sort the ranges by facet."""
        self.planes = max((int(path[1]) + 1 for path in self._sets if path[0] == "plane"), default=0)
        for path, numbers in self._sets.items():
            if len(path) == 5 and path[2] == "range":
                low, high = (int(end) if end else None for end in path[3:])
                self._ranges.setdefault((path[0], path[1]), []).append((low, high, numbers))
        self._own = frozenset(p[1] for p in self._sets if len(p) == 3 and p[2] == "has" and p[0] != RECORD)

    def numbers_of_values(self) -> dict[str, int]:
        """Return how many values of each facet any record or alternative names."""
        named = {(path[1], path[3]) for path in self._sets if len(path) == 4}
        return Counter(name for name, _value in named)

    def record_answers(self, name: str, value: str) -> Answers:
        """Return who says "match" and who does not say "no" to a facet of the record itself."""
        return self._facet_answers(RECORD, name, value)

    def plane_answers(self, plane: str, name: str, value: str) -> Answers:
        """Return the same of one alternative; the record's own facet or range stands above it.

        An alternative that says nothing of the facet is to be asked about; who has no such alternative is left out.
        """
        key = (plane, name, value)
        if key not in self._answers:
            match, may = self.record_answers(name, value)
            own_match, own_may = self._own_answers(plane, name, value)
            having = self.get("plane", plane)
            silent = having - self.get(RECORD, name, "has") - self.get(plane, name, "has")
            self._answers[key] = (match | own_match) & having, (may | own_may | silent) & having
        return self._answers[key]

    def _own_answers(self, plane: str, name: str, value: str) -> Answers:
        if (plane, name) in self._ranges or (plane, name, "range unknown") in self._sets:
            return self._range_answers(plane, name, int(value))
        return self._facet_answers(plane, name, value)

    def _facet_answers(self, owner: str, name: str, value: str) -> Answers:
        key = (owner, name, f"own {value}")
        if key not in self._answers:
            match, ask = self.get(owner, name, "match", value), self.get(owner, name, "ask", value)
            everyone = self.get(owner, name, "all match")
            sure = match | (everyone - ask)
            self._answers[key] = (sure, sure | ask | self.get(owner, name, "all ask"))
        return self._answers[key]

    def _range_answers(self, plane: str, name: str, number: int) -> Answers:
        inside = [
            numbers
            for low, high, numbers in self._ranges.get((plane, name), ())
            if (low is None or low <= number) and (high is None or number <= high)
        ]
        match = BitMap.union(*inside) if inside else BitMap()
        return match, match | self.get(plane, name, "range unknown")

    def has_own(self, name: str) -> bool:
        """Whether any alternative speaks of this facet or range, so that planes must be asked."""
        return name in self._own

    @cached_property
    def doubtful(self) -> list[BitMap]:
        """By alternative, whose match is turned into "ask first" by a limit in words or a closed door."""
        return [self.get("limited", str(plane)) | self.get("ask_always") for plane in range(self.planes)]

    @cached_property
    def certain(self) -> BitMap:
        """Who has an alternative that no limit makes doubtful."""
        having = [self.get("plane", str(plane)) for plane in range(self.planes)]
        return BitMap.union(EMPTY, *(one - doubts for one, doubts in zip(having, self.doubtful, strict=True)))

    def certain_answers(self, plane: int, name: str, value: str) -> Answers:
        """Return what an alternative says; a match that a limit makes doubtful is none."""
        key = (f"{plane} certain", name, value)
        if key not in self._answers:
            match, may = self.plane_answers(str(plane), name, value)
            self._answers[key] = (match - self.doubtful[plane], may)
        return self._answers[key]

    def any_answers(self, name: str, value: str) -> Answers:
        """Return the same of any alternative."""
        key = ("any", name, value)
        if key not in self._answers:
            planes = [self.certain_answers(plane, name, value) for plane in range(self.planes)]
            match, may = (BitMap.union(EMPTY, *sets) for sets in zip(*planes, strict=True))
            self._answers[key] = match, may
        return self._answers[key]

    def choices(self, name: str, values: tuple[str, ...]) -> Choices:
        """Return what records say to all values of a facet, any alternative standing for its record; made once."""
        key = (name, values)
        if key not in self._choices:
            if self.has_own(name):
                answers = [self.any_answers(name, value) for value in values]
            else:
                answers = [self.plane_answers("0", name, value) for value in values]
            self._choices[key] = Choices.of(values, answers)
        return self._choices[key]

    def answers_of(self, plane: int, choices: tuple[Choice, ...]) -> tuple[Sets, Sets]:
        """Return by choice who says "match" by an alternative, and who does not say "no"; made once."""
        key = (plane, choices)
        if key not in self._by_plane:
            answers = [self.plane_answers(str(plane), *each) for each in choices]
            self._by_plane[key] = tuple(match for match, _ in answers), tuple(may for _, may in answers)
        return self._by_plane[key]

    def to_bytes(self) -> bytes:
        """Return everything as one piece: a list of paths and sizes, then the bitmaps."""
        blobs = {path: numbers.serialize() for path, numbers in self._sets.items()}
        head = json.dumps([[*path, len(blob)] for path, blob in blobs.items()], ensure_ascii=False).encode()
        return b"".join([struct.pack("<I", len(head)), head, *blobs.values()])

    @classmethod
    def from_bytes(cls, data: bytes) -> Bits:
        """Return what :meth:`to_bytes` wrote."""
        size = struct.unpack_from("<I", data)[0]
        at, sets = 4 + size, {}
        for *path, length in json.loads(data[4:at]):
            sets[tuple(path)] = BitMap.deserialize(data[at : at + length])
            at += length
        return cls(sets)
