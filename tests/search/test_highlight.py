"""Found words, marked: escaped, in the text's own language, never outside a word."""

from __future__ import annotations

import pytest

from portal.localized import LocalizedText
from search.highlight import SNIPPET, Marker


def text(words: str, language: str = "en", asked: str = "en") -> LocalizedText:
    return LocalizedText(words, language, asked)


def html(words: str, where: str, language: str = "en", asked: str = "en") -> str:
    return str(Marker(words)(text(where, language, asked)).__html__())


@pytest.mark.parametrize(
    ("words", "where", "language", "shown"),
    [
        ("shelter", "A shelter for you.", "en", "A <mark>shelter</mark> for you."),
        ("sigurna kuca", "Sigurna kuća", "sr-latn", "<mark>Sigurna</mark> <mark>kuća</mark>"),
        ("sigurna kuća", "Сигурна кућа", "sr-cyrl", "<mark>Сигурна</mark> <mark>кућа</mark>"),
        ("shelter", "Nothing of it.", "en", "Nothing of it."),
        ("", "Nothing typed.", "en", "Nothing typed."),
    ],
)
def test_marker_marks_the_words_in_any_script(words, where, language, shown):
    assert html(words, where, language, language) == shown


def test_marker_escapes_everything_else():
    assert html("b", "<i>a & b</i>") == "&lt;i&gt;a &amp; <mark>b</mark>&lt;/i&gt;"
    assert html("<b>", "plain b") == "plain <mark>b</mark>"


def test_marked_text_keeps_its_own_language():
    shown = html("shelter", "A shelter", "en", "ar")
    assert shown == '<span lang="en" dir="ltr">A <mark>shelter</mark></span>'


def test_marked_text_is_still_the_text():
    marked = Marker("shelter")(text("A shelter"))
    assert (str(marked), marked == "A shelter", marked.read_in("sl").is_fallback) == ("A shelter", True, True)


def test_count_counts_different_words():
    assert Marker("police court").count("Police, police and the court.", "en") == 2


def test_best_is_the_first_of_those_with_most_words():
    texts = ["nothing", "police", "police court", "court police"]
    assert (Marker("court police").best(texts, "en"), Marker("x").best(texts, "en")) == (2, -1)
    assert Marker("x").best([], "en") == -1


@pytest.mark.parametrize("before", [0, 10, 300, 3000])
def test_snippet_shows_the_found_word_and_is_short(before):
    shown = Marker("shelter").snippet(text("word " * before + "shelter" + " end" * before))
    assert "<mark>shelter</mark>" in shown.__html__()
    assert len(shown) <= SNIPPET + 60
    assert ("…" in shown) == (before > 10)
