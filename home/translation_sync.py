"""Taking over a changed source: into a draft until every sentence is translated (traps L1, L4)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from home.translation_states import missing_strings
from home.translators import find_translator

LATIN, CYRILLIC = "sr-latn", "sr-cyrl"


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of one translation: ``missing`` sentences kept it a draft; 0 and it may go live."""

    translation: Translation
    missing: int
    published: bool


def sync_translations(source: TranslationSource, *, user: Any = None, publish: bool = False) -> list[Synced]:
    """Take the source's present text over into its running translations.

    A translation that misses a sentence stays a draft, and what visitors read of it stays as it was. A whole
    one is published when ``publish`` is set and it is live already or ``publish`` asks for it.
    """
    with transaction.atomic():
        source.update_from_db()
        rows = source.translations.filter(enabled=True).select_related("source", "target_locale")
        return [save_translation(row, user=user, publish=publish) for row in rows]


def save_translation(translation: Translation, *, user: Any = None, publish: bool = False) -> Synced:
    """Write the translated sentences into the page: live only when none is missing, else into a draft.

    wagtail-localize writes the live row even for a draft; here a draft is a revision and nothing else.
    """
    missing = missing_strings(translation)
    if publish and not missing:
        translation.save_target(user=user, publish=True)
        return Synced(translation, 0, published=True)
    with suppress(ValidationError):
        draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        draft.save_revision(user=user, clean=False)
    return Synced(translation, missing, published=False)


def derive_cyrillic(latin: Page) -> None:
    """Derive an own Cyrillic page again from the Latin text that was just published (decision 5).

    Only where somebody keeps one: without it Cyrillic is derived on reading. What a person wrote there stays.
    It goes live by itself only where it is live already.
    """
    for translation in Translation.objects.filter(
        source__object_id=latin.translation_key, target_locale__language_code=CYRILLIC, enabled=True
    ).select_related("source__locale", "target_locale"):
        if translation.source.locale_id == latin.locale_id:
            translation.source.update_from_db()
        _write_derived(translation, _latin_texts(translation, latin))
        page = translation.get_target_instance()
        save_translation(translation, publish=page.live)


def _latin_texts(translation: Translation, latin: Page) -> dict[tuple[int, int], str]:
    """Return the Latin text by (string, context) of the source's segments."""
    segments = StringSegment.objects.filter(source_id=translation.source_id)
    if translation.source.locale_id == latin.locale_id:
        rows: Iterable[Any] = segments.values_list("string_id", "context_id", "string__data")
    else:
        rows = StringTranslation.objects.filter(
            context_id__in=segments.values("context_id"),
            translation_of_id__in=segments.values("string_id"),
            locale_id=latin.locale_id,
            has_error=False,
        ).values_list("translation_of_id", "context_id", "data")
    return {(string, context): text for string, context, text in rows}


def _write_derived(translation: Translation, texts: dict[tuple[int, int], str]) -> None:
    translator = find_translator(LATIN, CYRILLIC)
    if translator is None:
        return
    derived = translator.translate(LATIN, CYRILLIC, list(texts.values()))
    manual = StringTranslation.TRANSLATION_TYPE_MANUAL
    for (string, context), text in zip(texts, derived, strict=True):
        place = {"translation_of_id": string, "context_id": context, "locale": translation.target_locale}
        if not StringTranslation.objects.filter(**place, translation_type=manual).exists():
            StringTranslation.objects.update_or_create(
                **place,
                defaults={
                    "data": text,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                    "tool_name": translator.name,
                    "has_error": False,
                },
            )
