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

Reasons = dict[tuple[str, str], dict[str, str]]  # by key of the right and name of the service, by language


def load_translations(
    pack: CountryPack, *, name: str, organizations: Mapping[str, int], report: ImportReport
) -> None:
    """Create or update the translations of a pack's pages into every enabled language that it has.

    The English pages are loaded before. A translation that was edited here is kept. Reasons of links get the
    language's sentence.
    """
    english = Locale.objects.get(language_code=languages.DEFAULT_LANGUAGE)
    reasons: dict[int, Reasons] = {}
    for language in settings.PORTAL_LANGUAGES:
        if language == languages.DEFAULT_LANGUAGE:
            continue
        for record in read_pages(pack, language):
            source = page_of(record.key, english)
            if source is not None and _load(source, record, language, name, organizations, report):
                _gather_reasons(reasons.setdefault(source.pk, {}), record, language)
    _give_reasons(reasons)


def _load(
    source: Any,
    record: PageRecord,
    language: str,
    pack: str,
    organizations: Mapping[str, int],
    report: ImportReport,
) -> bool:
    """Create or update one translation; return whether its text was taken."""
    locale = Locale.objects.get(language_code=language)
    values = {**values_of(record, organizations), "title": record.title[language], "editor_notes": ""}
    mark = digest(
        {"record": digest(record), "named": sorted(n for n, _ in record.call if n in organizations)}
    )
    label = f"{record.key}/{language}"
    stored = source.get_translation_or_none(locale)
    if stored is not None and stored.loaded_digest == mark:
        report.unchanged.append(label)
        return False
    if stored is not None and is_edited(stored):
        report.kept.append(label)
        return False
    (report.created if stored is None else report.updated).append(label)
    page = stored.get_latest_revision_as_object() if stored else _new(source, locale)
    for field, value in values.items():
        setattr(page, field, value)
    page.loaded_digest, page.pack = mark, pack
    page.content_digest = digest(content_of(page))
    if stored is None:
        _parent_of(source, locale).add_child(instance=page)
    revision = page.save_revision()
    if stored is None or stored.live:
        revision.publish()
    return True


def _new(source: Any, locale: Locale) -> Any:
    """Return an unsaved translation of a page: what it says comes from its record, all else is the source's."""
    names = ("key", "translation_key")
    return type(source)(locale=locale, live=False, **{name: getattr(source, name) for name in names})


def _parent_of(source: Any, locale: Locale) -> Any:
    """Return the page that a translation stands below; made and published when it is missing."""
    parent = source.get_parent().specific
    translated = parent.get_translation_or_none(locale)
    if translated is None:
        translated = parent.copy_for_translation(locale)
        translated.save_revision().publish()
    return type(translated).objects.get(pk=translated.pk)  # its place in the tree as it is now


def is_edited(stored: Any) -> bool:
    """Return whether somebody changed a page since its pack was loaded."""
    latest = stored.get_latest_revision_as_object()
    return digest(content_of(latest)) != str(latest.content_digest)


def _gather_reasons(reasons: Reasons, record: PageRecord, language: str) -> None:
    """Note why each service of a page helps, in one more language."""
    rights = [right for section in record.sections for right in section.rights]
    for right in rights if record.kind == "rights" else ():
        for name, reason in right.services:
            if reason:
                reasons.setdefault((right.key, name), {})[language] = reason


def _give_reasons(pages: Mapping[int, Reasons]) -> None:
    """Add the languages' reasons to the links of the English pages, where nobody has reviewed them."""
    rows = RightService.objects.filter(page__in=pages, reviewed=False).select_related("service")
    changed = []
    for row in rows:
        said, service = pages[row.page_id], row.service
        by_number, by_key = ((row.right_key, name) for name in (service.fact_id, service.key))
        reason = {**row.reason, **said.get(by_key, {}), **said.get(by_number, {})}
        if reason != row.reason:
            row.reason = reason
            changed.append(row)
    RightService.objects.bulk_update(changed, ["reason"])
