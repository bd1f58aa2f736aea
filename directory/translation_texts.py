"""Every text of the directory that is translated, under one name for PO files, states and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import models as db

from directory import models
from portal import languages
from portal.localized import stored

SOURCE = languages.DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record with translated fields.

    ``key_of`` names a record for good; ``owner`` is the attribute that leads to the record whose page shows it.
    """

    name: str
    model: type[db.Model]
    fields: tuple[str, ...]
    owner: str = ""
    key_of: Callable[[Any], str] = lambda record: str(record.key)
    # Fields whose review is recorded elsewhere: they go into PO files and have no state of their own.
    stateless: tuple[str, ...] = ()

    @property
    def stated(self) -> tuple[str, ...]:
        """The fields that have a state."""
        return tuple(field for field in self.fields if field not in self.stateless)

    def records(self) -> db.QuerySet[Any]:
        """Return all records of this kind, with their owners."""
        rows: db.QuerySet[Any] = self.model._default_manager.all()
        return rows.select_related(self.owner) if self.owner else rows


def _row_key(owner: str) -> Callable[[Any], str]:
    return lambda row: f"{getattr(row, owner).key}/{row.pk}"


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("term", models.TaxonomyTerm, ("name", "plain")),
        Kind(
            "service",
            models.Service,
            (
                "name",
                "description",
                "application_process",
                "eligibility_description",
                "conditions",
                "duration",
                "fees_description",
                "alert",
            ),
        ),
        Kind(
            "organization",
            models.Organization,
            ("name", "description", "how_to_reach", "area_text", "alert"),
            stateless=("name",),
        ),
        Kind(
            "alternative",
            models.EligibilityAlternative,
            ("ask_first",),
            "service",
            lambda row: f"{row.service.key}/{row.order}",
        ),
        Kind("cost", models.CostOption, ("option",), "service", _row_key("service")),
        Kind("document", models.RequiredDocument, ("document",), "service", _row_key("service")),
        Kind("question", models.FinderQuestion, ("title", "title_other", "text", "text_other", "text_none")),
        Kind(
            "answer",
            models.FinderAnswer,
            ("text", "text_other"),
            "question",
            lambda row: f"{row.question.key}/{row.order}",
        ),
        Kind("phone", models.Phone, ("safe_call_note",), "organization"),
        Kind("contact", models.Contact, ("safe_call_note",), "organization"),
        Kind("location", models.Location, ("name", "transportation"), "organization"),
        Kind(
            "accessibility",
            models.Accessibility,
            ("description", "details"),
            "location",
            _row_key("location"),
        ),
        Kind("confidential", models.ConfidentialPlace, ("public_name", "referral_path"), "organization"),
    )
}
BY_MODEL: Mapping[type[db.Model], Kind] = {kind.model: kind for kind in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Unit:
    """One field of one record: its English source and its texts by language."""

    kind: Kind
    record: Any
    field: str
    texts: Mapping[str, str]

    @property
    def source(self) -> str:
        """The English text; empty when there is none to translate from."""
        return self.texts.get(SOURCE, "")

    @property
    def key(self) -> str:
        """The record's lasting name."""
        return self.kind.key_of(self.record)

    @property
    def context(self) -> str:
        """The unit's name in a PO file."""
        return f"{self.kind.name}|{self.key}|{self.field}"


def units_of(kind: Kind, records: Iterable[Any], fields: Iterable[str] = ()) -> Iterator[Unit]:
    """Yield the units of records that have a text in any language; no query."""
    for record in records:
        for field in fields or kind.fields:
            if texts := stored(record, field):
                yield Unit(kind, record, field, texts)


def all_units(kinds: Iterable[str] = ()) -> Iterator[Unit]:
    """Yield the units of every record; one query a kind."""
    for name in kinds or KINDS:
        kind = KINDS[name]
        yield from units_of(kind, kind.records())


def target_languages() -> tuple[str, ...]:
    """Return the enabled languages that are translated into: not English, and no script that is derived."""
    return tuple(
        code for code in settings.PORTAL_LANGUAGES if code != SOURCE and not languages.get(code).derived_from
    )


def fingerprint(text: str) -> str:
    """Return a short digest of a text; spaces at its ends and between words do not count."""
    words = " ".join(text.split())
    return blake2b(words.encode(), digest_size=8).hexdigest() if words else ""


def column(field: str, language: str) -> str:
    """Return the column of a field in a language (trap M2: never the base name)."""
    return f"{field}_{languages.get(language).column_suffix}"
