"""Streams lose nothing: unknown blocks stay, migrations freeze none, translations keep keys and records."""

from __future__ import annotations

import json

import pytest
from wagtail.blocks import CharBlock
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object
from wagtail_localize.segments.extract import extract_segments

from home.blocks import KEPT, KeepingStreamBlock, RightsBody
from home.fields import KeepingStreamField
from home.models import RightsPage
from home.page_records import raw_stream
from home.parts import Builder, values
from tests.home.conftest import items, stream

pytestmark = pytest.mark.django_db

STRANGE = {"type": "timeline", "value": {"years": [2019, 2024], "text": "Čuvaj me"}, "id": "t1"}


class WithTimeline(KeepingStreamBlock):
    """What the stream is when the plugin is back."""

    timeline = CharBlock()


def test_unknown_block_is_kept_through_load_and_save(make_page):
    page = make_page(body=[*stream(), STRANGE])
    page.title = "Another title"
    page.save()
    again = RightsPage.objects.get(pk=page.pk)
    assert raw_stream(again)[-1] == STRANGE


def test_unknown_block_is_kept_through_reading_every_block(make_page):
    page = make_page(body=[STRANGE, *stream()])
    assert [block.block_type for block in page.body] == [KEPT, *(raw["type"] for raw in stream())]
    page.save()
    assert raw_stream(RightsPage.objects.get(pk=page.pk))[0] == STRANGE


def test_unknown_block_is_kept_in_a_revision(make_page):
    page = make_page(body=[*stream(), STRANGE])
    page.save_revision().publish()
    assert raw_stream(RightsPage.objects.get(pk=page.pk))[-1] == STRANGE
    assert json.loads(page.latest_revision.content["body"])[-1] == STRANGE


def test_unknown_block_is_kept_through_the_editors_form():
    block = RightsBody()
    value = block.to_python([STRANGE])
    (state,) = block.get_form_state(value)
    data = {
        "b-count": "1",
        "b-0-deleted": "",
        "b-0-order": "0",
        "b-0-type": state["type"],
        "b-0-id": state["id"],
    }
    posted = block.value_from_datadict({**data, "b-0-value": state["value"]}, {}, "b")
    assert block.get_prep_value(block.clean(posted)) == [STRANGE]


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"value": 1}'])
def test_empty_kept_block_of_a_form_is_dropped(text):
    block = RightsBody()
    data = {
        "b-count": "1",
        "b-0-deleted": "",
        "b-0-order": "0",
        "b-0-type": KEPT,
        "b-0-id": "",
        "b-0-value": text,
    }
    assert block.get_prep_value(block.clean(block.value_from_datadict(data, {}, "b"))) == []


def test_unknown_block_is_back_with_its_plugin():
    kept = RightsBody().get_prep_value(RightsBody().to_python([{**STRANGE, "value": "Since 2019"}]))
    (block,) = WithTimeline().to_python(kept)
    assert (block.block_type, block.value, block.id) == ("timeline", "Since 2019", "t1")


def test_unknown_block_is_not_shown(visitor, make_page):
    make_page(body=[*stream(), STRANGE])
    assert "Čuvaj me" not in visitor.get("/en/rights/rs-rest/").content.decode()


def test_unknown_block_is_kept_through_translation(make_page, django_capture_on_commit_callbacks):
    page = make_page(body=[*stream(), STRANGE])
    slovenian = Locale.objects.get(language_code="sl")
    translate_object(page, [slovenian])
    source = TranslationSource.objects.get(object_id=page.translation_key)
    string = source.stringsegment_set.get(string__data="This is short.")
    StringTranslation.objects.create(
        translation_of=string.string, locale=slovenian, context=string.context, data="To je kratko."
    )
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get(source=source, target_locale=slovenian).save_target(publish=True)
    copy = page.get_translation(slovenian).specific
    raw = raw_stream(copy)
    assert raw[0]["value"] == "To je kratko."
    assert raw[-1] == STRANGE
    assert copy.slug == page.slug


def test_field_freezes_no_blocks_in_migrations():
    _, path, args, kwargs = KeepingStreamField(RightsBody(), blank=True).deconstruct()
    assert (path, args, kwargs) == ("home.fields.KeepingStreamField", [[]], {"blank": True})


def test_field_without_blocks_keeps_everything():
    frozen = KeepingStreamField([])
    assert frozen.get_prep_value(frozen.to_python(json.dumps(stream()))) == stream()


def test_sentences_are_translated_and_keys_and_records_are_not(make_page, astra):
    page = make_page(body=stream(astra), key="a-key")
    strings = {
        str(getattr(segment, "string", "") and segment.string.data) for segment in extract_segments(page)
    }
    assert {
        "This is short.",
        "Breathe.",
        "Call somebody.",
        "They answer.",
        "You may rest.",
        "Rest",
    } <= strings
    assert strings.isdisjoint({"R900", "here", "a-key", "RS", "rs-rest"})
    assert not any(astra.key in string or str(astra.pk) == string for string in strings)


def test_loaded_list_items_have_ids_that_stay():
    raw = raw_stream(RightsPage.objects.get(slug="rs-officers", locale__language_code="en"))
    lists = [block["value"] for block in raw if isinstance(block["value"], list)]
    ids = [item["id"] for entries in lists for item in entries]
    assert ids
    assert len(set(ids)) == len(ids)


def test_organization_is_stored_by_its_id(make_page, astra):
    page = make_page(body=stream(astra))
    (call,) = page.body.blocks_by_name("call")
    assert call.value[0]["organization"] == astra
    assert raw_stream(page)[2]["value"][0]["value"]["organization"] == astra.pk


def test_values_reads_lists_with_and_without_ids():
    assert values(items("a", "b")) == ["a", "b"]
    assert values(["a", "b"]) == ["a", "b"]
    assert values(None) == []


def test_builder_leaves_empty_parts_out(count_queries):
    raw = [
        {"type": "steps", "value": []},
        {"type": "summary", "value": ""},
        {"type": "money", "value": ["x"]},
    ]
    with count_queries() as seen:
        parts = Builder("en", "en").build(raw)
    assert [(part.kind, part.items) for part in parts] == [("list", ["x"])]
    assert len(seen) == 0
