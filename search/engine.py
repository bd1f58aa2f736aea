"""The search port: the records that cross it, and the one engine that the site has chosen."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from portal.plugins import (
    Answer,
    Conditions,
    Count,
    FacetValues,
    Hit,
    IndexSource,
    Progress,
    RangeValues,
    SearchDocument,
    SearchEngine,
    SearchQuery,
    SearchResult,
)

__all__ = [
    "Answer",
    "Conditions",
    "Count",
    "FacetValues",
    "Hit",
    "IndexSource",
    "Progress",
    "RangeValues",
    "SearchDocument",
    "SearchEngine",
    "SearchQuery",
    "SearchResult",
    "get_engine",
]


@lru_cache(maxsize=1)
def get_engine() -> SearchEngine:
    """Return the engine that ``SEARCH_ENGINE`` names by its dotted path."""
    engine: SearchEngine = import_string(settings.SEARCH_ENGINE)()
    return engine


def _forget_engine(*, setting: str, **kwargs: object) -> None:
    if setting == "SEARCH_ENGINE":
        get_engine.cache_clear()


setting_changed.connect(_forget_engine, dispatch_uid="search.engine")
