"""Which values an answer of the guided finder may choose, and which ages "0-17" means."""

from __future__ import annotations

from directory.filters import BY_NAME
from directory.models import TaxonomyTerm
from portal import languages


def is_value(name: str, value: str) -> bool:
    """Return whether the filter ``name`` has ``value``; an age may be a span such as "0-17"."""
    if name == "need":
        return TaxonomyTerm.objects.filter(taxonomy__key="needs", slug=value).exists()
    if name == "language":
        return value in languages.CODES
    if name == "age":
        return span(value) is not None
    return name in BY_NAME and value in BY_NAME[name].values()


def span(value: str) -> range | None:
    """Return the ages of "17" or "0-17" (both ends belong to it), ``None`` for anything else."""
    first, _, last = value.partition("-")
    last = last or first
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        return None
    return range(int(first), int(last) + 1) if int(first) <= int(last) <= 120 else None
