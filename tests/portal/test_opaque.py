"""Short codes that say nothing: stable, without vowels, and none for two values."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from directory.filters import AGES, FILTERS, country_codes_map
from directory.models import Area, Organization, Service, TaxonomyTerm
from portal import languages, opaque


def filter_codes() -> list[str]:
    """Return the codes of every value of every filter that may stand in a link."""
    fixed = [(item.name, value) for item in FILTERS for value in item.values()]
    spoken = [("language", code) for code in languages.CODES]
    needs = TaxonomyTerm.objects.filter(taxonomy__key="needs").values_list("slug", flat=True)
    areas = Area.objects.values_list("key", flat=True)
    dynamic = [*(("need", slug) for slug in needs), *(("area", key) for key in areas)]
    return [
        *(opaque.filter_code(name, value) for name, value in (*fixed, *spoken, *dynamic)),
        *country_codes_map(),
    ]


@pytest.mark.django_db
def test_filter_codes_never_collide():
    codes = filter_codes()
    assert len(set(codes)) == len(codes)
    assert len(codes) > 400 + len(AGES)


@pytest.mark.django_db
def test_area_codes_in_the_database_are_those_of_the_links():
    wrong = [area.key for area in Area.objects.all() if area.code != opaque.filter_code("area", area.key)]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Organization, Service, TaxonomyTerm, Area])
def test_codes_have_no_vowel_and_no_sign_that_is_misheard(model):
    codes = model.objects.values_list("code", flat=True)
    assert [code for code in codes if not re.fullmatch(f"[{opaque.ALPHABET}]{{5}}", code)] == []


def test_alphabet_can_spell_no_word():
    assert set(opaque.ALPHABET) & set("aeiouy01l") == set()


def test_code_is_stable():
    assert opaque.code("service", "rs-astra") == opaque.code("service", "rs-astra")
    assert (
        len({opaque.code("a", "b"), opaque.code("ab"), opaque.code("b", "a"), opaque.code("a", "b", salt=1)})
        == 4
    )


def test_code_has_the_length_asked_for():
    assert [len(opaque.code("x", length=length)) for length in (4, 5, 8)] == [4, 5, 8]


def test_filter_code_is_longer_for_areas():
    assert (len(opaque.filter_code("age", "16")), len(opaque.filter_code("area", "rs-00"))) == (4, 5)


def test_age_is_not_readable_in_its_code():
    assert [age for age in AGES if str(age) == opaque.filter_code("age", str(age))] == []


def test_record_uuid_is_stable_and_different():
    first = opaque.record_uuid("rs-astra")
    assert (first, first.version) == (opaque.record_uuid("rs-astra"), 5)
    assert isinstance(first, UUID)
    assert first != opaque.record_uuid("rs-atina")
