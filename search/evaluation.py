"""Three-valued filters in plain Python: the meaning that every engine must give (house rule 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.plugins import Answer, Conditions, Count, Hit, SearchDocument, SearchQuery

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a record says to a query: per filter, in all, and by which alternative it says it best."""

    answer: Answer
    answers: Answers
    alternative: int


def judge(document: SearchDocument, query: SearchQuery) -> Judgement:
    """Return the best alternative's worst answer; with nothing chosen nothing is judged.

    A limit in words turns a match into "ask first", as does ``ask_always``.
    """
    record = _record_answers(document, query)
    best = Judgement(Answer.NO, {}, -1)
    for number, conditions in enumerate(document.alternatives):
        answers = {**record, **_alternative_answers(conditions, query, record)}
        answer = _worst(answers.values(), conditions.limited or document.ask_always, query.has_filter)
        if best.alternative < 0 or answer > best.answer:
            best = Judgement(answer, answers, number)
    return best


def is_inside(document: SearchDocument, query: SearchQuery) -> bool:
    """Return whether the record lies within what the query looks at."""
    return all(
        name in document.facets and document.facets[name].answer(value) is Answer.MATCH
        for name, value in query.restrict.items()
    )


def _worst(answers: Iterable[Answer], limited: bool, judged: bool) -> Answer:
    worst = min(answers, default=Answer.MATCH)
    return Answer.ASK if limited and judged and worst is Answer.MATCH else worst


def _record_answers(document: SearchDocument, query: SearchQuery) -> dict[str, Answer]:
    return {
        name: document.facets[name].answer(value)
        for name, value in query.chosen.items()
        if name in document.facets
    }


def _alternative_answers(
    conditions: Conditions, query: SearchQuery, record: Mapping[str, Answer]
) -> dict[str, Answer]:
    answers = {
        name: conditions.facets[name].answer(value) if name in conditions.facets else Answer.ASK
        for name, value in query.chosen.items()
        if name not in record
    }
    answers |= {
        name: conditions.ranges[name].answer(number) if name in conditions.ranges else Answer.ASK
        for name, number in query.numbers.items()
    }
    return answers


def facet_counts(documents: Iterable[SearchDocument], query: SearchQuery) -> dict[str, dict[str, Count]]:
    """Return, for every choice of ``query.count_facets``, what choosing it would show.

    A facet's own present choice is left out, so that its other choices can be compared.
    """
    tallies: dict[str, Counter[tuple[str, Answer]]] = {name: Counter() for name in query.count_facets}
    for document in documents:
        judged = _others_by_facet(document, query)
        for facet, values in query.count_facets.items():
            if facet in document.uncounted:
                continue
            for value in values:
                answer = _with_choice(document, judged[facet], facet, value)
                tallies[facet][value, answer] += 1
    return {
        facet: {
            value: Count(tally[value, Answer.MATCH], tally[value, Answer.ASK])
            for value in query.count_facets[facet]
        }
        for facet, tally in tallies.items()
    }


def _others_by_facet(document: SearchDocument, query: SearchQuery) -> dict[str, list[Answer]]:
    """Return, per counted facet and alternative, the worst answer to all other filters."""
    record = _record_answers(document, query)
    rows = [{**record, **_alternative_answers(c, query, record)} for c in document.alternatives]
    return {
        facet: [
            min((answer for name, answer in row.items() if name != facet), default=Answer.MATCH)
            for row in rows
        ]
        for facet in query.count_facets
    }


def _with_choice(document: SearchDocument, others: list[Answer], facet: str, value: str) -> Answer:
    best = Answer.NO
    shared = document.facets.get(facet)
    own = shared.answer(value) if shared else None
    for conditions, worst in zip(document.alternatives, others, strict=True):
        if worst is Answer.NO or own is Answer.NO:
            continue
        answer = own if own is not None else _one(conditions, facet, value)
        both = min(worst, answer)
        if both is Answer.MATCH and (conditions.limited or document.ask_always):
            both = Answer.ASK
        best = max(best, both)
    return best


def _one(conditions: Conditions, facet: str, value: str) -> Answer:
    if facet in conditions.ranges:
        return conditions.ranges[facet].answer(int(value))
    return conditions.facets[facet].answer(value) if facet in conditions.facets else Answer.ASK


def left_out_by(document: SearchDocument, query: SearchQuery) -> tuple[str, ...]:
    """Return the filters that would each show this record again if it alone were dropped."""
    return tuple(
        name for name in (*query.chosen, *query.numbers) if judge(document, without(query, name)).answer
    )


def without(query: SearchQuery, name: str) -> SearchQuery:
    """Return the query with one filter dropped."""
    return SearchQuery(
        kind=query.kind,
        words=query.words,
        chosen={key: value for key, value in query.chosen.items() if key != name},
        numbers={key: value for key, value in query.numbers.items() if key != name},
    )


def hit(document: SearchDocument, judgement: Judgement) -> Hit:
    """Return the hit of a judged record."""
    return Hit(document.key, judgement.answer, judgement.answers, judgement.alternative)
