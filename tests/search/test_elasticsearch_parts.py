"""The parts of a record count it once for whoever fits one of its alternatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from portal.plugins import Answer, Conditions, RangeValues, SearchDocument, SearchQuery
from search import evaluation
from search.engines.elasticsearch.parts import OPEN, Part, parts_of
from tests.search import corpora


def answer_of(part: Part, query: SearchQuery) -> Answer:
    """Return what a part says to the filters of a query."""
    facets, ranges = dict(part.facets), dict(part.ranges)
    answers = [facets.get(name, OPEN).answer(value) for name, value in query.chosen.items()]
    for name, number in query.numbers.items():
        fits = name not in ranges or ranges[name].answer(number) is Answer.MATCH
        answers.append((Answer.MATCH if name in part.known else Answer.ASK) if fits else Answer.NO)
    worst = min(answers, default=Answer.MATCH)
    return Answer.ASK if worst is Answer.MATCH and not part.is_sure else worst


def queries() -> Iterator[SearchQuery]:
    """Yield every choice of some filters."""
    for gender, mixed, age in product((*corpora.GENDERS, ""), ("one", "two", ""), (14, 16, 40, None)):
        chosen = {name: value for name, value in (("gender", gender), ("mixed", mixed)) if value}
        if chosen or age is not None:
            yield SearchQuery(corpora.KIND, chosen=chosen, numbers={} if age is None else {"age": age})


def test_parts_count_a_record_once_for_whoever_fits_one_of_its_alternatives():
    documents = [one for one in corpora.Generator(4).documents(400) if len(one.alternatives) > 1]
    assert len(documents) > 50
    for document in documents:
        parts = list(parts_of(document))
        for query in queries():
            answer = evaluation.judge(document, query).answer
            for least in (Answer.ASK, Answer.MATCH):
                counted = sum(times for part, times in parts if answer_of(part, query) >= least)
                assert counted == (answer >= least), (document, query)


def test_alternatives_that_say_the_same_or_less_leave_no_parts():
    wide = Conditions(ranges={"age": RangeValues(10, 60)})
    narrow = Conditions(ranges={"age": RangeValues(18, 30)})
    limited = replace(wide, limited=True)
    [(part, times)] = parts_of(SearchDocument("thing", "a", alternatives=(wide, narrow, wide, limited)))
    assert times == 1
    assert part.is_sure
    assert dict(part.ranges) == {"age": RangeValues(10, 60)}
