"""A search document as JSON and back, without its texts: for engines that store it in a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.plugins import Answer, Conditions, FacetValues, RangeValues, SearchDocument


def encode(document: SearchDocument) -> dict[str, Any]:
    """Return a document as plain JSON values; its texts are left out, their tokens are kept elsewhere."""
    return {
        "kind": document.kind,
        "key": document.key,
        "facets": _facets(document.facets),
        "alternatives": [
            {
                "facets": _facets(conditions.facets),
                "ranges": {n: [r.low, r.high, r.unknown] for n, r in conditions.ranges.items()},
                "limited": conditions.limited,
            }
            for conditions in document.alternatives
        ],
        "static_key": document.static_key,
        "ask_always": document.ask_always,
        "round_the_clock": document.round_the_clock,
        "uncounted": sorted(document.uncounted),
        "numbers": list(document.numbers),
        "specialised": document.specialised,
    }


def decode(data: Mapping[str, Any]) -> SearchDocument:
    """Return the document that :func:`encode` wrote, without texts."""
    return SearchDocument(
        kind=data["kind"],
        key=data["key"],
        facets=_read_facets(data["facets"]),
        alternatives=tuple(
            Conditions(
                _read_facets(row["facets"]),
                {name: RangeValues(*values) for name, values in row["ranges"].items()},
                row["limited"],
            )
            for row in data["alternatives"]
        ),
        static_key=data["static_key"],
        ask_always=data["ask_always"],
        round_the_clock=data["round_the_clock"],
        uncounted=frozenset(data["uncounted"]),
        numbers=tuple(data["numbers"]),
        specialised=data["specialised"],
    )


def _facets(facets: Mapping[str, FacetValues]) -> dict[str, list[Any]]:
    return {
        name: [sorted(values.match), sorted(values.ask), int(values.everything)]
        for name, values in facets.items()
    }


def _read_facets(facets: Mapping[str, Any]) -> dict[str, FacetValues]:
    return {
        name: FacetValues(frozenset(match), frozenset(ask), Answer(everything))
        for name, (match, ask, everything) in facets.items()
    }
