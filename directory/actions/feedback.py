"""Counting what visitors ticked, within limits that no flood can pass, and closing it when it is dealt with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Sum

from directory.actions.danger import close_task, hide_for_review
from directory.choices import ABOUT_LANGUAGE, FeedbackTopic
from directory.feedback import Subject
from directory.models import Feedback

MOST_A_DAY = 20
"""How often one topic of one record counts in a day: more says nothing new."""
MOST_A_DAY_IN_ALL = 2000
MOST_ROWS = 5000
MOST_LETTERS = 200


def record_feedback(
    subject: Subject, topics: Iterable[FeedbackTopic], *, language: str, today: date, may_hide: bool = True
) -> bool:
    """Count topics for a subject; return ``False`` when the day's limit or the queue's is reached.

    ``language`` is kept only for topics about a language. A topic that was closed opens again at one. A record that
    is said to be dangerous is hidden for an editor to look at, unless ``may_hide`` is false.
    """
    with transaction.atomic():
        counted = Feedback.objects.filter(last_day=today).aggregate(total=Sum("today"))["total"] or 0
        if counted >= MOST_A_DAY_IN_ALL:
            return False
        rows = [_count(subject, topic, language, today) for topic in topics]
        for row in rows:
            if row is not None and row.topic == FeedbackTopic.DANGER and may_hide:
                hide_for_review(subject, row, today=today)
        return None not in rows


def _count(subject: Subject, topic: FeedbackTopic, language: str, today: date) -> Feedback | None:
    """Count once; return the row, ``None`` when the queue is full."""
    about = {
        "kind": subject.kind,
        "key": subject.key,
        "topic": topic,
        "language": language if topic in ABOUT_LANGUAGE else "",
    }
    row = Feedback.objects.select_for_update().filter(**about).first()
    if row is None:
        if Feedback.objects.count() >= MOST_ROWS:
            return None
        row = Feedback(**about, first_day=today, last_day=today)
    if row.last_day != today:
        row.today = 0
    if row.today < MOST_A_DAY:
        _add(row, subject, today)
        row.save()
    return row


def _add(row: Feedback, subject: Subject, today: date) -> None:
    """Count once more; after a row was closed its story begins anew."""
    if row.done:
        row.done, row.number, row.first_day = False, 0, today
    row.number, row.today, row.last_day = row.number + 1, row.today + 1, today
    row.title, row.country = subject.english[:MOST_LETTERS], subject.country


def close_feedback(row: Feedback, *, done: bool = True) -> Feedback:
    """Mark a row as dealt with, or open it again."""
    row.done = done
    row.save(update_fields=["done"])
    if done and row.topic == FeedbackTopic.DANGER:
        close_task(row)
    return row
