"""A small crawler of our own site: what a visitor can reach by links alone, in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import parse_qs, urljoin, urlsplit

SECONDS = 20
MOST_PAGES = 5000
FACT_ID = re.compile(r"^(?:right-)?([rpgh])(\d+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the site: status, where a redirect leads (or empty), and the page when it is HTML."""

    status: int
    location: str
    text: str


Fetch = Callable[[str], Answer]


@dataclass
class Seen:
    """What the pages showed: codes of services and organizations with a page, facet codes, ids of facts.

    ``rights`` are the ids (R, P, G, H) that stood in a text of the language asked for; a text of another
    language that stands in for it does not count.
    """

    pages: int = 0
    services: set[str] = field(default_factory=set)
    organizations: set[str] = field(default_factory=set)
    facets: set[str] = field(default_factory=set)
    rights: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    """Collects the links of a page and the ids of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.languages: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("html", "main"):
            self.languages[tag] = dict(attrs).get("lang") or ""
        for name, value in attrs:
            if name == "href" and tag == "a" and value:
                self.links.append(value)
            if name in ("id", "data-right") and value:
                self.ids.append(value)


def crawl(fetch: Fetch, language: str, say: Callable[[str], None] = lambda text: None) -> Seen:
    """Follow the links below ``/<language>/`` and return what they show.

    Filters are read but not followed (their number has no end); pages of a list are. Another host, the way
    out and the editors' desk are never asked.
    """
    seen, start = Seen(), f"/{language}/"
    waiting, known = [start], {start}
    while waiting and seen.pages < MOST_PAGES:
        path = waiting.pop()
        answer = fetch(path)
        links = [answer.location] if answer.location else list(_read(path, answer, seen))
        for link in (urljoin(path, link) for link in links):
            seen.facets |= _facets(link)
            target = _followed(link, start)
            if target and target not in known:
                known.add(target)
                waiting.append(target)
        if seen.pages % 100 == 0:
            say(f"{seen.pages} pages, {len(waiting)} waiting")
    return seen


def _read(path: str, answer: Answer, seen: Seen) -> Iterator[str]:
    seen.pages += 1
    if answer.status != 200:
        seen.broken.append(f"{answer.status} {path}")
        return
    page = _Page()
    page.feed(answer.text)
    is_own = page.languages.get("html") == page.languages.get("main")
    for name in page.ids if is_own else ():
        if match := FACT_ID.match(name):
            seen.rights.add(f"{match[1].upper()}{match[2]}")
    parts = urlsplit(path).path.strip("/").split("/")
    if len(parts) == 3 and parts[1] in ("services", "organizations"):
        getattr(seen, parts[1]).add(parts[2])
    yield from page.links


def _followed(link: str, start: str) -> str:
    """Return the path to ask next, or an empty string: another host, another language, or a filter."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path.startswith(start):
        return ""
    if set(parse_qs(parts.query)) - {"page"}:
        return "" if set(parse_qs(parts.query)) - {"page", "f"} else parts.path
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _facets(link: str) -> set[str]:
    chosen = parse_qs(urlsplit(link).query).get("f", [])
    return {code for text in chosen for code in text.split(".")}


def fetch_from(base_url: str) -> Fetch:
    """Return a fetcher of a running site, asking this host only; raises ``ValueError`` for no web address.

    Links of that host written in full are made short by :func:`short`, so that they are followed too.
    """
    base = urlsplit(base_url)
    if base.scheme not in ("http", "https") or not base.hostname:
        raise ValueError(f"{base_url} is no address of a site: write http://host:port")
    kind = HTTPSConnection if base.scheme == "https" else HTTPConnection
    host, port = base.hostname, base.port

    def fetch(path: str) -> Answer:
        connection = kind(host, port, timeout=SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            is_page = response.headers.get_content_type() == "text/html"
            text = response.read().decode("utf-8", "replace") if is_page else ""
            return Answer(response.status, short(response.headers.get("Location") or "", base_url), text)
        finally:
            connection.close()

    return fetch


def short(link: str, base_url: str) -> str:
    """Return a link of the same host without scheme and host; any other link as it is."""
    return link.removeprefix(base_url.rstrip("/")) if link.startswith(base_url.rstrip("/") + "/") else link
