"""Opening hours on the editors' desk: exactly one owner, hours or day and night."""

from __future__ import annotations

import pytest

from directory.models import Phone, Schedule, ScheduleException

pytestmark = pytest.mark.django_db
ADD = "/cms/directory/schedules/new/"


def test_hours_of_a_phone_are_added_and_listed(admin_client):
    phone = Phone.objects.exclude(pk__in=Schedule.objects.exclude(phone=None).values("phone")).first()
    data = {"phone": phone.pk, "byday": "MO,TU,WE,TH,FR", "opens_at": "10:00", "closes_at": "20:00"}
    assert admin_client.post(ADD, data).status_code == 302
    made = Schedule.objects.get(phone=phone)
    assert (made.byday, made.opens_at.hour, made.closes_at.hour) == ("MO,TU,WE,TH,FR", 10, 20)
    assert phone.number in admin_client.get("/cms/directory/schedules/").content.decode()


@pytest.mark.parametrize("owners", [{}, {"phone": "K22", "service": "one"}])
def test_hours_need_exactly_one_owner(admin_client, owners):
    before = Schedule.objects.count()
    data = {"is_24_7": "on"}
    if owners:
        from directory.models import Service

        data |= {"phone": Phone.objects.get(key="K22").pk, "service": Service.objects.first().pk}
    answer = admin_client.post(ADD, data)
    assert answer.status_code == 200
    assert "exactly one of them" in answer.content.decode()
    assert Schedule.objects.count() == before


def test_hours_without_times_are_refused(admin_client):
    data = {"phone": Phone.objects.get(key="K22").pk, "byday": "MO"}
    assert "tick day and night" in admin_client.post(ADD, data).content.decode()


def test_exception_that_ends_before_it_begins_is_refused(admin_client):
    schedule = Schedule.objects.first()
    data = {"schedule": schedule.pk, "first_day": "2026-12-26", "last_day": "2026-12-25", "closed": "on"}
    answer = admin_client.post("/cms/directory/exceptions/new/", data)
    assert answer.status_code == 200
    assert not ScheduleException.objects.exists()
    data["last_day"] = "2026-12-27"
    assert admin_client.post("/cms/directory/exceptions/new/", data).status_code == 302
    assert ScheduleException.objects.get().schedule == schedule
