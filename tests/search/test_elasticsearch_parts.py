"""The parts and words of a record count it once for whoever fits one of its alternatives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from portal.plugins import Answer, Conditions, FacetValues, RangeValues, SearchDocument, SearchQuery
from search import evaluation
from search.engines.elasticsearch import answers, counting
from search.engines.elasticsearch.facts import whole_words
from search.engines.elasticsearch.parts import OPEN, Part, alternatives_of, best_of, parts_of
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


def test_parts_count_a_record_once_for_whoever_fits_one_of_its_alternatives():
    documents = [one for one in corpora.Generator(4).documents(400) if len(one.alternatives) > 1]
    assert len(documents) > 50
    for document in documents:
        parts = list(parts_of(document))
        for query in corpora.apart():
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


def test_words_of_whole_records_give_both_counts_at_once_while_nothing_is_chosen():
    documents = corpora.Generator(5).documents(300)
    facets = {name: values for name, values in corpora.COUNTED.items() if name != "age"}
    query = SearchQuery(corpora.KIND, count_facets=facets)
    words = Counter(word for document in documents for _name, word in whole_words(document))
    buckets = [{"key": word, "doc_count": times} for word, times in words.items()]
    told = answers.tallies({counting.may_key(""): {"aggregations": {"words": {"buckets": buckets}}}})
    expected = evaluation.facet_counts(documents, query)
    for name, values in facets.items():
        for value in values:
            matches = told[counting.sure_key("")].matching(name, value, is_range=False)
            shown = told[counting.may_key("")].showing(name, value, is_range=False)
            count = expected[name][value]
            assert (matches, shown - matches) == (count.match, count.ask), (name, value)


def test_best_of_alternatives_is_open_where_one_of_them_leaves_a_facet_open():
    women = Conditions({"gender": FacetValues(frozenset({"female"}))})
    anyone = Conditions({"gender": FacetValues(everything=Answer.ASK)})
    men = Conditions({"gender": FacetValues(frozenset({"male"}), ask=frozenset({"diverse"}))})
    both = alternatives_of(SearchDocument("thing", "a", alternatives=(women, men)))
    assert best_of(both) == {"gender": FacetValues(frozenset({"female", "male"}), frozenset({"diverse"}))}
    wide = best_of(alternatives_of(SearchDocument("thing", "a", alternatives=(women, anyone))))
    assert wide["gender"] == FacetValues(frozenset({"female"}), everything=Answer.ASK)
