"""What is findable: one SearchIndex a kind of record, registered by the package that owns the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Min

from portal.plugins import IndexSource, Progress, SearchDocument
from search.engine import get_engine
from search.models import PendingRefresh

MOST_AT_ONCE = 500


class SearchIndex(Protocol):
    """How records of one kind become documents; ``documents`` gives only what may leave the house."""

    kind: str

    def documents(self, keys: Sequence[str] | None = None) -> list[SearchDocument]:
        """Return the documents of these records, or of all."""


_indexes: dict[str, SearchIndex] = {}


def register(index: SearchIndex) -> None:
    """Make a kind of record findable; registering it twice keeps the last."""
    _indexes[index.kind] = index


def registered() -> dict[str, SearchIndex]:
    """Return the indexes by kind, in the order in which they were registered."""
    return dict(_indexes)


def rebuild_all(progress: Progress | None = None) -> int:
    """Build everything anew: readers see the old or the new index. Return the number of records."""
    sources = [IndexSource(kind, index.documents) for kind, index in _indexes.items()]
    return get_engine().rebuild(sources, progress)


def refresh(kind: str, keys: Iterable[str]) -> None:
    """Bring these records up to date: noted in the running transaction, done after its commit.

    With ``SEARCH_QUEUE`` the note stays for ``manage.py run_search_queue``, outside the request.
    """
    wanted = [PendingRefresh(kind=kind, key=key) for key in sorted(set(keys))]
    if not wanted:
        return
    PendingRefresh.objects.bulk_create(wanted, ignore_conflicts=True)
    if not settings.SEARCH_QUEUE:
        transaction.on_commit(process_pending)


def process_pending() -> int:
    """Refresh whatever waits, also what a killed process left; return how many records.

    Many saves of one transaction become one refresh: the first callback does it, the others find nothing.
    """
    done = 0
    while waiting := list(PendingRefresh.objects.order_by("pk")[:MOST_AT_ONCE]):
        with transaction.atomic():
            by_kind: dict[str, list[str]] = {}
            for row in waiting:
                by_kind.setdefault(row.kind, []).append(row.key)
            # Taken away first: a change that is committed from here on notes the record anew.
            PendingRefresh.objects.filter(pk__in=[row.pk for row in waiting]).delete()
            for kind, keys in by_kind.items():
                if kind in _indexes:
                    _refresh_now(kind, keys)
        done += len(waiting)
    return done


def lag() -> float:
    """Return for how many seconds the longest-waiting record has been waiting; 0 when none is."""
    since = PendingRefresh.objects.aggregate(since=Min("since"))["since"]
    return (datetime.now(UTC) - since).total_seconds() if since else 0.0


def health_note() -> dict[str, object]:
    """Return what an operator wants to know: what is wrong with the engine, and the lag in seconds."""
    return {"problem": get_engine().health(), "lag_seconds": round(lag(), 1)}


def _refresh_now(kind: str, keys: list[str]) -> None:
    documents = _indexes[kind].documents(keys)
    found = {document.key for document in documents}
    get_engine().index(documents)
    if gone := [key for key in keys if key not in found]:
        get_engine().remove(kind, gone)
