"""Opening states in words, on service and provider pages and cards, by hours, holidays and exceptions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from directory.hours import hours_by, state_of, state_text, states_by
from directory.importers import UnreadableImport
from directory.importers.pack import _opening
from directory.models import Organization, Phone, Schedule, ScheduleException, Service
from directory.opening import OpeningState
from search.index import rebuild_all

BELGRADE = ZoneInfo("Europe/Belgrade")
NOW = datetime(2026, 11, 25, 12, tzinfo=BELGRADE)  # a Wednesday


def said(state: str, until: datetime | None = None, language: str = "en") -> str:
    with translation.override(language):
        return state_text(OpeningState(state, until), NOW)


def at(days: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, 25, hour, tzinfo=BELGRADE) + timedelta(days=days)


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        ("always", None, "Day and night"),
        ("open", at(0, 16), "Open now, until 16:00."),
        ("closed", at(0, 13), "Closed now. Opens today at 13:00."),
        ("closed", at(1), "Closed now. Opens tomorrow at 08:00."),
        ("closed", at(5), "Closed now. Opens: Monday, 08:00."),
        ("closed", at(9), "Closed now. Opens: 2026-12-04, 08:00."),
        ("closed", None, "Closed now."),
        ("holiday", None, "Public holiday today. Ask if it is open."),
        ("unknown", None, ""),
    ],
)
def test_state_is_one_plain_sentence(state: str, until: datetime | None, expected: str) -> None:
    assert said(state, until) == expected


def test_state_is_said_in_the_readers_language_and_script() -> None:
    assert said("closed", at(5), "sr-cyrl") == "Сада не ради. Ради опет: понедељак, 08:00."
    assert said("open", at(0, 16), "sl") == "Zdaj je odprto, do 16:00."
    assert "16:00" in said("open", at(0, 16), "ar")


@pytest.fixture
def phone(db: None) -> Phone:
    """A confirmed number of the office for foreigners with the hours of its page."""
    return Phone.objects.get(key="K45")


def test_pack_hours_become_states(phone: Phone) -> None:
    states = [
        states_by("phone", {phone.pk: "SI"}, at(days, hour))[phone.pk] for days, hour in ((0, 10), (0, 13))
    ]
    assert [(state.state, f"{state.until:%H:%M}") for state in states] == [
        ("open", "12:00"),
        ("closed", "14:00"),
    ]


def test_hours_of_many_records_take_one_query(phone: Phone, django_assert_num_queries) -> None:
    day = date(2026, 11, 25)
    for schedule in phone.schedules.all():
        ScheduleException.objects.create(schedule=schedule, first_day=day, last_day=day)
    with django_assert_num_queries(1):
        found = hours_by("phone", [phone.pk, *range(1, 9)])
    assert [len(days) for _weekly, days in found[phone.pk]] == [1, 1]
    assert state_of(found[phone.pk], "SI", at(0, 10)).state == "closed"


def test_country_that_nobody_knows_has_no_clock(phone: Phone) -> None:
    assert state_of(hours_by("phone", [phone.pk])[phone.pk], "XX", NOW).state == "unknown"


def shown(path: str) -> BeautifulSoup:
    answer = Client().get(path)
    assert "no-store" in answer["Cache-Control"]  # "open now" is never older than the page
    return BeautifulSoup(answer.content, "html.parser")


def closed_until_tomorrow(**owner: object) -> None:
    tomorrow = datetime.now(BELGRADE).date() + timedelta(days=1)
    days = {"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": time(8), "closes_at": time(16)}
    schedule = Schedule.objects.create(valid_from=tomorrow, **days, **owner)
    said = {"first_day": tomorrow, "last_day": tomorrow, "opens_at": time(8), "closes_at": time(16)}
    ScheduleException.objects.create(schedule=schedule, closed=False, **said)


TOMORROW = "Closed now. Opens tomorrow at 08:00."


def test_state_stands_on_service_page_and_card(db: None) -> None:
    service = Service.objects.get(fact_id="S43")
    service.schedules.all().delete()
    closed_until_tomorrow(service=service)
    rebuild_all()
    page = shown(f"/en/services/{service.code}/")
    assert TOMORROW in page.select_one(".facts").get_text()
    cards = [
        card for number in range(1, 12) for card in shown(f"/en/services/?page={number}").select(".card")
    ]
    states = [card.select_one(".facts").get_text() for card in cards if service.code in card.h3.a["href"]]
    assert states
    assert all(TOMORROW in state for state in states)


def test_state_stands_beside_a_confirmed_number_only(db: None, phone: Phone) -> None:
    phone.schedules.all().delete()
    closed_until_tomorrow(phone=phone)
    page = f"/en/organizations/{phone.organization.code}/"
    assert TOMORROW in shown(page).select_one(".phone .now").get_text()
    phone.publish = "noted"
    phone.save()
    assert shown(page).select(".phone .now") == []


def test_hours_that_nobody_knows_are_said_neutrally(db: None) -> None:
    office = Organization.objects.get(key="uoim")
    service = Service.objects.for_visitors().filter(is_open_24_7=None).exclude(organization=office).first()
    service.organization.phones.all().delete()
    facts = shown(f"/en/services/{service.code}/").select_one(".facts").get_text()
    assert "Hours not known" in facts
    assert "Closed" not in facts


@pytest.mark.parametrize(
    "text", ["8-16", "MO 8:00-16:00", "XX 08:00-16:00", "MO 08:00-25:00", "MO 08:00-16:00;"]
)
def test_hours_of_a_pack_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(UnreadableImport):
        _opening(text)
