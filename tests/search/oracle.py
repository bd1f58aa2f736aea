"""What every engine must answer, in plain Python: no index, no bitmap, one record after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portal.plugins import Answer, Hit, SearchDocument, SearchQuery, SearchResult
from search import evaluation
from search.query import Plan, Unit, plan
from search.ranking import CANDIDATES, Candidate, Evidence, ranked
from search.tokens import tokens_of


@dataclass(frozen=True)
class _Record:
    document: SearchDocument
    columns: dict[str, frozenset[str]]


@dataclass(frozen=True)
class _Found:
    document: SearchDocument
    level: int
    evidence: tuple[Evidence, ...]
    lifted: bool


class Oracle:
    """Knows a handful of documents and answers as the port says."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self._records = [_Record(document, _columns(document)) for document in documents]

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer ``query`` as an engine would."""
        asked = plan(query)
        found = [hit for record in self._records if (hit := _find(record, query, asked))]
        judged = [(one, evaluation.judge(one.document, query)) for one in found]
        if not query.has_filter:  # nothing is judged then, not even a record without alternatives
            judged = [(one, replace(judgement, answer=Answer.MATCH)) for one, judgement in judged]
        shown = [(one, judgement) for one, judgement in judged if judgement.answer]
        matches = sum(judgement.answer is Answer.MATCH for _, judgement in shown)
        documents = [one.document for one in found]
        return SearchResult(
            hits=_page(query, asked, shown),
            match_total=matches,
            ask_total=len(shown) - matches,
            facet_counts=evaluation.facet_counts(documents, query) if query.count_facets else {},
            left_out=_left_out(query, [one.document for one, judgement in judged if not judgement.answer]),
            left_out_total=len(found) - len(shown),
            original=asked.original,
            corrected=asked.corrected,
            is_distress=asked.is_distress,
        )


def _columns(document: SearchDocument) -> dict[str, frozenset[str]]:
    tokens = tokens_of(document)
    columns = {name: frozenset(tokens.column(name).split()) for name in ("name", "concepts", "text", "exact")}
    return {**columns, "": columns["name"] | columns["concepts"] | columns["text"]}


def _find(record: _Record, query: SearchQuery, asked: Plan) -> _Found | None:
    document = record.document
    if document.kind != query.kind or not evaluation.is_inside(document, query):
        return None
    lifted = asked.is_distress and document.round_the_clock
    evidence = tuple(_evidence(record, unit) for unit in asked.units)
    having = [bool(each) for each in evidence]
    if not lifted and not asked.is_found(having):
        return None
    return _Found(document, asked.level(having), evidence, lifted)


def _evidence(record: _Record, unit: Unit) -> Evidence:
    """Return where a unit stands; exact forms alone find nothing."""
    linked = any(
        name in record.document.facets and record.document.facets[name].answer(value) is Answer.MATCH
        for name, value in unit.links
    )
    worded = _has(record, "", unit.words)
    if not linked and not worded:
        return Evidence(0)
    found = Evidence.LINK if linked else Evidence(0)
    for column, place in (("name", Evidence.NAME), ("concepts", Evidence.CONCEPTS)):
        found |= place if _has(record, column, unit.words) else Evidence(0)
    found |= Evidence.EXACT if _has(record, "exact", [(word,) for word in unit.exact]) else Evidence(0)
    return found or Evidence.TEXT


def _has(record: _Record, column: str, groups: Sequence[Sequence[str]]) -> bool:
    tokens = record.columns[column]
    return bool(groups) and all(any(token in tokens for token in group) for group in groups)


def _left_out(query: SearchQuery, excluded: Sequence[SearchDocument]) -> dict[str, int]:
    if not query.count_left_out or not query.has_filter:
        return {}
    return dict(Counter(name for document in excluded for name in evaluation.left_out_by(document, query)))


def _page(
    query: SearchQuery, asked: Plan, shown: Sequence[tuple[_Found, evaluation.Judgement]]
) -> tuple[Hit, ...]:
    judgements = {one.document.key: (one.document, judgement) for one, judgement in shown}
    candidates = [
        Candidate(
            key=one.document.key,
            answer=judgement.answer,
            static_key=one.document.static_key,
            level=one.level,
            evidence=one.evidence,
            specialised=one.document.specialised,
            lifted=one.lifted,
        )
        for one, judgement in shown
    ]
    candidates.sort(key=lambda one: (not one.lifted, -one.level, -one.answer, one.static_key, one.key))
    first = candidates[:CANDIDATES]
    ordered = [*(ranked(first, asked) if asked.units else first), *candidates[CANDIDATES:]]
    end = None if query.limit is None else query.offset + query.limit
    return tuple(_hit(query, *judgements[one.key]) for one in ordered[query.offset : end])


def _hit(query: SearchQuery, document: SearchDocument, judgement: evaluation.Judgement) -> Hit:
    return evaluation.hit(document, judgement) if query.has_filter else Hit(document.key, Answer.MATCH)
