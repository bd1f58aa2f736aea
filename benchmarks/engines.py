"""``./run bench engines``: PostgreSQL and Elasticsearch with many services, alone and at 50 queries a second.

``DATABASE_URL`` names a PostgreSQL that may be written to, ``ELASTICSEARCH_URL`` an Elasticsearch; what is not named
is left out. Arguments: services (100000), queries (500). Times are wall-clock milliseconds with everything in them:
the plan of the words, the engine, the order, the counts. The load of the machine is printed with them.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RATE = 50
WORKERS = 8
WARM_SECONDS = 60


def main(arguments: Sequence[str]) -> int:
    """Measure every engine that is there, on one index of the database."""
    size, number = (*[int(one) for one in arguments], *(100_000, 500)[len(arguments) :])
    os.environ.setdefault("ELASTICSEARCH_PREFIX", "bench")
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        measure(size, number)
    return 0


def measure(size: int, number: int) -> None:
    """Build the index of ``size`` services and print the figures of each engine."""
    from benchmarks._services import Generator
    from portal.plugins import IndexSource
    from search.engines.fallback import database_engine

    generator = Generator()
    services = generator.services(size)
    database = database_engine()
    began = time.perf_counter()
    database.rebuild([IndexSource("service", lambda keys: services if keys is None else [])])
    taken = time.perf_counter() - began
    services.clear()
    _ask(
        f"{type(database).__name__}, built in {taken:.0f} s",
        database,
        generator,
        number,
    )
    if os.environ.get("ELASTICSEARCH_URL"):
        from search.engines.elasticsearch import ElasticsearchEngine

        engine = ElasticsearchEngine()
        began = time.perf_counter()
        engine.remote.rebuild(is_forced=True)
        taken = time.perf_counter() - began
        _warm(engine, generator)
        _ask(f"ElasticsearchEngine, built from the database in {taken:.0f} s", engine, generator, number)


def _warm(engine: Any, generator: Any) -> None:
    """Ask a server that has just started until it knows its work: the breaker would give it 30 seconds of rest."""
    from search.engines.fallback import NotAnswering

    late, end = 0, time.monotonic() + WARM_SECONDS
    while time.monotonic() < end:
        for kind in ("typical", "broad", "heavy", "facets_only"):
            try:
                engine.remote.search(getattr(generator, kind)())
            except NotAnswering:
                late += 1
    print(f"\nElasticsearch warmed up for {WARM_SECONDS} s; not in time {late} times", flush=True)


def _ask(title: str, engine: Any, generator: Any, number: int) -> None:
    print(f"\n{title}; {engine.health() or 'well'}", flush=True)
    gc.collect()
    gc.freeze()  # as a worker does once it has loaded the site (tools/server.py): nothing of a build is in it
    for kind in ("typical", "broad", "heavy", "facets_only"):
        queries = [getattr(generator, kind)() for _ in range(number // 4)]
        for query in queries[:20]:
            engine.search(query)
        _say(kind, _one_by_one(engine, queries))
    kinds = ("typical", "typical", "broad", "heavy")
    mixed = [getattr(generator, kind)() for _ in range(number // 4) for kind in kinds]
    _say(f"mixed, {RATE} a second", _at_a_rate(engine, mixed))


def _set_up(folder: Path) -> None:
    import django
    from django.conf import settings

    from portal.environment import database_from_url, sqlite

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    url = os.environ.get("DATABASE_URL", "")
    settings.DATABASES = {"default": database_from_url(url) if url else sqlite(folder / "bench.sqlite3")}
    django.setup()
    from django.core.management import call_command

    call_command("migrate", "search", verbosity=0)


def _timed(engine: Any, query: Any, since: float) -> tuple[float, bool]:
    result = engine.search(query)
    return (time.perf_counter() - since) * 1000, result.is_degraded


def _one_by_one(engine: Any, queries: Sequence[Any]) -> list[tuple[float, bool]]:
    return [_timed(engine, query, time.perf_counter()) for query in queries]


def _at_a_rate(engine: Any, queries: Sequence[Any]) -> list[tuple[float, bool]]:
    """Ask ``RATE`` queries a second whatever becomes of them; a query's time counts from when it was due."""
    from django.db import connection

    found: list[tuple[float, bool]] = []
    waiting = iter(enumerate(queries))
    lock, began = threading.Lock(), time.perf_counter()

    def work() -> None:
        while True:
            with lock:
                number, query = next(waiting, (-1, None))
            if number < 0:
                connection.close()
                return
            due = began + number / RATE
            time.sleep(max(0.0, due - time.perf_counter()))
            found.append(_timed(engine, query, due))

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _say(what: str, found: Sequence[tuple[float, bool]]) -> None:
    times = sorted(each for each, _ in found)
    p95 = times[int(len(times) * 0.95)]
    stood_in = sum(degraded for _, degraded in found)
    load = os.getloadavg()[0]
    print(
        f"  {what:<22} median {statistics.median(times):7.1f}  p95 {p95:7.1f}"
        f"  by the stand-in {stood_in} of {len(found)}  load {load:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
