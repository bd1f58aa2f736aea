"""Filters and their opaque codes: declared once, never an error for a visitor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import listing
from directory.filters import BY_NAME, FILTERS, Chosen, parse_codes, to_query
from directory.models import Area, TaxonomyTerm
from portal import languages
from portal.neutral_words import telling_words
from portal.opaque import filter_code as code_of

NEED = {code_of("need", "shelter"): ("need", "shelter")}


def test_codes_of_all_fixed_values_differ():
    pairs = [(item.name, value) for item in FILTERS for value in item.values()]
    pairs += [("language", code) for code in languages.CODES] + [("country", "RS"), ("country", "SI")]
    assert len({code_of(*pair) for pair in pairs}) == len(pairs)


@pytest.mark.django_db
def test_codes_of_needs_and_areas_differ_from_all_others():
    fixed = {code_of(item.name, value) for item in FILTERS for value in item.values()}
    needs = {code_of("need", term.slug) for term in TaxonomyTerm.objects.filter(taxonomy__key="needs")}
    areas = set(Area.objects.values_list("code", flat=True))
    assert len(needs) == 30
    assert not needs & fixed
    assert not areas & (needs | fixed)


def test_codes_say_nothing():
    for item in FILTERS:
        for value in item.values():
            assert telling_words(code_of(item.name, value)) == ()
            assert value not in code_of(item.name, value)


def test_chosen_codes_read_back_to_the_same_choice():
    chosen = Chosen({"need": "shelter", "age": "34", "gender": "male", "free": "yes"})
    assert parse_codes(chosen.codes, NEED).values == chosen.values


def test_chosen_codes_do_not_depend_on_the_order_of_choosing():
    one = Chosen({"age": "34", "gender": "male"})
    other = Chosen({"gender": "male", "age": "34"})
    assert one.codes == other.codes


def test_parse_counts_what_it_does_not_understand():
    assert parse_codes("zzzz.abcd", {}).ignored == 2


@given(st.text(max_size=80))
def test_parse_never_fails(text):
    parse_codes(text, {})


def test_to_query_puts_numbers_apart():
    query = to_query(Chosen({"age": "34", "gender": "male"}))
    assert (query.chosen, query.numbers) == ({"gender": "male"}, {"age": 34})


def test_every_filter_has_words_for_what_is_unknown():
    assert all(str(item.unknown).endswith("?") for item in FILTERS)
    assert {item.name for item in FILTERS} == set(BY_NAME)


@pytest.mark.django_db
def test_value_label_names_every_fixed_value():
    terms = listing.need_terms()
    for item in FILTERS:
        for value in item.values():
            assert str(listing.value_label(item.name, value, terms))
