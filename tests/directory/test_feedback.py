"""Feedback without an account: ticks, a sealed form, limits that hold a flood, and nothing of the visitor."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client

from directory import feedback, feedback_views
from directory.actions import close_feedback, record_feedback
from directory.actions import feedback as limits
from directory.choices import FeedbackTopic
from directory.models import Feedback, Organization, Service
from home.models import RightsPage
from portal.neutral_words import is_neutral
from portal.sealing import seal
from tests.people import ana

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
PUBLIC = "198.41.0.4"


@pytest.fixture(autouse=True)
def no_memory():
    """Forget what was counted in memory by the test before."""
    feedback_views.BY_NETWORK.forget()
    feedback_views.BY_TOKEN.forget()


@pytest.fixture
def service() -> Service:
    return Service.objects.get(fact_id="S43")


def subject_of(service: Service) -> feedback.Subject:
    return feedback.find_subject(f"s-{service.code}")


def token_for(code: str, *, seconds: float = 30, nonce: str = "n") -> str:
    """A token as the form had it, made some seconds ago."""
    made = datetime.now(UTC) - timedelta(seconds=seconds)
    return seal({"k": code, "t": str(made.timestamp()), "n": nonce}, now=made)


def send(code: str, **values: object) -> object:
    seconds = values.pop("seconds", 30)
    nonce = values.pop("nonce", "n")
    headers = values.pop("headers", {})
    data = {"token": token_for(code, seconds=seconds, nonce=nonce), **values}
    return Client(REMOTE_ADDR=PUBLIC).post(f"/en/n/{code}/", data, headers=headers)


def rows() -> set[tuple[str, str, int]]:
    return set(Feedback.objects.values_list("topic", "language", "number"))


def test_form_has_no_field_to_write_in_no_cookie_and_a_neutral_title(client, service):
    answer = client.get(f"/en/n/s-{service.code}/")
    soup = BeautifulSoup(answer.content, "html.parser")
    kinds = {field.get("type") for field in soup.main.find_all(["input", "textarea"])}
    assert kinds == {"hidden", "checkbox"}
    assert not answer.cookies
    assert is_neutral(soup.title.get_text())
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("kind", ["service", "organization", "page"])
def test_every_record_and_page_leads_to_its_form(client, service, kind):
    organization = Organization.objects.get(fact_id="O17")
    page = RightsPage.objects.get(slug="rs-officers", locale__language_code="en")
    address, title = {
        "service": (f"/en/services/{service.code}/", service.name_en),
        "organization": (f"/en/organizations/{organization.code}/", organization.name_en),
        "page": ("/en/rights/rs-officers/", page.title),
    }[kind]
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    form = client.get(soup.select_one(".tell a")["href"])
    assert form.status_code == 200
    assert title in BeautifulSoup(form.content, "html.parser").main.get_text()


def test_ticks_are_counted_and_answered_by_a_redirect_to_the_thanks(service):
    code = f"s-{service.code}"
    answer = send(code, topic=["phone", "hard"])
    assert (answer.status_code, answer["Location"]) == (303, f"/en/n/{code}/sent/")
    assert rows() == {("phone", "", 1), ("hard", "en", 1)}
    page = Client().get(answer["Location"])
    assert "Thank you" in page.content.decode()
    assert BeautifulSoup(page.content, "html.parser").main.select_one("a[data-exit]")["href"] == "/exit/en"


def test_answer_to_a_call_is_counted(service):
    send(f"s-{service.code}", answer="no")
    send(f"s-{service.code}", answer="yes", nonce="m")
    assert rows() == {("silent", "", 1), ("answered", "", 1)}


def test_wish_for_a_language_is_one_that_is_missing(client, service):
    code = f"s-{service.code}"
    soup = BeautifulSoup(client.get(f"/en/n/{code}/").content, "html.parser")
    offered = {option["value"] for option in soup.select("#language option")}
    assert "tr" in offered
    assert not offered & {"en", "sr-latn", "sr-cyrl", "sl"}
    send(code, language="tr")
    send(code, language="sl", nonce="2")
    send(code, language="xx", nonce="3")
    assert rows() == {("wish", "tr", 1)}


def test_form_tells_again_when_nothing_was_chosen_or_it_came_too_fast(service):
    code = f"s-{service.code}"
    for values in (
        {},
        {"topic": "nonsense"},
        {"topic": "phone", "seconds": 0},
        {"topic": "phone", "token": "x"},
    ):
        assert send(code, **values)["Location"] == f"/en/n/{code}/again/"
    old = {"topic": "phone", "seconds": feedback.FORM_SECONDS + 60}
    assert send(code, **old)["Location"] == f"/en/n/{code}/again/"
    assert "Nothing was sent yet" in Client().get(f"/en/n/{code}/again/").content.decode()
    assert rows() == set()


def test_token_of_another_record_is_refused(service):
    other = Service.objects.for_visitors().exclude(pk=service.pk).first()
    data = {"token": token_for(f"s-{other.code}"), "topic": "phone"}
    assert Client().post(f"/en/n/s-{service.code}/", data)["Location"].endswith("/again/")
    assert rows() == set()


def test_form_from_another_site_is_refused_and_the_own_page_needs_no_cookie(service):
    code = f"s-{service.code}"
    assert send(code, topic="phone", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR=PUBLIC)
    data = {"token": token_for(code), "topic": "phone"}
    assert strict.post(f"/en/n/{code}/", data, headers={"Origin": "null"}).status_code == 303
    assert rows() == {("phone", "", 1)}


def test_machine_that_ticks_every_box_is_thanked_and_not_counted(service):
    assert send(f"s-{service.code}", topic="phone", agree="1")["Location"].endswith("/sent/")
    assert rows() == set()


def test_same_form_counts_once(service):
    token = token_for(f"s-{service.code}")
    for _ in range(3):
        answer = Client().post(f"/en/n/s-{service.code}/", {"token": token, "topic": "phone"})
        assert answer["Location"].endswith("/sent/")
    assert rows() == {("phone", "", 1)}


def test_network_that_sends_too_much_gets_the_numbers_to_call(service):
    code = f"s-{service.code}"
    codes = [send(code, topic="phone", nonce=str(number)).status_code for number in range(31)]
    assert codes == [303] * 30 + [429]
    assert "tel:192" in send(code, topic="phone", nonce="x").content.decode()


def test_topic_counts_only_so_often_a_day_and_anew_the_next(service):
    subject = subject_of(service)
    for _ in range(limits.MOST_A_DAY + 5):
        assert record_feedback(subject, [FeedbackTopic.PHONE], language="en", today=DAY)
    assert rows() == {("phone", "", limits.MOST_A_DAY)}
    record_feedback(subject, [FeedbackTopic.PHONE], language="en", today=DAY + timedelta(days=1))
    assert rows() == {("phone", "", limits.MOST_A_DAY + 1)}


def test_flood_stops_at_the_limit_of_the_day_and_of_the_queue(service, monkeypatch):
    subject = subject_of(service)
    monkeypatch.setattr(limits, "MOST_A_DAY_IN_ALL", 2)
    topics = [FeedbackTopic.PHONE, FeedbackTopic.HOURS]
    assert record_feedback(subject, topics, language="en", today=DAY)
    assert not record_feedback(subject, [FeedbackTopic.COST], language="en", today=DAY)
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    tomorrow = DAY + timedelta(days=1)
    assert not record_feedback(subject, [FeedbackTopic.COST], language="en", today=tomorrow)
    assert record_feedback(subject, [FeedbackTopic.PHONE], language="en", today=tomorrow)
    assert rows() == {("phone", "", 2), ("hours", "", 1)}
    assert send(f"s-{service.code}", topic="cost").status_code == 429


def test_nothing_of_the_visitor_is_kept(service):
    columns = {field.name for field in Feedback._meta.get_fields()}
    assert columns == {
        *("id", "kind", "key", "title", "country", "topic", "language"),
        *("number", "today", "first_day", "last_day", "done"),
    }
    data = {"token": token_for(f"s-{service.code}"), "topic": "phone", "comment": "canary-body"}
    visitor = Client(REMOTE_ADDR=PUBLIC, HTTP_USER_AGENT="canary-agent", HTTP_ACCEPT_LANGUAGE="sl")
    visitor.post(f"/en/n/s-{service.code}/?x=canary-query", data)
    with connection.cursor() as cursor:
        cursor.execute("select * from directory_feedback")
        stored = str(cursor.fetchall())
    assert service.key in stored
    assert not [word for word in ("canary", PUBLIC, "198.41") if word in stored]


@pytest.mark.parametrize("code", ["s-zzzzz", "x-1", "p-0", "p-abc", "s", "p-99999999999"])
def test_form_about_what_is_not_there_is_not_found(client, code):
    assert client.get(f"/en/n/{code}/").status_code == 404
    assert client.post(f"/en/n/{code}/", {"topic": "phone"}).status_code == 404


def test_form_about_what_visitors_may_not_see_is_not_found(client, service):
    Service.objects.filter(pk=service.pk).update(publication="hidden")
    assert client.get(f"/en/n/s-{service.code}/").status_code == 404
    page = RightsPage.objects.get(slug="rs-officers", locale__language_code="en")
    page.unpublish()
    assert client.get(f"/en/n/p-{page.pk}/").status_code == 404


def test_page_is_one_subject_in_all_its_languages(client):
    page = RightsPage.objects.get(slug="rs-officers", locale__language_code="en")
    send(f"p-{page.pk}", topic="outdated")
    row = Feedback.objects.get()
    assert (row.kind, row.key, row.country) == ("page", str(page.translation_key), "RS")
    soup = BeautifulSoup(client.get("/sl/rights/rs-officers/").content, "html.parser")
    code = soup.select_one(".tell a")["href"].strip("/").split("/")[-1]
    data = {"token": token_for(code), "topic": "outdated"}
    Client().post(f"/sl/n/{code}/", data)
    assert rows() == {("outdated", "", 2)}


def test_queue_lists_filters_and_is_marked_done_by_one_press(admin_client, service):
    subject = subject_of(service)
    record_feedback(subject, [FeedbackTopic.PHONE, FeedbackTopic.DANGER], language="en", today=DAY)
    page = admin_client.get("/cms/directory/feedback/").content.decode()
    assert service.name_en in page
    listing = page[page.index("<tbody") :]
    assert listing.index(str(FeedbackTopic.DANGER.label)) < listing.index(str(FeedbackTopic.PHONE.label))
    filtered = admin_client.get("/cms/directory/feedback/?topic=danger").content.decode()
    assert str(FeedbackTopic.DANGER.label) in filtered
    assert "/cms/directory/feedback/edit/" in filtered
    row = Feedback.objects.get(topic="phone")
    done = f"/cms/directory/feedback/{row.pk}/done/"
    answer = admin_client.post(done, {"back": "/cms/directory/feedback/?topic=phone"})
    assert answer["Location"] == "/cms/directory/feedback/?topic=phone"
    row.refresh_from_db()
    assert row.done
    assert admin_client.post(done, {"open": "1", "back": "https://example.org/"})["Location"] == (
        "/cms/directory/feedback/"
    )
    row.refresh_from_db()
    assert not row.done


def test_row_that_was_closed_opens_again_at_one(service):
    subject = subject_of(service)
    record_feedback(subject, [FeedbackTopic.PHONE], language="en", today=DAY)
    record_feedback(subject, [FeedbackTopic.PHONE], language="en", today=DAY)
    close_feedback(Feedback.objects.get())
    tomorrow = DAY + timedelta(days=1)
    record_feedback(subject, [FeedbackTopic.PHONE], language="en", today=tomorrow)
    row = Feedback.objects.get()
    assert (row.done, row.number, row.first_day, row.last_day) == (False, 1, tomorrow, tomorrow)


@pytest.mark.parametrize("kind", ["service", "page"])
def test_form_of_a_row_leads_to_what_it_speaks_of_and_changes_only_done(admin_client, service, kind):
    page = RightsPage.objects.get(slug="rs-officers", locale__language_code="en")
    code = f"s-{service.code}" if kind == "service" else f"p-{page.pk}"
    record_feedback(feedback.find_subject(code), [FeedbackTopic.PHONE], language="en", today=DAY)
    row = Feedback.objects.get()
    address = f"/cms/directory/feedback/edit/{row.pk}/"
    shown = admin_client.get(address).content.decode()
    wanted = {
        "service": (f"/en/services/{service.code}/", f"/cms/directory/services/edit/{service.pk}/"),
        "page": ("/en/rights/rs-officers/", f"/cms/pages/{page.pk}/edit/"),
    }[kind]
    assert all(f'href="{link}"' in shown for link in wanted)
    assert admin_client.post(address, {"done": "on", "number": "99", "title": "x"}).status_code == 302
    row.refresh_from_db()
    assert (row.done, row.number) == (True, 1)
    assert row.title != "x"


def test_queue_is_closed_to_who_may_not_edit_the_directory(client, service):
    record_feedback(subject_of(service), [FeedbackTopic.PHONE], language="en", today=DAY)
    row = Feedback.objects.get()
    client.force_login(ana())
    assert client.get("/cms/directory/feedback/").status_code == 302
    client.post(f"/cms/directory/feedback/{row.pk}/done/")
    row.refresh_from_db()
    assert not row.done


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr-cyrl", "sl", "ar", "uk", "ru", "hu", "sq"])
def test_form_and_thanks_are_in_every_language(client, service, language):
    form = BeautifulSoup(client.get(f"/{language}/n/s-{service.code}/").content, "html.parser")
    thanks = BeautifulSoup(client.get(f"/{language}/n/s-{service.code}/sent/").content, "html.parser")
    assert is_neutral(form.title.get_text())
    assert is_neutral(thanks.title.get_text())
    if language != "en":
        english = Client().get(f"/en/n/s-{service.code}/").content.decode()
        for element in form.main.select("h1, h2, button, .choice .label"):
            assert (
                element.get_text() not in BeautifulSoup(english, "html.parser").main.get_text().splitlines()
            )
