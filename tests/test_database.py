"""The test database itself: filled, isolated, and filled again after a test with real transactions."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from directory.models import Organization, Service
from search.models import IndexedDocument


def counts() -> tuple[int, int, int]:
    """Return the numbers of organizations of the source lists, services, and indexed services."""
    facts = Organization.objects.filter(fact_id__regex=r"^O[0-9]+$")
    return facts.count(), Service.objects.count(), IndexedDocument.objects.filter(kind="service").count()


@pytest.mark.django_db
def test_database_is_filled_with_both_packs():
    assert counts() == (47, 104, 100)
    assert Site.objects.count() == 1
    assert Page.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_database_is_filled_again_after_real_transactions(turn):
    assert counts() == (47, 104, 100)
    IndexedDocument.objects.all().delete()
    assert Site.objects.count() == 1
