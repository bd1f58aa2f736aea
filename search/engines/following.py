"""The log of the index's changes, as an engine outside the database follows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

from search.engines.bits import Bits
from search.models import IndexChange, IndexedDocument, IndexGeneration, IndexSnapshot

BATCH = 500
MANY_VALUES = 64


@dataclass(frozen=True, slots=True)
class Head:
    """A change by its number and its random mark; after a rollback the same number may stand for another."""

    number: int = 0
    mark: int = 0


def newest() -> Head:
    """Return the newest change of all kinds; plain SQL, as every query asks it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, mark FROM search_indexchange ORDER BY id DESC LIMIT 1")
        return Head(*(cursor.fetchone() or (0, 0)))


def generation() -> int:
    """Return the generation that is read."""
    return IndexGeneration.objects.values_list("generation", flat=True).first() or 0


def number_of_documents(of: int) -> int:
    """Return how many documents a generation has."""
    return IndexedDocument.objects.filter(generation=of).count()


def keys_since(head: Head) -> Mapping[str, list[str]] | None:
    """Return the keys by kind that changed after ``head``; ``None`` when everything must be read anew.

    That is so when the log no longer holds that change, or when a later one names no keys.
    """
    log = IndexChange.objects.filter(pk__gte=head.number).order_by("pk")
    rows = list(log.values_list("pk", "mark", "kind", "keys"))
    if not rows or rows[0][:2] != (head.number, head.mark) or not all(row[3] for row in rows[1:]):
        return None
    keys: dict[str, dict[str, None]] = {}
    for _pk, _mark, kind, names in rows[1:]:
        keys.setdefault(kind, {}).update(dict.fromkeys(names))
    return {kind: list(names) for kind, names in keys.items()}


def facets_of_many_values(of: int) -> set[str]:
    """Return the facets that had more than :data:`MANY_VALUES` values when a generation was written down."""
    snapshots = IndexSnapshot.objects.filter(generation=of).values_list("bits", flat=True)
    return {
        name
        for bits in snapshots
        for name, number in Bits.from_bytes(bytes(bits)).numbers_of_values().items()
        if number > MANY_VALUES
    }


def rows_of(of: int, kind: str, keys: list[str]) -> list[IndexedDocument]:
    """Return the rows of these keys; a key without a row is gone."""
    return list(IndexedDocument.objects.filter(generation=of, kind=kind, key__in=keys))


def all_rows(of: int) -> Iterator[list[IndexedDocument]]:
    """Yield every row of a generation in batches, each by a short query of its own."""
    last = 0
    while rows := list(IndexedDocument.objects.filter(generation=of, pk__gt=last).order_by("pk")[:BATCH]):
        yield rows
        last = rows[-1].pk
