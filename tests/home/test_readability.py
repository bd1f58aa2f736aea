"""The figures of R75: counted by hand for short texts, and the same reference in every language."""

from __future__ import annotations

import pytest
from django.conf import settings

from home.readability import faults, highest_lix, measure, sentences, stream_text, too_long


def test_figures_of_a_text_counted_by_hand():
    reading = measure("You can rest. Somebody listens to you!", "en")
    assert (reading.sentences, reading.words, reading.average, reading.longest) == (2, 7, 3.5, 4)
    assert reading.lix == round(3.5 + 100 * 2 / 7, 1)


def test_an_empty_text_has_no_figures():
    assert measure(" <p></p>\n", "sl") == measure("", "sl")
    assert measure("", "sl").sentences == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Velja od 30. julija 2014. Danes je drugače.", ["Velja od 30. julija 2014.", "Danes je drugače."]),
        ("Vidi čl. 50 zakona.", ["Vidi čl. 50 zakona."]),
        ("هل تحتاج مساعدة؟ اتصل الآن.", ["هل تحتاج مساعدة؟", "اتصل الآن."]),
        ("<p>One.</p><ul><li>Two</li><li>Three</li></ul>", ["One.", "Two", "Three"]),
        ("He said: “Rest.” Then he left.", ["He said:", "“Rest.”", "Then he left."]),
        ("Позовите. Неко ће вас чути.", ["Позовите.", "Неко ће вас чути."]),
    ],
)
def test_sentences_end_where_a_reader_stops(text, expected):
    assert sentences(text) == expected


def test_a_hyphen_and_an_apostrophe_do_not_split_a_word():
    assert measure("Don’t use well-known words.", "en").words == 4


def test_marks_of_arabic_vowels_make_no_word_long():
    assert measure("مُحَمَّد هنا.", "ar").lix == 2.0


def test_every_limit_is_named_when_it_is_broken():
    assert faults(measure("Rest. " * 10, "en"), "en") == []
    assert faults(measure(("One" + " one" * 12 + ". ") * 6, "en"), "en") == ["average"]
    assert faults(measure("One" + " one" * 20 + ". " + "One. " * 9, "en"), "en") == ["longest"]
    assert faults(measure("Extraordinary complications. " * 5, "en"), "en") == ["lix"]
    assert faults(measure("Extraordinary complications. ", "en"), "en") == []


def test_too_long_sentences_are_named():
    long = "word " * 20 + "end."
    assert too_long(f"Short. W{long[1:]} Short.") == [f"W{long[1:]}"]


def test_every_enabled_language_has_a_reference_that_keeps_its_own_limits():
    for code in settings.PORTAL_LANGUAGES:
        limit = highest_lix(code)
        assert limit is not None, code
        assert 20 < limit < 70, code
    assert highest_lix("fr") is None


def test_the_text_of_a_stream_leaves_out_keys_and_headings():
    raw = [
        {"type": "summary", "value": "You may rest.", "id": "1"},
        {
            "type": "rights",
            "value": {
                "heading": "Rest",
                "rights": [
                    {
                        "type": "item",
                        "id": "2",
                        "value": {"key": "R1", "text": "Sleep.", "source": "x", "law": "y"},
                    }
                ],
            },
            "id": "3",
        },
    ]
    assert stream_text(raw) == "You may rest.\nSleep."
