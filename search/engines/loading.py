"""What a worker keeps of the index in memory, and how it follows each change of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet
from pyroaring import BitMap

from portal.plugins import SearchDocument
from search.codec import decode
from search.engines.bits import Bits, Gathering
from search.engines.names import Name, Names
from search.engines.words import PackedWords
from search.models import IndexChange, IndexedDocument, IndexGeneration, IndexSnapshot
from search.moment import SinceMoment
from search.packing import unpack

MOST_POSTINGS = 8_000_000
"""Bytes of found numbers that a worker keeps for words asked again before the next change."""
Numbered = Sequence[tuple[int, SearchDocument]]
Change = tuple[int, int, list[str], list[int]]


class Postings:
    """Which documents words were found in, until this much of it was kept."""

    def __init__(self) -> None:
        self._found: dict[object, BitMap] = {}
        self._bytes = 0

    def get(self, key: object) -> BitMap | None:
        """Return what was kept for ``key``."""
        return self._found.get(key)

    def keep(self, key: object, numbers: BitMap) -> None:
        """Keep an answer; when there is too much, all older ones go."""
        self._bytes += len(numbers) // 8 + 200
        if self._bytes > MOST_POSTINGS:
            self._found, self._bytes = {}, 0
        self._found[key] = numbers

    def clear(self) -> None:
        """Forget all answers, as every change does."""
        self._found, self._bytes = {}, 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """One kind of record as it was at one change.

    Numbers above ``last_document`` came after the rebuild: their order is not that of their static keys, and
    their words are not among the packed ones. ``postings`` is what was looked up before, until the next change.
    """

    kind: str
    generation: int
    last_document: int
    change: int
    mark: int
    bits: Bits
    names: Names
    words: PackedWords
    postings: Postings = field(default_factory=Postings)

    @property
    def has_later(self) -> bool:
        """Whether any record was written since the rebuild."""
        everything = self.bits.get("all")
        return bool(everything) and everything.max() > self.last_document

    def followed(self, changes: Iterable[Change], change: int, mark: int) -> Loaded:
        """Return the kind as these changes left it; this object stays as it is."""
        keys: set[str] = set()
        gone: set[int] = set()
        for _pk, _mark, touched, numbers in changes:
            keys.update(touched)
            gone.update(numbers)
        rows = IndexedDocument.objects.filter(
            kind=self.kind, generation=self.generation, key__in=sorted(keys)
        )
        documents = list(_documents(rows))
        names = self.names.with_later({number: _name(document) for number, document in documents})
        bits = self.bits.patched(gone, documents)
        return Loaded(self.kind, self.generation, self.last_document, change, mark, bits, names, self.words)


class Loader:
    """Keeps each kind of one process up to date; what it returns never changes afterwards."""

    def __init__(self) -> None:
        self._loaded: dict[str, Loaded] = {}
        self._moments = SinceMoment[Loaded]()

    def load(self, kind: str) -> Loaded:
        """Return the kind as the newest change left it."""
        return self._moments.get(kind, lambda: self._follow(kind))

    def _follow(self, kind: str) -> Loaded:
        change, mark = _newest(kind)
        loaded = self._loaded.get(kind)
        if loaded is None or (loaded.change, loaded.mark) != (change, mark):
            patched = self._patched(loaded, change, mark) if loaded else None
            loaded = self._loaded[kind] = patched or _read(kind, change, mark)
        return loaded

    @staticmethod
    def _patched(loaded: Loaded, change: int, mark: int) -> Loaded | None:
        """Return ``loaded`` with the later changes, or ``None`` when they do not follow it."""
        rows = IndexChange.objects.filter(kind=loaded.kind, pk__gte=loaded.change).order_by("pk")
        found = list(rows.values_list("pk", "mark", "keys", "gone"))
        if not found or found[0][:2] != (loaded.change, loaded.mark) or not all(row[2] for row in found[1:]):
            return None
        return loaded.followed(found[1:], change, mark)


def _newest(kind: str) -> tuple[int, int]:
    """Return number and mark of the newest change; plain SQL, as most queries ask it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, mark FROM search_indexchange WHERE kind = %s ORDER BY id DESC LIMIT 1", [kind]
        )
        return cursor.fetchone() or (0, 0)


def _documents(rows: QuerySet[IndexedDocument]) -> Iterator[tuple[int, SearchDocument]]:
    for number, packed in rows.values_list("pk", "packed").iterator(chunk_size=500):
        yield number, decode(unpack(packed).content)


def _name(document: SearchDocument) -> Name:
    return document.static_key, document.key


def _read(kind: str, change: int, mark: int) -> Loaded:
    """Read a kind anew: its snapshot and what changed since, or every document."""
    state = IndexGeneration.objects.first() or IndexGeneration()
    generation, last = state.generation, state.last_document
    words = PackedWords(generation)
    snapshot = IndexSnapshot.objects.filter(kind=kind, generation=generation).first()
    if snapshot is not None:
        later = IndexChange.objects.filter(kind=kind, pk__gt=snapshot.change).order_by("pk")
        found = list(later.values_list("pk", "mark", "keys", "gone"))
        if all(row[2] for row in found):
            bits, names = Bits.from_bytes(bytes(snapshot.bits)), Names.from_bytes(bytes(snapshot.names))
            loaded = Loaded(kind, generation, last, change, mark, bits, names, words)
            return loaded.followed(found, change, mark) if found else loaded
    facts = Facts()
    facts.add(_documents(IndexedDocument.objects.filter(kind=kind, generation=generation)))
    return Loaded(kind, generation, last, change, mark, facts.bits(), Names.of(facts.names), words)


class Facts:
    """Gathers the bitmaps and names of a kind from its documents, which are not held."""

    def __init__(self) -> None:
        self._gathered = Gathering()
        self.names: list[tuple[int, Name]] = []

    def add(self, documents: Iterable[tuple[int, SearchDocument]]) -> None:
        """Take these numbered documents into account."""
        for number, document in documents:
            self._gathered.add(number, document)
            self.names.append((number, _name(document)))

    def bits(self) -> Bits:
        """Return the bitmaps."""
        return self._gathered.bits()

    def write(self, kind: str, generation: int, change: int) -> None:
        """Write both down as what a generation is at a change; older changes are forgotten."""
        _write(kind, generation, change, self.bits(), Names.of(self.names))


def write_snapshot(kind: str) -> None:
    """Write the bitmaps and names of a kind down as they are now; older changes are forgotten."""
    loaded = Loader().load(kind)
    names = loaded.names.only(loaded.bits.get("all"))
    _write(kind, loaded.generation, loaded.change, loaded.bits, names)


def _write(kind: str, generation: int, change: int, bits: Bits, names: Names) -> None:
    values = {
        "generation": generation,
        "change": change,
        "bits": bits.to_bytes(),
        "names": names.to_bytes(),
    }
    IndexSnapshot.objects.update_or_create(kind=kind, defaults=values)
    IndexChange.objects.filter(kind=kind, pk__lt=change).delete()
