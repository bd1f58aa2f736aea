"""Pages to test with: a visitor without account, a small page about rights, its translation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale

from directory.models import Organization
from home.actions import publish
from home.models import RightsIndexPage, RightsPage


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def rights_index(db: None) -> RightsIndexPage:
    """The English list of rights."""
    return RightsIndexPage.objects.get(locale__language_code="en")


@pytest.fixture
def astra(db: None) -> Organization:
    """An organization with a phone."""
    return Organization.objects.get(key="astra")


def stream(organization: Organization | None = None) -> list[dict[str, Any]]:
    """Return a small stream: a summary, two steps, somebody to call, one right."""
    calls = [{"organization": organization.pk, "why": "They answer."}] if organization else []
    right = {"key": "R900", "text": "You may rest.", "note": "", "law": "", "source": "here"}
    return [
        {"type": "summary", "value": "This is short.", "id": "s1"},
        {"type": "steps", "value": items("Breathe.", "Call somebody."), "id": "s2"},
        {"type": "call", "value": items(*calls), "id": "s3"},
        {"type": "rights", "value": {"heading": "Rest", "rights": items(right)}, "id": "s4"},
    ]


def items(*values: Any) -> list[dict[str, Any]]:
    """Return values in the form of a list block."""
    return [{"type": "item", "value": value, "id": f"i{n}"} for n, value in enumerate(values)]


@pytest.fixture
def make_page(rights_index: RightsIndexPage) -> Callable[..., RightsPage]:
    """Make an English page about rights; live unless ``live=False``."""

    def make(slug: str = "rs-rest", *, live: bool = True, **values: Any) -> RightsPage:
        defaults = {"title": "Your rest", "safe_title": f"Notes {slug}", "country": "RS", "body": stream()}
        page = RightsPage(slug=slug, live=False, locale=rights_index.locale, **{**defaults, **values})
        RightsIndexPage.objects.get(pk=rights_index.pk).add_child(instance=page)
        if live:
            publish(page)
        return RightsPage.objects.get(pk=page.pk)

    return make


def translate(page: Any, language: str, title: str, *, live: bool = True) -> Any:
    """Return a translation of a page, made by hand."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=language), copy_parents=True)
    copy.title = title
    copy.save_revision()
    if live:
        publish(copy)
    return type(page).objects.get(pk=copy.pk)
