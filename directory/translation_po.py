"""PO files of the directory: every text for one language, out and in; each fault of a file is one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polib
from django.db.models import Field
from django.utils.translation import gettext as _

from directory.translation_states import judge, known_rows
from directory.translation_texts import KINDS, SOURCE, Unit, all_units, column, target_languages
from portal import languages
from portal.po import BrokenPoFile, read_po
from portal.states import TextState

HEADER = "X-Portal-Directory"
VERSION = "1"
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that a file brings. ``old`` is what stands there now; equal to ``new`` where it is confirmed only."""

    unit: Unit
    language: str
    old: str
    new: str

    @property
    def is_confirmation(self) -> bool:
        """Whether the text stays and only counts as compared with the English of today."""
        return self.old == self.new


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A whole PO file, understood: what it changes, and how many entries say nothing new."""

    language: str
    changes: tuple[TextChange, ...]
    unchanged: int
    empty: int
    fuzzy: int


def check_language(language: str) -> str:
    """Return the code when the directory is translated into it; raises :class:`BrokenPoFile`."""
    if language in target_languages():
        return language
    if language in languages.BY_CODE and languages.get(language).derived_from:
        raise BrokenPoFile(_("Serbian Cyrillic is made from the Latin text. Translate into Latin."))
    raise BrokenPoFile(_("The directory is not translated into “%(code)s”.") % {"code": language[:20]})


def export_directory_po(language: str) -> str:
    """Return the directory's texts for a language as a PO file; raises :class:`BrokenPoFile`.

    A text whose English changed since is marked fuzzy. The order is that of a translator's work: needs first.
    """
    check_language(language)
    po = polib.POFile(wrapwidth=100)
    po.metadata = {
        "POT-Creation-Date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        HEADER: VERSION,
    }
    for name in KINDS:
        known = known_rows(name)
        for unit in all_units([name]):
            if unit.source:
                row = known.get((unit.key, unit.field, language))
                po.append(_entry(unit, language, judge(unit, language, row)))
    return str(po)


def _entry(unit: Unit, language: str, state: TextState | None) -> polib.POEntry:
    field: Any = unit.kind.model._meta.get_field(unit.field)
    notes = [str(unit.record), str(field.verbose_name)]
    if field.max_length:
        notes.append(f"at most {field.max_length} characters")
    stale = state == TextState.OUTDATED and unit.field in unit.kind.stated
    return polib.POEntry(
        msgid=unit.source,
        msgctxt=unit.context,
        msgstr=unit.texts.get(language, ""),
        comment=" · ".join(notes),
        flags=["fuzzy"] if stale else [],
    )


def read_directory_po(content: bytes, language: str = "") -> ReadFile:
    """Read a PO file against the directory of now, changing nothing; two queries a kind of record.

    ``language`` is the one expected; empty takes the file's own. Raises :class:`BrokenPoFile` with a sentence
    for each entry that cannot be used.
    """
    po = read_po(content)
    if po.metadata.get(HEADER) != VERSION:
        raise BrokenPoFile(
            _("This file is not from “Translations of the directory”."),
            _("Download one there and write into it."),
        )
    found = str(po.metadata.get("Language", "")).strip()
    if language and found != language:
        told = {"found": found[:20] or "–", "wanted": language}
        raise BrokenPoFile(_("The file is in another language: %(found)s instead of %(wanted)s.") % told)
    check_language(found)
    return _understood(po, found)


def _understood(po: Any, language: str) -> ReadFile:
    units = {unit.context: unit for unit in all_units()}
    known = {(kind, *place): row for kind in KINDS for place, row in known_rows(kind).items()}
    changes, faults, counts = [], [], {"unchanged": 0, "empty": 0, "fuzzy": 0}
    for entry in (entry for entry in po if not entry.obsolete):
        if fault := _fault(entry, units, language):
            faults.append(fault)
        elif not entry.msgstr.strip() or "fuzzy" in entry.flags:
            counts["fuzzy" if entry.msgstr.strip() else "empty"] += 1
        else:
            unit = units[entry.msgctxt]
            change = TextChange(unit, language, unit.texts.get(language, ""), entry.msgstr.strip())
            row = known.get((unit.kind.name, unit.key, unit.field, language))
            confirms = unit.field in unit.kind.stated and judge(unit, language, row) == TextState.OUTDATED
            if change.is_confirmation and not confirms:
                counts["unchanged"] += 1
            else:
                changes.append(change)
    if faults:
        more = len(faults) - MOST_FAULTS
        rest = [_("And %(count)d more.") % {"count": more}] if more > 0 else []
        raise BrokenPoFile(*faults[:MOST_FAULTS], *rest)
    return ReadFile(language, tuple(changes), **counts)


def _fault(entry: Any, units: Mapping[str, Unit], language: str) -> str:
    """Return what is wrong with an entry, or an empty string."""
    unit = units.get(entry.msgctxt or "")
    if unit is None or not unit.source:
        return _fault_text(entry, _("the directory has no such text"))
    if not entry.msgstr.strip():
        return ""
    if entry.msgid != unit.source:
        return _fault_text(entry, _("the English text has changed since; download the file again"))
    field: Field[Any, Any] = unit.kind.model._meta.get_field(column(unit.field, language))  # type: ignore[assignment]
    longest = field.max_length
    if longest and len(entry.msgstr.strip()) > longest:
        return _fault_text(entry, _("longer than %(count)d characters") % {"count": longest})
    return ""


def _fault_text(entry: Any, reason: str) -> str:
    place = {"line": entry.linenum, "context": (entry.msgctxt or "–")[:100], "reason": reason}
    return _("Line %(line)s, %(context)s: %(reason)s.") % place


__all__ = [
    "SOURCE",
    "BrokenPoFile",
    "ReadFile",
    "TextChange",
    "check_language",
    "export_directory_po",
    "read_directory_po",
]
