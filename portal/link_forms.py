"""The form of links and of numbers to call, checked without asking anybody (R46)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

HOST = re.compile(r"^(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}$")
BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
SHORTEST, LONGEST = 7, 15  # digits of a number, E.164


def link_fault(address: str) -> str:
    """Return what is wrong with the form of a link, or an empty string; asks nobody (R46)."""
    address = address.strip()
    if address.startswith(("#", "/")) and not address.startswith("//"):
        return ""
    if address.startswith("tel:"):
        return phone_fault(address.removeprefix("tel:"))
    if address.startswith("mailto:"):
        return _("A link that opens a mail program leaves a trace on the device: write the address instead.")
    if any(sign.isspace() for sign in address):
        return _("“%(link)s”: a link has no spaces.") % {"link": address}
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"}:
        return _("“%(link)s”: a link begins with https://") % {"link": address}
    return (
        ""
        if HOST.match(host.removeprefix("www."))
        else _("“%(link)s”: the name of the site is not complete.") % {"link": address}
    )


def phone_fault(number: str) -> str:
    """Return what is wrong with the form of a number, or an empty string."""
    digits = [sign for sign in number if sign.isdigit()]
    if any(sign not in "+0123456789 -/()." for sign in number) or number.rfind("+") > 0:
        return _("“%(number)s”: a number has digits only, perhaps with + in front.") % {"number": number}
    if number.strip().startswith(("+", "0")) and not SHORTEST <= len(digits) <= LONGEST:
        return _("“%(number)s”: a number has 7 to 15 digits.") % {"number": number}
    return (
        "" if len(digits) >= 2 else _("“%(number)s”: a number has at least two digits.") % {"number": number}
    )


def links_in(texts: Iterable[str]) -> list[str]:
    """Return every address that texts link to or spell out, in order, each once."""
    found: list[str] = []
    for text in texts:
        soup = BeautifulSoup(text, "html.parser")
        found += [str(tag["href"]) for tag in soup.find_all("a", href=True)]
        found += [address.rstrip(".,;:)!?") for address in BARE.findall(soup.get_text(" "))]
    return list(dict.fromkeys(found))


def link_faults(texts: Iterable[str]) -> list[str]:
    """Return one sentence for each link of wrong form."""
    plain = (f"https://{link}" if link.lower().startswith("www.") else link for link in links_in(texts))
    return [fault for link in plain if (fault := link_fault(link))]
