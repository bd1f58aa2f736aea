"""Whether anything was written to the database since a moment: SQLite tells in microseconds, nobody else does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection

Kept = TypeVar("Kept")
Moment = tuple[Any, int, int]


def moment() -> Moment | None:
    """Return what is equal as long as nobody has committed anything; ``None`` where that cannot be told.

    Inside a transaction it cannot: a rollback would leave no trace.
    """
    if connection.vendor != "sqlite":
        return None
    connection.ensure_connection()
    raw = connection.connection
    if raw.in_transaction:
        return None
    # The first number counts what this connection wrote, the second changes with what others committed.
    return raw, raw.total_changes, raw.execute("PRAGMA data_version").fetchone()[0]


class SinceMoment(Generic[Kept]):
    """Keeps, for each thread, what was read at a moment; read again as soon as anything was written."""

    def __init__(self) -> None:
        self._held = threading.local()

    def get(self, name: str, read: Callable[[], Kept]) -> Kept:
        """Return what ``read`` returned, at this moment or at an earlier one that is still the same."""
        now = moment()
        held: dict[str, tuple[Moment, Kept]] = self._held.__dict__
        kept = held.get(name)
        if now is not None and kept is not None and kept[0] == now:
            return kept[1]
        value = read()
        if now is None:
            held.pop(name, None)
        else:
            held[name] = (now, value)
        return value
