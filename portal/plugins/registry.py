"""Registries that packages and plugins fill at start; the ground floor reads them and imports nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from portal import site
from portal.plugins.country import Country, CountryPack
from portal.plugins.translators import MachineTranslator

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """An ordered list of items by the name of the package that brought them."""

    def __init__(self) -> None:
        self._items: dict[str, tuple[Item, ...]] = {}

    def extend(self, owner: str, items: Iterable[Item]) -> None:
        """Set what ``owner`` brings; saying it twice is the same as once."""
        self._items[owner] = tuple(items)

    def __iter__(self) -> Iterator[Item]:
        for owner in self._items:
            yield from self._items[owner]

    def owners(self) -> tuple[str, ...]:
        """Return the packages that brought something."""
        return tuple(owner for owner, items in self._items.items() if items)

    @contextmanager
    def only(self, items: Iterable[Item]) -> Iterator[None]:
        """Hold exactly ``items`` inside the block, and what was there before after it."""
        before, self._items = self._items, {"only": tuple(items)}
        try:
            yield
        finally:
            self._items = before


@dataclass(frozen=True, slots=True)
class Link:
    """A link that one package offers on another's page."""

    title: str
    url: str
    language: str
    reason: str = ""


countries: Registry[CountryPack] = Registry()
site_pages: Registry[CountryPack] = Registry()
"""Files with pages of no country: what every site has."""
machine_translators: Registry[MachineTranslator] = Registry()
related_links: Registry[Callable[[str, str], list[Link]]] = Registry()
"""Callables (kind of record, key) → links to show on that record's page."""

HealthNote = tuple[str, Callable[[], dict[str, object]]]
health_notes: Registry[HealthNote] = Registry()
"""A name and a callable: what ``/-/ready`` tells an operator besides; it never makes the site unready."""
record_usages: Registry[Callable[[str, str], list[Link]]] = Registry()
"""Callables (kind of record, key) → editors' links to what would miss that record if it were withdrawn."""

RecordExists = Callable[[str], bool]


def enabled_countries() -> tuple[Country, ...]:
    """Return the countries of the enabled packs in the site's order, else that of ``PORTAL_PLUGINS``."""
    found = [pack.country for pack in countries]
    order = site.current().country_order
    return tuple(sorted(found, key=lambda each: order.index(each.code) if each.code in order else len(order)))


def country_codes() -> tuple[str, ...]:
    """Return the ISO codes of the enabled countries."""
    return tuple(country.code for country in enabled_countries())


def get_country(code: str) -> Country | None:
    """Return an enabled country by its ISO code."""
    return next((country for country in enabled_countries() if country.code == code), None)
