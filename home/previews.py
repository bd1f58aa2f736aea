"""Previews: a page as a reader of each language gets it, in the script or the fallback that would be served."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from home.derivation import as_read
from portal import languages

OWN = ""


def preview_modes(page: Any) -> list[tuple[str, str]]:
    """Return the page's own language first, then every language whose readers would get this page."""
    own = page.locale.language_code if page.locale_id else languages.DEFAULT_LANGUAGE
    others = [code for code in settings.PORTAL_LANGUAGES if code != own and own in languages.chain(code)]
    return [(OWN, languages.get(own).own_name), *((code, languages.get(code).own_name) for code in others)]


def serve_as(page: Any, request: HttpRequest, mode: str) -> Any:
    """Return the page as a reader of the language ``mode`` gets it, its own when empty; rendered already."""
    own = page.locale.language_code if page.locale_id else languages.DEFAULT_LANGUAGE
    code = mode if mode in settings.PORTAL_LANGUAGES else own
    request.is_preview = True  # type: ignore[attr-defined]  # as Wagtail marks it
    with translation.override(code):
        request.LANGUAGE_CODE = code
        answer = as_read(page, code).serve(request)
        return answer.render() if hasattr(answer, "render") and callable(answer.render) else answer
