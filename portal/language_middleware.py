"""The language of a request is its path prefix and nothing else: no cookie, no header, no redirect (R5)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal import languages


class LanguageMiddleware:
    """Activate the path's language for the request and name it in ``Content-Language``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = languages.from_path(request.path_info, settings.PORTAL_LANGUAGES)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", languages.get(code).tag)
        return response
