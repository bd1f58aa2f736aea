"""The form of contacts, numbers and links is checked at the desk, and nobody is asked."""

from __future__ import annotations

import pytest

from tests import factories, people
from tests.directory.test_admin import send
from tests.forms import new_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """A browser in which Milena is logged in."""
    client.force_login(people.milena())
    return client


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("website", "htp://astra.rs", "a link begins with https://"),
        ("website", "https://astra", "the name of the site is not complete"),
        ("website", "astra.rs", "a link begins with https://"),
        ("chat", "https://as tra.rs", "a link has no spaces"),
        ("email", "astra at example.org", "e-mail"),
        ("website", "https://astra.rs", ""),
        ("email", "astra@example.org", ""),
        ("public_office", "Main hall", ""),
    ],
)
def test_contact_of_wrong_form_is_refused_beside_its_value(desk, kind, value, said):
    record = factories.organization()
    row = {"kind": kind, "value": value, "publish": "no", "is_anonymous": "unknown"}
    response = send(desk, record, **new_row("contacts", **row))
    if not said:
        assert response.status_code == 302
        return
    (error,) = response.context["form"].formsets["contacts"].errors[0]["value"]
    assert said in error.replace("email", "e-mail")


def test_number_that_is_too_short_or_too_long_is_refused(desk):
    record = factories.organization()
    for number in ("+381", "+3816012345678901"):
        row = {
            "kind": "sos",
            "number": number,
            "publish": "no",
            "is_free": "unknown",
            "is_anonymous": "unknown",
        }
        response = send(desk, record, **new_row("phones", **row))
        assert list(response.context["form"].formsets["phones"].errors[0]) == ["number"]


def test_link_of_wrong_form_in_a_text_is_refused_beside_the_text(desk):
    record = factories.organization()
    response = send(desk, record, how_to_reach_en="Write to https://astra first.")
    assert list(response.context["form"].errors) == ["how_to_reach_en"]
    assert send(desk, record, how_to_reach_en="See www.astra.rs first.").status_code == 302
