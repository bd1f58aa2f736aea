"""Filters over bitmaps say what the oracle in plain Python says, record by record."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from benchmarks._services import COUNTED, GENDERS, LANGUAGES, NEEDS, PAPERS, YES, Generator
from portal.plugins import Answer, SearchDocument, SearchQuery
from search import evaluation
from search.engines.bits import Bits, Gathering
from search.engines.judging import Judge

CHOICES = {
    "need": NEEDS,
    "gender": (*GENDERS, "unheard of"),
    "papers": PAPERS,
    "language": LANGUAGES,
    "free": (YES,),
    "children": (YES,),
    "area": ("AA000", "AA001", "BB000"),
}
DOCUMENTS = Generator(1).services(250)


def queries(number: int) -> list[SearchQuery]:
    draw = random.Random(2)
    made = []
    for _ in range(number):
        names = draw.sample(sorted(CHOICES), draw.randint(0, 4))
        numbers = {"age": draw.choice((3, 15, 16, 17, 18, 64, 90))} if draw.random() < 0.5 else {}
        chosen = {name: draw.choice(CHOICES[name]) for name in names}
        counted = COUNTED | {"age": ("10", "17", "70"), "area": ("AA000", "AA001")}
        made.append(SearchQuery("service", chosen=chosen, numbers=numbers, count_facets=counted))
    return made


@pytest.fixture(scope="module")
def bits() -> Bits:
    made = Gathering()
    for number, document in enumerate(DOCUMENTS):
        made.add(number, document)
    return made.bits()


def oracle(documents: list[SearchDocument], query: SearchQuery) -> dict[str, object]:
    judged = {one.key: evaluation.judge(one, query) for one in documents}
    tally: dict[str, int] = {}
    for one in documents:
        if judged[one.key].answer is Answer.NO:
            for name in evaluation.left_out_by(one, query):
                tally[name] = tally.get(name, 0) + 1
    return {
        "match": {key for key, one in judged.items() if one.answer is Answer.MATCH},
        "shown": {key for key, one in judged.items() if one.answer is not Answer.NO},
        "counts": evaluation.facet_counts(documents, query),
        "left_out": tally,
        "hits": {one.key: evaluation.hit(one, judged[one.key]) for one in documents},
    }


def judged_by_bits(bits: Bits, documents: list[SearchDocument], query: SearchQuery) -> dict[str, object]:
    base = bits.get("all")
    judge = Judge(bits, query, base)
    verdict = judge.verdict()
    return {
        "match": {documents[number].key for number in verdict.match},
        "shown": {documents[number].key for number in verdict.shown},
        "counts": judge.counts(),
        "left_out": judge.left_out(verdict.shown),
        "hits": {one.key: judge.hit(one.key, number) for number, one in enumerate(documents)},
    }


@pytest.mark.parametrize("query", queries(60), ids=str)
def test_judge_says_what_the_oracle_says(bits, query):
    found, expected = judged_by_bits(bits, DOCUMENTS, query), oracle(DOCUMENTS, query)
    for name, value in expected.items():
        assert found[name] == value, name


def test_bits_are_the_same_after_writing_and_reading(bits):
    again = Bits.from_bytes(bits.to_bytes())
    for query in queries(5):
        assert judged_by_bits(again, DOCUMENTS, query) == judged_by_bits(bits, DOCUMENTS, query)


def test_patched_bits_are_those_of_the_new_documents_and_leave_the_old_alone(bits):
    changed = [*DOCUMENTS]
    fresh = [replace(one, key=f"fresh {one.key}") for one in Generator(9).services(20)]
    changed[40:60] = fresh
    patched = bits.patched(range(40, 60), zip(range(40, 60), fresh, strict=True))
    for query in queries(8):
        found, expected = judged_by_bits(patched, changed, query), oracle(changed, query)
        assert found == expected
        assert judged_by_bits(bits, DOCUMENTS, query) == oracle(DOCUMENTS, query)


def test_a_counted_facet_without_values_has_no_counts(bits):
    query = SearchQuery("service", chosen={"papers": "none"}, count_facets={"gender": (), "need": ()})
    judge = Judge(bits, query, bits.get("all"))
    assert judge.counts() == evaluation.facet_counts(DOCUMENTS, query) == {"gender": {}, "need": {}}
