"""Opening hours as pages say them: the hours of many records in one query, and a state in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import F, Model, QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from directory.holidays import is_holiday
from directory.models import Schedule, ScheduleException
from directory.opening import UNKNOWN, Hours, OpeningState, opening_state
from portal.page_cache import holds_until
from portal.plugins.registry import get_country

_WEEKLY = ("pk", "is_24_7", "byday", "opens_at", "closes_at", "valid_from", "valid_to")
Record = TypeVar("Record", bound=Model)
_DAYS = ("first_day", "last_day", "closed", "opens_at", "closes_at")


def hours_by(owner: str, keys: Collection[int]) -> dict[int, list[Hours]]:
    """Return the hours of records by their primary key; ``owner`` is "phone", "contact" or "service".

    One query, however many there are.
    """
    columns = (f"{owner}_id", *_WEEKLY, *(f"exceptions__{name}" for name in _DAYS))
    rows = Schedule.objects.filter(**{f"{owner}_id__in": keys}).order_by("pk", "exceptions__first_day")
    found: dict[int, dict[int, tuple[Schedule, list[ScheduleException]]]] = {}
    for row in rows.values(*columns):
        weekly = {name: row[name] for name in _WEEKLY}
        exception = {name: row[f"exceptions__{name}"] for name in _DAYS}
        _add(found.setdefault(row[f"{owner}_id"], {}), weekly, exception)
    return {key: list(hours.values()) for key, hours in found.items()}


def with_hours(rows: QuerySet[Record]) -> QuerySet[Record]:
    """Return records with their hours in the same query: a row for each exception, which :func:`gathered` joins."""
    joined: QuerySet[Record] = rows.annotate(
        **{f"hours_{name}": F(f"schedules__{name}") for name in _WEEKLY},
        **{f"exception_{name}": F(f"schedules__exceptions__{name}") for name in _DAYS},
    )
    return joined


def gathered(rows: Iterable[Record]) -> tuple[list[Record], dict[int, list[Hours]]]:
    """Return the records of :func:`with_hours`, each once and in their order, and their hours by primary key."""
    records: dict[int, Record] = {}
    found: dict[int, dict[int, tuple[Schedule, list[ScheduleException]]]] = {}
    for row in rows:
        records.setdefault(row.pk, row)
        values = vars(row)
        if values["hours_pk"] is not None:
            weekly = {name: values[f"hours_{name}"] for name in _WEEKLY}
            _add(found.setdefault(row.pk, {}), weekly, {name: values[f"exception_{name}"] for name in _DAYS})
    return list(records.values()), {key: list(hours.values()) for key, hours in found.items()}


def _add(
    hours: dict[int, tuple[Schedule, list[ScheduleException]]],
    weekly: Mapping[str, Any],
    exception: Mapping[str, Any],
) -> None:
    """Add a row to the hours of a record; a row without an exception has none in each of its columns."""
    _weekly, days = hours.setdefault(weekly["pk"], (Schedule(**weekly), []))
    if exception["first_day"] is not None:
        days.append(ScheduleException(**exception))


def state_of(hours: Collection[Hours], country: str, now: datetime | None = None) -> OpeningState:
    """Return what is open by the clock and the holidays of a country; unknown when the country is.

    A page that says so holds until the next change.
    """
    home = get_country(country)
    if home is None:
        return UNKNOWN
    state = opening_state(list(hours), home.time_zone, now or timezone.now(), partial(is_holiday, country))
    holds_until(state.changes_at)
    return state


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
