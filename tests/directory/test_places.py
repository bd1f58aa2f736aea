"""Typed places: certain ones are taken, uncertain ones are asked about, never guessed."""

from __future__ import annotations

import pytest

from directory.places import find_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Čukarica", "rs-m-cukarica"),
        ("cukarica", "rs-m-cukarica"),
        ("Чукарица", "rs-m-cukarica"),
        ("Novi Sad", "rs-m-novi-sad"),
        ("нови сад", "rs-m-novi-sad"),
        ("Bled", "si-003"),
        ("Блед", "si-003"),
    ],
)
def test_find_place_takes_a_certain_place_in_any_script(typed, key):
    answer = find_place(typed)
    assert answer.area is not None
    assert answer.area.key == key


def test_find_place_city_offers_its_municipalities():
    answer = find_place("Beograd")
    assert answer.area is None
    assert not answer.suggested
    assert {area.key for area in answer.choices} >= {"rs-m-cukarica", "rs-m-zemun"}


def test_find_place_uncertain_asks_with_ours_first():
    answer = find_place("Vranić")
    assert answer.area is None
    assert answer.suggested
    assert answer.choices[0].key == "rs-m-barajevo"
    assert len(answer.choices) > 1


def test_find_place_near_miss_offers_and_never_takes():
    answer = find_place("Čukaricaa")
    assert answer.area is None
    assert "rs-m-cukarica" in [area.key for area in answer.choices]


def test_find_place_beginning_offers():
    assert "rs-m-subotica" in [area.key for area in find_place("Subot").choices]


@pytest.mark.parametrize("typed", ["", "   ", "qqqqqqqq", "💥"])
def test_find_place_unknown_is_said(typed):
    assert find_place(typed).is_unknown


def test_find_place_looks_only_in_the_chosen_country():
    assert find_place("Bled", "RS").area is None
