"""The words of a whole generation as sets of numbers, many words a row: written by a rebuild, never changed after.

What is written later stands in the text index of the database until the next rebuild; what goes stays here and is
taken out by the set of all records, which every answer is held against.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias
from zlib import crc32

from django.db import connection, transaction
from pyroaring import BitMap

from search import analysis
from search.models import IndexPosting
from search.packing import pack_words
from search.tokens import DocumentTokens

SHELVES = 4096
"""Rows of a generation; a term's is told by its checksum. Another number needs a migration, as 0006 is one."""
LONGEST_MENDED = 80
"""Letters of a word that typing mistakes are mended with."""
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
        self._words: defaultdict[str, dict[str, Numbers]] = defaultdict(dict)
        self._tokens: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        self._others: defaultdict[str, Numbers] = defaultdict(_none)
        self._columns: tuple[defaultdict[str, Numbers], ...] = tuple(defaultdict(_none) for _ in PLACES[1:])

    def add(self, number: int, tokens: DocumentTokens) -> None:
        """Take a document into account; its words stand there as often as it has them."""
        for language, words in tokens.words.items():
            known = self._words[language]
            for _start, _end, exact, found in words:
                numbers = known.get(exact)
                if numbers is not None:
                    numbers.append(number)
                elif exact.isalpha():
                    known[exact], self._tokens[language][exact] = array("I", [number]), found
                else:  # a number has more tokens where it stands in groups
                    for term in (EXACT + exact, *found):
                        self._others[term].append(number)
        for into, column in zip(self._columns, (tokens.name, tokens.concepts), strict=True):
            for token in column.split():
                into[token].append(number)

    def shelves(self) -> Iterator[tuple[int, bytes]]:
        """Yield the shelves that hold anything, in their order, as bytes; the first has the folded words."""
        yield IndexPosting.VOCABULARY, pack_words(dict(mendable(self._uses())))
        terms: list[list[str]] = [[] for _ in range(SHELVES)]
        written: list[list[bytes]] = [[] for _ in range(SHELVES)]
        for mark, found in zip(MARKS, (self._anywhere(), *self._columns), strict=True):
            for term, numbers in found.items():
                shelf = _shelf(term)
                terms[shelf].append(mark + term)
                if len(numbers) <= FEW:
                    written[shelf].append(ONE_BY_ONE + numbers.tobytes())
                else:
                    written[shelf].append(BITMAP + BitMap(numbers).serialize())
        yield from (
            (shelf, _to_bytes(terms[shelf], written[shelf])) for shelf in range(SHELVES) if terms[shelf]
        )

    def _uses(self) -> dict[str, int]:
        """Return the folded words with how often each stands in all documents."""
        found: defaultdict[str, int] = defaultdict(int)
        for language, words in self._words.items():
            for exact, numbers in words.items():
                found[analysis.folded_word(exact, language)] += len(numbers)
        return found

    def _anywhere(self) -> dict[str, Numbers]:
        """Return the numbers of all tokens and exact forms; some of them may stand there twice."""
        found = dict(self._others)
        for language, words in self._words.items():
            tokens = self._tokens[language]
            for exact, numbers in words.items():
                for term in (EXACT + exact, *tokens[exact]):
                    known = found.get(term)
                    found[term] = numbers if known is None else known + numbers
        for column in self._columns:  # telephone numbers stand beside the name and are no words
            for token, numbers in column.items():
                known = found.get(token)
                found[token] = numbers if known is None else known + numbers
        return found


def _none() -> Numbers:
    return array("I")


def _shelf(term: str) -> int:
    return crc32(term.encode()) % SHELVES


def _read(data: bytes) -> BitMap:
    """Return the numbers that stand in a shelf."""
    return BitMap.deserialize(data[1:]) if data[:1] == BITMAP else BitMap(array("I", data[1:]))


def _to_bytes(terms: Sequence[str], numbers: Sequence[bytes]) -> bytes:
    """Return a shelf as one value: the terms, the lengths of their numbers, the numbers."""
    head = "\n".join(terms).encode()
    lengths = array("I", map(len, numbers))
    return b"".join((struct.pack("<I", len(head)), head, lengths.tobytes(), *numbers))


class Shelf:
    """The terms of a row and their numbers; ``taken`` are the bytes of those that were asked for.

    Most terms asked for are of other languages than the texts and stand nowhere: nothing is split for them.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._lengths = 4 + struct.unpack_from("<I", data)[0]
        self._terms = b"\n%b\n" % data[4 : self._lengths]
        self.taken = 0

    def places(self, term: str) -> Places:
        """Return where a term stands; whatever stands in a column stands anywhere."""
        anywhere = self._numbers(term)
        return Places(anywhere, *(self._numbers(mark + term) for mark in MARKS[1:])) if anywhere else NOWHERE

    def _numbers(self, term: str) -> BitMap:
        found = self._terms.find(b"\n%b\n" % term.encode())
        if found < 0:
            return EMPTY
        before = self._terms.count(b"\n", 0, found)
        *earlier, length = array("I", self._data[self._lengths : self._lengths + 4 * before + 4])
        start = self._lengths + 4 * (self._terms.count(b"\n") - 1) + sum(earlier)
        self.taken += length
        return _read(self._data[start : start + length])


def mendable(uses: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the words that somebody could mistype, with how often they stand there."""
    return [each for each in uses.items() if 2 < len(each[0]) <= LONGEST_MENDED and each[0].isalpha()]


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
