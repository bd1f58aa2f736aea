"""Every type of page with one address of it; the matrices of languages and modes are made from these."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings

from directory.cards import site_code
from directory.finder import step_code
from directory.models import Contact, Organization, Service
from portal.kept import prefix
from portal.opaque import filter_code
from portal.sealing import seal

FULL = os.environ.get("PORTAL_FULL_MATRIX") == "1"


def _service() -> str:
    return f"services/{Service.objects.get(fact_id='S43').code}/"


def _closed_service() -> str:
    return f"services/{Service.objects.get(fact_id='S33').code}/"


def _organization() -> str:
    return f"organizations/{Organization.objects.get(fact_id='O17').code}/"


def _before_site() -> str:
    contact = Contact.objects.select_related("organization").get(key="K3")
    return f"organizations/{contact.organization.code}/{site_code(contact)}/"


def _codes() -> str:
    pairs = (("need", "shelter"), ("age", "34"), ("gender", "female"))
    return ".".join(filter_code(*pair) for pair in pairs)


def _note(end: str = "") -> str:
    return f"n/s-{Service.objects.get(fact_id='S43').code}/{end}"


def _sealed(page: str, **values: str) -> str:
    return f"r/{seal({'v': page, **values}, now=datetime.now(UTC))}/"


def _finder(*questions: str) -> str:
    return f"find/{'-'.join(map(step_code, questions))}/"


PAGES: dict[str, Callable[[], str]] = {
    "front": lambda: "",
    "rights index": lambda: "rights/",
    "rights page": lambda: "rights/rs-officers/",
    "way in steps": lambda: "rights/rs-steps-start/",
    "for professionals": lambda: "rights/pro-notes/",
    "for one group": lambda: "under-18/",
    "safe reading": lambda: "safe-reading/",
    "plain page": lambda: "about-data/",
    "glossary": lambda: "words/",
    "services": lambda: "services/",
    "filtered services": lambda: f"services/?f={_codes()}",
    "services, all choices": lambda: f"services/?f={_codes()}&m=1",
    "typed services": lambda: _sealed("services", f=_codes(), q="house", p="Ljubljana"),
    "nothing fits": lambda: f"services/?f={filter_code('need', 'asylum')}.{filter_code('country', 'RS')}",
    "service": _service,
    "closed service": _closed_service,
    "organizations": lambda: "organizations/",
    "organizations of a country": lambda: f"organizations/?f={filter_code('country', 'RS')}",
    "organization": _organization,
    "before a site": _before_site,
    "finder": lambda: "find/",
    "finder, numbers first": lambda: _finder("start", "danger"),
    "finder, needs": lambda: _finder("start", "need"),
    "finder, age": lambda: _finder("start", "need", "age"),
    "finder, place": lambda: _finder("start", "need", "gender", "age", "place"),
    "places": lambda: f"places/?f={filter_code('country', 'SI')}",
    "places of the larger country": lambda: f"places/?f={filter_code('country', 'RS')}",
    "places of a region": lambda: f"places/?f={filter_code('country', 'RS')}.{filter_code('area', 'rs-00')}",
    "short service": lambda: f"{_service()}?short=1",
    "note": _note,
    "note sent": lambda: _note("sent/"),
    "search": lambda: "search/",
    "found": lambda: _sealed("search", q="police"),
    "nothing found": lambda: _sealed("search", q="qqqqzzzz"),
    "list of nothing": lambda: "list/",
    "list": lambda: "list/",
    "services beside a list": lambda: f"services/?f={_codes()}",
    "card": lambda: "list/card/",
    "sheet": lambda: "list/sheet/",
    "whole sheet": lambda: "list/sheet/hu/all/",
    "link to share": lambda: f"list/share/?f={_codes()}",
    "not found": lambda: "no/such/page/",
}


WITH_A_LIST = ("list", "services beside a list", "card", "sheet", "whole sheet", "link to share")
"""The pages of somebody who has put services on the list: their address begins with its codes."""
ON_THE_LIST = ("S43", "S33", "S103")


def address(name: str, code: str) -> str:
    """Return the address of a type of page in a language."""
    before = ""
    if name in WITH_A_LIST:
        codes = {row.fact_id: row.code for row in Service.objects.filter(fact_id__in=ON_THE_LIST)}
        before = prefix(codes[fact] for fact in ON_THE_LIST)
    return f"{before}/{code}/{PAGES[name]()}"


def matrix() -> list[tuple[str, str]]:
    """Return (type of page, language): each type and each language once, or the whole product with --full."""
    languages = list(settings.PORTAL_LANGUAGES)
    if FULL:
        return [(name, code) for name in PAGES for code in languages]
    by_type = [(name, "en") for name in PAGES]
    by_language = [
        (name, code) for code in languages for name in ("front", "filtered services", "rights page")
    ]
    return list(dict.fromkeys(by_type + by_language))
