"""Hiding steps: pages whose links replace one another in the history, and the choice to hide all of them (R4).

The choice is the first part of the path. A middleware takes it out before any view sees it and puts it into every
link and form of the page, so that no view, card or sealed link needs to know of it and nothing is stored. The
script of the pages does the replacing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.links import HIDDEN_STEPS, hide_steps, hides_steps, kept_prefix, travelling_query

PARTS = frozenset({"search", "directory"})
"""The parts of the site whose pages are always flat: results, filters, services, providers."""

REPLACES = "X-Flat"
"""The header by which the script asks for the address of a form's answer instead of the answer."""

# The link that changes the choice (data-replace) says itself where it leads.
_OWN_LINK = re.compile(rb'(<(?:a|form)\b(?![^<>]*\sdata-replace)[^<>]*?\s(?:href|action)=")(/(?!/)[^"]*)"')
_LEFT_ALONE = re.compile(r"/(?:exit|static|media|cms|api|-|w)(?:[/?#]|$)")

GetResponse = Callable[[HttpRequest], HttpResponse]


def flatness(request: HttpRequest) -> str:
    """Return how far a page is flat: "site" by the visitor's choice, "page" by what it shows, or empty."""
    if hides_steps(request):
        return "site"
    match = getattr(request, "resolver_match", None)
    return "page" if match is not None and match.namespace in PARTS else ""


def switch_url(request: HttpRequest) -> str:
    """Return this page with the other choice: what travels in a query stays, nothing else does."""
    page = kept_prefix(request) + request.path + travelling_query(request)
    return page if hides_steps(request) else carried(page)


def carried(url: str) -> str:
    """Return the path of a page of this site with the choice in it; what is no page stays as it is."""
    return url if _LEFT_ALONE.match(url) else HIDDEN_STEPS + url


class HideStepsMiddleware:
    """Carry the visitor's choice along in links, forms and redirects; tell the script where a form leads."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hide_steps(request)
        response = self.get_response(request)
        if hides_steps(request):
            self._carry(response)
        if request.method == "POST" and request.headers.get(REPLACES) and _is_redirect_here(response):
            return self._named(response)
        return response

    @staticmethod
    def _carry(response: HttpResponse) -> None:
        if _is_redirect_here(response):
            response["Location"] = carried(response["Location"])
        elif not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = _OWN_LINK.sub(_with_choice, response.content)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))

    @staticmethod
    def _named(response: HttpResponse) -> HttpResponse:
        """Return the address of a redirect as a text: a script that follows it would load the page twice."""
        named = HttpResponse(response["Location"], content_type="text/plain; charset=utf-8")
        named[REPLACES] = "1"
        return named


def _is_redirect_here(response: HttpResponse) -> bool:
    place = response.get("Location", "")
    return 300 <= response.status_code < 400 and place.startswith("/") and not place.startswith("//")


def _with_choice(match: re.Match[bytes]) -> bytes:
    return match[1] + carried(match[2].decode()).encode() + b'"'
