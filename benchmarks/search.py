"""``./run bench search``: our embedded engine beside bare FTS5, one-pass SQL and Wagtail's own backend, in one run.

Figures are milliseconds of processor time (the machine may be shared), medians and 95th percentiles; only the
ratios of one run mean anything. The last table holds them against the targets. Sizes can be named:
``./run bench search 1000 10000``. An engine that takes seconds for a query is asked for 20 seconds at most, and
a query that takes more is broken off: its figure is the least that it takes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks._database import use_sqlite
from benchmarks._services import COUNTED, Generator
from benchmarks._targets import Figures, table
from benchmarks._timing import spread, timed

SIZES = (1_000, 10_000, 100_000)
QUERIES = {"typical": 100, "broad": 30, "heavy": 60}
MOST_SECONDS = 20.0
"""Processor time for one row of the table."""


def main(arguments: Sequence[str]) -> int:
    """Run every size in a process of its own, print a table each, and one of all against the targets."""
    found: dict[int, Figures] = {}
    for size in [int(one) for one in arguments] or SIZES:
        began = time.monotonic()
        found[size] = _in_a_process_of_its_own(measure, size)
        print(f"  ({time.monotonic() - began:.0f} s for this size)", flush=True)
    print(table(found))
    return 0


def _in_a_process_of_its_own(work: Callable[..., Any], *arguments: Any) -> Any:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def measure(size: int) -> Figures:
    """Build everything for ``size`` services, print the figures and return them."""
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.sqlite3")
        use_sqlite(path)
        from benchmarks._baselines import Bare, OnePass, WagtailBackend
        from portal.plugins import IndexSource
        from search.engines.database import collector_at_rest
        from search.engines.embedded import EmbeddedEngine
        from search.tokens import tokens_of

        generator = Generator()
        services = generator.services(size)
        engine = EmbeddedEngine()
        tokens_of(services[0])  # reads the dictionary
        figures["build"] = _with_every_word_new(
            lambda: engine.rebuild([IndexSource("service", lambda keys: services)])
        )
        with collector_at_rest():  # as a rebuild does
            figures["analysis"] = _with_every_word_new(lambda: [tokens_of(one) for one in services])
        figures["megabytes"] = _megabytes()
        bare, one_pass, wagtail = Bare(), OnePass(), WagtailBackend()
        figures["bare build"] = timed(bare.build)
        one_pass.build(services)
        figures["wagtail build"] = timed(lambda: wagtail.build(services))
        _analyze()
        print(f"\n{size:,} services, {len(COUNTED)} counted facets, index {figures['megabytes']:.0f} MB")
        loading = _in_a_process_of_its_own(_loading, str(path))
        figures |= loading
        print(
            f"  loading in a new worker: {loading['load']:.3f} s, bitmaps and names {loading['held']:.1f} MB stored,"
            f" memory +{loading['memory']:.0f} MB"
        )
        for name, number in QUERIES.items():
            queries = [getattr(generator, name)() for _ in range(number)]
            figures |= _table(name, queries, engine, bare, one_pass, wagtail)
        figures |= _counts(engine, [generator.facets_only() for _ in range(60)])
        figures |= _edits(engine, services, wagtail)
        print(
            f"  build: ours {figures['build']:.1f} s (analysis {figures['analysis']:.1f} s of it), bare FTS5 from"
            f" ready tokens {figures['bare build']:.1f} s, Wagtail's backend {figures['wagtail build']:.1f} s"
        )
    return figures


def _with_every_word_new(action: Callable[[], Any]) -> float:
    """Return the seconds that ``action`` takes when no word was ever analysed."""
    from search.analysis import analyser, letters

    for module in (analyser, letters):
        for known in vars(module).values():
            if hasattr(known, "cache_clear"):
                known.cache_clear()
    return timed(action)


def _table(name: str, queries: list[Any], engine: Any, bare: Any, one_pass: Any, wagtail: Any) -> Figures:
    worded = [query for query in queries if query.words]
    loaded = engine._loader.load("service")

    def cold(query: Any) -> None:
        loaded.postings.clear()
        loaded.words.forget()
        engine.search(query)

    for query in queries[:5]:
        engine.search(query)
    rows = {
        "ours, nothing kept": _row(cold, worded),
        "ours, words kept": _row(engine.search, worded),
        "bare FTS5, ranked": _row(bare.ranked, worded),
        "bare FTS5, count": _row(bare.count, worded),
        "SQL in one pass": _row(one_pass.search, worded),
        "Wagtail's backend": _row(wagtail.search, worded),
    }
    ranked = spread(rows["bare FTS5, ranked"])
    print(f"  {name}: ms median / p95 (ratio to bare FTS5, ranked)")
    for label, seconds in rows.items():
        median, high = spread(seconds)
        asked = "" if len(seconds) == len(worded) else f", {len(seconds)} queries"
        ratios = f"({median / ranked[0]:.2f} / {high / ranked[1]:.2f}{asked})"
        print(f"    {label:<20} {median:9.2f} / {high:9.2f}   {ratios}", flush=True)
    medians = {f"{name} {label}": spread(seconds)[0] for label, seconds in rows.items()}
    theirs = rows["Wagtail's backend"]
    share = {f"{name} share": sum(rows["ours, nothing kept"][: len(theirs)]) / sum(theirs)}
    return medians | share | {f"{name} {label} p95": spread(seconds)[1] for label, seconds in rows.items()}


def _row(ask: Callable[[Any], Any], queries: Sequence[Any]) -> list[float]:
    """Return the seconds of each query; no more of them once they have taken their time.

    The one that takes all of it is broken off, and counts with the time until then.
    """
    seconds: list[float] = []
    for query in queries:
        if sum(seconds) > MOST_SECONDS:
            break
        seconds.append(timed(lambda q=query: _until_broken_off(ask, q)))
    return seconds


def _until_broken_off(ask: Callable[[Any], Any], query: Any) -> None:
    from django.db import OperationalError, connection

    connection.ensure_connection()
    end = time.process_time() + MOST_SECONDS
    connection.connection.set_progress_handler(lambda: int(time.process_time() > end), 1_000_000)
    try:
        ask(query)
    except OperationalError as error:
        if "interrupted" not in str(error):
            raise
    finally:
        connection.connection.set_progress_handler(None, 0)


def _counts(engine: Any, queries: list[Any]) -> Figures:
    """Print the time of filters and counts beside a bare AND and as many popcounts."""
    from benchmarks._baselines import and_and_popcount, and_and_popcount_of_three_values

    bits = engine._loader.load("service").bits
    alone = [replace(query, count_left_out=False, limit=0) for query in queries]
    for query in alone:  # what is made once for all queries is made
        engine.search(query)
    found = {
        "facets page": spread([timed(lambda q=q: engine.search(q)) for q in queries])[0],
        "counts alone": spread([timed(lambda q=q: engine.search(q)) for q in alone])[0],
        "popcounts": spread([timed(lambda q=q: and_and_popcount(bits, q)) for q in queries])[0],
        "popcounts of three": spread(
            [timed(lambda q=q: and_and_popcount_of_three_values(bits, q)) for q in queries]
        )[0],
    }
    print(
        f"  no words: a page of hits with counts and what is left out {found['facets page']:.2f}, counts alone"
        f" {found['counts alone']:.2f}, bare AND + popcounts {found['popcounts']:.3f}, of three values"
        f" {found['popcounts of three']:.3f}"
    )
    return found


def _edits(engine: Any, services: list[Any], wagtail: Any) -> Figures:
    from search.engines.embedded import EmbeddedEngine

    other = EmbeddedEngine()
    other._loader.load("service")
    writes, follows, checks = [], [], []
    for document in services[:: max(1, len(services) // 20)][:20]:
        writes.append(timed(lambda d=document: engine.index([d])))
        follows.append(timed(lambda: other._loader.load("service")))
        checks.append(timed(lambda: other._loader.load("service")))
    found = {
        "edit": spread(writes)[0],
        "follow": spread(follows)[0],
        "check": spread(checks)[0],
        "wagtail edit": spread([timed(lambda n=n: wagtail.edit(n)) for n in range(5)])[0],
    }
    print(
        f"  one edit: written {found['edit']:.2f} ms, followed by another worker {found['follow']:.2f} ms, asking"
        f" whether anything changed {found['check']:.3f} ms; Wagtail's backend {found['wagtail edit']:.1f} ms"
    )
    return found


def _loading(path: str) -> Figures:
    """Load the index in this new process and return what that took."""
    use_sqlite(Path(path), migrate=False)
    from search.engines.loading import Loader
    from search.models import IndexSnapshot

    sizes = IndexSnapshot.objects.values_list("bits", "names")
    held = sum(len(bits) + len(names) for bits, names in sizes) / 1e6
    before = _resident()
    loader = Loader()
    seconds = timed(lambda: loader.load("service"))
    return {"load": seconds, "held": held, "memory": _resident() - before}


def _resident() -> float:
    """Return the megabytes of memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _megabytes() -> float:
    """Return the size of all tables and indexes of finding; asked before any other is made."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%%' OR name LIKE '%%search_index%%'"
            " OR name LIKE '%%search_posting%%' OR name LIKE '%%search_document%%'"
        )
        return float(cursor.fetchone()[0] or 0) / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
