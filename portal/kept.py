"""What a visitor has put on the list: opaque codes that begin the path, carried by every link, stored nowhere.

Like the choice to hide steps they are taken out of a request's path before any view sees it and put into every link
and form of the answer, so that no page, filter or sealed search needs to know of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from portal import languages
from portal.links import KEPT, kept_prefix, set_kept_prefix, split_language, travelling_query
from portal.opaque import ALPHABET

MOST = 6
"""How many codes a list holds: as many as a page can compare and a wallet can hold."""

LIST_PATH = "list/"
"""Where the list stands below the language; ``directory`` serves it."""

_CODE = f"[{ALPHABET}]{{5}}"
_PATH = re.compile(rf"{KEPT}/({_CODE}(?:\.{_CODE})*)(?=/)")
# A link that changes the list itself (data-keep) says where it leads.
_OWN_LINK = re.compile(rb'(<(?:a|form)\b(?![^<>]*\sdata-keep)[^<>]*?\s(?:href|action)=")(/(?!/)[^"]*)"')
_LEFT_ALONE = re.compile(r"/(?:exit|static|media|cms|api|-|w|k)(?:[/?#]|$)")

_MARK = "portal_kept"


@dataclass(frozen=True, slots=True)
class Toggle:
    """The link that puts a code on the list or takes it off; ``is_full`` when there is no room for it.

    ``list_url`` is the list itself and ``most`` how many it holds.
    """

    url: str
    is_kept: bool
    is_full: bool
    list_url: str
    most: int = MOST


def kept(request: HttpRequest) -> tuple[str, ...]:
    """Return the codes on the list, in the order in which they were put there."""
    found: tuple[str, ...] = getattr(request, _MARK, ())
    return found


def prefix(codes: Iterable[str]) -> str:
    """Return what a path begins with for these codes; nothing for an empty list."""
    joined = ".".join(codes)
    return f"{KEPT}/{joined}" if joined else ""


def take(request: HttpRequest) -> None:
    """Take the codes out of the path of a request and remember them, each once; only before a page's path."""
    match = _PATH.match(request.path_info)
    if match is None or not split_language(request.path_info[match.end() :])[0]:
        return
    request.path_info = request.path = request.path_info[match.end() :]
    codes = tuple(dict.fromkeys(match[1].split(".")))[:MOST]
    setattr(request, _MARK, codes)
    set_kept_prefix(request, prefix(codes))


def carried(url: str, codes: str) -> str:
    """Return the path of a page of this site with the codes in it; what is no page stays as it is."""
    return url if _LEFT_ALONE.match(url) or url == "/" else codes + url


def list_url(request: HttpRequest) -> str:
    """Return the address of the list, with the filters of this page, so that its way back leads to them."""
    language, _rest = split_language(request.path_info)
    query = travelling_query(request, short=False)
    filters = query.split("&")[0] if query.startswith("?f=") else ""
    return f"/{language or languages.DEFAULT_LANGUAGE}/{LIST_PATH}{filters}"


def toggle(request: HttpRequest, code: str, query: str, anchor: str = "") -> Toggle:
    """Return the link that changes the list by one code and comes back to this page, at ``anchor``."""
    codes = kept(request)
    is_kept = code in codes
    left = [each for each in codes if each != code] if is_kept else [*codes, code]
    url = prefix(left) + request.path + query + (f"#{anchor}" if anchor else "")
    return Toggle(url, is_kept, not is_kept and len(codes) >= MOST, list_url(request))


class KeptMiddleware:
    """Carry the list along in links, forms and redirects; keep such pages out of search engines."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        take(request)
        response = self.get_response(request)
        if codes := kept_prefix(request):
            self._carry(response, codes)
            response["X-Robots-Tag"] = "noindex"
        return response

    @staticmethod
    def _carry(response: HttpResponse, codes: str) -> None:
        place = response.get("Location", "")
        if place.startswith("/") and not place.startswith("//"):
            response["Location"] = carried(place, codes)
        elif not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = _OWN_LINK.sub(
                lambda found: found[1] + carried(found[2].decode(), codes).encode() + b'"', response.content
            )
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
