"""A Serbian page in Latin, read in Cyrillic: derived when it is served, never stored (decision 5)."""

from __future__ import annotations

import re
from typing import Any

from portal import languages
from portal.transliteration import to_cyrillic

TEXT_FIELDS = ("title", "safe_title", "intro", "summary", "as_of", "law_reference")
# Names inside a stream that are no text for a reader.
NO_TEXT = frozenset({"type", "id", "key", "organization", "source", "date", "checked"})
MARK_UP = re.compile(r"(<[^>]*>|&\w+;)")


def as_read(page: Any, language: str) -> Any:
    """Return the page as a reader of ``language`` gets it: transliterated when its script derives from ours."""
    if languages.get(language).derived_from != page.locale.language_code:
        return page
    for field in TEXT_FIELDS:
        if isinstance(text := getattr(page, field, None), str):
            setattr(page, field, to_cyrillic(text))
    page.content_language = languages.get(language)
    if hasattr(page, "body"):
        page.derived_body = derived(list(page.body.raw_data))
    return page


def derived(value: Any) -> Any:
    """Return a raw stream, or a part of it, with its texts in Cyrillic."""
    if isinstance(value, str):
        return "".join(
            part if MARK_UP.fullmatch(part) else to_cyrillic(part) for part in MARK_UP.split(value)
        )
    if isinstance(value, dict):
        if value.get("type") == "insert":
            return value
        return {name: part if name in NO_TEXT else derived(part) for name, part in value.items()}
    return [derived(part) for part in value] if isinstance(value, list | tuple) else value
