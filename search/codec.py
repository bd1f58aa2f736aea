"""A search document as JSON and back, without its texts: for engines that store it in a table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from portal.plugins import Answer, Conditions, FacetValues, RangeValues, SearchDocument

ANSWERS = tuple(Answer)  # by number; asking the class takes six times as long
MOST_KEPT = 2000
"""Facets and ranges of which the text is kept: most documents say what others said."""
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(document: SearchDocument) -> str:
    """Return a document as JSON; its texts are left out, their tokens are kept elsewhere.

    Written by hand, as a rebuild encodes everything: facets that were written before are not written anew.
    """
    alternatives = ",".join(
        f'{{"facets":{_facets(conditions.facets)},"ranges":{_ranges(conditions.ranges)},'
        f'"limited":{_flag(conditions.limited)}}}'
        for conditions in document.alternatives
    )
    return (
        f'{{"kind":{_dumps(document.kind)},"key":{_dumps(document.key)},"facets":{_facets(document.facets)},'
        f'"alternatives":[{alternatives}],"static_key":{_dumps(document.static_key)},'
        f'"ask_always":{_flag(document.ask_always)},"round_the_clock":{_flag(document.round_the_clock)},'
        f'"uncounted":{_list(sorted(document.uncounted))},"numbers":{_list(document.numbers)},'
        f'"specialised":{_flag(document.specialised)}}}'
    )


def decode(data: Mapping[str, Any]) -> SearchDocument:
    """Return the document that :func:`encode` wrote, without texts; ``data`` is its JSON as plain values."""
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


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _list(values: Sequence[str]) -> str:
    return _dumps(values) if values else "[]"


def _facets(facets: Mapping[str, FacetValues]) -> str:
    return f"{{{','.join([_facet(name, v.match, v.ask, v.everything) for name, v in facets.items()])}}}"


def _ranges(ranges: Mapping[str, RangeValues]) -> str:
    return f"{{{','.join([_range(name, r.low, r.high, r.unknown) for name, r in ranges.items()])}}}"


@lru_cache(MOST_KEPT)
def _facet(name: str, match: frozenset[str], ask: frozenset[str], everything: Answer) -> str:
    return f"{_dumps(name)}:{_dumps([sorted(match), sorted(ask), int(everything)])}"


@lru_cache(MOST_KEPT)
def _range(name: str, low: int | None, high: int | None, unknown: bool) -> str:
    return f"{_dumps(name)}:{_dumps([low, high, unknown])}"


def _read_facets(facets: Mapping[str, Any]) -> dict[str, FacetValues]:
    return {
        name: FacetValues(frozenset(match), frozenset(ask), ANSWERS[everything])
        for name, (match, ask, everything) in facets.items()
    }
