"""Translations of pages that a pack brings: one page a locale, never an alias (traps L1, L9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from wagtail.models import Locale

from directory.actions import ImportReport
from directory.actions.columns import digest
from directory.importers import read_pages
from home.kinds import page_of
from home.models import RightService
from home.page_records import content_of, values_of
from portal import languages
from portal.plugins import CountryPack, PageRecord


def load_translations(
    pack: CountryPack, *, name: str, organizations: Mapping[str, int], report: ImportReport
) -> None:
    """Create or update the translations of a pack's pages into every enabled language that it has.

    The English pages are loaded before. A translation that was edited here is kept. Reasons of links get the
    language's sentence.
    """
    english = Locale.objects.get(language_code=languages.DEFAULT_LANGUAGE)
    for language in settings.PORTAL_LANGUAGES:
        if language == languages.DEFAULT_LANGUAGE:
            continue
        for record in read_pages(pack, language):
            source = page_of(record.key, english)
            if source is not None:
                _load(source, record, language, name, organizations, report)


def _load(
    source: Any,
    record: PageRecord,
    language: str,
    pack: str,
    organizations: Mapping[str, int],
    report: ImportReport,
) -> None:
    locale = Locale.objects.get(language_code=language)
    values = {**values_of(record, organizations), "title": record.title[language], "editor_notes": ""}
    mark = digest(
        {"record": digest(record), "named": sorted(n for n, _ in record.call if n in organizations)}
    )
    label = f"{record.key}/{language}"
    stored = source.get_translation_or_none(locale)
    if stored is not None and stored.loaded_digest == mark:
        report.unchanged.append(label)
        return
    if stored is not None and is_edited(stored):
        report.kept.append(label)
        return
    (report.created if stored is None else report.updated).append(label)
    page = stored.get_latest_revision_as_object() if stored else _new(source, locale)
    _publish(page, values, mark, pack, is_live=stored is None or bool(stored.live))
    _give_reasons(source, record, language)


def _new(source: Any, locale: Locale) -> Any:
    parent = source.get_parent().specific
    if parent.get_translation_or_none(locale) is None:
        translated = parent.copy_for_translation(locale)
        translated.save_revision().publish()
    return source.copy_for_translation(locale)


def _publish(page: Any, values: Mapping[str, Any], mark: str, pack: str, *, is_live: bool) -> None:
    for field, value in values.items():
        setattr(page, field, value)
    page.loaded_digest, page.pack = mark, pack
    page.content_digest = digest(content_of(page))
    revision = page.save_revision()
    if is_live:
        revision.publish()


def is_edited(stored: Any) -> bool:
    """Return whether somebody changed a page since its pack was loaded."""
    latest = stored.get_latest_revision_as_object()
    return digest(content_of(latest)) != str(latest.content_digest)


def _give_reasons(source: Any, record: PageRecord, language: str) -> None:
    """Add the language's reason to the links of the English page, where nobody has reviewed them."""
    if record.kind != "rights":
        return
    said = {
        (right.key, name): reason
        for section in record.sections
        for right in section.rights
        for name, reason in right.services
    }
    for row in RightService.objects.filter(page=source, reviewed=False).select_related("service"):
        service = row.service
        reason = said.get((row.right_key, service.fact_id)) or said.get((row.right_key, service.key))
        if reason and row.reason.get(language) != reason:
            row.reason = {**row.reason, language: reason}
            row.save(update_fields=["reason"])
