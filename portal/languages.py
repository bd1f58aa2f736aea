"""One catalogue of languages, so that settings, columns, panels and links never disagree.

The catalogue is append-only: every entry is a column in the directory's tables (house trap M1).
A site enables a subset with ``PORTAL_LANGUAGES``; a language that is not enabled keeps its stored text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DEFAULT_LANGUAGE = "en"
FIRST_LANGUAGES = ("en", "sr-latn", "sr-cyrl", "sl")
DEFAULT_ENABLED = (*FIRST_LANGUAGES, "ar", "uk", "ru", "hu", "sq")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the catalogue.

    ``code`` is Django's code and the path prefix; ``tag`` the BCP 47 tag for ``lang`` and ``hreflang``;
    ``own_name`` what its readers call it; ``fallbacks`` the languages tried, in order, before English.
    """

    code: str
    tag: str
    own_name: str
    english_name: str
    direction: str = "ltr"
    fallbacks: tuple[str, ...] = ()
    derived_from: str = ""

    @property
    def column_suffix(self) -> str:
        """The suffix of this language's columns, as modeltranslation builds it."""
        return self.code.replace("-", "_")


CATALOGUE: tuple[Language, ...] = (
    Language("en", "en", "English", "English"),
    Language("sr-latn", "sr-Latn", "Srpski", "Serbian (Latin)", fallbacks=("bs",)),
    Language("sr-cyrl", "sr-Cyrl", "Српски", "Serbian (Cyrillic)", derived_from="sr-latn"),
    Language("sl", "sl", "Slovenščina", "Slovenian"),
    Language("sq", "sq", "Shqip", "Albanian"),
    Language("hu", "hu", "Magyar", "Hungarian"),
    Language("ro", "ro", "Română", "Romanian"),
    Language("rom", "rom", "Romani čhib", "Romani", fallbacks=("sr-latn",)),
    Language("bs", "bs", "Bosanski", "Bosnian", fallbacks=("sr-latn",)),
    Language("mk", "mk", "Македонски", "Macedonian", fallbacks=("sr-cyrl",)),
    Language("bg", "bg", "Български", "Bulgarian"),
    Language("uk", "uk", "Українська", "Ukrainian"),
    Language("ru", "ru", "Русский", "Russian"),
    Language("ar", "ar", "العربية", "Arabic", direction="rtl"),
    Language("fa", "fa", "فارسی", "Persian", direction="rtl"),
    Language("tr", "tr", "Türkçe", "Turkish"),
    Language("de", "de", "Deutsch", "German"),
    Language("fr", "fr", "Français", "French"),
)

BY_CODE: dict[str, Language] = {language.code: language for language in CATALOGUE}
CODES: tuple[str, ...] = tuple(BY_CODE)


def get(code: str) -> Language:
    """Return the language with that code; raise ``KeyError`` naming the catalogue when there is none."""
    try:
        return BY_CODE[code]
    except KeyError:
        raise KeyError(f"{code!r} is not in the catalogue: {', '.join(CODES)}") from None


def parse_enabled(text: str) -> tuple[str, ...]:
    """Read ``PORTAL_LANGUAGES`` ("en,sr-latn,…"); English always stays, order is the catalogue's.

    Raises ``ValueError`` naming every code that the catalogue does not know.
    """
    wanted = {part.strip().lower() for part in text.split(",") if part.strip()} or set(DEFAULT_ENABLED)
    unknown = sorted(wanted - set(CODES))
    if unknown:
        raise ValueError(f"PORTAL_LANGUAGES names {', '.join(unknown)}; the catalogue has {', '.join(CODES)}")
    return tuple(code for code in CODES if code in wanted | {DEFAULT_LANGUAGE})


def django_languages(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return Django's ``LANGUAGES`` for these codes, each under its own name."""
    return [(code, BY_CODE[code].own_name) for code in codes]


def chain(code: str) -> tuple[str, ...]:
    """Return the codes whose text may stand in for ``code``, itself first and English last."""
    language = get(code)
    order: list[str] = [code]
    order += [language.derived_from] if language.derived_from else []
    for fallback in language.fallbacks:
        order += [fallback, *([BY_CODE[fallback].derived_from] if BY_CODE[fallback].derived_from else [])]
    order.append(DEFAULT_LANGUAGE)
    return tuple(dict.fromkeys(order))


def written_in(code: str) -> str:
    """Return the language in which a reader's texts are written: that from which ``code`` is derived, else itself."""
    return get(code).derived_from or code


def from_path(path: str, enabled: Sequence[str]) -> str:
    """Return the language whose prefix opens ``path`` ("/sl/…"), or English when none does."""
    first = path.lstrip("/").split("/", 1)[0].lower()
    return first if first in enabled else DEFAULT_LANGUAGE


def suggested(wanted: Sequence[str], enabled: Sequence[str]) -> tuple[str, ...]:
    """Return the enabled languages that a browser's first known wish means; ``wanted`` are lower-case tags.

    "sr" means both scripts, "sr-cyrl-rs" one of them, "sl-si" Slovenian.
    """
    for tag in wanted:
        exact = tuple(code for code in enabled if f"{tag}-".startswith(f"{code}-"))
        if found := exact or tuple(code for code in enabled if code.split("-")[0] == tag.split("-")[0]):
            return found
    return ()
