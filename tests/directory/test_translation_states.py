"""The state of each text of the directory, and the one sentence that a visitor reads."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from directory.actions import ask_for_translation, confirm_texts, review_texts
from directory.models import EditorNote, Service, TranslatedText
from directory.translation_states import remember_all_texts, sentence_for, states_of
from directory.translation_texts import BY_MODEL
from portal.states import TextState

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    rows = Service.objects.for_visitors().exclude(description_en="").exclude(description_sl="")
    return rows.order_by("key").first()


def rows(service: Service, **more) -> list[int]:
    found = TranslatedText.objects.filter(kind="service", key=service.key, **more)
    return list(found.values_list("pk", flat=True))


def test_text_of_a_pack_is_unreviewed_until_a_native_speaker_has_read_it(service):
    assert states_of(service, "sl")["description"] == TextState.UNREVIEWED
    review_texts(rows(service, field="description", language="sl"))
    assert states_of(service, "sl")["description"] == TextState.CURRENT


def test_text_is_older_only_when_the_english_words_changed(service):
    review_texts(rows(service))
    service.is_free = not service.is_free
    service.description_en = f"  {service.description_en} "
    service.save()
    assert states_of(service, "sl")["description"] == TextState.CURRENT
    service.description_en = "Something else now."
    service.save()
    assert states_of(service, "sl")["description"] == TextState.OUTDATED
    confirm_texts(rows(service, field="description", language="sl"))
    assert states_of(service, "sl")["description"] == TextState.CURRENT


def test_rewritten_translation_has_to_be_read_again(service):
    review_texts(rows(service))
    service.description_sl = "Nekaj drugega."
    service.save()
    assert states_of(service, "sl")["description"] == TextState.UNREVIEWED


def test_machine_text_is_marked_until_read(service):
    TranslatedText.objects.filter(pk__in=rows(service)).update(by_machine=True)
    assert states_of(service, "sl")["description"] == TextState.MACHINE
    review_texts(rows(service))
    assert states_of(service, "sl")["description"] == TextState.CURRENT


def test_missing_text_is_missing_and_removed_text_is_forgotten(service):
    service.description_sl = ""
    service.save()
    assert states_of(service, "sl")["description"] == TextState.MISSING
    assert rows(service, field="description", language="sl") == []


def test_deleted_record_leaves_nothing(service):
    Service.objects.get(pk=service.pk).delete()
    assert rows(service) == []


def test_visitor_reads_one_calm_sentence(service):
    url = f"services/{service.code}/"
    with translation.override("sl"):
        unreviewed = sentence_for(service, "sl")
    assert Client().get(f"/sl/{url}").content.decode().count(unreviewed) == 1
    service.description_en = "Something else now."
    service.save()
    with translation.override("sl"):
        newer = sentence_for(service, "sl")
    assert newer != unreviewed or newer == "The English text is newer."
    assert newer in Client().get(f"/sl/{url}").content.decode()
    review_texts(rows(service))
    confirm_texts(rows(service))
    assert sentence_for(service, "sl") == ""


def test_english_says_nothing_and_derived_cyrillic_says_what_latin_does(service):
    assert sentence_for(service, "en") == ""
    assert sentence_for(service, "sr-cyrl") == sentence_for(service, "sr-latn") != ""


def test_sentence_costs_one_query(service, count_queries):
    with count_queries() as seen:
        sentence_for(service, "sl")
    assert len(seen) == 1


def test_whole_directory_is_remembered_and_twice_changes_nothing():
    TranslatedText.objects.all().delete()
    assert remember_all_texts() > 1000
    assert remember_all_texts() == 0


# Names of places are proper names.
WITHOUT_STATES = {"Area", "Place"}


def test_every_translated_model_but_the_named_has_states():
    from modeltranslation.translator import translator

    registered = set(translator.get_registered_models(abstract=False))
    assert {model.__name__ for model in registered - set(BY_MODEL)} == WITHOUT_STATES
    for model, kind in BY_MODEL.items():
        assert set(translator.get_options_for_model(model).get_field_names()) == set(kind.fields)


def test_asking_for_a_translation_puts_one_task_on_the_list(service):
    for _ in range(2):
        ask_for_translation(kind="service", key=service.key, title=str(service), language="hu", country="RS")
    (note,) = EditorNote.objects.filter(key__startswith="translate-")
    assert (note.kind, note.done) == ("task", False)
    assert "into Hungarian" in note.text
