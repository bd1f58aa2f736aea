"""The shape of an index, and how it says by what it was made."""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Document, Keyword, Object, Text

from search import analysis

LAYOUT = 2
"""Rises with every change of the fields or of the words in ``facts``: older indices are built anew."""
TOKENS = {"analyzer": "whitespace", "norms": False, "index_options": "docs"}


class Record(Document):  # type: ignore[misc]  # the library is not typed for us
    """A search document; ready-made tokens are split at spaces and nothing else happens to them."""

    kind = Keyword(doc_values=False)
    key = Keyword()
    static_key = Keyword()
    words = Text(**TOKENS)
    name = Text(**TOKENS)
    concepts = Text(**TOKENS)
    exact = Text(**TOKENS)
    facts = Keyword(doc_values=False)
    tallies = Keyword(index=False)
    planes = Keyword(doc_values=False)
    flags = Keyword()
    ranges = Object(dynamic=False)
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
        name for name, field in expected.items() if name != "ranges" and there.get(name) != _as_told(field)
    ]


def _as_told(field: dict[str, Any]) -> dict[str, Any]:
    return field
