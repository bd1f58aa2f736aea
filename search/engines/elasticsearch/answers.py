"""Elasticsearch's responses as the records of the port: hits in our own order, counts by choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portal.plugins import Answer, Count, Hit, SearchQuery
from search import evaluation
from search.codec import decode
from search.engines.elasticsearch.facts import CLOSED, UNCOUNTED, fact
from search.engines.elasticsearch.questions import COLUMNS, LEVEL, LIFTED, MATCH, WORDS, Filters
from search.query import Plan
from search.ranking import Candidate, Evidence

Response = Mapping[str, Any]


def candidates(response: Response, asked: Plan, *, is_judged: bool) -> list[Candidate]:
    """Return the hits of a response as candidates for the order."""
    return [_candidate(hit, asked, is_judged) for hit in response["hits"]["hits"]]


def _candidate(hit: Response, asked: Plan, is_judged: bool) -> Candidate:
    values = hit["fields"]
    score = round(hit["_score"] or 0)
    matches = not is_judged or bool(score % LEVEL & MATCH)
    return Candidate(
        key=values["key"][0],
        answer=Answer.MATCH if matches else Answer.ASK,
        static_key=values["static_key"][0],
        level=score % LIFTED // LEVEL,
        evidence=_evidence(set(hit.get("matched_queries", ())), len(asked.units)),
        specialised="specialised" in values.get("flags", ()),
        lifted=score >= LIFTED,
    )


def _evidence(named: set[str], units: int) -> tuple[Evidence, ...]:
    found = []
    for number in range(units):
        links = f"{number} links" in named
        places = Evidence.LINK if links else Evidence(0)
        if links or f"{number} {WORDS}" in named:
            for place, column in COLUMNS.items():
                places |= place if f"{number} {column}" in named else Evidence(0)
            places = places or Evidence.TEXT
        found.append(places)
    return tuple(found)


def judged(response: Response, query: SearchQuery, keys: Sequence[str]) -> tuple[Hit, ...]:
    """Return the hits with what each says to every filter, judged by the oracle itself."""
    contents = {hit["fields"]["key"][0]: hit["_source"]["content"] for hit in response["hits"]["hits"]}
    documents = {key: decode(content) for key, content in contents.items()}
    return tuple(
        evaluation.hit(documents[key], evaluation.judge(documents[key], query))
        for key in keys
        if key in documents
    )


def total(response: Response) -> int:
    """Return how many records a search found."""
    return int(response["hits"]["total"]["value"])


def left_out(found: Mapping[str, Response], filters: Filters) -> dict[str, int]:
    """Return, per chosen filter, how many records it alone keeps out; filters that keep nobody out are absent."""
    shown = total(found["may"])
    numbers = {name: total(found[f"may {name}"]) - shown for name in filters.chosen}
    return {name: number for name, number in numbers.items() if number}


def facet_counts(
    found: Mapping[str, Response], filters: Filters, counted: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, Count]]:
    """Return what each choice would show."""
    words = {name: _words(response) for name, response in found.items()}
    counts: dict[str, dict[str, Count]] = {}
    for name, values in counted.items():
        may, sure = (f"{kind} {name}" if name in filters.chosen else kind for kind in ("may", "sure"))
        shown = _Tally(found[may], words[may], name, filters)
        match = _Tally(found[sure], words[sure], name, filters)
        counts[name] = {}
        for value in values:
            matches = match.matching(value)
            counts[name][value] = Count(matches, shown.showing(value) - matches)
    return counts


def _words(response: Response) -> dict[str, int]:
    buckets = response.get("aggregations", {}).get("words", {}).get("buckets", ())
    return {each["key"]: each["doc_count"] for each in buckets}


class _Tally:
    """The counts of one facet within one set of records."""

    def __init__(self, response: Response, words: Mapping[str, int], name: str, filters: Filters) -> None:
        found = response.get("aggregations", {})
        self._words, self._name = words, name
        self._ranges = found[f"range {name}"]["buckets"] if filters.is_range(name) else None
        self._several = found.get(f"several {name}", {})
        closed = self._of(CLOSED) + self._of(UNCOUNTED) + int(self._several.get("doc_count", 0))
        self._open = total(response) - closed

    def matching(self, value: str) -> int:
        """Return how many match ``value`` for sure."""
        if self._ranges is not None:
            return int(self._ranges[value]["doc_count"]) + self._of_several(value)
        named = self._of(f"m:{value}") + self._of(f"am:{value}")
        return named + self._of("*m") - self._of(f"ma:{value}") + self._of_several(value)

    def showing(self, value: str) -> int:
        """Return how many do not refuse ``value``; whoever says nothing of the facet is to be asked."""
        if self._ranges is not None:
            named = int(self._ranges[value]["doc_count"])
        else:
            named = self._of(f"m:{value}") + self._of(f"a:{value}")
        return self._open + named + self._of_several(value)

    def _of(self, word: str) -> int:
        return self._words.get(fact(self._name, word), 0)

    def _of_several(self, value: str) -> int:
        return int(self._several["each"]["buckets"][value]["doc_count"]) if self._several else 0
