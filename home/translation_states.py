"""How true a page's translation is: current, older than the source, by machine, unreviewed or missing."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.translation_models import PageText
from portal import languages
from portal.states import TextState


def text_digest(page: Any) -> str:
    """Return a fingerprint of the sentences of a page; their order and the page's settings do not count."""
    texts = sorted(
        segment.string.data
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue) and segment.string.data.strip()
    )
    return blake2b("\n".join(texts).encode(), digest_size=16).hexdigest()


def managed_translation(page: Page) -> Translation | None:
    """Return the running translation that fills this page, or ``None`` when it is written by hand."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source__locale", "target_locale")
        .first()
    )


def source_of(page: Page) -> Page | None:
    """Return the page that this one translates: the English one by default; ``None`` for a source."""
    managed = managed_translation(page)
    code = managed.source.locale.language_code if managed else languages.DEFAULT_LANGUAGE
    if page.locale.language_code == code:
        return None
    found = Page.objects.translation_of(page, inclusive=False).filter(locale__language_code=code).first()
    return found.specific if found else None


def missing_strings(translation: Translation) -> int:
    """Return how many sentences of the source have no translation yet, those with an error included."""
    total, done = translation.get_progress()
    return int(total - done)


def is_unfinished(page: Page) -> bool:
    """Tell whether a running translation fills this page and misses sentences: it must not go live (L1)."""
    managed = managed_translation(page)
    return bool(managed and managed.source.locale_id != page.locale_id and missing_strings(managed))


def has_machine_text(translation: Translation) -> bool:
    """Tell whether a sentence that stands in the translation was made by a machine."""
    by_machine = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    segments = StringSegment.objects.filter(source_id=translation.source_id)
    return bool(segments.filter(Exists(by_machine)).exists())


def remember_text(page: Page) -> PageText:
    """Store the fingerprints of a page that was just published.

    A page written by hand counts as translated anew only when its own text changed: ticking a box does not
    make an old translation a new one.
    """
    page = page.specific
    row = PageText.objects.filter(page_id=page.pk).first() or PageText(page_id=page.pk)
    before, row.text_digest = row.text_digest, text_digest(page)
    managed = managed_translation(page)
    if managed is not None and managed.source.locale_id != page.locale_id:
        row.source_digest = text_digest(managed.source.as_instance())
        row.has_machine_text = not _is_derived(page) and has_machine_text(managed)
        if before and before != row.text_digest:
            set_reviewed(page, reviewed=False)
    elif before != row.text_digest:
        source = source_of(page)
        row.source_digest, row.has_machine_text = (_stored_digest(source) if source else ""), False
    row.save()
    return row


def _stored_digest(page: Page) -> str:
    """Return the fingerprint of a page's public text: the one stored when it was published, if there is one."""
    row = PageText.objects.filter(page_id=page.pk).first()
    return row.text_digest if row and page.live else text_digest(page)


def _is_derived(page: Page) -> bool:
    """Tell whether a page's script is derived by rule: then its machine text is no guess."""
    return bool(languages.get(page.locale.language_code).derived_from)


def set_reviewed(page: Any, *, reviewed: bool) -> bool:
    """Record whether a native speaker has read a page, without publishing what else waits in a draft.

    Returns whether this kind of page has such a mark.
    """
    page = page.specific
    if not hasattr(page, "reviewed"):
        return False
    type(page).objects.filter(pk=page.pk).update(reviewed=reviewed)
    latest = page.latest_revision
    if latest is not None and latest.content.get("reviewed") != reviewed:
        latest.content["reviewed"] = reviewed
        latest.save(update_fields=["content"])
    return True


def confirm_translation(page: Page) -> None:
    """Record that somebody compared a translation with its source of today and found it right."""
    source = source_of(page)
    digest = text_digest(source) if source else ""
    PageText.objects.update_or_create(
        page_id=page.pk, defaults={"source_digest": digest, "text_digest": text_digest(page.specific)}
    )


def remember_missing_texts() -> int:
    """Store the fingerprints of live pages that have none, as after an upgrade; return how many."""
    pages = Page.objects.live().filter(depth__gt=1, text_state__isnull=True, alias_of__isnull=True)
    rows = [remember_text(page) for page in pages.select_related("locale")]
    return len(rows)


def state_of(page: Any) -> TextState:
    """Return the state of a live page in its own language. One query; none for English, always current."""
    if page.locale.language_code == languages.DEFAULT_LANGUAGE:
        return TextState.CURRENT
    rows = list(PageText.objects.filter(page__translation_key=page.translation_key))
    own = next((row for row in rows if row.page_id == page.pk), None)
    source = next((row for row in rows if not row.source_digest), None)
    is_source = own is not None and own is source
    return judge(own, source, is_reviewed=is_source or bool(getattr(page, "reviewed", True)))


def judge(own: PageText | None, source: PageText | None, *, is_reviewed: bool) -> TextState:
    """Return the state that follows from the fingerprints of a translation and of its source."""
    if own and source and own.source_digest and own.source_digest != source.text_digest:
        return TextState.OUTDATED
    if own and own.has_machine_text:
        return TextState.MACHINE
    return TextState.CURRENT if is_reviewed else TextState.UNREVIEWED
