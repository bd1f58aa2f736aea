"""A report of danger hides a record until an editor has looked; no flood of reports takes help away (R31, R53)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from directory import feedback, feedback_views
from directory.actions import close_feedback, danger, publish_service, record_feedback
from directory.choices import FeedbackTopic
from directory.models import EditorNote, Feedback, Organization, Service
from portal.sealing import seal

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
DANGER = [FeedbackTopic.DANGER]


@pytest.fixture(autouse=True)
def no_memory():
    """Forget what was counted in memory by the test before."""
    for pace in (feedback_views.BY_NETWORK, feedback_views.BY_TOKEN, feedback_views.HIDING_BY_NETWORK):
        pace.forget()


def usual() -> list[Service]:
    """Services that a report may hide: no state network, no round-the-clock line."""
    rows = Service.objects.for_visitors().select_related("organization").order_by("key")
    return [row for row in rows if not danger._stays(row)]


def report(record: Service | Organization, today: date = DAY, **given: object) -> bool:
    letter = "s" if isinstance(record, Service) else "o"
    subject = feedback.find_subject(f"{letter}-{record.code}")
    return record_feedback(subject, DANGER, language="en", today=today, **given)


def send(record: Service, network: str) -> object:
    made = datetime.now(UTC) - timedelta(seconds=30)
    code = f"s-{record.code}"
    token = seal({"k": code, "t": str(made.timestamp()), "n": network}, now=made)
    return Client(REMOTE_ADDR=network).post(f"/en/n/{code}/", {"token": token, "topic": "danger"})


def is_shown(record: Service) -> bool:
    return Client().get(f"/en/services/{record.code}/").status_code == 200


def test_one_report_hides_a_service_and_leaves_a_task(client, django_capture_on_commit_callbacks):
    service = usual()[0]
    with django_capture_on_commit_callbacks(execute=True):
        assert report(service)
    service.refresh_from_db()
    assert (service.publication, service.publication_reason) == ("hidden", danger.REASON)
    assert not is_shown(service)
    assert f"/en/services/{service.code}/" not in client.get("/en/services/").content.decode()
    note = EditorNote.objects.get(key__startswith=danger.KEY)
    assert (note.kind, note.done, list(note.services.all())) == ("task", False, [service])


def test_report_hides_a_provider_with_its_services():
    provider = next(row.organization for row in usual() if not danger._stays(row.organization))
    report(provider)
    assert Client().get(f"/en/organizations/{provider.code}/").status_code == 404
    assert [row for row in provider.services.all() if is_shown(row)] == []
    assert list(EditorNote.objects.get(key__startswith=danger.KEY).organizations.all()) == [provider]


def test_visitor_is_thanked_after_the_record_is_hidden():
    service = usual()[0]
    answer = send(service, "198.41.0.4")
    assert not is_shown(service)
    thanks = Client().get(answer["Location"])
    assert thanks.status_code == 200
    assert f"/services/{service.code}/" not in thanks.content.decode()
    assert thanks.content.count(b"tel:") >= 2


@pytest.mark.parametrize("kind", ["emergency", "police", "network", "member", "round the clock"])
def test_state_help_and_lines_at_night_stay(kind):
    service = usual()[0]
    change = {
        "emergency": {"kind": "emergency"},
        "police": {"kind": "police"},
        "network": {"is_network": True},
        "member": {"network": Organization.objects.filter(is_network=True).first()},
        "round the clock": {},
    }[kind]
    Organization.objects.filter(pk=service.organization_id).update(**change)
    if kind == "round the clock":
        Service.objects.filter(pk=service.pk).update(is_open_24_7=True)
    assert report(service)
    assert is_shown(service)
    assert Feedback.objects.get().number == 1


def test_few_are_hidden_a_day_and_few_at_a_time(monkeypatch):
    several = usual()
    for service in several[:5]:
        report(service)
    assert [is_shown(service) for service in several[:5]] == [False, False, False, True, True]
    monkeypatch.setattr(danger, "MOST_HIDDEN", 4)
    for service in several[5:8]:
        report(service, DAY + timedelta(days=1))
    assert [is_shown(service) for service in several[5:8]] == [False, True, True]


def test_one_network_hides_one_record_a_day():
    first, second, third = usual()[:3]
    assert [send(each, "198.41.0.4").status_code for each in (first, second)] == [303, 303]
    assert (is_shown(first), is_shown(second)) == (False, True)
    send(third, "198.41.9.9")
    assert not is_shown(third)
    assert Feedback.objects.filter(topic="danger").count() == 3


def test_what_an_editor_found_good_needs_more_voices():
    service = usual()[0]
    report(service)
    close_feedback(Feedback.objects.get())
    assert EditorNote.objects.get(key__startswith=danger.KEY).done
    publish_service(Service.objects.get(pk=service.pk))
    shown = []
    for number in range(danger.VOICES_TO_HIDE_AGAIN):
        report(service, DAY + timedelta(days=number + 1))
        shown.append(is_shown(service))
    assert shown == [True, True, False]
    assert not EditorNote.objects.get(key__startswith=danger.KEY).done


def test_other_topics_and_reports_without_leave_hide_nothing():
    service = usual()[0]
    subject = feedback.find_subject(f"s-{service.code}")
    record_feedback(subject, [FeedbackTopic.PHONE], language="en", today=DAY)
    report(service, may_hide=False)
    assert is_shown(service)


def test_hidden_record_stays_hidden_when_its_pack_is_loaded_again():
    service = usual()[0]
    report(service)
    assert Service.objects.get(pk=service.pk).locally_edited
