"""Addresses of pages: one slug in all languages below the prefix of the reader's language (trap L9)."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from portal.opaque import filter_code

RIGHTS_SLUG = "rights"


def relative_path(url_path: str) -> str:
    """Return a page's path below its home page: "/front-sl/rights/si-stay/" gives "rights/si-stay/"."""
    return url_path.strip("/").partition("/")[2] + "/" if url_path.strip("/").count("/") else ""


def page_url(url_path: str, language: str = "") -> str:
    """Return the address of a page in a language, the active one when empty; no query."""
    with translation.override(language or translation.get_language()):
        return reverse("wagtail_serve", args=[relative_path(url_path)])


def country_query(code: str) -> str:
    """Return the query string that carries a chosen country, or an empty one."""
    return f"?f={filter_code('country', code)}" if code else ""
