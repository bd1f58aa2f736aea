"""Text in the reader's language, or honestly in another, with the language that it really has."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.html import conditional_escape

from directory.models import Organization
from portal.localized import LocalizedText, choose, localized, stored


@pytest.mark.parametrize(
    ("texts", "asked", "text", "language"),
    [
        ({"en": "Help", "sl": "Pomoč"}, "sl", "Pomoč", "sl"),
        ({"en": "Help"}, "sl", "Help", "en"),
        ({"sr-latn": "Pomoć"}, "sr-cyrl", "Помоћ", "sr-cyrl"),
        ({"sr-latn": "Pomoć", "sr-cyrl": "Помоћ нама"}, "sr-cyrl", "Помоћ нама", "sr-cyrl"),
        ({"sr-latn": "Pomoć"}, "mk", "Pomoć", "sr-latn"),
        ({"en": "Help", "bs": "Pomoć"}, "sr-latn", "Pomoć", "bs"),
        ({"sl": "Pomoč"}, "ar", "Pomoč", "sl"),
        ({"en": ""}, "sl", "", "sl"),
        ({}, "en", "", "en"),
    ],
)
def test_choose_takes_the_best_text_and_says_its_language(texts, asked, text, language):
    assert choose(texts, asked) == LocalizedText(text, language, asked)


def test_choose_without_a_language_takes_the_active_one():
    with translation.override("sl"):
        assert choose({"en": "Help", "sl": "Pomoč"}) == LocalizedText("Pomoč", "sl", "sl")


def test_stand_in_is_marked_with_its_language_and_direction():
    arabic = choose({"ar": "مساعدة"}, "sl")
    assert (arabic.is_fallback, arabic.tag, arabic.direction) == (True, "ar", "rtl")
    assert conditional_escape(arabic) == '<span lang="ar" dir="rtl">مساعدة</span>'


def test_text_in_the_asked_language_is_not_marked():
    assert conditional_escape(choose({"sl": "Pomoč"}, "sl")) == "Pomoč"


def test_text_is_escaped_in_both_cases():
    evil = "<script>alert(1)</script>"
    escaped = "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert conditional_escape(choose({"en": evil}, "en")) == escaped
    assert conditional_escape(choose({"en": evil}, "sl")) == f'<span lang="en" dir="ltr">{escaped}</span>'


def test_empty_text_is_false_and_no_stand_in():
    empty = choose({}, "sl")
    assert (bool(empty), empty.is_fallback, str(empty)) == (False, False, "")


def test_record_is_read_by_its_columns_whatever_language_is_active():
    record = Organization(name_en="Help", name_sl="Pomoč")
    with translation.override("sr-latn"):
        assert stored(record, "name") == {"en": "Help", "sl": "Pomoč"}
        assert str(localized(record, "name")) == "Help"


def test_template_tags_give_the_readers_language():
    record = Organization(name_en="Help", name_sl="Pomoč")
    template = Template("{% load portal %}{% text record 'name' %}|{{ texts|local }}")
    with translation.override("sl"):
        shown = template.render(Context({"record": record, "texts": {"en": "Serbia", "sl": "Srbija"}}))
    assert shown == "Pomoč|Srbija"


@pytest.mark.parametrize(
    ("texts", "asked", "direction"),
    [
        ({"en": "Help."}, "ar", 'dir="ltr"'),
        ({"ar": "مساعدة."}, "en", 'dir="rtl"'),
        ({"ar": "مساعدة.", "en": "Help."}, "ar", ""),
        ({"en": "Help."}, "sl", ""),
        ({}, "ar", ""),
    ],
)
def test_block_of_a_stand_in_is_aligned_by_the_stand_in(texts, asked, direction):
    template = Template("<p {{ text|own_dir }}>")
    assert template.render(Context({"text": choose(texts, asked)})) == f"<p {direction}>"
    assert template.render(Context({"text": "plain"})) == "<p >"
