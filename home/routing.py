"""From a path to a page at request time: own language, then its fallbacks, then English (trap L9)."""

from __future__ import annotations

from typing import Any

from home.addresses import relative_path
from home.derivation import as_read
from home.querysets import open_pages
from portal import languages


def find_page(path: str, language: str) -> Any:
    """Return the specific page at ``path`` below the language prefix in the best language, or ``None``.

    Two queries at any depth; drafts, private pages and aliases are never found.
    """
    parts = path.strip("/").split("/")
    chain = languages.chain(language)
    candidates = (
        open_pages()
        .filter(slug=parts[-1], depth=len(parts) + 2, locale__language_code__in=chain)
        .select_related("locale")
    )
    found = {
        page.locale.language_code: page
        for page in candidates
        if relative_path(page.url_path) == "/".join(parts) + "/"
    }
    best = next((found[code] for code in chain if code in found), None)
    if best is None:
        return None
    page = best.specific
    page.locale = best.locale
    return as_read(page, language)
