"""Machine translation of pages: a router over the registered translators (trap L8), and Serbian Cyrillic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import String, StringTranslation
from wagtail_localize.strings import StringValue

from portal import languages
from portal.plugins import MachineTranslator
from portal.plugins.registry import machine_translators
from portal.transliteration import to_cyrillic_html


class CyrillicTranslator:
    """Serbian in Latin letters into Serbian in Cyrillic letters: a rule, not a guess."""

    name = "Latin to Cyrillic"

    def can_translate(self, source_language: str, target_language: str) -> bool:
        """Only this pair."""
        return (source_language, target_language) == ("sr-latn", "sr-cyrl")

    def translate(self, source_language: str, target_language: str, texts: Sequence[str]) -> Sequence[str]:
        """Return the texts in Cyrillic; tags stay as they are."""
        return [to_cyrillic_html(text) for text in texts]


def find_translator(source_language: str, target_language: str) -> MachineTranslator | None:
    """Return the first registered translator that offers this pair, or ``None``; asks nobody."""
    found = (each for each in machine_translators if each.can_translate(source_language, target_language))
    return next(found, None)


class RoutedTranslator(BaseMachineTranslator):  # type: ignore[misc]  # wagtail-localize is untyped
    """The one translator that wagtail-localize knows; it asks those that are registered.

    Into a derived script (Serbian Cyrillic) the way goes through the human translation into the script that it
    derives from: the English text would only be spelled in other letters.
    """

    display_name = _("Machine translation")

    def can_translate(self, source_locale: Any, target_locale: Any) -> bool:
        """Tell whether a registered translator has this pair, or there is a human text to derive from."""
        source, target = source_locale.language_code, target_locale.language_code
        return bool(find_translator(source, target) or _way(source, target))

    def translate(self, source_locale: Any, target_locale: Any, strings: Iterable[Any]) -> dict[Any, Any]:
        """Return translations by string; a string that nobody can translate is left out."""
        source, target = source_locale.language_code, target_locale.language_code
        asked = list(strings)
        if way := _way(source, target):
            between = _human_texts(source_locale, way, [string.data for string in asked])
            pairs = [(string, between[string.data]) for string in asked if string.data in between]
            return _translated(way, target, pairs)
        return _translated(source, target, [(string, string.data) for string in asked])


def _way(source: str, target: str) -> str:
    """Return the language to go through, or an empty string when the way is straight."""
    base = languages.get(target).derived_from if target in languages.BY_CODE else ""
    return base if base and base != source and find_translator(base, target) else ""


def _translated(source: str, target: str, pairs: Sequence[tuple[Any, str]]) -> dict[Any, Any]:
    translator = find_translator(source, target)
    if translator is None or not pairs:
        return {}
    texts = translator.translate(source, target, [text for _, text in pairs])
    found = zip((string for string, _ in pairs), texts, strict=True)
    return {string: StringValue(text) for string, text in found if text}


def _human_texts(source_locale: Any, language: str, texts: Iterable[str]) -> dict[str, str]:
    """Return what people wrote for these strings in ``language``; the newest wins. One query."""
    hashes = [String._get_data_hash(text) for text in texts]
    rows = StringTranslation.objects.filter(
        translation_of__locale=source_locale,
        translation_of__data_hash__in=hashes,
        locale__in=Locale.objects.filter(language_code=language),
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        has_error=False,
    )
    return dict(rows.order_by("updated_at").values_list("translation_of__data", "data"))
