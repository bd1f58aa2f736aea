"""The API for machines: HSDS 3.1 answers (being written)."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def base(request: HttpRequest) -> JsonResponse:
    """Return the version of this API."""
    return JsonResponse({"version": "3.1"})
