"""What is findable: one SearchIndex a kind of record, registered by the package that owns the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import local
from typing import Protocol

from django.db import transaction

from portal.plugins import SearchDocument
from search.engine import get_engine

Progress = Callable[[str, int], None]


class SearchIndex(Protocol):
    """How records of one kind become documents; ``documents`` gives only what may leave the house."""

    kind: str

    def documents(self, keys: Iterable[str] | None = None) -> list[SearchDocument]:
        """Return the documents of these records, or of all."""


_indexes: dict[str, SearchIndex] = {}


def register(index: SearchIndex) -> None:
    """Make a kind of record findable; registering it twice keeps the last."""
    _indexes[index.kind] = index


def rebuild_all(progress: Progress | None = None) -> int:
    """Build every kind anew in one transaction: readers see the old or the new index. Return the number."""
    total = 0
    with transaction.atomic():
        for kind, index in _indexes.items():
            documents = index.documents()
            get_engine().clear(kind)
            get_engine().index(documents)
            total += len(documents)
            if progress:
                progress(kind, len(documents))
    return total


def refresh(kind: str, keys: Iterable[str]) -> None:
    """Bring these records up to date after the running transaction commits, all of them in one go."""
    _waiting.keys.setdefault(kind, set()).update(keys)
    transaction.on_commit(_flush)


class _Pending(local):
    """What waits for the commit, by thread: many saves of one transaction become one refresh."""

    def __init__(self) -> None:
        self.keys: dict[str, set[str]] = {}


_waiting = _Pending()


def _flush() -> None:
    """Refresh everything that waits; the first callback of a commit does it, the others find nothing.

    Keys of a rolled-back savepoint are refreshed as well, which finds them unchanged.
    """
    waiting, _waiting.keys = _waiting.keys, {}
    for kind, keys in waiting.items():
        _refresh_now(kind, sorted(keys))


def _refresh_now(kind: str, keys: list[str]) -> None:
    documents = _indexes[kind].documents(keys)
    found = {document.key for document in documents}
    get_engine().index(documents)
    if gone := [key for key in keys if key not in found]:
        get_engine().remove(kind, gone)
