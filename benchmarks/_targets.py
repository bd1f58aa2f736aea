"""The figures of one run of ``./run bench search`` held against the targets: met or missed, by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Figures = dict[str, float]
LEAST = 10_000
"""Services from which on there are targets; fewer are measured to see how cost grows."""
Row = tuple[str, float, float]
"""What, the figure, and the most it may be."""


def table(found: Mapping[int, Figures]) -> str:
    """Return the table as text."""
    lines = [f"\n{'target':<70}{'most':>9}{'found':>10}"]
    for size in sorted(found):
        lines += [_line(row, is_held=size >= LEAST) for row in _rows(size, found[size])]
    lines += [_line(row, is_held=True) for row in _growth(found)]
    return "\n".join(lines)


def _line(row: Row, *, is_held: bool) -> str:
    what, figure, most = row
    verdict = ("met" if figure <= most else "MISSED") if is_held else "no target at this size"
    return f"{what:<70}{most:>9g}{figure:>10.2f}  {verdict}"


def _rows(size: int, found: Figures) -> Iterator[Row]:
    for kind in ("typical", "broad", "heavy"):
        ours, ranked = found[f"{kind} ours, nothing kept"], found[f"{kind} bare FTS5, ranked"]
        yield f"{size:,}: {kind}, times a bare ranked MATCH", ours / ranked, 1.5
        if size >= 100_000:
            high = found[f"{kind} ours, nothing kept p95"] / found[f"{kind} bare FTS5, ranked p95"]
            yield f"{size:,}: {kind}, p95, times the p95 of that", high, 4
            # In all: its median hangs on how many of its queries came before the first slow ones.
            what = f"{size:,}: {kind}, thousandths of Wagtail's backend over its queries"
            yield what, 1000 * found[f"{kind} share"], 2
    yield (
        f"{size:,}: counts alone, times a bare AND + popcounts",
        found["counts alone"] / found["popcounts"],
        2.5,
    )
    yield (
        f"{size:,}: counts alone, times the same of three values",
        found["counts alone"] / found["popcounts of three"],
        2.5,
    )
    yield f"{size:,}: build, times a bare FTS5 insert with the same analysis", _build(found), 1.2
    if size >= 100_000:
        scale = size / 100_000
        yield f"{size:,}: index, megabytes", found["megabytes"], 160 * scale
        yield f"{size:,}: loading in a new worker, seconds", found["load"], scale
        yield f"{size:,}: memory of a worker, megabytes", found["memory"], 30 * scale


def _build(found: Figures) -> float:
    return found["build"] / (found["bare build"] + found["analysis"])


def _growth(found: Mapping[int, Figures]) -> Iterator[Row]:
    """Yield how much more a query costs with a hundred times the data."""
    small, large = min(found), max(found)
    if large >= 100 * small:
        for kind in ("typical", "broad", "heavy"):
            one, other = (found[size][f"{kind} ours, nothing kept"] for size in (small, large))
            yield f"{kind}: {large:,} services, times {small:,}", other / one, 6
