"""What every template gets: the same page in other languages, and a hotline that language never decides."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from portal.context_processors import portal
from portal.links import travelling_query
from portal.opaque import filter_code
from portal.plugins import registry


def request_for(path: str, **query: str) -> HttpRequest:
    """Return a visitor's request without a session or a user."""
    return RequestFactory().get(path, query)


def context_of(request: HttpRequest, code: str = "en") -> dict:
    """Return the variables of the base template for a request in a language."""
    with translation.override(code):
        return portal(request)


def shown(context: dict) -> list[tuple[str, str]]:
    """Return the hotline as a reader sees it."""
    return [(str(line.country_name), line.number) for line in context["emergency"]]


@pytest.mark.parametrize("code", ["en", "sr-latn", "sr-cyrl", "sl", "ar"])
def test_hotline_names_every_country_in_every_language(code: str) -> None:
    context = context_of(request_for(f"/{code}/"), code)
    assert [line.number for line in context["emergency"]] == ["192", "113"]
    assert context["emergency_country"] is None
    assert context["country_query"] == ""


def test_hotline_of_one_pack_shows_its_country_only() -> None:
    slovenia = [pack for pack in registry.countries if pack.country.code == "SI"]
    with registry.countries.only(slovenia):
        assert shown(context_of(request_for("/en/"))) == [("Slovenia", "113")]


def test_hotline_without_a_pack_is_empty() -> None:
    with registry.countries.only([]):
        assert shown(context_of(request_for("/en/"))) == []


def test_chosen_country_shows_all_its_lines_and_travels() -> None:
    code = filter_code("country", "RS")
    context = context_of(request_for("/en/services/", f=f"zzzz.{code}"))
    assert shown(context) == [("Serbia", "192"), ("Serbia", "194"), ("Serbia", "193")]
    assert context["country_query"] == f"?f={code}"
    assert context["services_url"] == f"/en/services/?f={code}"
    assert context["home_url"] == f"/en/?f={code}"


def test_country_of_the_view_goes_before_the_link() -> None:
    request = request_for("/en/rights/", f=filter_code("country", "RS"))
    request.portal_country = "SI"  # type: ignore[attr-defined]
    assert shown(context_of(request)) == [("Slovenia", "113"), ("Slovenia", "112")]


def test_unknown_country_code_shows_every_country() -> None:
    assert shown(context_of(request_for("/en/", f="bbbb"))) == [("Serbia", "192"), ("Slovenia", "113")]


def test_language_links_swap_the_prefix_and_keep_codes() -> None:
    links = context_of(request_for("/sl/services/", f="bcdf", q="secret"), "sl")["language_links"]
    urls = {link.language.code: link.url for link in links}
    assert urls["en"] == "/en/services/?f=bcdf"
    assert urls["sr-cyrl"] == "/sr-cyrl/services/?f=bcdf"
    assert [link.language.code for link in links if link.active] == ["sl"]


def test_alternates_of_front_pages_end_at_the_choice_of_languages() -> None:
    alternates = {a.tag: a.url for a in context_of(request_for("/en/"))["alternates"]}
    assert alternates["x-default"] == "http://testserver/"
    assert alternates["sr-Cyrl"] == "http://testserver/sr-cyrl/"


def test_alternates_of_other_pages_are_returned_by_each_of_them() -> None:
    paths = ("/en/services/", "/sl/services/")
    found = [
        {a.tag: a.url for a in context_of(request_for(p, f="bcdf", page="2"))["alternates"]} for p in paths
    ]
    assert found[0] == found[1]
    assert found[0]["x-default"] == found[0]["en"] == "http://testserver/en/services/?f=bcdf&page=2"


def test_refused_host_stands_in_no_link() -> None:
    request = RequestFactory().get("/en/", headers={"host": "evil.example"})
    context = context_of(request)
    assert context["alternates"] == []
    assert "evil.example" not in "".join(link.url + link.absolute for link in context["language_links"])


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"f": "<script>"}, ""),
        ({"f": "b" * 500}, ""),
        ({"page": "-1"}, ""),
        ({"page": "99999"}, ""),
        ({"page": "٣"}, ""),
        ({"f": "bcdf.z234", "next": "https://evil.example/"}, "?f=bcdf.z234"),
    ],
)
def test_only_opaque_codes_and_page_numbers_travel(query: dict[str, str], kept: str) -> None:
    assert travelling_query(request_for("/en/", **query)) == kept


def test_editors_pages_get_nothing() -> None:
    assert context_of(request_for("/cms/pages/")) == {}


def test_neither_user_nor_session_is_touched() -> None:
    class Untouchable(HttpRequest):
        @property
        def user(self):
            raise AssertionError("The user was touched.")

        @property
        def session(self):
            raise AssertionError("The session was touched.")

    request = Untouchable()
    request.META = {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
    request.path_info = "/en/"
    assert context_of(request)["exit_url"] == "/exit/en"
