"""Which type of page a record of a file becomes, and how a stored page is found by its key."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from home.models import (
    CONTENT,
    ContentPage,
    EntryPage,
    GuidancePage,
    PathwayPage,
    RightsPage,
    SafetyPage,
    StandardPage,
)

KINDS: dict[str, type[ContentPage]] = {
    "rights": RightsPage,
    "guidance": GuidancePage,
    "pathway": PathwayPage,
    "entry": EntryPage,
    "safety": SafetyPage,
    "plain": StandardPage,
}


def page_of(key: str, locale: Locale) -> Any:
    """Return the stored page with this key in one language, of whatever type; ``None`` when there is none."""
    found = (kind.objects.filter(key=key, locale=locale).first() for kind in CONTENT)
    return next((page for page in found if page is not None), None)
