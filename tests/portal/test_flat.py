"""The choice to hide steps: carried by every link, form and redirect, and by nothing else (R4)."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.flat import HideStepsMiddleware, carried, switch_url
from portal.links import hide_steps, hides_steps
from portal.posted import SeeOther


def served(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return HideStepsMiddleware(lambda given: response)(request)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/en/", "/w/en/"),
        ("/en/services/?f=bcdf", "/w/en/services/?f=bcdf"),
        ("/en/rights/#court", "/w/en/rights/#court"),
        ("/", "/w/"),
        ("/w/en/", "/w/en/"),
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
        '<link rel="icon" href="/static/i.svg"><a href="/exit/en" data-exit>f</a><a href="/en/" data-replace>g</a>'
    )
    answer = served(RequestFactory().get("/w/en/"), HttpResponse(body))
    assert answer.content.decode() == body.replace('"/en/?f=b"', '"/w/en/?f=b"').replace(
        '"/en/search/"', '"/w/en/search/"'
    )


def test_other_pages_stay_as_they_are() -> None:
    for path in ("/en/", "/en/?w=1", "/w/static/i.svg", "/w/cms/", "/words/en/"):
        assert (
            served(RequestFactory().get(path), HttpResponse('<a href="/en/">')).content == b'<a href="/en/">'
        )


def test_redirects_carry_the_choice_but_never_to_another_host() -> None:
    for place, expected in (
        ("/en/r/token/", "/w/en/r/token/"),
        ("https://other.example/", "https://other.example/"),
        ("//other.example/", "//other.example/"),
    ):
        answer = served(RequestFactory().post("/w/en/search/"), SeeOther(place))
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
    assert switch_url(get("/en/services/?f=bcdf&page=2&q=secret")) == "/w/en/services/?f=bcdf&page=2"
    assert switch_url(get("/en/")) == "/w/en/"
    hidden = get("/w/en/services/?f=bcdf")
    hide_steps(hidden)
    assert switch_url(hidden) == "/en/services/?f=bcdf"


def test_views_see_the_path_without_the_choice() -> None:
    for path, seen in (
        ("/w/sl/rights/", "/sl/rights/"),
        ("/w/", "/"),
        ("/w/cms/", "/w/cms/"),
        ("/w/x", "/w/x"),
    ):
        request = RequestFactory().get(path)
        hide_steps(request)
        assert (request.path, request.path_info) == (seen, seen)
        assert hides_steps(request) is (path != seen)


@pytest.mark.django_db
def test_pages_say_how_flat_they_are(client) -> None:
    front, hidden, services = (
        client.get(path).content.decode() for path in ("/en/", "/w/en/", "/en/services/")
    )
    assert "data-flat" not in front
    assert 'data-flat="site"' in hidden
    assert 'data-flat="page"' in services
    assert 'href="/w/en/" data-replace' in front
    assert 'href="/en/" data-replace' in hidden
    assert '<p class="back"><a href="/en/">' in services


@pytest.mark.django_db
@pytest.mark.parametrize("choice", ["", "/w"])
def test_alternates_of_a_page_carry_its_choice_so_that_each_names_the_other(client, choice):
    def named(path: str) -> set[str]:
        found = BeautifulSoup(client.get(path).content, "html.parser").find_all("link", rel="alternate")
        return {link["href"].removeprefix("http://testserver") for link in found}

    first = named(f"{choice}/en/")
    assert {f"{choice}/en/", f"{choice}/sl/", f"{choice}/"} <= first
    assert first == named(f"{choice}/sl/") == named(f"{choice}/")
