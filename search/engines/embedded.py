"""The default engine: documents in a table of the site's own database, judged in memory by every worker.

Any change gives its kind a new version, in the same transaction; a worker asks for that number once a query
(one indexed row) and loads again when it is another, so an edit is visible to the next request.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError, transaction

from portal.plugins import Answer, Hit, SearchDocument, SearchQuery, SearchResult
from search import evaluation, words
from search.codec import decode, encode
from search.models import IndexedDocument, IndexVersion


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The documents of one kind at one version, with their folded words."""

    version: int
    documents: tuple[SearchDocument, ...]
    words: dict[str, dict[str, frozenset[str]]]


class EmbeddedEngine:
    """A :class:`portal.plugins.SearchEngine` on the site's own database."""

    def __init__(self) -> None:
        self._loaded: dict[str, _Loaded] = {}

    def index(self, documents: Iterable[SearchDocument]) -> None:
        """Add or replace these documents."""
        by_kind: dict[str, list[SearchDocument]] = {}
        for document in documents:
            by_kind.setdefault(document.kind, []).append(document)
        with transaction.atomic():
            for kind, group in by_kind.items():
                IndexedDocument.objects.bulk_create(
                    [IndexedDocument(kind=kind, key=d.key, content=encode(d)) for d in group],
                    update_conflicts=True,
                    unique_fields=["kind", "key"],
                    update_fields=["content"],
                )
                self._renew(kind)

    def remove(self, kind: str, keys: Iterable[str]) -> None:
        """Forget these records; unknown keys are no error."""
        with transaction.atomic():
            IndexedDocument.objects.filter(kind=kind, key__in=list(keys)).delete()
            self._renew(kind)

    def clear(self, kind: str) -> None:
        """Forget every record of a kind."""
        with transaction.atomic():
            IndexedDocument.objects.filter(kind=kind).delete()
            self._renew(kind)

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer ``query``: matches first, then those to ask; with words by their score inside each."""
        loaded = self._load(query.kind)
        inside = (document for document in loaded.documents if evaluation.is_inside(document, query))
        found = [document for document in inside if self._score(loaded, document, query)]
        judged = [(document, evaluation.judge(document, query)) for document in found]
        shown = [(document, verdict) for document, verdict in judged if verdict.answer is not Answer.NO]
        shown.sort(key=lambda pair: self._order(loaded, pair[0], pair[1].answer, query))
        matches = sum(verdict.answer is Answer.MATCH for _, verdict in shown)
        hits = tuple(evaluation.hit(document, verdict) for document, verdict in shown)
        return SearchResult(
            hits=self._page(hits, query),
            match_total=matches,
            ask_total=len(hits) - matches,
            facet_counts=evaluation.facet_counts(found, query) if query.count_facets else {},
            left_out=self._left_out(found, query) if query.count_left_out and query.has_filter else {},
            left_out_total=len(found) - len(hits),
        )

    def health(self) -> str:
        """Return an empty string when the table can be read, else one sentence why not."""
        try:
            IndexVersion.objects.exists()
        except DatabaseError as error:
            return f"The search table cannot be read: {type(error).__name__}."
        return ""

    @staticmethod
    def _renew(kind: str) -> None:
        # A number never used before: after a rollback the same count could stand for other content.
        IndexVersion.objects.update_or_create(kind=kind, defaults={"version": secrets.randbits(62)})

    def _load(self, kind: str) -> _Loaded:
        version = IndexVersion.objects.filter(kind=kind).values_list("version", flat=True).first() or 0
        loaded = self._loaded.get(kind)
        if loaded is None or loaded.version != version:
            rows = IndexedDocument.objects.filter(kind=kind).values_list("content", flat=True)
            documents = tuple(decode(row) for row in rows)
            folded = {document.key: words.fields_of(document.fields) for document in documents}
            loaded = self._loaded[kind] = _Loaded(version, documents, folded)
        return loaded

    @staticmethod
    def _score(loaded: _Loaded, document: SearchDocument, query: SearchQuery) -> int:
        if not query.words.strip():
            return 1
        if words.is_distress(query.words) and document.round_the_clock:
            return 1000
        return words.score(loaded.words[document.key], query.words)

    def _order(
        self, loaded: _Loaded, document: SearchDocument, answer: Answer, query: SearchQuery
    ) -> tuple[object, ...]:
        score = self._score(loaded, document, query) if query.words.strip() else 0
        return (-score if score >= 1000 else 0, -answer, -score, document.static_key, document.key)

    @staticmethod
    def _page(hits: tuple[Hit, ...], query: SearchQuery) -> tuple[Hit, ...]:
        return hits[query.offset : None if query.limit is None else query.offset + query.limit]

    @staticmethod
    def _left_out(found: list[SearchDocument], query: SearchQuery) -> dict[str, int]:
        tally: dict[str, int] = {}
        for document in found:
            if evaluation.judge(document, query).answer is Answer.NO:
                for name in evaluation.left_out_by(document, query):
                    tally[name] = tally.get(name, 0) + 1
        return tally
