"""The choice to hide steps: carried by every link, form and redirect, and by nothing else (R4)."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.flat import HideStepsMiddleware, carried, switch_url
from portal.posted import SeeOther


def served(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return HideStepsMiddleware(lambda given: response)(request)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/en/", "/en/?w=1"),
        ("/en/services/?f=bcdf", "/en/services/?f=bcdf&w=1"),
        ("/en/rights/#court", "/en/rights/?w=1#court"),
        ("/en/?f=bcdf&w=0", "/en/?f=bcdf&w=0"),
        ("/en/?w=1", "/en/?w=1"),
        ("/exit/en", "/exit/en"),
        ("/exit", "/exit"),
        ("/static/portal/icon.svg", "/static/portal/icon.svg"),
        ("/cms/", "/cms/"),
    ],
)
def test_address_carries_the_choice_once(url: str, expected: str) -> None:
    assert carried(url) == expected


def test_page_of_hidden_steps_carries_the_choice_in_its_own_links_only() -> None:
    body = (
        '<a class="x" href="/en/?f=b">a</a><form method="post" action="/en/search/"><a href="#b">b</a>'
        '<a href="https://other.example/">c</a><a href="//other.example/">d</a><a href="tel:113">e</a>'
        '<link rel="icon" href="/static/i.svg"><a href="/exit/en" data-exit>f</a>'
    )
    answer = served(RequestFactory().get("/en/?w=1"), HttpResponse(body))
    assert answer.content.decode() == body.replace("/en/?f=b", "/en/?f=b&amp;w=1").replace(
        "/en/search/", "/en/search/?w=1"
    )


def test_other_pages_stay_as_they_are() -> None:
    for path in ("/en/", "/en/?w=0", "/en/?w=x"):
        assert (
            served(RequestFactory().get(path), HttpResponse('<a href="/en/">')).content == b'<a href="/en/">'
        )


def test_redirects_carry_the_choice_but_never_to_another_host() -> None:
    for place, expected in (
        ("/en/r/token/", "/en/r/token/?w=1"),
        ("https://other.example/", "https://other.example/"),
        ("//other.example/", "//other.example/"),
    ):
        answer = served(RequestFactory().post("/en/search/?w=1"), SeeOther(place))
        assert answer["Location"] == expected


def test_script_is_told_where_a_form_leads() -> None:
    request = RequestFactory().post("/en/search/", headers={"X-Flat": "1"})
    answer = served(request, SeeOther("/en/r/token/"))
    assert (answer.status_code, answer.content, answer["X-Flat"]) == (200, b"/en/r/token/", "1")


def test_script_is_not_told_of_other_answers() -> None:
    request = RequestFactory().post("/en/search/", headers={"X-Flat": "1"})
    for response in (HttpResponse("page", status=403), SeeOther("https://other.example/")):
        answer = served(request, response)
        assert answer is response
        assert "X-Flat" not in answer


def test_switch_keeps_codes_and_drops_everything_else() -> None:
    get = RequestFactory().get
    assert switch_url(get("/en/services/?f=bcdf&page=2&q=secret")) == "/en/services/?f=bcdf&page=2&w=1"
    assert switch_url(get("/en/services/?f=bcdf&w=1")) == "/en/services/?f=bcdf&w=0"
    assert switch_url(get("/en/")) == "/en/?w=1"


@pytest.mark.django_db
def test_pages_say_how_flat_they_are(client) -> None:
    front, hidden, services = (
        client.get(path).content.decode() for path in ("/en/", "/en/?w=1", "/en/services/")
    )
    assert "data-flat" not in front
    assert 'data-flat="site"' in hidden
    assert 'data-flat="page"' in services
    assert 'href="/en/?w=1" data-replace' in front
    assert 'href="/en/?w=0" data-replace' in hidden
    assert '<p class="back"><a href="/en/">' in services


@pytest.mark.django_db
@pytest.mark.parametrize("choice", ["", "?w=1", "?w=0"])
def test_alternates_of_a_page_carry_its_choice_so_that_each_names_the_other(client, choice):
    def named(path: str) -> set[str]:
        found = BeautifulSoup(client.get(path).content, "html.parser").find_all("link", rel="alternate")
        return {link["href"].removeprefix("http://testserver") for link in found}

    first = named(f"/en/{choice}")
    assert {f"/en/{choice}", f"/sl/{choice}", f"/{choice}"} <= first
    assert first == named(f"/sl/{choice}") == named(f"/{choice}")
