"""Addresses that people have kept still lead to the page after it was renamed or moved."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect

from home.models import RightsPage
from tests.home.conftest import translate

pytestmark = pytest.mark.django_db
OLD = "rights/rs-rest/"


@pytest.fixture
def renamed(make_page, django_capture_on_commit_callbacks):
    """A page with a translation, published anew under another slug."""
    page = make_page()
    translate(page, "sl", "Vaš počitek")
    with django_capture_on_commit_callbacks(execute=True):
        page = RightsPage.objects.get(pk=page.pk)
        page.slug = "rs-pause"
        page.save_revision().publish()
    return RightsPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("language", ["en", "sl", "sr-cyrl", "ar"])
def test_old_address_leads_to_the_new_one_in_every_language(visitor, renamed, language):
    answer = visitor.get(f"/{language}/{OLD}")
    assert (answer.status_code, answer["Location"]) == (301, f"/{language}/rights/rs-pause/")
    assert not answer.cookies
    assert visitor.get(answer["Location"]).status_code == 200


def test_renaming_gives_all_languages_the_new_slug(renamed):
    assert set(renamed.get_translations(inclusive=True).values_list("slug", flat=True)) == {"rs-pause"}


def test_draft_of_a_translation_keeps_its_text_and_gets_the_slug(
    make_page, django_capture_on_commit_callbacks
):
    page = make_page()
    copy = translate(page, "sl", "Vaš počitek")
    copy.title = "Osnutek"
    copy.save_revision()
    page.slug = "rs-pause"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    draft = RightsPage.objects.get(pk=copy.pk).get_latest_revision_as_object()
    assert (draft.slug, draft.title) == ("rs-pause", "Osnutek")
    assert RightsPage.objects.get(pk=copy.pk).title == "Vaš počitek"


def test_unpublished_page_is_not_led_to(visitor, renamed):
    renamed.unpublish()
    assert visitor.get(f"/en/{OLD}").status_code == 404


def test_redirect_to_another_host_is_never_followed(visitor):
    Redirect.objects.create(old_path="/en/gone", redirect_link="https://example.org/x/")
    Redirect.objects.create(old_path="/en/short", redirect_link="/en/rights/")
    Redirect.objects.create(old_path="/en/double", redirect_link="//example.org/x/")
    answers = [visitor.get(f"/en/{name}/") for name in ("gone", "short", "double")]
    assert [answer.status_code for answer in answers] == [404, 301, 404]
    assert answers[1]["Location"] == "/en/rights/"
