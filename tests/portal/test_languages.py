"""The catalogue of languages: append-only, with chains of stand-ins, and a site's subset of it."""

from __future__ import annotations

import pytest
from django.conf import settings

from portal import languages
from portal.languages import CATALOGUE, chain, django_languages, from_path, get, parse_enabled


def test_catalogue_has_each_code_tag_and_column_once():
    for values in (
        [language.code for language in CATALOGUE],
        [language.tag for language in CATALOGUE],
        [language.column_suffix for language in CATALOGUE],
        [language.own_name for language in CATALOGUE],
    ):
        assert len(set(values)) == len(CATALOGUE)


def test_catalogue_begins_with_the_first_languages():
    assert languages.CODES[:4] == languages.FIRST_LANGUAGES


def test_right_to_left_languages():
    assert {language.code for language in CATALOGUE if language.direction == "rtl"} == {"ar", "fa"}


def test_fallbacks_and_sources_are_in_the_catalogue():
    named = {code for language in CATALOGUE for code in (*language.fallbacks, language.derived_from) if code}
    assert named <= set(languages.CODES)


@pytest.mark.parametrize(
    ("code", "order"),
    [
        ("en", ("en",)),
        ("sl", ("sl", "en")),
        ("sr-latn", ("sr-latn", "bs", "en")),
        ("sr-cyrl", ("sr-cyrl", "sr-latn", "en")),
        ("mk", ("mk", "sr-cyrl", "sr-latn", "en")),
        ("rom", ("rom", "sr-latn", "en")),
        ("ar", ("ar", "en")),
    ],
)
def test_chain_begins_with_the_language_and_ends_with_english(code, order):
    assert chain(code) == order


def test_unknown_language_is_refused_with_the_catalogue():
    with pytest.raises(KeyError, match="'xx' is not in the catalogue: en, sr-latn"):
        get("xx")


@pytest.mark.parametrize(
    ("text", "enabled"),
    [
        ("", ("en", "sr-latn", "sr-cyrl", "sl", "sq", "hu", "uk", "ru", "ar")),
        ("sl", ("en", "sl")),
        (" SL , en,sr-Latn ", ("en", "sr-latn", "sl")),
        ("ar,sl", ("en", "sl", "ar")),
    ],
)
def test_enabled_languages_keep_english_and_the_order_of_the_catalogue(text, enabled):
    assert parse_enabled(text) == enabled


def test_enabling_unknown_languages_is_refused_naming_all_of_them():
    with pytest.raises(ValueError, match="PORTAL_LANGUAGES names xx, yy; the catalogue has"):
        parse_enabled("yy,en,xx")


def test_django_gets_the_enabled_languages_under_their_own_names():
    assert django_languages(["en", "sl"]) == [("en", "English"), ("sl", "Slovenščina")]
    assert django_languages(settings.PORTAL_LANGUAGES) == settings.LANGUAGES


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/sl/services/", "sl"),
        ("/sr-Cyrl/", "sr-cyrl"),
        ("/", "en"),
        ("/fr/", "en"),
        ("/cms/", "en"),
        ("//sl", "sl"),
        ("", "en"),
    ],
)
def test_language_is_the_first_part_of_the_path(path, code):
    assert from_path(path, ("en", "sl", "sr-cyrl")) == code
