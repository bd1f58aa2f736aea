"""Addresses that every page shares: the same page in other languages, and what may travel in a query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from portal import languages
from portal.opaque import ALPHABET

CODE_SIGNS = frozenset(ALPHABET + ".")
MOST_SIGNS = 400

HIDDEN_STEPS = "/w"
"""What an address begins with when its visitor has chosen to hide all steps."""

KEPT = "/k"
"""What an address begins with, before the codes, when its visitor has put something on the list."""

_MARK = "portal_hides_steps"
_KEPT_MARK = "portal_kept_prefix"

SHORT = "short"
"""The parameter that asks for the short version of a page: "1"."""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language; ``absolute`` is empty when the host of the request is refused."""

    language: languages.Language
    url: str
    absolute: str
    active: bool


@dataclass(frozen=True, slots=True)
class Alternate:
    """A ``<link rel="alternate">``: ``tag`` is a BCP 47 tag or "x-default"."""

    tag: str
    url: str


def split_language(path: str) -> tuple[str, str]:
    """Return the language that a path's prefix names, empty when it names none, and the rest of the path."""
    first, _, rest = path.lstrip("/").partition("/")
    return (first, rest) if first in settings.PORTAL_LANGUAGES else ("", "")


def hide_steps(request: HttpRequest) -> None:
    """Take the choice of hidden steps out of the path of a request and remember it; only before a page's path."""
    rest = request.path_info.removeprefix(HIDDEN_STEPS)
    is_page = rest == "/" or split_language(rest)[0] or rest.startswith(f"{KEPT}/")
    if rest != request.path_info and is_page:
        request.path_info = request.path = rest
        setattr(request, _MARK, True)


def hides_steps(request: HttpRequest) -> bool:
    """Whether the visitor has chosen to hide every step."""
    return getattr(request, _MARK, False)


def set_kept_prefix(request: HttpRequest, prefix: str) -> None:
    """Remember what the address of a request began with because of the visitor's list."""
    setattr(request, _KEPT_MARK, prefix)


def kept_prefix(request: HttpRequest) -> str:
    """Return what the addresses of pages begin with because of the visitor's list."""
    found: str = getattr(request, _KEPT_MARK, "")
    return found


def travelling_query(request: HttpRequest, *, short: bool | None = None) -> str:
    """Return what of the query another language's page gets: opaque codes, a page number, the short version.

    Nothing else travels. ``short`` asks for the short version or the whole page; as it is when ``None``.
    """
    codes, page = request.GET.get("f", ""), request.GET.get("page", "")
    kept = {}
    if codes and len(codes) <= MOST_SIGNS and CODE_SIGNS.issuperset(codes):
        kept["f"] = codes
    if page.isascii() and page.isdigit() and len(page) <= 4:
        kept["page"] = page
    if is_short(request) if short is None else short:
        kept[SHORT] = "1"
    return f"?{urlencode(kept)}" if kept else ""


def is_short(request: HttpRequest) -> bool:
    """Whether the short version of a page is asked for: its summary, steps and numbers."""
    return request.GET.get(SHORT) == "1"


def other_version(request: HttpRequest) -> str:
    """Return the address of the whole page for its short version, and the other way round."""
    return request.path + travelling_query(request, short=not is_short(request))


def language_links(request: HttpRequest, active: str) -> list[LanguageLink]:
    """Return this page in every enabled language."""
    _, rest = split_language(request.path_info)
    tail = rest + travelling_query(request)
    absolute = _absolute(request)
    return [
        LanguageLink(languages.get(code), f"/{code}/{tail}", absolute(f"/{code}/{tail}"), code == active)
        for code in settings.PORTAL_LANGUAGES
    ]


def alternates(request: HttpRequest, links: list[LanguageLink]) -> list[Alternate]:
    """Return the ``hreflang`` links of this page; each page they name must name this one in return.

    The choice of languages at the root names the front pages only: it is the x-default of those, and
    the English page that of every other. A page with the choice of hidden steps names pages with the same one.
    """
    found = [Alternate(link.language.tag, link.absolute) for link in links if link.absolute]
    if not found:
        return []
    _, rest = split_language(request.path_info)
    english = next(link.absolute for link in links if link.language.code == languages.DEFAULT_LANGUAGE)
    default = english if rest or travelling_query(request) else _absolute(request)("/")
    return [*found, Alternate("x-default", default)]


def _absolute(request: HttpRequest) -> Callable[[str], str]:
    """Return a function that makes addresses absolute; they are empty for a host that is not ours (400)."""
    try:
        hidden = HIDDEN_STEPS if hides_steps(request) else ""
        origin = f"{request.scheme}://{request.get_host()}{hidden}{kept_prefix(request)}"
    except DisallowedHost:
        return lambda path: ""
    return lambda path: origin + path
