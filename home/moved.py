"""Where a page went that was moved or renamed: an old address leads on, in every language (issue 5)."""

from __future__ import annotations

from urllib.parse import urlsplit

from wagtail.contrib.redirects.models import Redirect

from home.addresses import page_url
from portal import languages


def new_address(path: str, language: str) -> str:
    """Return the new address of an old path below the language prefix, or an empty string; one query.

    The redirect of any language of the fallback chain counts: pages have one slug in all languages, and a
    translation may never have existed. Another host is never named.
    """
    old = {code: Redirect.normalise_path(f"/{code}/{path}") for code in languages.chain(language)}
    rows = Redirect.objects.filter(old_path__in=old.values()).select_related("redirect_page")
    by_path = {row.old_path: row for row in rows}
    for code in old:
        if row := by_path.get(old[code]):
            return _target(row, language)
    return ""


def _target(row: Redirect, language: str) -> str:
    page = row.redirect_page
    if page is not None:
        return page_url(page.url_path, language) if page.live else ""
    parts = urlsplit(row.redirect_link or "")
    is_ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return str(parts.path) if is_ours else ""
