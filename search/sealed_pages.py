"""Which page a sealed link opens: a token says it by a name, and the package that owns the page registers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string

from portal.sealing import Sealed, seal

PAGE = "v"
"""The key of a token's values that names its page."""

Opener = Callable[[HttpRequest, Sealed, str], HttpResponse]
"""A view of a sealed page: the request, what the token held, and the token itself."""

_openers: dict[str, str] = {}


def register(page: str, view: str) -> None:
    """Let ``view``, an :data:`Opener` by its dotted path, open the links that name ``page``."""
    _openers[page] = view


def opener(page: str) -> Opener | None:
    """Return the view that opens links to ``page``; ``None`` for a name that nobody registered."""
    found: Opener | None = import_string(_openers[page]) if page in _openers else None
    return found


def address(page: str, values: Mapping[str, str]) -> str:
    """Return a link that opens ``page`` with these values for an hour; empty values are left out."""
    kept = {name: value for name, value in values.items() if value}
    return reverse("search:sealed", args=[seal({PAGE: page, **kept}, now=datetime.now(UTC))])
