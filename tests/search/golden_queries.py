"""The golden queries as records: what was typed, what is right, and what must not come first."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class GoldenQuery:
    """One query; ``expected`` and ``forbidden`` are read in ``golden/README.md``."""

    query: str
    language: str
    category: str
    country: str
    expected: frozenset[str]
    forbidden: frozenset[str]


def read(name: str = "queries") -> list[GoldenQuery]:
    """Return the queries of ``golden/<name>.tsv`` in their order."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [
            GoldenQuery(
                row["query"],
                row["language"],
                row["category"],
                row["country"],
                frozenset(row["expected"].split()),
                frozenset(row["forbidden"].split()),
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
