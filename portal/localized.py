"""Text in the reader's language, or honestly in another: with the language and direction it really has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal import languages
from portal.transliteration import to_cyrillic


class LocalizedText(str):
    """A text with the language it is really in; ``asked`` is the language that the reader asked for.

    It is a ``str``, because templates turn anything else into one before they ask for ``__html__``.
    """

    __slots__ = ("asked", "language")
    language: str
    asked: str

    def __new__(cls, text: str, language: str, asked: str) -> LocalizedText:
        made = super().__new__(cls, text)
        made.language, made.asked = language, asked
        return made

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The text alone, as a plain string."""
        return str.__str__(self)[:]

    def read_in(self, asked: str) -> LocalizedText:
        """Return the same text for a reader, or a place, of another language."""
        return LocalizedText(self.text, self.language, asked)

    @property
    def is_fallback(self) -> bool:
        """Whether the text stands in for a missing translation."""
        return bool(self) and self.language != self.asked

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the text's own language."""
        return languages.get(self.language).tag

    @property
    def language_name(self) -> str:
        """What readers of the text's own language call it."""
        return languages.get(self.language).own_name

    @property
    def direction(self) -> str:
        """The writing direction of the text's own language."""
        return languages.get(self.language).direction

    def __html__(self) -> SafeString:
        if not self.is_fallback:
            return format_html("{}", self.text)
        return format_html('<span lang="{}" dir="{}">{}</span>', self.tag, self.direction, self.text)


def choose(texts: Mapping[str, str], asked: str = "") -> LocalizedText:
    """Return the best of ``texts`` (by language code) for ``asked``, the active language when empty.

    Serbian Cyrillic is derived from Latin unless it has a text of its own (the override). When the chain
    gives nothing, any language that has a text is better than none.
    """
    asked = asked or translation.get_language() or languages.DEFAULT_LANGUAGE
    for code in languages.chain(asked):
        if found := texts.get(code):
            derived = languages.get(asked).derived_from
            if derived and code == derived:
                return LocalizedText(to_cyrillic(found), asked, asked)
            return LocalizedText(found, code, asked)
    for code in languages.CODES:
        if found := texts.get(code):
            return LocalizedText(found, code, asked)
    return LocalizedText("", asked, asked)


def joined(words: Iterable[str]) -> SafeString:
    """Return words with commas between; each keeps the language that it is really in."""
    return format_html_join(", ", "{}", ((word,) for word in words))


def name_of(record: Any, field: str, *, instead: str = "") -> str:
    """Return a record's name for a reader of the active language, as plain text: what lists and choosers show.

    The chain of the language first, then any of the first languages, then ``instead``.
    """
    asked = translation.get_language() or languages.DEFAULT_LANGUAGE
    chain = languages.chain(asked) if asked in languages.CODES else ()
    derived = languages.get(asked).derived_from if chain else ""
    for code in dict.fromkeys((*chain, *languages.FIRST_LANGUAGES)):
        if text := str(getattr(record, f"{field}_{languages.get(code).column_suffix}") or ""):
            return to_cyrillic(text) if code == derived else text
    return instead


def language_name(code: str) -> str:
    """Return what editors call a language of the catalogue, in their own language."""
    return translation.gettext(languages.get(code).english_name)


def localized(record: Any, field: str, asked: str = "") -> LocalizedText:
    """Return a translated field of a record; reads the language columns, never the base name (trap M2)."""
    return choose(stored(record, field), asked)


def stored(record: Any, field: str) -> dict[str, str]:
    """Return a translated field's texts by language code, without the empty ones."""
    columns = ((language.code, f"{field}_{language.column_suffix}") for language in languages.CATALOGUE)
    values = ((code, record.__dict__.get(column) or getattr(record, column)) for code, column in columns)
    return {code: value for code, value in values if value}
