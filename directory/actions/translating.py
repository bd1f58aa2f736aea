"""Translations of the directory that somebody brings, reviews or asks for; the same way as the editors' forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory import models
from directory.actions.publishing import save_organization, save_record, save_service, save_term
from directory.choices import NoteKind
from directory.translation_po import BrokenPoFile, ReadFile, TextChange, read_directory_po
from directory.translation_texts import KINDS, column, fingerprint
from portal import languages
from portal.localized import language_name

TRANSLATED_ROWS = ("phone", "contact", "alternative", "cost", "document")


class _DryRun(Exception):
    """Rolls the transaction of a dry run back."""


@dataclass
class TranslationReport:
    """What an import did, or would do: texts filled, replaced, confirmed, and entries that said nothing new."""

    language: str
    filled: list[TextChange] = field(default_factory=list)
    replaced: list[TextChange] = field(default_factory=list)
    confirmed: list[TextChange] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    fuzzy: int = 0

    @property
    def changed(self) -> int:
        """How many texts are written or confirmed."""
        return len(self.filled) + len(self.replaced) + len(self.confirmed)


def import_translations(
    content: bytes, *, language: str = "", user: Any = None, by_machine: bool = False, dry_run: bool = False
) -> TranslationReport:
    """Read a PO file into the directory, all or nothing; with ``dry_run`` nothing stays.

    Records are saved by the actions that the forms use, so every rule of theirs holds and the index follows. A
    record whose text is replaced counts as edited by hand; one that only gets a missing language stays open to
    its pack. Raises :class:`BrokenPoFile` with a sentence for each entry that cannot be used.
    """
    read = read_directory_po(content, language)
    try:
        with transaction.atomic():
            _write_all(read, user, by_machine)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return _report(read)


def _report(read: ReadFile) -> TranslationReport:
    report = TranslationReport(read.language, unchanged=read.unchanged, empty=read.empty, fuzzy=read.fuzzy)
    for change in read.changes:
        kept = (
            report.confirmed if change.is_confirmation else report.replaced if change.old else report.filled
        )
        kept.append(change)
    return report


def _write_all(read: ReadFile, user: Any, by_machine: bool) -> None:
    by_record: dict[tuple[str, str], list[TextChange]] = {}
    for change in read.changes:
        by_record.setdefault((change.unit.kind.name, change.unit.key), []).append(change)
    faults = []
    for (kind, key), changes in by_record.items():
        try:
            _write(changes, user)
        except ValidationError as error:
            faults.append(f"{kind}|{key}: {' '.join(error.messages)}")
    if faults:
        raise BrokenPoFile(*faults)
    _mark_written(read.changes, by_machine)


def _write(changes: list[TextChange], user: Any) -> None:
    """Save one record with its new texts."""
    record, kind = changes[0].unit.record, changes[0].unit.kind.name
    texts = [change for change in changes if not change.is_confirmation]
    if not texts:
        return
    for change in texts:
        setattr(record, column(change.unit.field, change.language), change.new)
    by_hand = any(change.old for change in texts)
    if kind == "service":
        save_service(record, by_hand=by_hand)
    elif kind == "organization":
        save_organization(record, by_hand=by_hand)
    elif kind == "term":
        save_term(record)
    else:
        save_record(record)
        if kind in TRANSLATED_ROWS:
            _keep_from_packs(record, changes[0].unit.kind.owner)
    if user is not None:
        log(instance=record, action="wagtail.edit", user=user)


def _keep_from_packs(row: Any, owner: str) -> None:
    """A row inside a record is written anew by a pack: its record counts as edited by hand."""
    record = getattr(row, owner)
    type(record).objects.filter(pk=record.pk).update(locally_edited=True)


def _mark_written(changes: Iterable[TextChange], by_machine: bool) -> None:
    for change in changes:
        unit = change.unit
        rows = models.TranslatedText.objects.filter(
            kind=unit.kind.name, key=unit.key, field=unit.field, language=change.language
        )
        if change.is_confirmation:
            rows.update(source_digest=fingerprint(unit.source))
        else:
            rows.update(by_machine=by_machine, source_digest=fingerprint(unit.source))


def review_texts(pks: Iterable[int], *, reviewed: bool = True) -> int:
    """Record that a native speaker has read these texts as they are; return how many."""
    return int(models.TranslatedText.objects.filter(pk__in=list(pks)).update(reviewed=reviewed))


def confirm_texts(pks: Iterable[int]) -> int:
    """Record that these translations still say what the English of today says; return how many."""
    rows = list(models.TranslatedText.objects.filter(pk__in=list(pks)))
    for name in {row.kind for row in rows}:
        kind = KINDS[name]
        by_key = {kind.key_of(record): record for record in kind.records()}
        for row in (row for row in rows if row.kind == name and row.key in by_key):
            english = getattr(by_key[row.key], column(row.field, languages.DEFAULT_LANGUAGE))
            row.source_digest = fingerprint(english)
    models.TranslatedText.objects.bulk_update(rows, ["source_digest"])
    return len(rows)


def ask_for_translation(
    *, kind: str, key: str, title: str, language: str, country: str = ""
) -> models.EditorNote:
    """Put "translate this" on the editors' list of tasks; asking twice is asking once."""
    name = language_name(language)
    note, _created = models.EditorNote.objects.update_or_create(
        key=f"translate-{fingerprint(f'{kind}|{key}')}-{language}",
        defaults={
            "country": country,
            "kind": NoteKind.TASK,
            "text": _("Translate “%(title)s” into %(language)s.") % {"title": title, "language": name},
            "done": False,
        },
    )
    return note
