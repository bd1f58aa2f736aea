"""From a pack's page record to the stream of a page; every item gets an id that stays (trap L7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from home.models import ContentPage
from portal import languages
from portal.opaque import record_uuid
from portal.plugins import PageRecord, SectionRecord


def stream_of(record: PageRecord, organizations: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the raw stream of a record; ``organizations`` gives the ids of those that can be named."""
    items = _Items(record.key)
    called = [(name, why) for name, why in record.call if name in organizations]
    calls = [({"organization": organizations[name], "why": why}, name) for name, why in called]
    blocks = [
        items.block("summary", record.summary),
        items.block("steps", items.sentences("steps", record.do_now)),
        items.block("call", items.listed("call", calls)),
        *(items.section(number, section) for number, section in enumerate(record.sections, 1)),
        items.block("bring", items.sentences("bring", record.bring)),
        items.block("deadlines", items.sentences("deadlines", record.deadlines)),
        items.block("money", items.sentences("money", record.money)),
    ]
    return [block for block in blocks if block["value"]]


def values_of(record: PageRecord, organizations: Mapping[str, int]) -> dict[str, Any]:
    """Return the fields of a page that a record fills, as they are compared and stored."""
    english = languages.DEFAULT_LANGUAGE
    return {
        "title": record.title[english],
        "slug": record.slug,
        "safe_title": record.safe_title,
        "country": record.country,
        "audience": list(record.audience),
        "localized_titles": {code: text for code, text in record.title.items() if code != english},
        "law_reference": record.law_reference,
        "as_of": record.as_of,
        "editor_notes": "\n".join(f"{fact}: {text}" for fact, text in record.editor_notes),
        "body": stream_of(record, organizations),
    }


def content_of(page: ContentPage) -> dict[str, Any]:
    """Return the same fields of a stored page, to tell whether somebody edited it here."""
    names = ("title", "slug", "safe_title", "country", "audience", "localized_titles")
    texts = ("law_reference", "as_of", "editor_notes")
    fields = {name: getattr(page, name) for name in (*names, *texts)}
    return {**fields, "body": raw_stream(page)}


def raw_stream(page: ContentPage) -> list[dict[str, Any]]:
    """Return a page's stream as it is stored, kept blocks under their own types."""
    raw: list[dict[str, Any]] = page.body.stream_block.get_prep_value(page.body)
    return raw


class _Items:
    """Makes blocks and list items with ids that follow from the page's key and their place."""

    def __init__(self, key: str) -> None:
        self.key = key

    def id(self, *place: object) -> str:
        return str(record_uuid("/".join(("page", self.key, *map(str, place)))))

    def block(self, kind: str, value: Any, place: str = "") -> dict[str, Any]:
        return {"type": kind, "value": value, "id": self.id(place or kind)}

    def listed(self, place: str, pairs: Iterable[tuple[Any, object]]) -> list[dict[str, Any]]:
        return [{"type": "item", "value": value, "id": self.id(place, name)} for value, name in pairs]

    def sentences(self, place: str, texts: Iterable[str]) -> list[dict[str, Any]]:
        return self.listed(place, ((text, number) for number, text in enumerate(texts, 1)))

    def section(self, number: int, section: SectionRecord) -> dict[str, Any]:
        place = f"section-{number}"
        if section.insert:
            return self.block("insert", section.insert, place)
        if section.pathway:
            named = {"heading": section.heading, "key": section.pathway_key, "source": section.source}
            steps = self.sentences(f"{place}-steps", section.pathway)
            return self.block("pathway", {**named, "steps": steps}, place)
        if section.facts:
            facts = [
                ({"key": f.key, "text": f.text, "date": f.date, "source": f.source}, f.key)
                for f in section.facts
            ]
            return self.block(
                "facts", {"heading": section.heading, "facts": self.listed("fact", facts)}, place
            )
        if section.paragraphs or section.points or section.steps:
            return self.text(place, section)
        if section.guidance:
            items = self.sentences(f"{place}-items", section.guidance)
            value = {"heading": section.heading, "key": section.guidance_key, "items": items}
            return self.block("guidance", {**value, "source": section.source}, place)
        rights = [
            (
                {"key": r.key, "text": r.text, "note": r.note, "law": r.law, "source": r.source},
                r.key,
            )
            for r in section.rights
        ]
        return self.block(
            "rights", {"heading": section.heading, "rights": self.listed("right", rights)}, place
        )

    def text(self, place: str, section: SectionRecord) -> dict[str, Any]:
        names = ("paragraphs", "points", "steps")
        parts = {name: self.sentences(f"{place}-{name}", getattr(section, name)) for name in names}
        value = {"heading": section.heading, **parts, "checked": section.checked or None}
        return self.block("section", value, place)
