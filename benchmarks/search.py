"""``./run bench search``: our embedded engine beside bare FTS5, one-pass SQL and Wagtail's own backend, in one run.

Figures are milliseconds of processor time (the machine may be shared), medians and 95th percentiles; only the
ratios of one run mean anything. Sizes can be named: ``./run bench search 1000 10000``.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks._database import use_sqlite
from benchmarks._services import COUNTED, Generator

SIZES = (1_000, 10_000, 100_000)
QUERIES = {"typical": 100, "broad": 30, "heavy": 60}
SLOW = 5  # queries for an engine that takes seconds for each
SLOW_FROM = 10_000  # services from which Wagtail's backend is asked that few


def main(arguments: Sequence[str]) -> int:
    """Run every size in a database of its own and print a table each."""
    for size in [int(one) for one in arguments] or SIZES:
        code = _in_a_process_of_its_own(size)
        if code:
            return code
    return 0


def _in_a_process_of_its_own(size: int) -> int:
    import multiprocessing

    process = multiprocessing.get_context("spawn").Process(target=measure, args=(size,))
    process.start()
    process.join()
    return process.exitcode or 0


def measure(size: int) -> None:
    """Build everything for ``size`` services and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        use_sqlite(Path(folder, "bench.sqlite3"))
        from benchmarks._baselines import Bare, OnePass, WagtailBackend
        from portal.plugins import IndexSource
        from search.engines.embedded import EmbeddedEngine

        generator = Generator()
        services = generator.services(size)
        engine = EmbeddedEngine()
        built = timed(lambda: engine.rebuild([IndexSource("service", lambda keys: services)]))
        bare, one_pass, wagtail = Bare(), OnePass(), WagtailBackend()
        bare_built = timed(bare.build)
        one_pass.build(services)
        wagtail_built = timed(lambda: wagtail.build(services))
        _analyze()
        print(
            f"\n{size:,} services, {len(set(COUNTED)):d} counted facets, whole index {_megabytes(folder):.0f} MB"
        )
        _loading(size)
        for name, number in QUERIES.items():
            queries = [getattr(generator, name)() for _ in range(number)]
            _table(name, queries, engine, bare, one_pass, wagtail, size)
        _facets(engine, [generator.facets_only() for _ in range(60)])
        _edits(engine, services, wagtail)
        print(
            f"  build: ours {built:.1f} s, bare FTS5 from ready tokens {bare_built:.1f} s,"
            f" Wagtail's backend {wagtail_built:.1f} s"
        )


def timed(action: Callable[[], Any]) -> float:
    """Return the processor seconds that ``action`` takes."""
    started = time.process_time()
    action()
    return time.process_time() - started


def spread(seconds: Sequence[float]) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return statistics.median(ordered) * 1000, ordered[int(len(ordered) * 0.95)] * 1000


def _table(
    name: str, queries: list[Any], engine: Any, bare: Any, one_pass: Any, wagtail: Any, size: int
) -> None:
    worded = [query for query in queries if query.words]
    slow = worded[:SLOW] if size >= SLOW_FROM else worded
    loaded = engine._loader.load("service")

    def cold(query: Any) -> None:
        loaded.postings.clear()
        engine.search(query)

    for query in queries[:3]:
        engine.search(query)
    rows = {
        "ours, nothing kept": [timed(lambda q=q: cold(q)) for q in worded],
        "ours, words kept": [timed(lambda q=q: engine.search(q)) for q in worded],
        "bare FTS5, ranked": [timed(lambda q=q: bare.ranked(q)) for q in worded],
        "bare FTS5, count": [timed(lambda q=q: bare.count(q)) for q in worded],
        "SQL in one pass": [timed(lambda q=q: one_pass.search(q)) for q in worded],
        "Wagtail's backend": [timed(lambda q=q: wagtail.search(q)) for q in slow],
    }
    ranked = spread(rows["bare FTS5, ranked"])
    print(f"  {name}: ms median / p95 (ratio to bare FTS5, ranked)")
    for label, seconds in rows.items():
        median, high = spread(seconds)
        print(
            f"    {label:<20} {median:9.2f} / {high:9.2f}   ({median / ranked[0]:.2f} / {high / ranked[1]:.2f})"
        )


def _facets(engine: Any, queries: list[Any]) -> None:
    """Print the time of filters and counts alone beside a bare AND and as many popcounts."""
    from benchmarks._baselines import and_and_popcount

    bits = engine._loader.load("service").bits
    ours, _ = spread([timed(lambda q=q: engine.search(q)) for q in queries])
    bare, _ = spread([timed(lambda q=q: and_and_popcount(bits, q)) for q in queries])
    print(f"  filters and counts alone: ours {ours:.2f}, bare AND + popcounts {bare:.2f} ({ours / bare:.1f})")


def _edits(engine: Any, services: list[Any], wagtail: Any) -> None:
    from search.engines.embedded import EmbeddedEngine

    other = EmbeddedEngine()
    other._loader.load("service")
    writes, follows, checks = [], [], []
    for document in services[:: max(1, len(services) // 20)][:20]:
        writes.append(timed(lambda d=document: engine.index([d])))
        follows.append(timed(lambda: other._loader.load("service")))
        checks.append(timed(lambda: other._loader.load("service")))
    theirs, _ = spread([timed(lambda n=n: wagtail.edit(n)) for n in range(5)])
    print(
        f"  one edit: written {spread(writes)[0]:.2f} ms, followed by another worker {spread(follows)[0]:.2f} ms,"
        f" asking whether anything changed {spread(checks)[0]:.3f} ms; Wagtail's backend {theirs:.1f} ms"
    )


def _loading(size: int) -> None:
    from search.engines.loading import Loader

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = timed(lambda: Loader().load("service"))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    from search.models import IndexSnapshot

    held = sum(len(bytes(one.bits)) for one in IndexSnapshot.objects.all()) / 1e6
    print(f"  loading: {seconds:.3f} s, bitmaps {held:.1f} MB, peak memory +{(after - before) / 1024:.0f} MB")


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _megabytes(folder: str) -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_text%%' OR name LIKE '%%indexeddocument%%'"
        )
        return float(cursor.fetchone()[0] or 0) / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
