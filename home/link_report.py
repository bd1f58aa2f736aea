"""Asking outside whether links still answer: started by a person, never by the server itself (R46)."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from directory.choices import ContactKind, Publish
from directory.models import Contact, Location, Phone
from home.models import PortalPage
from home.reading_panel import raw_texts
from portal.link_forms import links_in

AGENT = "Mozilla/5.0 (link check, started by an editor)"
REFUSES_HEAD = {400, 403, 404, 405, 406, 501}


@dataclass(frozen=True, slots=True)
class Found:
    """A link and where it stands."""

    url: str
    place: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of asking: ``status`` is the HTTP status, 0 without an answer; ``reason`` one sentence."""

    link: Found
    status: int
    reason: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether the link leads nowhere; a site that refuses machines (401, 403, 429) is not broken."""
        return self.status == 0 or (self.status >= 400 and self.status not in {401, 403, 429})


def outside_links(pages: Iterable[PortalPage]) -> Iterator[Found]:
    """Yield the links that visitors are shown: of contacts, of sources that are named, and of pages."""
    contacts: Any = Contact.objects.filter(kind__in=[ContactKind.WEBSITE, ContactKind.CHAT])  # type: ignore[misc]
    for contact in contacts.exclude(publish=Publish.NO):
        yield Found(contact.value, f"contact {contact.key}")
    for row in (
        *Phone.objects.filter(publish=Publish.NOTED),
        *Location.objects.filter(publish=Publish.NOTED),
    ):
        for url in row.source_url.split(" ; "):
            yield Found(url.strip(), f"source of {row.key}")
    for page in pages:
        for url in links_in(raw_texts(page)):
            yield Found(url, f"page {page.pk} {page.slug} ({page.locale.language_code})")


def check_links(links: Iterable[Found], *, timeout: float) -> Iterator[Checked]:
    """Ask each address once; ``timeout`` is in seconds. Links inside the site ask nobody."""
    known: dict[str, tuple[int, str]] = {}
    for link in links:
        url = f"https://{link.url}" if link.url and "//" not in link.url else link.url
        if not url.startswith(("http://", "https://")):
            continue
        if url not in known:
            known[url] = _ask(url, timeout)
        yield Checked(link, *known[url])


def _ask(url: str, timeout: float) -> tuple[int, str]:
    """Return the status of an address, asked by HEAD and, where that is refused, by GET."""
    status, reason = _request(url, "HEAD", timeout)
    return _request(url, "GET", timeout) if status in REFUSES_HEAD else (status, reason)


def _request(url: str, method: str, timeout: float) -> tuple[int, str]:
    request = Request(url, method=method, headers={"User-Agent": AGENT})  # noqa: S310 - http and https only
    try:
        with urlopen(request, timeout=timeout) as answer:  # noqa: S310 - http and https only
            return answer.status, ""
    except HTTPError as error:
        return error.code, str(error.reason)
    except (URLError, ssl.SSLError, TimeoutError, OSError, ValueError) as error:
        return 0, str(getattr(error, "reason", error))[:200] or type(error).__name__
