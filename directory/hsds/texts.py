"""Texts and profile attributes of HSDS objects: names in the language asked for, or honestly in another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from directory.hsds.records import Json, part_id, write
from portal import languages
from portal.localized import localized

ANSWER = "sidro:answer"
FALLBACK = "sidro:language"


@dataclass
class Attributes:
    """Collects the attributes of one object; ``entity`` is its HSDS table, ``owner`` its id."""

    entity: str
    owner: str
    items: list[Json] = field(default_factory=list)

    def add(self, label: str, value: str, link_type: str = "") -> None:
        """Add a profile attribute; an empty value says nothing and is left out."""
        if value:
            number = sum(item.get("label") == label for item in self.items)
            self.items.append(
                write(
                    "attribute",
                    {
                        "id": part_id(self.owner, label, link_type, number),
                        "link_id": self.owner,
                        "link_type": link_type or "profile",
                        "link_entity": self.entity,
                        "value": value,
                        "label": label,
                    },
                )
            )

    def add_flag(self, label: str, value: bool | None) -> None:
        """Add "true", "false" or "unknown": unknown is a value of its own."""
        self.add(label, "unknown" if value is None else str(value).lower())

    def add_term(self, term: Json, link_type: str) -> None:
        """Add a link to a taxonomy term."""
        self.items.append(
            write(
                "attribute",
                {
                    "id": part_id(self.owner, "term", term["id"]),
                    "link_id": self.owner,
                    "taxonomy_term_id": term["id"],
                    "link_type": link_type,
                    "link_entity": self.entity,
                    "value": term["code"],
                    "taxonomy_term": term,
                    "label": term["name"],
                },
            )
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom an answer is written for: ``language`` is any code of the catalogue, enabled or not."""

    language: str

    def text(self, record: Any, name: str, attributes: Attributes | None = None) -> str:
        """Return a translated field; a fallback is told by an attribute with the language it is in."""
        found = localized(record, name, self.language)
        if found.is_fallback and attributes is not None:
            attributes.add(FALLBACK, languages.get(found.language).tag, name)
        return found.text
