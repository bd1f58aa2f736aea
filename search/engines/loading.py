"""What a worker keeps of the index in memory, and how it follows each change of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet
from pyroaring import BitMap

from portal.plugins import SearchDocument
from search.codec import decode
from search.engines.bits import Bits
from search.models import IndexChange, IndexedDocument, IndexGeneration, IndexSnapshot

MOST_POSTINGS = 8_000_000
"""Bytes of found numbers that a worker keeps for words asked again before the next change."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One kind of record as it was at one change.

    Numbers above ``last_document`` came after the rebuild: their order is not that of their static keys.
    ``postings`` and ``keys`` (static key and key by number) are what was read before, kept until the next change.
    """

    kind: str
    generation: int
    last_document: int
    change: int
    mark: int
    bits: Bits
    postings: Postings = field(default_factory=lambda: Postings())
    keys: dict[int, tuple[str, str]] = field(default_factory=dict)


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


class Loader:
    """Keeps each kind of one process up to date; what it returns never changes afterwards."""

    def __init__(self) -> None:
        self._loaded: dict[str, Loaded] = {}

    def load(self, kind: str) -> Loaded:
        """Return the kind as the newest change left it."""
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
        bits = _followed(loaded.bits, loaded.kind, loaded.generation, found[1:])
        return Loaded(loaded.kind, loaded.generation, loaded.last_document, change, mark, bits)


def _newest(kind: str) -> tuple[int, int]:
    """Return number and mark of the newest change; plain SQL, as every query asks it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, mark FROM search_indexchange WHERE kind = %s ORDER BY id DESC LIMIT 1", [kind]
        )
        return cursor.fetchone() or (0, 0)


def _followed(
    bits: Bits, kind: str, generation: int, changes: Iterable[tuple[int, int, list[str], list[int]]]
) -> Bits:
    keys: set[str] = set()
    gone: set[int] = set()
    for _pk, _mark, touched, numbers in changes:
        keys.update(touched)
        gone.update(numbers)
    rows = IndexedDocument.objects.filter(kind=kind, generation=generation, key__in=sorted(keys))
    return bits.patched(gone, _documents(rows))


def _documents(rows: QuerySet[IndexedDocument]) -> Iterator[tuple[int, SearchDocument]]:
    for number, content in rows.values_list("pk", "content").iterator(chunk_size=500):
        yield number, decode(content)


def _read(kind: str, change: int, mark: int) -> Loaded:
    state = IndexGeneration.objects.first() or IndexGeneration()
    snapshot = IndexSnapshot.objects.filter(kind=kind, generation=state.generation).first()
    if snapshot is not None:
        later = IndexChange.objects.filter(kind=kind, pk__gt=snapshot.change).order_by("pk")
        found = list(later.values_list("pk", "mark", "keys", "gone"))
        if all(row[2] for row in found):
            bits = Bits.from_bytes(bytes(snapshot.bits))
            bits = _followed(bits, kind, state.generation, found) if found else bits
            return Loaded(kind, state.generation, state.last_document, change, mark, bits)
    bits = Bits()
    bits.extend(_documents(IndexedDocument.objects.filter(kind=kind, generation=state.generation)))
    return Loaded(kind, state.generation, state.last_document, change, mark, bits)


def write_snapshot(kind: str) -> None:
    """Write the bitmaps of a kind down as they are now; older changes are forgotten."""
    loaded = Loader().load(kind)
    IndexSnapshot.objects.update_or_create(
        kind=kind,
        defaults={
            "generation": loaded.generation,
            "change": loaded.change,
            "bits": loaded.bits.to_bytes(),
        },
    )
    IndexChange.objects.filter(kind=kind, pk__lt=loaded.change).delete()
