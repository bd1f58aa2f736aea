"""How findings of one kind are shown: what the package that owns the records tells the result page.

The result page knows nothing of services or pages. Each package registers a presenter a kind, in the order of
the page, and the ways on that are offered beside the findings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from portal.plugins import Hit, SearchQuery
from search.highlight import Marker


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for. ``country`` is an ISO code or empty; ``as_typed`` mends no typing mistake."""

    words: str
    country: str = ""
    as_typed: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """A part of the result page that another package brings: a template and its variables."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


class Presenter(Protocol):
    """How one kind is shown. ``template`` shows a card, which stands in it as ``card``."""

    kind: str
    template: str

    def title(self) -> str:
        """Return the heading of the group in the reader's words."""

    def query(self, asked: Asked) -> SearchQuery:
        """Return the question to the engine, without offset and limit."""

    def cards(self, hits: Sequence[Hit], asked: Asked, mark: Marker) -> list[Any]:
        """Return the cards of the hits in their order, of what a visitor may see at this moment only."""

    def name_of(self, card: Any) -> str:
        """Return the name that stands on a card, for operators."""

    def all_url(self, asked: Asked) -> str:
        """Return the address of a whole list with filters, empty where the result page lists them itself."""


_presenters: dict[str, Presenter] = {}
_lines: list[Callable[[str], Extra]] = []
_ways_on: list[Callable[[str], Extra]] = []


def register(presenter: Presenter) -> None:
    """Show a kind on the result page, after those registered before; registering it again keeps the last."""
    _presenters[presenter.kind] = presenter


def registered() -> list[Presenter]:
    """Return the presenters in the order of the page."""
    return list(_presenters.values())


def register_lines(make: Callable[[str], Extra]) -> None:
    """Bring the lines that stand first when words cry for help; ``make`` gets a country or an empty string."""
    _keep(_lines, make)


def register_ways_on(make: Callable[[str], Extra]) -> None:
    """Bring what is offered when nothing was found; ``make`` gets a country or an empty string."""
    _keep(_ways_on, make)


def lines(country: str) -> list[Extra]:
    """Return the lines to call in a country, or in all."""
    return [make(country) for make in _lines]


def ways_on(country: str) -> list[Extra]:
    """Return what helps when nothing was found."""
    return [make(country) for make in _ways_on]


def _keep(makers: list[Callable[[str], Extra]], make: Callable[[str], Extra]) -> None:
    if make not in makers:
        makers.append(make)
