"""The words of a whole generation as bitmaps, one short row a word: written by a rebuild, never changed after.

What is written later stands in the text index of the database until the next rebuild; what goes stays here and is
taken out by the set of all records, which every answer is held against.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection, transaction
from pyroaring import BitMap

from search.tokens import COLUMNS

MOST_BYTES = 8_000_000
"""Bytes of words that a worker keeps of one kind of record."""
MOST_TERMS = 500
MOST_WAITING = 2_000_000
"""Numbers of records that a rebuild keeps beside words until they are packed."""
EMPTY = BitMap()
EXACT = "="
"""Before a word as it was typed; no token begins so."""
PLACES = ("", "name", "concepts")
"""Where tokens stand: anywhere but in "exact", or in one column."""


class Places(NamedTuple):
    """The numbers of the records in which a term stands: anywhere, in the name, in the concepts."""

    anywhere: BitMap = EMPTY
    name: BitMap = EMPTY
    concepts: BitMap = EMPTY

    def to_bytes(self) -> bytes:
        """Return them as one value."""
        blobs = [numbers.serialize() if numbers else b"" for numbers in self]
        return struct.pack("<III", *map(len, blobs)) + b"".join(blobs)

    @classmethod
    def from_bytes(cls, data: bytes) -> Places:
        """Return what :meth:`to_bytes` wrote."""
        at, found = 12, []
        for size in struct.unpack_from("<III", data):
            found.append(BitMap.deserialize(data[at : at + size]) if size else EMPTY)
            at += size
        return cls(*found)


NOWHERE = Places()


class Gathered:
    """Gathers the words of numbered documents while a generation is built."""

    def __init__(self) -> None:
        self._found: dict[str, list[BitMap]] = {}
        self._new: list[defaultdict[str, list[int]]] = []
        self._renew()

    def add(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Take the columns of these documents into account."""
        anywhere, names, concepts, exact = self._new
        for number, columns in rows:
            in_name, in_concepts, in_text, as_typed = (column.split() for column in columns)
            every = {*in_name, *in_concepts, *in_text}
            for into, terms in (
                (anywhere, every),
                (names, in_name),
                (concepts, in_concepts),
                (exact, as_typed),
            ):
                for term in terms:
                    into[term].append(number)
            self._waiting += len(every) + len(as_typed)
        if self._waiting > MOST_WAITING:
            self._pack()

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Yield the terms in their order with their places as bytes."""
        self._pack()
        for term in sorted(self._found):
            yield term, Places(*self._found[term]).to_bytes()

    def _renew(self) -> None:
        self._new = [defaultdict(list) for _ in COLUMNS]
        self._waiting = 0

    def _pack(self) -> None:
        """Put what is waiting into the bitmaps, which are small."""
        *places, exact = self._new
        places[0].update((EXACT + word, numbers) for word, numbers in exact.items())
        for place, terms in enumerate(places):
            for term, numbers in terms.items():
                self._found.setdefault(term, [BitMap(), BitMap(), BitMap()])[place].update(
                    array("I", numbers)
                )
        self._renew()


def write_terms(generation: int, rows: Iterable[tuple[str, bytes]]) -> None:
    """Write terms of a generation, in a transaction of their own; plain SQL, as there are very many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_indexposting (generation, term, places) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [(generation, term, places) for term, places in rows],
        )


class PackedWords:
    """Looks words of one generation up and keeps what was found; of another generation make another."""

    def __init__(self, generation: int) -> None:
        self._generation = generation
        self._known: dict[str, Places] = {}
        self._bytes = 0

    def fetch(self, terms: Iterable[str]) -> None:
        """Read these terms at once, if they are not known yet."""
        missing = [term for term in dict.fromkeys(terms) if term not in self._known]
        for start in range(0, len(missing), MOST_TERMS):
            self._read(missing[start : start + MOST_TERMS])

    def matching(self, groups: Sequence[Sequence[str]], column: str) -> BitMap:
        """Return the records in which, of every group, one term stands; see ``DatabaseEngine.matching``."""
        place = 0 if column == "exact" else PLACES.index(column)
        before = EXACT if column == "exact" else ""
        self.fetch(before + term for group in groups for term in group)
        found = [
            BitMap.union(*(self._known.get(before + term, NOWHERE)[place] for term in group))
            for group in groups
        ]
        return BitMap.intersection(*found)

    def forget(self) -> None:
        """Forget what was kept, for a benchmark."""
        self._known, self._bytes = {}, 0

    def _read(self, terms: list[str]) -> None:
        if self._bytes > MOST_BYTES:
            self._known, self._bytes = {}, 0
        found = dict.fromkeys(terms, NOWHERE)
        marks = ", ".join(["%s"] * len(terms))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT term, places FROM search_indexposting"  # noqa: S608 (our own marks)
                f" WHERE generation = %s AND term IN ({marks})",
                [self._generation, *terms],
            )
            for term, places in cursor.fetchall():
                found[term] = Places.from_bytes(bytes(places))
                self._bytes += len(places)
        self._bytes += 200 * len(terms)
        self._known.update(found)
