"""The editors' table of translations: counts that add up, lists behind them, ticks and requests that stay."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from directory.models import EditorNote, TranslatedText
from home.models import RightsPage
from home.translation_dashboard import GROUPS, items, table
from home.translation_states import state_of
from portal.states import TextState
from tests import people
from tests.home.conftest import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def milena() -> Client:
    client = Client()
    client.force_login(people.milena())
    return client


def test_table_is_in_the_order_of_importance_and_counts_every_language():
    rows = table()
    assert [row.group for row in rows] == list(GROUPS)
    needs = rows[0]
    assert {code: sum(found.values()) for code, found in needs.counts.items()}.keys() == {
        "sr-latn",
        "sl",
        "sq",
        "hu",
        "uk",
        "ru",
        "ar",
    }
    assert len({sum(found.values()) for found in needs.counts.values()}) == 1
    by_work = table(order="work")
    assert [row.to_do for row in by_work] == sorted((row.to_do for row in by_work), reverse=True)


def test_name_of_a_language_orders_by_what_is_to_do_in_it(milena):
    shown = BeautifulSoup(milena.get(reverse("translation_table"), {"order": "sq"}).content, "html.parser")
    (sorted_by,) = shown.select("th[aria-sort]")
    assert sorted_by.a["lang"] == "sq"
    rows = [row.group for row in table(order="sq")]
    counts = {row.group: row.to_do_in("sq") for row in table()}
    assert [counts[group] for group in rows] == sorted(counts.values(), reverse=True)
    assert rows[0] == "urgent-services"
    assert [row.group for row in table(order="nonsense")] == list(GROUPS)


def test_table_takes_a_fixed_number_of_queries(count_queries, make_page):
    with count_queries() as before:
        table()
    for number in range(3):
        translate(make_page(f"rs-more-{number}", title=f"More {number}"), "sl", "Več")
    with count_queries() as after:
        table()
    assert len(after) == len(before) < 40


def test_editor_opens_the_table_and_each_number_leads_to_its_list(milena):
    shown = BeautifulSoup(milena.get(reverse("translation_table")).content, "html.parser")
    links = [a["href"] for a in shown.select("tbody a")]
    assert len(links) > 20
    answer = milena.get(links[0])
    assert answer.status_code == 200
    number = int(shown.select("tbody a")[0].get_text().split(": ")[1])
    assert answer.context["total"] == number


def test_editor_ticks_that_a_native_speaker_has_read_a_text(milena):
    item = next(item for item in items("sl", "urgent-services", TextState.UNREVIEWED) if item.mark)
    url = reverse("translation_list", args=["sl"]) + "?group=urgent-services&state=unreviewed"
    assert milena.post(url, {"action": "reviewed", "mark": [item.mark, "x9", "t"]}).status_code == 302
    assert TranslatedText.objects.get(pk=item.mark[1:]).reviewed


def test_editor_ticks_a_page_and_confirms_an_old_one(milena, make_page):
    page = make_page("rs-tick", title="A tick")
    sl = translate(page, "sl", "Kljukica")
    url = reverse("translation_list", args=["sl"])
    milena.post(url, {"action": "reviewed", "mark": f"p{sl.pk}"})
    sl = RightsPage.objects.get(pk=sl.pk)
    assert state_of(sl) == TextState.CURRENT
    assert sl.latest_revision.content["reviewed"] is True
    page.title = "Another tick"
    page.save_revision().publish()
    assert state_of(sl) == TextState.OUTDATED
    milena.post(url, {"action": "confirmed", "mark": f"p{sl.pk}"})
    assert state_of(sl) == TextState.CURRENT


def test_editor_asks_for_a_translation_and_sees_the_request(milena):
    item = next(iter(items("hu", "needs")))
    url = reverse("translation_list", args=["hu"])
    for _ in range(2):
        milena.post(url, {"action": f"ask:{item.place[0]}|{item.place[1]}"})
    (note,) = EditorNote.objects.filter(key__startswith="translate-")
    assert note.text in milena.get(reverse("translation_table")).content.decode()
    assert milena.post(url, {"action": "ask:service|nobody"}).status_code == 404


def test_page_that_is_only_a_draft_is_missing(make_page):
    page = make_page("rs-draft", title="A draft")
    translate(page, "sl", "Osnutek", live=False)
    found = {i.title: i.state for i in items("sl", "pages")}
    assert found["A draft"] == TextState.MISSING


def test_who_may_not_change_the_directory_ticks_nothing_there():
    client = Client()
    client.force_login(people.ana())
    item = next(item for item in items("sl", "needs") if item.mark)
    client.post(reverse("translation_list", args=["sl"]), {"action": "reviewed", "mark": item.mark})
    assert not TranslatedText.objects.get(pk=item.mark[1:]).reviewed
    assert Client().get(reverse("translation_table")).status_code == 302
