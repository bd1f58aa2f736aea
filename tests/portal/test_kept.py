"""The visitor's list in the path: taken out before any view, carried by what leads on, in hidden steps too."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from portal.flat import HideStepsMiddleware
from portal.kept import MOST, KeptMiddleware, carried, kept, list_url, take, toggle
from portal.posted import SeeOther

LONG = ".".join(f"bcdf{letter}" for letter in "bcdfghjk")


def request_for(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    take(request)
    return request


@pytest.mark.parametrize(
    ("path", "codes", "rest"),
    [
        ("/k/bcdfg/en/services/", ("bcdfg",), "/en/services/"),
        ("/k/bcdfg.hjkmn/sl/", ("bcdfg", "hjkmn"), "/sl/"),
        ("/k/bcdfg.bcdfg/en/", ("bcdfg",), "/en/"),
        ("/k/bcdfg/", (), "/k/bcdfg/"),
        ("/k/bcdfg/xx/", (), "/k/bcdfg/xx/"),
        ("/k/words/en/", (), "/k/words/en/"),
        ("/k//en/", (), "/k//en/"),
        ("/k/bcdfg/cms/", (), "/k/bcdfg/cms/"),
        ("/en/", (), "/en/"),
    ],
)
def test_codes_are_taken_out_of_a_pages_path_only(path, codes, rest) -> None:
    request = request_for(path)
    assert (kept(request), request.path) == (codes, rest)


def test_list_holds_no_more_than_it_can() -> None:
    assert len(kept(request_for(f"/k/{LONG}/en/"))) == MOST == 6


@pytest.mark.parametrize("url", ["/exit/en", "/static/x.svg", "/cms/", "/w/en/", "/k/bcdfh/en/", "/"])
def test_what_is_no_page_stays_as_it_is(url: str) -> None:
    assert carried(url, "/k/bcdfg") == url


def served(path: str, response: HttpResponse) -> HttpResponse:
    inner = KeptMiddleware(lambda request: response)
    return HideStepsMiddleware(inner)(RequestFactory().get(path))


def test_links_forms_and_redirects_carry_the_list() -> None:
    body = '<a href="/en/">a</a><form action="/en/search/"><a href="#x">b</a><a href="/k/hjkmn/en/" data-keep>c</a>'
    answer = served("/k/bcdfg/en/", HttpResponse(body))
    assert answer.content.decode() == body.replace('"/en/', '"/k/bcdfg/en/')
    assert answer["X-Robots-Tag"] == "noindex"
    assert served("/k/bcdfg/en/", SeeOther("/en/r/x/"))["Location"] == "/k/bcdfg/en/r/x/"
    assert served("/k/bcdfg/en/", SeeOther("https://a.example/"))["Location"] == "https://a.example/"
    assert "X-Robots-Tag" not in served("/en/", HttpResponse(body))


def test_hidden_steps_and_list_are_carried_together() -> None:
    body = '<a href="/en/">a</a><a href="/k/hjkmn/en/" data-keep>c</a><a href="/exit/en">x</a>'
    answer = served("/w/k/bcdfg/en/", HttpResponse(body)).content.decode()
    assert (
        answer
        == '<a href="/w/k/bcdfg/en/">a</a><a href="/w/k/hjkmn/en/" data-keep>c</a><a href="/exit/en">x</a>'
    )


def test_toggle_adds_takes_off_and_comes_back() -> None:
    here = request_for("/k/bcdfg/en/services/")
    assert toggle(here, "hjkmn", "?f=bcdf", "s-hjkmn").url == "/k/bcdfg.hjkmn/en/services/?f=bcdf#s-hjkmn"
    assert toggle(here, "bcdfg", "").url == "/en/services/"
    assert (toggle(here, "bcdfg", "").is_kept, toggle(here, "hjkmn", "").is_kept) == (True, False)


def test_full_list_leads_to_itself() -> None:
    here = request_for(f"/k/{LONG}/en/services/?f=bcdf&page=2")
    more = toggle(here, "zzzzz", "")
    assert (more.is_full, more.list_url, more.most) == (True, "/en/list/?f=bcdf", 6)
    assert not toggle(here, "bcdfb", "").is_full


def test_list_address_carries_codes_and_nothing_else() -> None:
    assert list_url(request_for("/k/bcdfg/sl/services/?f=bcdf&page=2&words=x")) == "/sl/list/?f=bcdf"
    assert list_url(request_for("/k/bcdfg/sl/services/?f=Hello&short=1")) == "/sl/list/"


@pytest.mark.django_db
def test_whole_page_keeps_the_list_in_every_own_link() -> None:
    answer = Client().get("/w/k/bcdfg/sl/services/")
    soup = BeautifulSoup(answer.content, "html.parser")
    own = [link for link in soup.select("a[href^='/'], form") if not link.has_attr("data-exit")]
    places = [link.get("href") or link["action"] for link in own if "data-replace" not in link.attrs]
    assert len(places) > 20
    changing = {link["href"] for link in own if link.has_attr("data-keep")}
    assert [
        place for place in places if not place.startswith("/w/k/bcdfg/sl/") and place not in changing
    ] == [
        place
        for place in places
        if place.startswith("/w/k/bcdfg/") and not place.startswith("/w/k/bcdfg/sl/")
    ]
    assert len(changing) > 5
    assert all(place.startswith("/w/k/bcdfg.") for place in changing)
    shown = next(link for link in own if link.has_attr("data-replace"))
    assert shown["href"] == "/k/bcdfg/sl/services/"
    alternates = {link["href"] for link in soup.select("link[rel=alternate]")}
    assert all("/w/k/bcdfg/" in href for href in alternates)
