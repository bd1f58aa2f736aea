"""Whether something is open now, by the clock of its country: weekly hours, exceptions, round the clock (R13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory.models import Schedule, ScheduleException

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LOOK_AHEAD = 14  # days in which the next opening is looked for


@dataclass(frozen=True, slots=True)
class OpeningState:
    """``state`` is "always", "open", "closed" or "unknown"; ``until`` the local time at which it changes."""

    state: str
    until: datetime | None = None


UNKNOWN = OpeningState("unknown")

Hours = tuple[Schedule, Sequence[ScheduleException]]
"""Weekly hours with the days on which they do not hold."""


def hours_of(schedules: Iterable[Schedule]) -> list[Hours]:
    """Return schedules with their exceptions; prefetch these, else each schedule costs a query."""
    return [(schedule, list(schedule.exceptions.all())) for schedule in schedules]


def opening_state(schedules: Sequence[Hours], time_zone: str, now: datetime) -> OpeningState:
    """Return the state at ``now`` (aware) in the IANA ``time_zone``; no hours at all are unknown, not closed.

    Hours past midnight belong to the day they began.
    """
    zone = ZoneInfo(time_zone)
    here = now.astimezone(zone)
    if not schedules:
        return UNKNOWN
    spans = sorted(
        span
        for offset in range(-1, LOOK_AHEAD + 1)
        for schedule, exceptions in schedules
        for span in _spans(schedule, exceptions, here.date() + timedelta(days=offset), zone)
    )
    closes = _open_until(spans, now)
    if closes is not None:
        if closes - now > timedelta(days=LOOK_AHEAD - 1):
            return OpeningState("always")
        return OpeningState("open", closes.astimezone(zone))
    following = next((start for start, _end in spans if start > now), None)
    return OpeningState("closed", following.astimezone(zone) if following else None)


def _open_until(spans: Sequence[tuple[datetime, datetime]], now: datetime) -> datetime | None:
    """Return when the spans that hold ``now`` end; spans that touch are one."""
    closes: datetime | None = None
    for start, end in spans:
        if start <= (closes or now) < end:
            closes = end
    return closes


def _spans(
    schedule: Schedule, exceptions: Sequence[ScheduleException], day: date, zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    """Return the opening that begins on a local day, in UTC; an exception goes before the weekly hours."""
    midnight = time(0)
    for exception in exceptions:
        if exception.first_day <= day <= exception.last_day:
            if exception.closed or exception.opens_at is None or exception.closes_at is None:
                return []
            return [_span(day, exception.opens_at, exception.closes_at, zone)]
    if (schedule.valid_from and day < schedule.valid_from) or (schedule.valid_to and day > schedule.valid_to):
        return []
    if schedule.is_24_7:
        return [_span(day, midnight, midnight, zone)]
    days = schedule.byday.split(",") if schedule.byday else []
    if DAYS[day.weekday()] not in days or schedule.opens_at is None or schedule.closes_at is None:
        return []
    return [_span(day, schedule.opens_at, schedule.closes_at, zone)]


def _span(day: date, opens: time, closes: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return a day's hours in UTC, so that a change of the clock shortens or lengthens them as it does."""
    last = day if closes > opens else day + timedelta(days=1)
    start, end = datetime.combine(day, opens, zone), datetime.combine(last, closes, zone)
    return start.astimezone(UTC), end.astimezone(UTC)
