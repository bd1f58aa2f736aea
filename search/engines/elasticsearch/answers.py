"""Elasticsearch's responses as the records of the port: hits in our own order, counts by choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from portal.plugins import Answer, Count, Hit, SearchQuery
from search import evaluation
from search.codec import decode
from search.engines.elasticsearch.counting import may_key, sure_key
from search.engines.elasticsearch.facts import CLOSED, NOT_SURE, ONE, SURE_ONLY, TAKEN_OFF, UNCOUNTED, fact
from search.engines.elasticsearch.questions import COLUMNS, LEVEL, LIFTED, MATCH, SPECIALISED, WORDS, Filters
from search.engines.fallback import NotAnswering
from search.query import Plan
from search.ranking import Candidate, Evidence

Response = Mapping[str, Any]


def candidates(response: Response, asked: Plan, *, is_judged: bool) -> list[Candidate]:
    """Return the hits of a response as candidates for the order."""
    return [_candidate(hit, asked, is_judged) for hit in response["hits"]["hits"]]


def _candidate(hit: Response, asked: Plan, is_judged: bool) -> Candidate:
    told, static_key, key = hit["sort"]
    named = tuple(hit.get("matched_queries", ()))
    score = round(told)
    matches = not is_judged or bool(score % LEVEL & MATCH)
    return Candidate(
        key=key,
        answer=Answer.MATCH if matches else Answer.ASK,
        static_key=static_key,
        level=score % LIFTED // LEVEL,
        evidence=_evidence(named, len(asked.units)),
        specialised=SPECIALISED in named,
        lifted=score >= LIFTED,
    )


@lru_cache(maxsize=10_000)  # most hits of a query have the same ones
def _evidence(named: tuple[str, ...], units: int) -> tuple[Evidence, ...]:
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


class Tally:
    """How many records of a set have which word, and so how many would be shown by which choice.

    ``is_sure``: those who match for sure are counted, where the words tell them from those who may fit.
    """

    def __init__(self, response: Response, *, is_sure: bool) -> None:
        self._only = SURE_ONLY if is_sure else NOT_SURE
        found = response.get("aggregations", {})  # none: only the records were counted
        parts = found.get("parts", {}).get("parts", {"doc_count": 0})
        self._buckets = [found, parts]
        self._words: dict[str, int] = {}
        for each in self._buckets:
            for words in (count for name, count in each.items() if name.partition(" ")[0] == "words"):
                if words.get("sum_other_doc_count"):
                    raise NotAnswering(
                        "The index in Elasticsearch has more words of facets than one count holds."
                    )
                for word in words["buckets"]:
                    key = word["key"]
                    self._words[key] = self._words.get(key, 0) + word["doc_count"]
        counted = self._with(ONE) + parts["doc_count"] - 2 * self._words.get(TAKEN_OFF, 0)
        self.total: int = total(response) if "total" in response.get("hits", {}) else counted

    def of(self, name: str, word: str) -> int:
        """Return how many have a word of a facet."""
        told = fact(name, word)
        return self._with(told) - self._words.get(TAKEN_OFF + told, 0)

    def _with(self, word: str) -> int:
        return self._words.get(word, 0) + self._words.get(self._only + word, 0)

    def around(self, name: str, number: str) -> int:
        """Return how many have a number within their range."""
        buckets = [each.get(f"range {name}", {}).get("buckets", {}) for each in self._buckets]
        return sum(
            int(sign * each.get(key, {}).get("doc_count", 0))
            for each in buckets
            for sign, key in ((1, number), (-1, TAKEN_OFF + number))
        )

    def matching(self, name: str, value: str, *, is_range: bool) -> int:
        """Return how many match ``value`` for sure."""
        if is_range:
            return self.around(name, value)
        named = self.of(name, f"m:{value}") + self.of(name, f"am:{value}")
        return named + self.of(name, "*m") - self.of(name, f"ma:{value}")

    def showing(self, name: str, value: str, *, is_range: bool) -> int:
        """Return how many do not refuse ``value``; whoever says nothing of the facet is to be asked."""
        unsaid = self.total - self.of(name, CLOSED) - self.of(name, UNCOUNTED)
        if is_range:
            return unsaid + self.around(name, value)
        return unsaid + self.of(name, f"m:{value}") + self.of(name, f"a:{value}")


Tallies = Mapping[str, Tally]


def tallies(responses: Mapping[str, Response]) -> Tallies:
    """Return the tally of each search that counts; one that counts both sets at once gives two."""
    found = {}
    for name, response in responses.items():
        kind, _, without = name.partition(" ")
        found[name] = Tally(response, is_sure=kind == "sure")
        if kind == "may" and sure_key(without) not in responses:
            found[sure_key(without)] = Tally(response, is_sure=True)
    return found


def left_out(tallies: Tallies, filters: Filters) -> dict[str, int]:
    """Return, per chosen filter, how many records it alone keeps out; filters that keep nobody out are absent."""
    shown = tallies[may_key("")].total
    numbers = {name: tallies[may_key(name)].total - shown for name in filters.chosen}
    return {name: number for name, number in numbers.items() if number}


def facet_counts(
    tallies: Tallies, filters: Filters, counted: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, Count]]:
    """Return what each choice would show."""
    counts: dict[str, dict[str, Count]] = {}
    for name, values in counted.items():
        without = name if name in filters.chosen else ""
        may, sure = tallies[may_key(without)], tallies[sure_key(without)]
        is_range = filters.asked.is_range(name)
        counts[name] = {}
        for value in values:
            matches = sure.matching(name, value, is_range=is_range)
            shown = may.showing(name, value, is_range=is_range)
            counts[name][value] = Count(matches, shown - matches)
    return counts
