"""Whether something is open: fixed times, both changes of the clock, holidays, nights, and hours nobody knows."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from directory.holidays import is_holiday
from directory.models import Schedule, ScheduleException
from directory.opening import UNKNOWN, Hours, OpeningState, opening_state

BELGRADE = "Europe/Belgrade"


def hours(days: str, opens: str, closes: str, *exceptions: ScheduleException, **values: object) -> Hours:
    times = {"opens_at": time.fromisoformat(opens), "closes_at": time.fromisoformat(closes)}
    return Schedule(byday=days, **times, **values), exceptions


def at(text: str, zone: str = BELGRADE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def state(text: str, *schedules: Hours, zone: str = BELGRADE, country: str = "") -> tuple[str, str]:
    free = partial(is_holiday, country)
    found = opening_state(schedules, zone, at(text, zone), free)
    return found.state, found.until.strftime("%a %d %H:%M") if found.until else ""


WEEK = "MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-25T07:59", ("closed", "Wed 25 08:00")),
        ("2026-11-25T08:00", ("open", "Wed 25 16:00")),
        ("2026-11-25T15:59", ("open", "Wed 25 16:00")),
        ("2026-11-25T16:00", ("closed", "Thu 26 08:00")),
        ("2026-11-27T20:00", ("closed", "Mon 30 08:00")),
    ],
)
def test_weekly_hours(moment: str, expected: tuple[str, str]) -> None:
    assert state(moment, hours(WEEK, "08:00", "16:00")) == expected


def test_no_hours_are_unknown_and_not_closed() -> None:
    assert opening_state([], BELGRADE, at("2026-11-25T12:00")) == UNKNOWN


def test_round_the_clock_never_closes() -> None:
    assert opening_state([(Schedule(is_24_7=True), ())], BELGRADE, at("2026-11-25T03:00")) == OpeningState(
        "always"
    )


def test_holiday_goes_before_the_weekly_hours() -> None:
    new_year = ScheduleException(first_day=date(2027, 1, 1), last_day=date(2027, 1, 2), closed=True)
    short = ScheduleException(
        first_day=date(2026, 12, 31),
        last_day=date(2026, 12, 31),
        closed=False,
        opens_at=time(8),
        closes_at=time(12),
    )
    week = hours(WEEK, "08:00", "16:00", new_year, short)
    assert state("2026-12-31T09:00", week) == ("open", "Thu 31 12:00")
    assert state("2026-12-31T13:00", week) == ("closed", "Mon 04 08:00")
    assert state("2027-01-01T09:00", week) == ("closed", "Mon 04 08:00")


def test_public_holiday_is_not_sure_unless_somebody_said_so() -> None:
    week = hours(WEEK, "08:00", "16:00")
    said = ScheduleException(
        first_day=date(2026, 11, 11),
        last_day=date(2026, 11, 11),
        closed=False,
        opens_at=time(9),
        closes_at=time(11),
    )
    assert state("2026-11-11T09:00", week, country="RS") == ("holiday", "")
    assert state("2026-11-11T20:00", week, country="RS") == ("holiday", "")
    assert state("2026-11-11T09:00", week, country="SI") == ("open", "Wed 11 16:00")
    assert state("2026-11-11T09:00", hours(WEEK, "08:00", "16:00", said), country="RS") == (
        "open",
        "Wed 11 11:00",
    )
    assert state("2026-11-10T20:00", week, country="RS") == ("closed", "Thu 12 08:00")
    assert opening_state(
        [(Schedule(is_24_7=True), ())], BELGRADE, at("2026-11-11T03:00"), lambda day: True
    ) == OpeningState("always")


def test_night_belongs_to_the_day_it_began() -> None:
    night = hours("FR", "20:00", "06:00")
    assert state("2026-11-28T05:00", night) == ("open", "Sat 28 06:00")
    assert state("2026-11-27T05:00", night) == ("closed", "Fri 27 20:00")


def test_pause_at_noon_is_closed_and_hours_that_touch_are_one() -> None:
    morning, afternoon = hours(WEEK, "08:00", "12:00"), hours(WEEK, "13:00", "17:00")
    assert state("2026-11-25T12:30", morning, afternoon) == ("closed", "Wed 25 13:00")
    assert state("2026-11-25T09:00", morning, hours(WEEK, "12:00", "17:00")) == ("open", "Wed 25 17:00")


def test_changes_of_the_clock_keep_local_hours() -> None:
    night = hours("SA", "22:00", "06:00")
    for begun, left in (("2026-03-28T22:00", 7), ("2026-10-24T22:00", 9)):
        found = opening_state([night], BELGRADE, at(begun))
        assert found.until is not None
        assert (found.until.timestamp() - at(begun).timestamp()) / 3600 == left
        assert found.until.strftime("%H:%M") == "06:00"


def test_clock_of_the_place_decides() -> None:
    week = hours(WEEK, "08:00", "16:00")
    moment = at("2026-11-25T07:30", "UTC")
    assert opening_state([week], BELGRADE, moment).state == "open"
    assert opening_state([week], "Europe/London", moment).state == "closed"


def test_hours_of_a_season_end() -> None:
    summer = hours(WEEK, "08:00", "16:00", valid_from=date(2026, 6, 1), valid_to=date(2026, 8, 31))
    assert state("2026-07-01T09:00", summer) == ("open", "Wed 01 16:00")
    assert state("2026-11-25T09:00", summer) == ("closed", "")
