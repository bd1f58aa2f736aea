"""Hiding a record that a visitor says can put people in danger, until an editor has looked (R31).

One tick must be enough, or a false provider stays on the page; and no flood of ticks may take help away. So emergency
numbers, the police, state networks and round-the-clock lines stay and only come first in the queue; a few records
a day are hidden and a few at a time; what was hidden once, and found good, needs more than one voice.
"""

from __future__ import annotations

from datetime import date

from directory.actions.publishing import save_organization, withdraw_service
from directory.choices import FeedbackKind, NoteKind, OrganizationKind, Publication
from directory.feedback import Subject
from directory.models import EditorNote, Feedback, Organization, Service

MOST_HIDDEN_A_DAY = 3
MOST_HIDDEN = 10
"""How many records may wait, hidden, for an editor."""
VOICES_TO_HIDE_AGAIN = 3
STAY = frozenset({OrganizationKind.EMERGENCY, OrganizationKind.POLICE})
KEY = "danger:"
REASON = "A visitor said that it can put people in danger. Look at it, then make it public again or leave it hidden."


def hide_for_review(subject: Subject, row: Feedback, *, today: date) -> bool:
    """Hide the record of a report of danger and leave editors a task; return whether it was hidden.

    ``row`` is the queue's row of this topic, with the voices since an editor last closed it.
    """
    record = _record(subject)
    if record is None or _stays(record):
        return False
    waiting = EditorNote.objects.filter(key__startswith=KEY)
    note = waiting.filter(key=_key(subject)).first()
    if note is not None and row.number < VOICES_TO_HIDE_AGAIN:
        return False
    if waiting.filter(source_date=today.isoformat()).count() >= MOST_HIDDEN_A_DAY:
        return False
    if waiting.filter(done=False).count() >= MOST_HIDDEN:
        return False
    _hide(record)
    _leave_task(subject, record, today)
    return True


def close_task(row: Feedback) -> None:
    """Close the task of a row that an editor dealt with."""
    EditorNote.objects.filter(key=f"{KEY}{row.kind}:{row.key}").update(done=True)


def _key(subject: Subject) -> str:
    return f"{KEY}{subject.kind}:{subject.key}"


def _record(subject: Subject) -> Service | Organization | None:
    if subject.kind == FeedbackKind.SERVICE:
        return Service.objects.select_related("organization__network").filter(key=subject.key).first()
    if subject.kind == FeedbackKind.ORGANIZATION:
        return Organization.objects.select_related("network").filter(key=subject.key).first()
    return None


def _stays(record: Service | Organization) -> bool:
    provider = record.organization if isinstance(record, Service) else record
    is_state = provider.kind in STAY or provider.is_network or provider.network_id is not None
    return is_state or bool(record.is_open_24_7)


def _hide(record: Service | Organization) -> None:
    if isinstance(record, Service):
        withdraw_service(record, reason=REASON)
    else:
        record.publication = Publication.HIDDEN
        save_organization(record)


def _leave_task(subject: Subject, record: Service | Organization, today: date) -> None:
    told = {"country": subject.country, "kind": NoteKind.TASK, "text": REASON, "done": False}
    note, _made = EditorNote.objects.update_or_create(
        key=_key(subject), defaults={**told, "source_date": today.isoformat()}
    )
    (note.services if isinstance(record, Service) else note.organizations).set([record])
