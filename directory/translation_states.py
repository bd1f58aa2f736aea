"""The state of each translated text of the directory: it follows fingerprints, and an editor's word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from directory.models import FinderQuestion, TranslatedText
from directory.translation_texts import (
    BY_MODEL,
    KINDS,
    SOURCE,
    Kind,
    Unit,
    fingerprint,
    target_languages,
    units_of,
)
from portal import languages
from portal.states import VISITOR_SENTENCES, TextState, worst

Known = dict[tuple[str, str, str], TranslatedText]
"""Rows by key of the record, field and language."""


def known_rows(kind: str, keys: Iterable[str] | None = None) -> Known:
    """Return the rows of a kind, of some records only when ``keys`` are given; one query."""
    rows = TranslatedText.objects.filter(kind=kind)
    rows = rows if keys is None else rows.filter(key__in=list(keys))
    return {(row.key, row.field, row.language): row for row in rows}


def remember_texts(kind: Kind, records: Iterable[Any], *, only: bool = True) -> int:
    """Store the fingerprints of texts that are new or changed, drop those of texts that are gone.

    A changed text counts as translated from the English of today, by a person, and read by nobody yet. Returns
    how many rows changed. With ``only`` the rows of these records are read, else those of the whole kind.
    """
    records = list(records)
    known = known_rows(kind.name, [kind.key_of(record) for record in records] if only else None)
    new, changed = [], []
    for unit in units_of(kind, records, kind.stated):
        for language in set(unit.texts) & set(languages.CODES) - {SOURCE}:
            row = known.pop((unit.key, unit.field, language), None)
            digest = fingerprint(unit.texts[language])
            if row is None:
                new.append(_row(unit, language, digest))
            elif row.text_digest != digest:
                row.text_digest, row.source_digest = digest, fingerprint(unit.source)
                row.reviewed = row.by_machine = False
                changed.append(row)
    TranslatedText.objects.bulk_create(new, ignore_conflicts=True)
    TranslatedText.objects.bulk_update(changed, ["text_digest", "source_digest", "reviewed", "by_machine"])
    if known:
        TranslatedText.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    return len(new) + len(changed) + len(known)


def _row(unit: Unit, language: str, digest: str) -> TranslatedText:
    return TranslatedText(
        kind=unit.kind.name,
        key=unit.key,
        field=unit.field,
        language=language,
        source_digest=fingerprint(unit.source),
        text_digest=digest,
    )


def remember_all_texts() -> int:
    """Store the fingerprints of the whole directory, as after an upgrade; return how many rows changed."""
    return sum(remember_texts(kind, kind.records(), only=False) for kind in KINDS.values())


def judge(unit: Unit, language: str, row: TranslatedText | None) -> TextState | None:
    """Return the state of a unit in a language; ``None`` where there is nothing to translate from."""
    if not unit.source:
        return None
    if language not in unit.texts:
        return TextState.MISSING
    if row is None:
        return TextState.UNREVIEWED
    if row.source_digest != fingerprint(unit.source):
        return TextState.OUTDATED
    if row.by_machine and not row.reviewed:
        return TextState.MACHINE
    return TextState.CURRENT if row.reviewed else TextState.UNREVIEWED


def states_of(record: Any, language: str) -> dict[str, TextState]:
    """Return the state of each stated field of a record in a language; one query."""
    kind = BY_MODEL[type(record)]
    known = known_rows(kind.name, [kind.key_of(record)])
    found = {}
    for unit in units_of(kind, [record], kind.stated):
        if state := judge(unit, language, known.get((unit.key, unit.field, language))):
            found[unit.field] = state
    return found


@dataclass(frozen=True, slots=True)
class Stated:
    """A unit in a language, its state, and its row when there is one."""

    unit: Unit
    language: str
    state: TextState
    row: TranslatedText | None


def all_states(kind: Kind, records: Iterable[Any], codes: Iterable[str] = ()) -> Iterator[Stated]:
    """Yield every unit of the records in every language that is translated into, or in ``codes``; one query."""
    known = known_rows(kind.name)
    wanted = tuple(codes) or target_languages()
    for unit in units_of(kind, records, kind.stated):
        for language in wanted:
            row = known.get((unit.key, unit.field, language))
            if state := judge(unit, language, row):
                yield Stated(unit, language, state, row)


def sentence_for(record: Any, asked: str) -> str:
    """Return what a visitor is told of a record's texts, once a page; empty when all is well.

    Only texts that are shown in the language asked for count: a fallback says itself what it is. Cyrillic that
    is derived has the state of its Latin text.
    """
    base = languages.written_in(asked)
    return "" if base == SOURCE else _sentence(states_of(record, base).values())


def sentence_for_question(question: FinderQuestion, asked: str) -> str:
    """Return the sentence about a question of the finder and its answers; two queries at most."""
    base = languages.written_in(asked)
    if base == SOURCE:
        return ""
    kind, answers = KINDS["answer"], list(question.answers.all())
    known = known_rows(kind.name, [kind.key_of(answer) for answer in answers]) if answers else {}
    units = units_of(kind, answers, kind.stated)
    judged = [judge(unit, base, known.get((unit.key, unit.field, base))) for unit in units]
    return _sentence([*states_of(question, base).values(), *(state for state in judged if state)])


def _sentence(states: Iterable[TextState]) -> str:
    return str(VISITOR_SENTENCES.get(worst(set(states) - {TextState.MISSING}), ""))
