"""Public pages kept in memory, ready to be sent, until anything is written to the database (decision 13).

Only pages that a view offers (:func:`cacheable`), that are the same for everybody and whose address says nothing of
a visitor: no words, no filters but a country, no list, no form with a token. Nothing tells who asked or when. A page
that speaks of the clock says how long it holds (:func:`holds_until`). Only SQLite tells exactly whether anything was
written, and only the embedded engine of finding writes there; elsewhere nothing is kept.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from portal.links import kept_prefix
from portal.opaque import filter_code
from portal.plugins.registry import country_codes

Key = tuple[str, ...]
View = Callable[..., HttpResponse]
SAME_FOR_ALL = {"accept-encoding"}
"""The only header of a request that an answer may depend on."""

_MARK = "portal_cacheable"
_end: ContextVar[list[datetime] | None] = ContextVar("portal_page_holds_until", default=None)
_gzip = re.compile(r"\bgzip\b")


def cacheable(view: View) -> View:
    """Offer the pages of a view: what they show depends on the address, the database and told moments only."""

    @wraps(view)
    def offering(request: HttpRequest, *arguments: Any, **values: Any) -> HttpResponse:
        setattr(request, _MARK, True)
        return view(request, *arguments, **values)

    return offering


def holds_until(moment: datetime | None) -> None:
    """Say that the page being made may be another one from ``moment`` (aware) on; ``None`` says nothing."""
    ends = _end.get()
    if ends is not None and moment is not None:
        ends.append(moment)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it was sent; ``until`` in seconds since the epoch. The log gets what it would have got."""

    content: bytes
    headers: tuple[tuple[str, str], ...]
    until: float
    match: Any
    language: str

    def response(self, request: HttpRequest) -> HttpResponse:
        """Return the answer for another request."""
        request.resolver_match, request.LANGUAGE_CODE = self.match, self.language
        response = HttpResponse(self.content)
        del response.headers["Content-Type"]
        for name, value in self.headers:
            response.headers[name] = value
        return response


class Watch:
    """Tells, in microseconds, whether anybody has committed anything to a SQLite database since the last look."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file = ""
        self._connection: sqlite3.Connection | None = None

    def version(self) -> int | None:
        """Return a number that every commit of any process changes, ``None`` where it cannot be told."""
        with self._lock:
            try:
                watching = self._connected()
                return watching.execute("PRAGMA data_version").fetchone()[0] if watching else None
            except sqlite3.Error:
                self._connection = None
                return None

    def _connected(self) -> sqlite3.Connection | None:
        file = str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else ""
        if self._connection is None or file != self._file:
            if self._connection is not None:
                self._connection.close()
            self._file, self._connection = file, None
            if file:
                uri = (
                    file if file.startswith("file:") else f"file:{quote(str(Path(file).absolute()))}?mode=ro"
                )
                self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        return self._connection


class Store:
    """The pages of one state of the database, at most ``most`` bytes; what was asked longest ago goes first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._watch, self._clock = Watch(), clock
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._version: int | None = None
        self._settled = 0.0

    def state(self) -> int | None:
        """Return the state of the database; when it is another one, all pages are gone."""
        version = self._watch.version()
        with self._lock:
            if version != self._version:
                self._pages.clear()
                self._bytes, self._version = 0, version
                # The operator's settings may be as old as this in a page that is made now.
                self._settled = self._clock() + (settings.PORTAL_SITE_SECONDS or 0)
        return version

    def get(self, key: Key, now: float) -> Page | None:
        """Return a page that still holds."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.until <= now:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: Page, version: int) -> None:
        """Keep a page that was made wholly within one state of the database."""
        if self.state() != version:
            return
        with self._lock:
            if self._version != version or self._clock() < self._settled:
                return
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.content)
            while self._bytes > settings.PORTAL_PAGE_CACHE_BYTES:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self._bytes -= len(page.content)


store = Store()


class PageCacheMiddleware:
    """Answer from memory what was made before and is still so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        version = store.state() if _may_be_kept(request) else None
        if version is None:
            return self.get_response(request)
        key = _key(request)
        if (page := store.get(key, datetime.now(UTC).timestamp())) is not None:
            return page.response(request)
        ends: list[datetime] = []
        held = _end.set(ends)
        try:
            response = self.get_response(request)
        finally:
            _end.reset(held)
        if _is_same_for_all(request, response):
            store.keep(key, _page(request, response, ends), version)
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether a request says nothing of who sends it; an address with filters is nobody's business to keep."""
    if settings.PORTAL_PAGE_CACHE_BYTES <= 0 or request.method != "GET" or request.META.get("HTTP_COOKIE"):
        return False
    countries = {f"f={filter_code('country', code)}" for code in country_codes()}
    return set(request.META.get("QUERY_STRING", "").split("&")) <= {"", "short=1", *countries}


def _key(request: HttpRequest) -> Key:
    zipped = "gzip" if _gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) else ""
    return (request.scheme or "", request.META.get("HTTP_HOST", ""), request.get_full_path(), zipped)


def _is_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    vary = {part.strip().lower() for part in response.headers.get("Vary", "").split(",") if part.strip()}
    return (
        getattr(request, _MARK, False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not kept_prefix(request)
        and vary <= SAME_FOR_ALL
    )


def _page(request: HttpRequest, response: HttpResponse, ends: list[datetime]) -> Page:
    until = min((end.timestamp() for end in ends), default=float("inf"))
    language = str(getattr(request, "LANGUAGE_CODE", ""))
    return Page(response.content, tuple(response.items()), until, request.resolver_match, language)
