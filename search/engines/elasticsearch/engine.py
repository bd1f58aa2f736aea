"""One query asked of Elasticsearch, and the engine that a site chooses: Elasticsearch with the database behind it."""

from __future__ import annotations

import time
from typing import Any

from portal.plugins import Answer, Hit, Progress, SearchQuery, SearchResult
from search.engines import following
from search.engines.elasticsearch import answers, counting, questions
from search.engines.elasticsearch.cluster import Cluster, address
from search.engines.elasticsearch.shape import Shape
from search.engines.elasticsearch.store import STATE, State, Store
from search.engines.fallback import Behind, FallbackEngine, Runner, in_background
from search.query import Plan, plan
from search.ranking import CANDIDATES, Candidate, ranked

EVERYTHING = 100_000
LOOK_AGAIN = 30.0
"""Seconds after which the mapping of the index is looked at once more."""
ASK_STATE: dict[str, Any] = {"query": {"ids": {"values": [STATE]}}, "_source": ["state"], "size": 1}


class ElasticsearchRemote:
    """A :class:`search.engines.fallback.Remote`."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._store = Store(cluster)
        self._shape = Shape()
        self._looked = float("-inf")

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer ``query``; the index must hold all that the database held when the query began."""
        head = following.newest()
        self._look()
        asked = plan(query)
        result = self._ask(query, asked, head)
        # The documents were of another shape than thought: once more, as it is known now.
        return result or self._ask(query, asked, head) or self._give_up()

    def catch_up(self) -> None:
        """Send what changed in the database."""
        self._store.catch_up()

    def rebuild(self, progress: Progress | None = None, *, is_forced: bool = False) -> None:
        """Build a new index and swap."""
        self._store.rebuild(progress, is_forced=is_forced)

    def health(self) -> str:
        """Return what is wrong with the server or the index."""
        return self._store.health()

    @staticmethod
    def _give_up() -> SearchResult:
        raise Behind("The index in Elasticsearch changes all the time.")

    def _look(self) -> None:
        """Look now and then whether the index is the one that we made."""
        if time.monotonic() - self._looked > LOOK_AGAIN:
            if problem := self._store.wrong_making():
                raise Behind(problem)
            self._looked = time.monotonic()

    def _ask(self, query: SearchQuery, asked: Plan, head: following.Head) -> SearchResult | None:
        shape = self._shape
        words, filters = questions.Words(asked, query, shape), questions.Filters(query, shape)
        start, size, ranks = _window(query, asked)
        searches: list[dict[str, Any]] = [
            ASK_STATE,
            questions.everything(),
            questions.hits(words, filters, is_judged=query.has_filter, window=(start, size), ranks=ranks),
        ]
        left_out = query.has_filter and query.count_left_out
        counts: dict[str, dict[str, Any]] = {}
        if query.has_filter or query.count_facets:
            counts = counting.counts(words, filters, query.count_facets, left_out=left_out)
        state, number, hits, *counted = self._cluster.search([*searches, *counts.values()])
        self._shape = self._level(state, number, head).shape
        if self._shape != shape:
            return None
        found = _ordered(
            query, asked, answers.candidates(hits, asked, is_judged=query.has_filter), start, ranks
        )
        responses = dict(zip(counts, counted, strict=True))
        everybody = responses.pop(counting.FOUND, hits)
        tallies = answers.tallies(responses)
        totals = _totals(query, answers.total(hits), answers.total(everybody), tallies)
        return SearchResult(
            hits=self._hits(query, found, hits, ranks),
            match_total=totals[0],
            ask_total=totals[1],
            left_out_total=totals[2],
            facet_counts=answers.facet_counts(tallies, filters, query.count_facets) if tallies else {},
            left_out=answers.left_out(tallies, filters) if left_out else {},
            original=asked.original,
            corrected=asked.corrected,
            is_distress=asked.is_distress,
        )

    @staticmethod
    def _level(state: dict[str, Any], number: dict[str, Any], head: following.Head) -> State:
        """Return the state of the index if it holds exactly what the database held."""
        found = state["hits"]["hits"]
        if not found:
            raise Behind("The index in Elasticsearch is half built.")
        told = State.read(found[0]["_source"])
        if told.head != head:
            raise Behind("The index in Elasticsearch is behind the database.")
        if number["hits"]["total"]["value"] != told.documents + 1:
            raise Behind("The index in Elasticsearch does not hold what it should.")
        return told

    def _hits(
        self, query: SearchQuery, found: list[Candidate], response: dict[str, Any], ranks: bool
    ) -> tuple[Hit, ...]:
        if not query.has_filter:
            return tuple(Hit(one.key, Answer.MATCH) for one in found)
        keys = [one.key for one in found]
        if ranks:
            if not keys:
                return ()
            [response] = self._cluster.search([questions.contents(query.kind, keys)])
        return answers.judged(response, query, keys)


def _window(query: SearchQuery, asked: Plan) -> tuple[int, int, bool]:
    """Return from where, how many, and whether they are still to be ranked."""
    end = EVERYTHING if query.limit is None else min(query.offset + query.limit, EVERYTHING)
    if asked.units and query.offset < CANDIDATES:
        return 0, max(end, CANDIDATES), True
    return min(query.offset, EVERYTHING), max(0, end - query.offset), False


def _ordered(
    query: SearchQuery, asked: Plan, found: list[Candidate], start: int, ranks: bool
) -> list[Candidate]:
    if ranks:
        found = [*ranked(found[:CANDIDATES], asked), *found[CANDIDATES:]]
    first = query.offset - start if ranks else 0
    return found[first : None if query.limit is None else first + query.limit]


def _totals(query: SearchQuery, shown: int, found: int, tallies: answers.Tallies) -> tuple[int, int, int]:
    """Return how many match, how many are to be asked, and how many the filters leave out."""
    if not query.has_filter:
        return shown, 0, 0
    matches = tallies[counting.sure_key("")].total
    return matches, shown - matches, found - shown


class ElasticsearchEngine(FallbackEngine):
    """A :class:`portal.plugins.SearchEngine`: Elasticsearch at ``ELASTICSEARCH_URL``, the database behind it."""

    def __init__(self, *, run: Runner = in_background) -> None:
        super().__init__(ElasticsearchRemote(Cluster(address())), run=run)
