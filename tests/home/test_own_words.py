"""Every sentence is written anew: none is a string of the list of facts that the pages were made from."""

from __future__ import annotations

import pytest

from home.models import CONTENT
from home.page_records import raw_stream
from home.readability import stream_text
from home.written import written
from tests.home.own_words import known, mark, parts

STRINGS = known()


def taken(text: str) -> list[str]:
    return [part for part in parts(text) if mark(part) in STRINGS]


def test_a_string_of_the_list_is_known():
    assert taken("Go to the centre for social work of your municipality of Strelsau") == []
    assert taken("Show  an identity card!") == ["Show  an identity card!"] * 2
    assert len(STRINGS) > 1000


def test_no_text_of_a_file_is_a_string_of_the_list():
    assert [(text.key, text.language, taken(text.text)) for text in written() if taken(text.text)] == []


@pytest.mark.django_db
def test_no_live_page_of_any_type_holds_a_string_of_the_list():
    found = {}
    for model in CONTENT:
        pages = model.objects.filter(live=True)
        assert pages.exists(), model
        found |= {page.slug: taken(stream_text(raw_stream(page))) for page in pages}
    assert {slug: texts for slug, texts in found.items() if texts} == {}
