"""What an operator sets for a site, kept at hand so that no page asks the database for it each time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError

from portal.plugins.records import Text

DARK = "prefers-color-scheme: dark"


@dataclass(frozen=True, slots=True)
class FootLink:
    """A link that an operator adds to the foot of every page; ``path`` follows the language prefix."""

    title: Text
    path: str


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the menu: a part of the portal by its name, else a page by its path; words by language."""

    part: str = ""
    path: str = ""
    title: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountryLine:
    """An operator's line of a country; ``dial`` is what the link dials."""

    country: str
    number: str
    dial: str
    name: Text


@dataclass(frozen=True, slots=True)
class SiteValues:
    """What may differ from site to site; an empty value means: as the portal comes.

    ``brand`` and ``brand_dark`` are colours as "#rrggbb"; ``exit_targets`` are addresses by language;
    ``country_order`` are ISO codes; ``hidden_links`` are names of links of the foot that are left out;
    ``lines`` stand beside the emergency numbers of their country.
    """

    name: str = ""
    mark: str = "anchor"
    brand: str = ""
    brand_dark: str = ""
    exit_targets: Mapping[str, str] = field(default_factory=dict)
    country_order: tuple[str, ...] = ()
    hidden_links: tuple[str, ...] = ()
    foot_links: tuple[FootLink, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    lines: tuple[CountryLine, ...] = ()

    @property
    def css(self) -> str:
        """The rules that change the colours, empty when none is set."""
        light = f":root{{--brand:{self.brand}}}" if self.brand else ""
        dark = f"@media ({DARK}){{:root{{--brand:{self.brand_dark}}}}}" if self.brand_dark else ""
        printed = "@media print{:root{--brand:#000}}" if light or dark else ""
        return light + dark + printed


Source = Callable[[], SiteValues]


class _Kept:
    """The values in this process, and until when they hold."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self.values = SiteValues()
        self.until = 0.0
        self.is_asking = False


_kept = _Kept()


def provide(source: Source) -> None:
    """Set who knows the values; the package of the pages says so at start."""
    _kept.source = source
    forget()


def forget() -> None:
    """Ask anew at the next page: something was saved."""
    _kept.until = 0.0


def current() -> SiteValues:
    """Return the values, at most ``PORTAL_SITE_SECONDS`` old; the last known when the database is away.

    With ``PORTAL_SITE_SECONDS = None`` nobody is asked and everything is as the portal comes.
    """
    seconds = getattr(settings, "PORTAL_SITE_SECONDS", None)
    if seconds is None or _kept.source is None:
        return SiteValues()
    now = time.monotonic()
    if now >= _kept.until and not _kept.is_asking:
        _kept.is_asking = True  # who knows the values may need the last ones for that
        try:
            with suppress(DatabaseError):
                _kept.values = _kept.source()
        finally:
            _kept.is_asking = False
        _kept.until = now + seconds
    return _kept.values
