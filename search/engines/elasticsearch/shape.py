"""What a query must know of all documents of the index: with less to ask for, it asks for less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.plugins import SearchDocument


@dataclass(slots=True)
class Shape:
    """Names of facets and ranges, and the kinds of words that there are; it only grows until the next rebuild."""

    has_parts: bool = False
    apart: set[str] = field(default_factory=set)
    """Facets and ranges of which the alternatives of some record speak themselves."""
    ranges: set[str] = field(default_factory=set)
    always: dict[str, set[str]] = field(default_factory=dict)
    """Per kind the facets that every record of it answers itself."""
    bare: set[str] = field(default_factory=set)
    """Kinds with a record that has no alternative at all: nothing fits it."""
    large: set[str] = field(default_factory=set)
    """Facets of many values: their words stand in fields of their own only. It is settled by a rebuild."""
    forms: set[str] = field(default_factory=set)
    """All words of ``facts`` without their values, such as ``need|m``."""

    @classmethod
    def read(cls, source: Mapping[str, Any]) -> Shape:
        """Return the shape that :meth:`written` wrote."""
        always = {kind: set(names) for kind, names in source["always"].items()}
        names = ("apart", "ranges", "bare", "large", "forms")
        apart, ranges, bare, large, forms = (set(source[each]) for each in names)
        return cls(source["has_parts"], apart, ranges, always, bare, large, forms)

    def written(self) -> dict[str, Any]:
        """Return this shape as JSON."""
        return {
            "has_parts": self.has_parts,
            "apart": sorted(self.apart),
            "ranges": sorted(self.ranges),
            "always": {kind: sorted(names) for kind, names in self.always.items()},
            "bare": sorted(self.bare),
            "large": sorted(self.large),
            "forms": sorted(self.forms),
        }

    def add(self, document: SearchDocument) -> None:
        """Take a document into account."""
        self.always.setdefault(document.kind, set(document.facets)).intersection_update(document.facets)
        if not document.alternatives:
            self.bare.add(document.kind)
        for conditions in document.alternatives:
            self.ranges.update(conditions.ranges)
        if len(document.alternatives) > 1:
            self.has_parts = True
            for conditions in document.alternatives:
                self.apart.update(conditions.facets.keys() - document.facets.keys(), conditions.ranges)

    def add_words(self, facts: Iterable[str]) -> None:
        """Take the words of a document or a part into account."""
        for word in facts:
            name, bar, said = word.partition("|")
            self.forms.add(f"{name}{bar}{said.partition(':')[0]}")
