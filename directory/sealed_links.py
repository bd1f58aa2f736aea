"""Where a choice leads: opaque codes in a plain link, or sealed when words or a place were typed (R9)."""

from __future__ import annotations

from django.urls import reverse

from directory.filters import Chosen
from search import sealed_pages

SERVICES = "services"
ORGANIZATIONS = "organizations"
FINDER = "finder"


def services_address(chosen: Chosen) -> str:
    """Return the address of the list of services for a choice."""
    if not chosen.words and not chosen.place:
        return reverse("directory:services") + query_of(chosen)
    values = {"f": chosen.codes, "q": chosen.words, "p": chosen.place, "o": "1" if chosen.as_typed else ""}
    return sealed_pages.address(SERVICES, values)


def organizations_address(chosen: Chosen) -> str:
    """Return the address of the list of providers for a choice."""
    if not chosen.words:
        return reverse("directory:organizations") + query_of(chosen)
    values = {"f": chosen.codes, "q": chosen.words, "o": "1" if chosen.as_typed else ""}
    return sealed_pages.address(ORGANIZATIONS, values)


def query_of(chosen: Chosen) -> str:
    """Return the query string that carries these filters, or an empty one."""
    return f"?f={chosen.codes}" if chosen.codes else ""
