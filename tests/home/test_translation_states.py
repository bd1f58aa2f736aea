"""The state of a page's translation: it follows the text alone, and the visitor is told in one sentence."""

from __future__ import annotations

import pytest
from django.test import Client

from home.models import PageText, RightsPage
from home.translation_states import confirm_translation, remember_missing_texts, state_of
from portal.states import TextState, worst
from tests.home.conftest import stream, translate

pytestmark = pytest.mark.django_db

NEWER = "Angleško besedilo je novejše."


@pytest.fixture
def page(make_page) -> RightsPage:
    return make_page("rs-still", title="Your still")


def slovenian(page: RightsPage) -> RightsPage:
    copy = translate(page, "sl", "Tvoj mir")
    copy.body = [{"type": "summary", "value": "To je kratko.", "id": "s1"}]
    copy.save_revision().publish()
    return again(copy)


def again(page: RightsPage) -> RightsPage:
    return RightsPage.objects.get(pk=page.pk)


def test_new_translation_is_unreviewed_until_a_native_speaker_has_read_it(page):
    sl = slovenian(page)
    assert state_of(sl) == TextState.UNREVIEWED
    sl.reviewed = True
    sl.save_revision().publish()
    assert state_of(again(sl)) == TextState.CURRENT


def test_translation_is_older_only_when_the_text_of_the_source_changed(page):
    sl = slovenian(page)
    page.country, page.audience = "", ["child"]
    page.save_revision().publish()
    assert state_of(again(sl)) == TextState.UNREVIEWED
    page.body = [*stream(), {"type": "law", "value": "A new law.", "id": "l1"}]
    page.save_revision().publish()
    assert state_of(again(sl)) == TextState.OUTDATED
    assert state_of(again(page)) == TextState.CURRENT


def test_ticking_a_box_does_not_make_an_old_translation_new_but_comparing_does(page):
    sl = slovenian(page)
    page.title = "Your newer still"
    page.save_revision().publish()
    sl.reviewed = True
    sl.save_revision().publish()
    assert state_of(again(sl)) == TextState.OUTDATED
    confirm_translation(sl)
    assert state_of(again(sl)) == TextState.CURRENT


def test_visitor_is_told_once_and_in_plain_words(page):
    sl = slovenian(page)
    page.title = "Your newer still"
    page.save_revision().publish()
    shown = Client().get("/sl/rights/rs-still/").content.decode()
    outdated = str(again(sl).state_sentence)
    assert outdated == ""  # English is active here: the Slovenian page would be a fallback
    assert shown.count('<p class="small">') == 1


def test_source_and_fallback_say_nothing(page):
    slovenian(page)
    for path in ("/en/rights/rs-still/", "/hu/rights/rs-still/"):
        assert '<article class="record">' in (shown := Client().get(path).content.decode())
        assert 'class="small"' not in shown.split("<article")[1].split("</header>")[0]


def test_state_costs_one_query(page, count_queries):
    sl = slovenian(page)
    assert sl.locale.language_code == "sl"
    with count_queries() as seen:
        state_of(sl)
    assert len(seen) == 1


def test_pages_without_a_fingerprint_get_one(page):
    PageText.objects.filter(page=page).delete()
    assert remember_missing_texts() >= 1
    assert PageText.objects.get(page=page).text_digest
    assert remember_missing_texts() == 0


def test_worst_state_stands_for_all():
    assert worst({TextState.CURRENT, TextState.OUTDATED, TextState.UNREVIEWED}) == TextState.OUTDATED
    assert worst(set()) == TextState.CURRENT
