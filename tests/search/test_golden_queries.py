"""The golden queries themselves: enough of them in every language, and every name in them exists."""

from __future__ import annotations

from collections import Counter

import pytest

from directory.models import Organization, Service, TaxonomyTerm
from home.models import RightsPage
from portal import languages
from tests.search.golden_queries import read


def test_golden_queries_are_enough_in_every_language() -> None:
    written = Counter(query.language for query in read())
    assert sum(written.values()) >= 320
    assert {code for code in languages.FIRST_LANGUAGES if written[code] < 45} == set()
    assert {code for code in languages.CODES if written[code] < 8} == set()


def test_golden_queries_stand_once() -> None:
    asked = Counter(
        (query.query, query.language, query.country) for query in (*read(), *read("heldout"), *read("fresh"))
    )
    assert [key for key, number in asked.items() if number > 1] == []


def test_every_category_has_enough_queries() -> None:
    categories = Counter(query.category for query in read())
    assert min(categories.values()) >= 10


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["queries", "heldout", "fresh"])
def test_every_name_in_the_golden_queries_exists(name: str) -> None:
    known = {"round-the-clock", "country:RS", "country:SI"}
    known |= {f"organization:{key}" for key in Organization.objects.values_list("key", flat=True)}
    known |= {f"service:{key}" for key in Service.objects.values_list("key", flat=True)}
    known |= {f"page:{key}" for key in RightsPage.objects.values_list("key", flat=True)}
    terms = TaxonomyTerm.objects.values_list("taxonomy__key", "slug")
    known |= {f"need:{slug}" for taxonomy, slug in terms if taxonomy == "needs"}
    known |= {f"type:{slug}" for taxonomy, slug in terms if taxonomy == "service_type"}
    named = {name for query in read(name) for name in query.expected | query.forbidden}
    assert named - known == set()
