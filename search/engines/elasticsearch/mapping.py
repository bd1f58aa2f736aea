"""The shape of an index, and how it says by what it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elasticsearch.dsl import Document, InnerDoc, Keyword, Nested, Object, Text

from search import analysis

LAYOUT = 4
"""Rises with every change of the fields or of the words in ``facts``: older indices are built anew."""
BROUGHT = frozenset({"ranges", "whole_of", "tallies_of"})
"""Objects whose fields are those of the facets and ranges that the documents bring."""
TOKENS = {"analyzer": "whitespace", "norms": False, "index_options": "docs"}


class Part(InnerDoc):  # type: ignore[misc]  # the library is not typed for us
    """What is counted of a record of several alternatives; see ``parts``."""

    facts = Keyword(doc_values=False)
    tallies = Keyword(index=False)
    tallies_of = Object(dynamic=False)
    ranges = Object(dynamic=False)


class Record(Document):  # type: ignore[misc]  # the library is not typed for us
    """A search document; ready-made tokens are split at spaces and nothing else happens to them."""

    kind = Keyword(doc_values=False)
    key = Keyword()
    static_key = Keyword()
    words = Text(**TOKENS)
    name = Text(**TOKENS)
    concepts = Text(**TOKENS)
    exact = Text(**TOKENS)
    said = Keyword(doc_values=False)
    facts = Keyword(doc_values=False)
    whole = Keyword(index=False)
    whole_of = Object(dynamic=False)
    tallies = Keyword(index=False)
    tallies_of = Object(dynamic=False)
    flags = Keyword()
    ranges = Object(dynamic=False)
    parts = Nested(Part)
    content = Object(enabled=False)
    state = Object(enabled=False)


def made_by(build: str) -> dict[str, Any]:
    """Return what the index says of itself."""
    return {"analysis": analysis.ANALYSIS_VERSION, "layout": LAYOUT, "build": build}


def index_body(build: str) -> dict[str, Any]:
    """Return settings and mappings of a new index."""
    fields = Record._doc_type.mapping.to_dict()
    return {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "10s",  # said, so that an idle index is refreshed as well
            "max_result_window": 100_000,
            "max_terms_count": 100_000,
        },
        "mappings": {**fields, "dynamic": "strict", "_meta": made_by(build)},
    }


def wrong_fields(found: dict[str, Any]) -> list[str]:
    """Return the fields of a mapping that are not as they should be."""
    expected = Record._doc_type.mapping.to_dict()["properties"]
    there = found.get("properties", {})
    return [
        name
        for name, field in expected.items()
        if name not in BROUGHT and _fixed(there.get(name)) != _fixed(field)
    ]


def _fixed(field: dict[str, Any] | None) -> Any:
    """Return a field without those that the documents bring."""
    if not field or "properties" not in field:
        return field
    fields = {name: each for name, each in field["properties"].items() if name not in BROUGHT}
    return {**field, "properties": fields}


def brought(documents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the fields that these documents bring, their parts included; nothing for no documents."""
    there = list(documents)
    if not there:
        return {}
    parts = [part for document in there for part in document["parts"]]
    return {**_brought(there), "parts": {"type": "nested", "properties": _brought(parts)}}


def _brought(owners: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found = {}
    for field in sorted(BROUGHT):
        names = {name for owner in owners for name in owner.get(field, ())}
        kind: dict[str, Any] = (
            {"type": "integer_range"} if field == "ranges" else {"type": "keyword", "index": False}
        )
        if names:
            found[field] = {
                "type": "object",
                "dynamic": False,
                "properties": dict.fromkeys(sorted(names), kind),
            }
    return found
