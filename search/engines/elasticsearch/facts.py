"""A document as Elasticsearch keeps it: every fact of it is a word in a list, so that filters are look-ups.

Facets of a record, and of the only alternative where there is just one, stand in ``facts``; what is counted of them
stands in ``tallies``: there a count of words is a count of records. Where there are several alternatives, what each
says stands in ``planes`` for the hits, and in ``parts`` for the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from portal.plugins import Answer, Conditions, FacetValues, RangeValues, SearchDocument
from search.codec import decode
from search.engines.elasticsearch.parts import Part, parts_of
from search.models import IndexedDocument
from search.packing import unpack

LOWEST, HIGHEST = -(2**31) + 1, 2**31 - 2
LONGEST_TOKEN = 120
"""Letters of a token asked for; no stored one is as long, and a term has its limit."""
UNCOUNTED = "u"
"""Stands before each word of a facet whose counts leave the record out."""
CLOSED = "n"
"""The word of a facet that refuses all values that have no word of their own."""
KNOWN = "k"
"""The word of a range that is known, not only bounded."""
TAKEN_OFF = "-"
"""Stands before each word of a part that is taken off, and is one itself."""


@dataclass(slots=True)
class Shape:
    """What a query must know of the documents: names of ranges, and what alternatives differ in."""

    planes: int = 0
    plane_facets: set[str] = field(default_factory=set)
    ranges: set[str] = field(default_factory=set)
    uncounted: set[str] = field(default_factory=set)
    always: dict[str, set[str]] = field(default_factory=dict)
    """Per kind the facets that every record of it answers itself."""

    @classmethod
    def read(cls, source: Mapping[str, Any]) -> Shape:
        """Return the shape that :meth:`written` wrote."""
        always = {kind: set(names) for kind, names in source["always"].items()}
        plane_facets, ranges, uncounted = (
            set(source[each]) for each in ("plane_facets", "ranges", "uncounted")
        )
        return cls(source["planes"], plane_facets, ranges, uncounted, always)

    def written(self) -> dict[str, Any]:
        """Return this shape as JSON."""
        return {
            "planes": self.planes,
            "plane_facets": sorted(self.plane_facets),
            "ranges": sorted(self.ranges),
            "uncounted": sorted(self.uncounted),
            "always": {kind: sorted(names) for kind, names in self.always.items()},
        }

    def add(self, document: SearchDocument) -> None:
        """Take a document into account."""
        self.uncounted.update(document.uncounted)
        self.always.setdefault(document.kind, set(document.facets)).intersection_update(document.facets)
        for conditions in document.alternatives:
            self.ranges.update(conditions.ranges)
        if len(document.alternatives) > 1:
            self.planes = max(self.planes, len(document.alternatives))
            for conditions in document.alternatives:
                self.plane_facets.update(conditions.facets.keys() - document.facets.keys(), conditions.ranges)


def document_id(kind: str, key: str) -> str:
    """Return the identifier of a record, never longer than Elasticsearch takes."""
    plain = f"{kind}:{key}"
    return plain if len(plain.encode()) < 500 else f"{kind}:{blake2b(plain.encode()).hexdigest()}"


def cut(token: str) -> str:
    """Return a token as it is asked for."""
    return token[:LONGEST_TOKEN]


def fact(name: str, word: str) -> str:
    """Return the word of a facet in ``facts``."""
    return f"{name.replace('|', '%7C')}|{word}"


def plane_fact(plane: int, name: str, word: str) -> str:
    """Return the word of one alternative's facet in ``planes``."""
    return f"{plane}|{fact(name, word)}"


def range_field(name: str, plane: int | None = None) -> str:
    """Return the field of a range: of the only alternative, or of one of several."""
    owner = "one" if plane is None else str(plane)
    return f"ranges.{owner}_{name.replace('.', '%2E')}"


def part_range(name: str) -> str:
    """Return the field of a range within a part."""
    return range_field(name).removeprefix("ranges.")


def body(row: IndexedDocument, shape: Shape) -> dict[str, Any]:
    """Return what is sent of a row; ``shape`` takes it into account."""
    content, (name, concepts, text, exact) = unpack(row.packed)
    document = decode(content)
    shape.add(document)
    return {
        "kind": document.kind,
        "key": document.key,
        "static_key": document.static_key,
        "words": f"{name} {concepts} {text}",
        "name": name,
        "concepts": concepts,
        "exact": exact,
        "facts": sorted(_facts(document)),
        "tallies": sorted(_tallies(document)),
        "parts": list(_parts(document)),
        "planes": sorted(_planes(document)),
        "flags": sorted(_flags(document)),
        "ranges": dict(_ranges(document)),
        "content": content,
    }


def _facts(document: SearchDocument) -> Iterator[str]:
    shared: dict[str, Iterable[str]] = {
        name: ("r", *_facet_words(values)) for name, values in document.facets.items()
    }
    if len(document.alternatives) == 1:
        shared = {**_condition_words(document.alternatives[0]), **shared}
    for name in document.uncounted - shared.keys():
        yield fact(name, UNCOUNTED + "s")
    for name, words in shared.items():
        prefix = UNCOUNTED if name in document.uncounted else ""
        for word in words:
            yield fact(name, word if word == "r" else prefix + word)


def _tallies(document: SearchDocument) -> Iterator[str]:
    """Yield the few words that are counted of a record with one alternative: what it leaves open has none."""
    if len(document.alternatives) == 1:
        [(part, _times)] = parts_of(document)
        yield from _counted(part, document)


def _parts(document: SearchDocument) -> Iterator[dict[str, Any]]:
    """Yield what is counted of a record with several alternatives."""
    if len(document.alternatives) > 1:
        for part, times in parts_of(document):
            words = sorted(_counted(part, document))
            facts = sorted(_part_facts(part, document))
            sent = {
                "facts": facts if times > 0 else [TAKEN_OFF, *facts],
                "tallies": words if times > 0 else [TAKEN_OFF, *(TAKEN_OFF + word for word in words)],
                "ranges": {part_range(name): _ends(r) for name, r in part.ranges if not _is_empty(r)},
            }
            yield from [sent] * abs(times)


def _counted(part: Part, document: SearchDocument) -> Iterator[str]:
    yield from (fact(name, UNCOUNTED) for name in document.uncounted)
    yield from (fact(name, CLOSED) for name, _values in part.ranges if name not in document.uncounted)
    for name, values in part.facets:
        if name not in document.uncounted:
            yield from (fact(name, word) for word in _said_of(values))


def _part_facts(part: Part, document: SearchDocument) -> Iterator[str]:
    yield from (["sure"] if part.is_sure else [])
    yield from (fact(name, UNCOUNTED) for name in document.uncounted)
    yield from (fact(name, CLOSED) for name, _values in part.ranges)
    yield from (fact(name, KNOWN) for name in part.known)
    yield from (fact(name, word) for name, values in part.facets for word in _said_of(values))


def _said_of(values: FacetValues) -> Iterator[str]:
    if values.everything is Answer.NO:
        yield CLOSED
    yield from (word for word in _facet_words(values) if word not in ("h", "*a"))


def _planes(document: SearchDocument) -> Iterator[str]:
    if len(document.alternatives) > 1:
        for plane, conditions in enumerate(document.alternatives):
            for name, words in _condition_words(conditions).items():
                if name not in document.facets or name in conditions.ranges:
                    yield from (plane_fact(plane, name, word) for word in words)


def _condition_words(conditions: Conditions) -> dict[str, Iterable[str]]:
    words: dict[str, Iterable[str]] = {
        name: tuple(_facet_words(values)) for name, values in conditions.facets.items()
    }
    return words | {name: ("h", "*a") if r.unknown else ("h",) for name, r in conditions.ranges.items()}


def _facet_words(values: FacetValues) -> Iterator[str]:
    """Yield "has", the answer to all values, and the values that are answered otherwise."""
    yield "h"
    match, ask = values.match, values.ask - values.match
    if values.everything is Answer.MATCH:
        yield "*m"
        yield from (f"ma:{value}" for value in ask)
    elif values.everything is Answer.ASK:
        yield "*a"
        yield from (f"am:{value}" for value in match)
    else:
        yield from (f"m:{value}" for value in match)
        yield from (f"a:{value}" for value in ask)


def _flags(document: SearchDocument) -> Iterator[str]:
    yield from (name for name in ("round_the_clock", "specialised") if getattr(document, name))
    alternatives = document.alternatives
    sure = [not each.limited and not document.ask_always for each in alternatives]
    if alternatives:
        yield "plane"
    if any(sure):
        yield "open"
    if len(alternatives) == 1:
        yield "one"
        if sure[0]:
            yield "sure"
    elif alternatives:
        yield "many"
        yield from (f"plane{number}" for number in range(len(alternatives)))
        yield from (f"sure{number}" for number, is_sure in enumerate(sure) if is_sure)


def _ranges(document: SearchDocument) -> Iterator[tuple[str, Mapping[str, int]]]:
    single = len(document.alternatives) == 1
    for plane, conditions in enumerate(document.alternatives):
        for name, values in conditions.ranges.items():
            if not values.unknown and not _is_empty(values):
                path = range_field(name, None if single else plane).removeprefix("ranges.")
                yield path, _ends(values)


def _ends(values: RangeValues) -> dict[str, int]:
    return {"gte": _end(values.low, LOWEST), "lte": _end(values.high, HIGHEST)}


def _is_empty(values: RangeValues) -> bool:
    return values.low is not None and values.high is not None and values.low > values.high


def _end(end: int | None, default: int) -> int:
    return default if end is None else max(LOWEST, min(HIGHEST, end))
