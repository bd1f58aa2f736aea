"""Whether something is open now, by the clock of its country: weekly hours, exceptions, round the clock (R13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory.models import Schedule, ScheduleException

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LOOK_AHEAD = 14  # days in which the next opening is looked for


@dataclass(frozen=True, slots=True)
class OpeningState:
    """``state`` is "always", "open", "closed", "holiday" or "unknown"; ``until`` the local time of its end.

    On a public holiday the weekly hours may not hold, and nobody has said so: that is "holiday". ``changes_at`` is
    the first moment at which the state, or the words for it, may be others; ``None`` where no clock matters.
    """

    state: str
    until: datetime | None = None
    changes_at: datetime | None = field(default=None, compare=False)


UNKNOWN = OpeningState("unknown")

Span = tuple[datetime, datetime]
Hours = tuple[Schedule, Sequence[ScheduleException]]
"""Weekly hours with the days on which they do not hold."""


def hours_of(schedules: Iterable[Schedule]) -> list[Hours]:
    """Return schedules with their exceptions; prefetch these, else each schedule costs a query."""
    return [(schedule, list(schedule.exceptions.all())) for schedule in schedules]


def _never(_day: date) -> bool:
    return False


def opening_state(
    schedules: Sequence[Hours], time_zone: str, now: datetime, is_holiday: Callable[[date], bool] = _never
) -> OpeningState:
    """Return the state at ``now`` (aware) in the IANA ``time_zone``; no hours at all are unknown, not closed.

    Hours past midnight belong to the day they began. On a day for which ``is_holiday`` says yes only
    exceptions and round the clock are sure; elsewhere no such day counts as open.
    """
    zone = ZoneInfo(time_zone)
    here = now.astimezone(zone)
    if not schedules:
        return UNKNOWN
    spans: list[Span] = []
    unsure: list[Span] = []
    for offset in range(-1, LOOK_AHEAD + 1):
        day = here.date() + timedelta(days=offset)
        for schedule, exceptions in schedules:
            weekly = is_holiday(day) and not schedule.is_24_7 and _exception_on(day, exceptions) is None
            (unsure if weekly else spans).extend(_spans(schedule, exceptions, day, zone))
    state = _state(sorted(spans), sorted(unsure), now, zone)
    return replace(state, changes_at=_next_change([*spans, *unsure], here))


def _next_change(spans: Iterable[Span], here: datetime) -> datetime:
    """Return the first beginning, end or midnight after ``here``: until then all that is said stays so."""
    midnight = datetime.combine(here.date() + timedelta(days=1), time(0), here.tzinfo)
    edges = [edge for span in spans for edge in span if edge > here]
    return min([midnight, *edges])


def _state(spans: Sequence[Span], unsure: Sequence[Span], now: datetime, zone: ZoneInfo) -> OpeningState:
    closes = _open_until(spans, now)
    if closes is not None:
        if closes - now > timedelta(days=LOOK_AHEAD - 1):
            return OpeningState("always")
        return OpeningState("open", closes.astimezone(zone))
    if any(
        start.astimezone(zone).date() == now.astimezone(zone).date() or start <= now < end
        for start, end in unsure
    ):
        return OpeningState("holiday")
    following = next((start for start, _end in spans if start > now), None)
    return OpeningState("closed", following.astimezone(zone) if following else None)


def _open_until(spans: Sequence[Span], now: datetime) -> datetime | None:
    """Return when the spans that hold ``now`` end; spans that touch are one."""
    closes: datetime | None = None
    for start, end in spans:
        if start <= (closes or now) < end:
            closes = end
    return closes


def _spans(
    schedule: Schedule, exceptions: Sequence[ScheduleException], day: date, zone: ZoneInfo
) -> list[Span]:
    """Return the opening that begins on a local day, in UTC; an exception goes before the weekly hours."""
    midnight = time(0)
    if (exception := _exception_on(day, exceptions)) is not None:
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


def _exception_on(day: date, exceptions: Sequence[ScheduleException]) -> ScheduleException | None:
    return next((each for each in exceptions if each.first_day <= day <= each.last_day), None)


def _span(day: date, opens: time, closes: time, zone: ZoneInfo) -> Span:
    """Return a day's hours in UTC, so that a change of the clock shortens or lengthens them as it does."""
    last = day if closes > opens else day + timedelta(days=1)
    start, end = datetime.combine(day, opens, zone), datetime.combine(last, closes, zone)
    return start.astimezone(UTC), end.astimezone(UTC)
