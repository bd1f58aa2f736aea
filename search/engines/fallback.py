"""An engine outside the database, with the database engine behind it: the visitor always gets an answer.

The database engine is written first, in the transaction of the change; the remote follows its log. So nothing is
lost while the remote is away, and whatever it answers is known to be neither older nor less than the database.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from django.db import close_old_connections, connection, transaction

from portal.plugins import IndexSource, Progress, SearchDocument, SearchEngine, SearchQuery, SearchResult
from search.engines.embedded import EmbeddedEngine
from search.engines.postgresql import PostgresqlEngine

logger = logging.getLogger("search.fallback")
FAILURES = 3
"""Failures in a row after which the remote is left alone."""
PAUSE = 30.0
"""Seconds until one query tries it again."""
PATIENCE = 5.0
"""Seconds that the remote may lag behind the database before that counts as a failure."""


class NotAnswering(Exception):
    """The remote cannot answer; the words say why, without anything that a visitor typed."""


class Behind(NotAnswering):
    """The remote answers, but has not everything that the database has."""


class Remote(Protocol):
    """What an engine outside the database can do; every method raises :class:`NotAnswering`."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer ``query`` from an index that is level with the database, else raise :class:`Behind`."""

    def catch_up(self) -> None:
        """Take over what changed in the database; raise :class:`Behind` when that needs a rebuild."""

    def rebuild(self, progress: Progress | None = None, *, is_forced: bool = False) -> None:
        """Take over everything, into a new index that replaces the old one at the end.

        ``is_forced`` sweeps what an earlier one left and does not wait for one that runs elsewhere.
        """

    def health(self) -> str:
        """Return an empty string when all is well, else one sentence."""


class Breaker:
    """Counts failures; open, it lets one query through every ``PAUSE`` seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the remote is left alone for now."""
        return self._failures >= FAILURES

    def allows(self) -> bool:
        """Return whether to ask the remote; while open, only the first who comes after the pause may."""
        with self._lock:
            if not self.is_open:
                return True
            now = self._clock()
            if now < self._next_try:
                return False
            self._next_try = now + PAUSE
            return True

    def failed(self) -> None:
        """Count a failure."""
        with self._lock:
            self._failures += 1
            if self.is_open:
                self._next_try = self._clock() + PAUSE

    def succeeded(self) -> None:
        """Close the breaker."""
        self._failures = 0


Runner = Callable[[Callable[[], None]], None]


def in_background(work: Callable[[], None]) -> None:
    """Run ``work`` in a thread with database connections of its own."""

    def run() -> None:
        close_old_connections()
        try:
            work()
        finally:
            connection.close()

    threading.Thread(target=run, name="search-repair", daemon=True).start()


def database_engine() -> SearchEngine:
    """Return the engine of the site's own database."""
    return PostgresqlEngine() if connection.vendor == "postgresql" else EmbeddedEngine()


class FallbackEngine:
    """A :class:`portal.plugins.SearchEngine`: the remote when it is well, else the database engine."""

    def __init__(self, remote: Remote, *, run: Runner = in_background) -> None:
        self.remote = remote
        self.local = database_engine()
        self.breaker = Breaker()
        self._run = run
        self._repairing = threading.Lock()
        self._behind_since: float | None = None

    def index(self, documents: Iterable[SearchDocument]) -> None:
        """Write to the database in the running transaction, to the remote after its commit."""
        self.local.index(documents)
        transaction.on_commit(self.send)

    def remove(self, kind: str, keys: Iterable[str]) -> None:
        """Forget these records."""
        self.local.remove(kind, keys)
        transaction.on_commit(self.send)

    def clear(self, kind: str) -> None:
        """Forget every record of a kind."""
        self.local.clear(kind)
        transaction.on_commit(self.send)

    def rebuild(self, sources: Sequence[IndexSource], progress: Progress | None = None) -> int:
        """Build the database's index anew, then the remote's from it; a remote that is away follows later."""
        total = self.local.rebuild(sources, progress)
        try:
            self.remote.rebuild(progress, is_forced=True)
        except NotAnswering as error:
            self._failed(error)
        else:
            self._well()
        return total

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer from the remote, or the same from the database; ``is_degraded`` says which."""
        if self.breaker.allows():
            try:
                result = self.remote.search(query)
            except Exception as error:  # whatever it is, the visitor gets an answer
                self._failed(error)
            else:
                self._well()
                return result
        return replace(self.local.search(query), is_degraded=True)

    def health(self) -> str:
        """Return what is wrong with the remote, or with the database engine behind it."""
        try:
            return self.local.health() or self.remote.health()
        except NotAnswering as error:
            return str(error)

    def send(self) -> None:
        """Tell the remote what changed; what cannot be told now is told when it is back."""
        if self.breaker.is_open:
            return
        try:
            self.remote.catch_up()
        except Exception as error:  # the change itself is safe in the database
            self._failed(error)
        else:
            self._well()

    def repair(self) -> None:
        """Bring the remote level with the database: what changed, or everything; one at a time."""
        if not self._repairing.acquire(blocking=False):
            return
        try:
            if not self._caught_up():
                self.remote.rebuild()
            self._well()
        except Exception as error:  # tried again by the next query that finds it behind
            _say(error)
        finally:
            self._repairing.release()

    def _caught_up(self) -> bool:
        """Return whether sending what changed was enough."""
        try:
            self.remote.catch_up()
        except Behind:
            return False
        return not self.remote.health()

    def _well(self) -> None:
        self._behind_since = None
        self.breaker.succeeded()

    def _failed(self, error: Exception) -> None:
        """Count the failure; being behind is repaired, and counts only when it lasts."""
        if isinstance(error, Behind):
            now = time.monotonic()
            since = self._behind_since = self._behind_since or now
            if not self._repairing.locked():
                self._run(self.repair)
            if now - since < PATIENCE:
                return
        _say(error)
        self.breaker.failed()


def _say(error: Exception) -> None:
    """Log what happened without a word that a visitor typed: only our own sentences, else the error's kind."""
    logger.warning("%s", error if isinstance(error, NotAnswering) else type(error).__name__)
