"""The words of a whole generation as sets of numbers, many words a row: written by a rebuild, never changed after.

What is written later stands in the text index of the database until the next rebuild; what goes stays here and is
taken out by the set of all records, which every answer is held against.
"""

from __future__ import annotations

import struct
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias
from zlib import crc32

from django.db import connection, transaction
from pyroaring import BitMap

from search import analysis
from search.tokens import DocumentTokens

SHELVES = 4096
"""Rows of a generation; a term's is told by its checksum. Another number needs a migration, as 0006 is one."""
MOST_BYTES = 8_000_000
"""Bytes of words that a worker keeps of one kind of record."""
MOST_TERMS = 500
FEW = 8
"""So many numbers take less room one by one than as a bitmap."""
ONE_BY_ONE, BITMAP = b"\0", b"\1"
"""The first byte of numbers says how they are written."""
EMPTY = BitMap()
EXACT = "="
"""Before a word as it was typed; no token begins so."""
PLACES = ("", "name", "concepts")
"""Where tokens stand: anywhere but in "exact", or in one column."""
MARKS = ("", "<", "#")
"""What a shelf has before a term, for each place; no token begins so."""
Numbers: TypeAlias = "array[int]"
Form = tuple[str, tuple[str, ...]]
"""The exact form and the tokens of a word."""


class Places(NamedTuple):
    """The numbers of the records in which a term stands: anywhere, in the name, in the concepts."""

    anywhere: BitMap = EMPTY
    name: BitMap = EMPTY
    concepts: BitMap = EMPTY


NOWHERE = Places()


class Gathered:
    """Gathers the words of numbered documents while a generation is built.

    A document is noted under its words as they stand there; what tokens they have is asked once a word, at the end.
    """

    def __init__(self) -> None:
        self._words: defaultdict[str, defaultdict[Form, Numbers]] = defaultdict(_by_form)
        self._columns: tuple[defaultdict[str, Numbers], ...] = tuple(defaultdict(_none) for _ in PLACES[1:])

    def add(self, number: int, tokens: DocumentTokens) -> None:
        """Take a document into account; its words stand there as often as it has them."""
        for language, words in tokens.words.items():
            forms = self._words[language]
            for _start, _end, exact, found in words:
                forms[exact, found].append(number)
        for into, column in zip(self._columns, (tokens.name, tokens.concepts), strict=True):
            for token in column.split():
                into[token].append(number)

    def uses(self) -> Counter[str]:
        """Return the folded words with how often each stands in all documents."""
        found: Counter[str] = Counter()
        for language, forms in self._words.items():
            for (exact, _tokens), numbers in forms.items():
                found[analysis.folded_word(exact, language)] += len(numbers)
        return found

    def shelves(self) -> Iterator[tuple[int, bytes]]:
        """Yield the shelves that hold anything, in their order, with their terms and numbers as bytes."""
        found: defaultdict[int, list[tuple[str, bytes]]] = defaultdict(list)
        for place, terms in zip(MARKS, self._terms(), strict=True):
            for term, numbers in terms.items():
                found[_shelf(term)].append((place + term, _written(numbers)))
        for shelf in sorted(found):
            yield shelf, _to_bytes(found[shelf])

    def _terms(self) -> Iterator[dict[str, list[Numbers]]]:
        """Yield the terms of each place with their numbers, which may stand in several pieces."""
        anywhere: defaultdict[str, list[Numbers]] = defaultdict(list)
        for forms in self._words.values():
            for (exact, tokens), numbers in forms.items():
                anywhere[EXACT + exact].append(numbers)
                for token in tokens:
                    anywhere[token].append(numbers)
        for column in self._columns:  # telephone numbers stand beside the name and are no words
            for token, numbers in column.items():
                anywhere[token].append(numbers)
        yield anywhere
        yield from ({token: [numbers] for token, numbers in column.items()} for column in self._columns)


def _none() -> Numbers:
    return array("I")


def _by_form() -> defaultdict[Form, Numbers]:
    return defaultdict(_none)


def _shelf(term: str) -> int:
    return crc32(term.encode("utf-8", "surrogatepass")) % SHELVES


def _written(pieces: list[Numbers]) -> bytes:
    """Return numbers as bytes, each once."""
    numbers = pieces[0] if len(pieces) == 1 else sum(pieces[1:], pieces[0])
    if len(numbers) == 1:
        return ONE_BY_ONE + numbers.tobytes()
    if len(numbers) <= FEW:
        return ONE_BY_ONE + array("I", sorted(set(numbers))).tobytes()
    return BITMAP + BitMap(numbers).serialize()


def _read(data: bytes) -> BitMap:
    """Return the numbers that :func:`_written` wrote."""
    return BitMap.deserialize(data[1:]) if data[:1] == BITMAP else BitMap(array("I", data[1:]))


def _to_bytes(terms: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a shelf as one value: the terms, the lengths of their numbers, the numbers."""
    head = "\n".join([term for term, _ in terms]).encode("utf-8", "surrogatepass")
    lengths = array("I", [len(numbers) for _, numbers in terms])
    return b"".join(
        [struct.pack("<I", len(head)), head, lengths.tobytes(), *[numbers for _, numbers in terms]]
    )


class Shelf:
    """The terms of a row and their numbers; ``taken`` are the bytes of those that were asked for."""

    def __init__(self, data: bytes) -> None:
        (size,) = struct.unpack_from("<I", data)
        self._data = data
        self._terms = data[4 : 4 + size].decode("utf-8", "surrogatepass").split("\n")
        start = 4 + size + 4 * len(self._terms)
        self._lengths = array("I", data[4 + size : start])
        self._start = start
        self.taken = 0

    def places(self, term: str) -> Places:
        """Return where a term stands."""
        return Places(*(self._numbers(mark + term) for mark in MARKS))

    def _numbers(self, term: str) -> BitMap:
        if term not in self._terms:
            return EMPTY
        at = self._terms.index(term)
        start = self._start + sum(self._lengths[:at])
        self.taken += self._lengths[at]
        return _read(self._data[start : start + self._lengths[at]])


def write_shelves(generation: int, rows: Iterable[tuple[int, bytes]]) -> None:
    """Write shelves of a generation, in a transaction of their own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_indexposting (generation, shelf, words) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [(generation, shelf, words) for shelf, words in rows],
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
        by_shelf: defaultdict[int, list[str]] = defaultdict(list)
        for term in terms:
            by_shelf[_shelf(term)].append(term)
        found = dict.fromkeys(terms, NOWHERE)
        marks = ", ".join(["%s"] * len(by_shelf))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT shelf, words FROM search_indexposting"  # noqa: S608 (our own marks)
                f" WHERE generation = %s AND shelf IN ({marks})",
                [self._generation, *by_shelf],
            )
            for number, words in cursor.fetchall():
                shelf = Shelf(bytes(words))
                for term in by_shelf[number]:
                    found[term] = shelf.places(term)
                self._bytes += shelf.taken
        self._bytes += 200 * len(terms)
        self._known.update(found)
