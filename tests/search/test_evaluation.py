"""The three-valued meaning of filters, on small documents made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.plugins import Answer, Conditions, Count, FacetValues, RangeValues, SearchDocument, SearchQuery
from search import evaluation

ANYONE = FacetValues(everything=Answer.MATCH)
ASK = FacetValues(everything=Answer.ASK)
WOMEN = FacetValues(frozenset({"female"}), frozenset({"diverse"}))


def document(*alternatives: Conditions, **values: object) -> SearchDocument:
    return SearchDocument("service", "one", alternatives=alternatives or (Conditions(),), **values)


def query(numbers: dict[str, int] | None = None, **chosen: str) -> SearchQuery:
    return SearchQuery("service", chosen=chosen, numbers=numbers or {})


def test_judge_with_nothing_chosen_judges_nothing():
    limited = document(Conditions({"gender": WOMEN}, limited=True), ask_always=True)
    assert evaluation.judge(limited, query()).answer is Answer.MATCH


@pytest.mark.parametrize(
    ("gender", "answer"), [("female", Answer.MATCH), ("male", Answer.NO), ("diverse", Answer.ASK)]
)
def test_judge_gender_diverse_never_excludes(gender, answer):
    assert evaluation.judge(document(Conditions({"gender": WOMEN})), query(gender=gender)).answer is answer


def test_judge_takes_the_worst_answer_of_an_alternative():
    one = document(Conditions({"gender": ANYONE, "papers": ASK}))
    assert evaluation.judge(one, query(gender="male", papers="permit")).answer is Answer.ASK


def test_judge_takes_the_best_alternative():
    women = Conditions({"gender": WOMEN}, {"age": RangeValues(16, None)})
    children = Conditions({"gender": ANYONE}, {"age": RangeValues(None, 17)}, limited=True)
    shelter = document(women, children)
    assert evaluation.judge(shelter, query({"age": 30}, gender="female")).answer is Answer.MATCH
    assert evaluation.judge(shelter, query({"age": 30}, gender="male")).answer is Answer.NO
    boy = evaluation.judge(shelter, query({"age": 9}, gender="male"))
    assert (boy.answer, boy.alternative) == (Answer.ASK, 1)


def test_judge_limit_in_words_turns_match_into_ask():
    means = document(Conditions({"gender": ANYONE}, limited=True))
    assert evaluation.judge(means, query(gender="male")).answer is Answer.ASK


def test_judge_closed_record_is_asked_about_but_exclusion_stays():
    closed = document(Conditions({"gender": WOMEN}), ask_always=True)
    assert evaluation.judge(closed, query(gender="female")).answer is Answer.ASK
    assert evaluation.judge(closed, query(gender="male")).answer is Answer.NO


def test_judge_silent_alternative_is_asked_about():
    assert evaluation.judge(document(), query(papers="permit")).answer is Answer.ASK


@pytest.mark.parametrize(
    ("age", "answer"), [(15, Answer.NO), (16, Answer.MATCH), (26, Answer.MATCH), (27, Answer.NO)]
)
def test_range_ends_are_included(age, answer):
    assert RangeValues(16, 26).answer(age) is answer


def test_range_unknown_is_asked_about():
    assert RangeValues(unknown=True).answer(5) is Answer.ASK


def test_facet_counts_leave_out_the_facets_own_choice():
    women = document(Conditions({"gender": WOMEN}), facets={"need": FacetValues(frozenset({"shelter"}))})
    asked = SearchQuery(
        "service",
        chosen={"need": "shelter", "gender": "male"},
        count_facets={"gender": ("female", "male", "diverse"), "need": ("shelter", "work")},
    )
    assert evaluation.facet_counts([women], asked) == {
        "gender": {"female": Count(1, 0), "male": Count(0, 0), "diverse": Count(0, 1)},
        "need": {"shelter": Count(0, 0), "work": Count(0, 0)},
    }


def test_facet_counts_by_place_leave_confidential_records_out():
    secret = document(facets={"area": ANYONE}, uncounted=frozenset({"area"}))
    asked = SearchQuery("service", count_facets={"area": ("rs-00",)})
    assert evaluation.facet_counts([secret], asked) == {"area": {"rs-00": Count(0, 0)}}


def test_left_out_by_names_the_single_filter_that_excludes():
    women = document(Conditions({"gender": WOMEN}, {"age": RangeValues(18, None)}))
    assert evaluation.left_out_by(women, query({"age": 30}, gender="male")) == ("gender",)
    assert evaluation.left_out_by(women, query({"age": 3}, gender="male")) == ()


ANSWERS = st.sampled_from(list(Answer))
FACETS = st.builds(
    FacetValues, st.frozensets(st.sampled_from("abc")), st.frozensets(st.sampled_from("abc")), ANSWERS
)
CONDITIONS = st.builds(
    Conditions, st.dictionaries(st.sampled_from(["x", "y"]), FACETS), st.just({}), st.booleans()
)


@given(st.lists(CONDITIONS, min_size=1, max_size=3), st.sampled_from("abc"), st.sampled_from("abc"))
def test_facet_counts_agree_with_judging_each_choice(alternatives, x, y):
    one = document(*alternatives)
    asked = SearchQuery("service", chosen={"x": x, "y": y}, count_facets={"x": ("a", "b", "c")})
    counted = evaluation.facet_counts([one], asked)["x"]
    for value in "abc":
        answer = evaluation.judge(one, query(x=value, y=y)).answer
        assert counted[value] == Count(int(answer is Answer.MATCH), int(answer is Answer.ASK))


@given(st.lists(CONDITIONS, min_size=1, max_size=3), st.sampled_from("abc"), st.sampled_from("abc"))
def test_dropping_a_filter_never_excludes_more(alternatives, x, y):
    one = document(*alternatives)
    both = evaluation.judge(one, query(x=x, y=y)).answer
    assert evaluation.judge(one, query(x=x)).answer >= both or both is Answer.NO
