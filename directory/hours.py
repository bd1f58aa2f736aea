"""Opening hours as pages say them: the hours of many records in one query, and a state in plain words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from directory.holidays import is_holiday
from directory.models import Schedule, ScheduleException
from directory.opening import UNKNOWN, Hours, OpeningState, opening_state
from portal.plugins.registry import get_country

_WEEKLY = ("pk", "is_24_7", "byday", "opens_at", "closes_at", "valid_from", "valid_to")
_DAYS = ("first_day", "last_day", "closed", "opens_at", "closes_at")


def hours_by(owner: str, keys: Collection[int]) -> dict[int, list[Hours]]:
    """Return the hours of records by their primary key; ``owner`` is "phone", "contact" or "service".

    One query, however many there are: pages are never cached (R6), so a state is never older than its page.
    """
    columns = (f"{owner}_id", *_WEEKLY, *(f"exceptions__{name}" for name in _DAYS))
    rows = Schedule.objects.filter(**{f"{owner}_id__in": keys}).order_by("pk", "exceptions__first_day")
    found: dict[int, dict[int, tuple[Schedule, list[ScheduleException]]]] = {}
    for row in rows.values(*columns):
        schedule = Schedule(**{name: row[name] for name in _WEEKLY})
        _weekly, days = found.setdefault(row[f"{owner}_id"], {}).setdefault(row["pk"], (schedule, []))
        if row["exceptions__first_day"] is not None:
            days.append(ScheduleException(**{name: row[f"exceptions__{name}"] for name in _DAYS}))
    return {key: list(hours.values()) for key, hours in found.items()}


def state_of(hours: Collection[Hours], country: str, now: datetime | None = None) -> OpeningState:
    """Return what is open by the clock and the holidays of a country; unknown when the country is."""
    home = get_country(country)
    if home is None:
        return UNKNOWN
    return opening_state(list(hours), home.time_zone, now or timezone.now(), partial(is_holiday, country))


def states_by(
    owner: str, countries: Mapping[int, str], now: datetime | None = None
) -> dict[int, OpeningState]:
    """Return the states of records; ``countries`` gives their country by primary key. One query."""
    hours = hours_by(owner, countries.keys())
    return {key: state_of(hours.get(key, ()), country, now) for key, country in countries.items()}


def state_text(state: OpeningState, now: datetime | None = None) -> str:
    """Return a state in a sentence; nothing for what is unknown. Times are those of the place."""
    if state.state == "always":
        return _("Day and night")
    if state.state == "holiday":
        return _("Public holiday today. Ask if it is open.")
    if state.state == "open" and state.until:
        return _("Open now, until %(time)s.") % {"time": _time(state.until)}
    if state.state == "closed":
        return _closed(state.until, now or timezone.now())
    return ""


def _closed(opens: datetime | None, now: datetime) -> str:
    if opens is None:
        return _("Closed now.")
    days = (opens.date() - now.astimezone(opens.tzinfo or ZoneInfo("UTC")).date()).days
    if days == 0:
        return _("Closed now. Opens today at %(time)s.") % {"time": _time(opens)}
    if days == 1:
        return _("Closed now. Opens tomorrow at %(time)s.") % {"time": _time(opens)}
    day = str(WEEKDAYS[opens.weekday()]) if days < 7 else opens.date().isoformat()
    return _("Closed now. Opens: %(day)s, %(time)s.") % {"day": day, "time": _time(opens)}


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"
