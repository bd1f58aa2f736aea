"""wagtail-localize with its defaults mended: one test for each trap of docs/translation.md (L1 to L11)."""

from __future__ import annotations

import polib
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from home.models import RightsPage
from home.page_records import raw_stream
from home.translation_sync import save_translation, sync_translations
from portal.plugins.registry import machine_translators
from portal.transliteration import to_cyrillic
from tests import people
from tests.home.conftest import stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def milena() -> Client:
    client = Client()
    client.force_login(people.milena())
    return client


@pytest.fixture
def page(make_page, astra) -> RightsPage:
    return make_page("rs-quiet", title="Your quiet", body=stream(astra))


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def submit(page: RightsPage, *codes: str) -> list[Translation]:
    translate_object(page, [locale(code) for code in codes])
    return [
        Translation.objects.get(source__object_id=page.translation_key, target_locale=locale(c))
        for c in codes
    ]


def segments(translation: Translation) -> list[StringSegment]:
    return list(StringSegment.objects.filter(source=translation.source).select_related("string"))


def write(translation: Translation, words: str, *, kind: str = "manual", but: int = 0) -> None:
    """Translate all sentences but the last ``but``."""
    rows = segments(translation)
    for row in rows[: len(rows) - but]:
        StringTranslation.objects.update_or_create(
            translation_of=row.string,
            context=row.context,
            locale=translation.target_locale,
            defaults={"data": f"{words} {row.string.data}", "translation_type": kind},
        )


def target(translation: Translation) -> RightsPage:
    return RightsPage.objects.get(
        translation_key=translation.source.object_id, locale=translation.target_locale
    )


def publish(translation: Translation, capture) -> RightsPage:
    with capture(execute=True):
        save_translation(translation, publish=True)
    return target(translation)


def read(path: str) -> str:
    return Client().get(path).content.decode()


def said(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


# --- L1: nothing untranslated goes live ------------------------------------------------------------------


def test_submitted_page_is_a_draft_everywhere(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        translations = submit(page, "sr-latn", "sr-cyrl", "sl", "ar")
    assert [target(each).live for each in translations] == [False] * 4
    assert 'lang="en"' in read("/ar/rights/rs-quiet/")


def test_publishing_with_a_missing_sentence_is_refused_and_says_how_many(milena, page):
    (sl,) = submit(page, "sl")
    write(sl, "Po", but=2)
    url = reverse("wagtailadmin_pages:edit", args=[target(sl).pk])
    answer = milena.post(url, {"action": "publish"})
    assert answer.status_code == 302
    assert "2 sentences are not translated yet. Nothing was published." in said(answer)
    assert not target(sl).live


def test_no_other_way_publishes_a_missing_sentence_either(page):
    (sl,) = submit(page, "sl")
    target(sl).get_latest_revision().publish()
    assert not target(sl).live


# --- L2: unpublishing, moving and deleting take translations along ---------------------------------------


def test_unpublishing_and_deleting_the_source_takes_its_translations_along(
    milena, page, django_capture_on_commit_callbacks
):
    (sl,) = submit(page, "sl")
    write(sl, "Po")
    assert publish(sl, django_capture_on_commit_callbacks).live
    milena.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert not target(sl).live
    milena.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(translation_key=page.translation_key).exists()


# --- L3: numbers are records of the directory ------------------------------------------------------------


def test_organization_to_call_is_no_text_and_stays(page, astra, django_capture_on_commit_callbacks):
    (sl,) = submit(page, "sl")
    assert str(astra.pk) not in {row.string.data for row in segments(sl)}
    write(sl, "Po")
    shown = publish(sl, django_capture_on_commit_callbacks)
    call = next(block for block in raw_stream(shown) if block["type"] == "call")
    assert call["value"][0]["value"]["organization"] == astra.pk


# --- L4: a changed source ---------------------------------------------------------------------------------


def test_changed_source_goes_to_a_draft_and_leaves_what_visitors_read(
    milena, page, django_capture_on_commit_callbacks
):
    (sl,) = submit(page, "sl")
    write(sl, "Po")
    publish(sl, django_capture_on_commit_callbacks)
    before = read("/sl/rights/rs-quiet/")
    page.refresh_from_db()
    page.body = [
        *stream(),
        {"type": "money", "value": [{"type": "item", "value": "A new sum.", "id": "m"}], "id": "n"},
    ]
    page.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        url = reverse("wagtail_localize:update_translations", args=[sl.source_id])
        answer = milena.post(url, {"publish_translations": "on"})
    assert "1 sentence is not translated yet." in said(answer)
    assert "A new sum" not in read("/sl/rights/rs-quiet/")
    assert "Po This is short." in before
    assert "Po This is short." in read("/sl/rights/rs-quiet/")
    draft = target(sl).get_latest_revision_as_object()
    assert "A new sum." in str(raw_stream(draft))
    assert target(sl).has_unpublished_changes


def test_changed_source_goes_live_once_every_sentence_is_translated(page, django_capture_on_commit_callbacks):
    (sl,) = submit(page, "sl")
    write(sl, "Po")
    publish(sl, django_capture_on_commit_callbacks)
    page.refresh_from_db()
    page.title = "Your new quiet"
    page.save_revision().publish()
    (done,) = sync_translations(sl.source, publish=True)
    assert (done.missing, done.published) == (1, False)
    write(sl, "Po")
    assert publish(sl, django_capture_on_commit_callbacks).title == "Po Your new quiet"


# --- L5: one slug ----------------------------------------------------------------------------------------


def test_slug_is_one_in_all_languages_and_follows_the_source(page, django_capture_on_commit_callbacks):
    (sl,) = submit(page, "sl")
    assert "slug" not in {row.context.path for row in segments(sl)}
    page.slug = "rs-calm"
    page.save_revision().publish()
    write(sl, "Po")
    sync_translations(sl.source)
    write(sl, "Po")
    assert publish(sl, django_capture_on_commit_callbacks).slug == "rs-calm"


# --- L6: it really goes live, after the commit -------------------------------------------------------------


def test_translation_goes_live_only_after_the_commit(page, django_capture_on_commit_callbacks):
    (ar,) = submit(page, "ar")
    write(ar, "نص")
    with django_capture_on_commit_callbacks() as waiting:
        save_translation(ar, publish=True)
    assert not target(ar).live
    for callback in waiting:
        callback()
    assert target(ar).live
    shown = read("/ar/rights/rs-quiet/")
    assert "نص This is short." in shown
    assert 'lang="ar" dir="rtl"' in shown


# --- L7: items of lists are extracted -----------------------------------------------------------------------


def test_every_sentence_of_a_packs_lists_is_offered_for_translation():
    page = RightsPage.objects.get(key="rs-police", locale__language_code="en")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    found = {row.string.data for row in StringSegment.objects.filter(source=source).select_related("string")}
    steps = next(block for block in raw_stream(page) if block["type"] == "steps")["value"]
    assert len(steps) > 1
    assert all(item["id"] for item in steps)
    wanted = {item["value"].replace("&", "&amp;") for item in steps}
    assert wanted <= found


# --- L8: one router over all translators ---------------------------------------------------------------------


class Shouting:
    name = "Shouting"

    def can_translate(self, source_language: str, target_language: str) -> bool:
        return (source_language, target_language) == ("en", "sl")

    def translate(self, source_language, target_language, texts):
        return [text.upper() if "short" not in text else "" for text in texts]


def test_router_asks_the_registered_translator_and_marks_its_text(milena, page):
    (sl,) = submit(page, "sl")
    with machine_translators.only([*machine_translators, Shouting()]):
        answer = milena.post(reverse("wagtail_localize:machine_translate", args=[sl.pk]))
    assert answer.status_code == 302
    rows = StringTranslation.objects.filter(
        locale=sl.target_locale, translation_of__in=[s.string for s in segments(sl)]
    )
    assert {row.translation_type for row in rows} == {"machine"}
    assert "YOU MAY REST." in {row.data for row in rows}
    assert "" not in {row.data for row in rows}
    assert len(rows) == len(segments(sl)) - 1


def test_language_that_nobody_translates_is_answered_with_404(milena, page):
    (hu,) = submit(page, "hu")
    assert milena.post(reverse("wagtail_localize:machine_translate", args=[hu.pk])).status_code == 404


def test_english_reaches_cyrillic_through_the_human_latin_text_only(milena, page):
    latin, cyrillic = submit(page, "sr-latn", "sr-cyrl")
    write(latin, "Mašinski", kind="machine")
    url = reverse("wagtail_localize:machine_translate", args=[cyrillic.pk])
    milena.post(url)
    assert not StringTranslation.objects.filter(locale=cyrillic.target_locale).exists()
    write(latin, "Ljubav", but=1)
    StringTranslation.objects.filter(locale=latin.target_locale).exclude(data__startswith="Ljubav").delete()
    milena.post(url)
    texts = set(
        StringTranslation.objects.filter(locale=cyrillic.target_locale).values_list("data", flat=True)
    )
    assert len(texts) == len(segments(latin)) - 1
    assert all(text.startswith("Љубав") for text in texts)


def test_own_cyrillic_page_follows_the_latin_one_and_keeps_what_a_person_wrote(
    page, django_capture_on_commit_callbacks
):
    latin, cyrillic = submit(page, "sr-latn", "sr-cyrl")
    write(latin, "Ljubav")
    with django_capture_on_commit_callbacks(execute=True):
        save_translation(latin, publish=True)
    assert not target(cyrillic).live, (
        "kept as a draft: Cyrillic is derived on reading until somebody publishes"
    )
    assert to_cyrillic("Ljubav You may rest.") in read("/sr-cyrl/rights/rs-quiet/")
    mine = StringTranslation.objects.filter(
        locale=cyrillic.target_locale, data__contains=to_cyrillic("rest")
    ).first()
    StringTranslation.objects.filter(pk=mine.pk).update(data="Моје речи", translation_type="manual")
    assert publish(cyrillic, django_capture_on_commit_callbacks).live
    assert "Моје речи" in read("/sr-cyrl/rights/rs-quiet/")
    write(latin, "Nova")
    with django_capture_on_commit_callbacks(execute=True):
        save_translation(latin, publish=True)
    shown = read("/sr-cyrl/rights/rs-quiet/")
    assert "Моје речи" in shown
    assert to_cyrillic("Nova This is short.") in shown


def test_without_an_own_cyrillic_page_none_is_made(page, django_capture_on_commit_callbacks):
    (latin,) = submit(page, "sr-latn")
    write(latin, "Ljubav")
    publish(latin, django_capture_on_commit_callbacks)
    assert not RightsPage.objects.filter(
        translation_key=page.translation_key, locale=locale("sr-cyrl")
    ).exists()


# --- L9: no alias trees ------------------------------------------------------------------------------------


def test_no_alias_is_made_and_none_is_shown(page):
    submit(page, "sl", "hu")
    assert not Page.objects.filter(alias_of__isnull=False).exists()


# --- L10: PO files -----------------------------------------------------------------------------------------


def po_of(milena: Client, translation: Translation) -> polib.POFile:
    answer = milena.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    return polib.pofile(answer.content.decode())


def upload(milena: Client, translation: Translation, content: bytes) -> str:
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    answer = milena.post(url, {"file": SimpleUploadedFile("x.po", content)})
    assert answer.status_code == 302
    return said(answer)


def test_po_file_goes_out_and_comes_back(milena, page):
    (sl,) = submit(page, "sl")
    po = po_of(milena, sl)
    assert po.metadata["Language"] == "sl"
    for entry in po:
        entry.msgstr = f"Po {entry.msgid}"
    assert f"{len(po)} sentences were read." in upload(milena, sl, str(po).encode())
    assert sl.get_progress() == (len(po), len(po))
    assert not target(sl).live
    assert target(sl).get_latest_revision_as_object().title == "Po Your quiet"


def test_broken_po_files_are_answered_with_a_sentence(milena, page, make_page):
    (sl,) = submit(page, "sl")
    (hu,) = submit(page, "hu")
    (other,) = submit(make_page("rs-other", title="Another page"), "sl")
    good = po_of(milena, sl)
    without = polib.pofile(str(good))
    del without.metadata["X-WagtailLocalize-TranslationID"]
    wrong = polib.pofile(str(good))
    wrong.metadata["Language"] = "hu"
    strange = polib.pofile(str(good))
    strange[0].msgid, strange[0].msgstr = "Never written", "Nikoli"
    faults = {
        b"": "Choose a PO file.",
        b"/etc/passwd": "This is no PO file.",
        b'msgid "a\nmsgstr': "The mistake is in line",
        'msgid "č"\nmsgstr ""\n'.encode("cp1250"): "not written in UTF-8",
        str(without).encode(): "does not say which translation",
        str(po_of(milena, hu)).encode(): "another page",
        str(po_of(milena, other)).encode(): "another page: Another page",
        str(wrong).encode(): "another language: hu instead of sl",
        str(strange).encode(): "no such sentence: “Never written”",
    }
    for content, sentence in faults.items():
        assert sentence in upload(milena, sl, content), sentence
    assert sl.get_progress()[1] == 0


def test_po_upload_asks_for_the_right_to_edit(page):
    (sl,) = submit(page, "sl")
    url = reverse("wagtail_localize:upload_pofile", args=[sl.pk])
    assert Client().post(url).status_code == 302
    client = Client()
    client.force_login(people.ana())
    Page.objects.filter(pk=target(sl).pk).update(locked=False)
    assert client.get(url).status_code == 405


# --- L11: codes of languages ---------------------------------------------------------------------------------


def test_every_enabled_language_has_a_locale_and_an_address(settings):
    for code in settings.PORTAL_LANGUAGES:
        assert locale(code)
        assert Client().get(f"/{code}/").status_code == 200
