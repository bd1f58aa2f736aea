"""Error pages: in every language, with exit and hotline, silent about internals, without a database."""

from __future__ import annotations

from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from portal import error_views, languages, urls
from portal.languages import DEFAULT_ENABLED
from portal.neutral_words import telling_words

SECRET = "a secret of the inside"


def _raise(error: Exception) -> HttpResponse:
    raise error


urlpatterns = [
    path("<str:lang>/raise/400/", lambda request, lang: _raise(SuspiciousOperation(SECRET))),
    path("<str:lang>/raise/403/", lambda request, lang: _raise(PermissionDenied(SECRET))),
    path("<str:lang>/raise/429/", lambda request, lang: error_views.too_many_requests(request)),
    path("<str:lang>/raise/500/", lambda request, lang: _raise(RuntimeError(SECRET))),
    path("<str:lang>/raise/503/", lambda request, lang: error_views.unavailable(request)),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

pytestmark = pytest.mark.urls(__name__)
STATUSES = (400, 403, 429, 500, 503)


@pytest.fixture
def visitor() -> Client:
    """A visitor, who gets the error page and never the exception."""
    return Client(raise_request_exception=False)


def check(response: HttpResponse, status: int, code: str) -> BeautifulSoup:
    """Hold what is true of every error page."""
    language = languages.get(code)
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == status
    assert (soup.html["lang"], soup.html["dir"]) == (language.tag, language.direction)
    assert soup.select_one("header a[data-exit]")["href"] == f"/exit/{code}"
    assert [link["href"] for link in soup.select(".call a")] == ["tel:192", "tel:113"]
    assert len(soup.find_all("h1")) == 1
    assert telling_words(soup.title.get_text()) == ()
    assert SECRET not in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    return soup


@pytest.mark.parametrize("code", DEFAULT_ENABLED)
@pytest.mark.parametrize("status", STATUSES)
def test_error_page_speaks_the_language_of_its_path(visitor: Client, status: int, code: str) -> None:
    soup = check(visitor.get(f"/{code}/raise/{status}/"), status, code)
    assert not soup.select(".languages-list")


def test_missing_page_without_a_language_offers_all(visitor: Client) -> None:
    soup = check(visitor.get("/zz-no-such-page-zz/"), 404, "en")
    assert [link["lang"] for link in soup.select(".languages-list a")] == [
        languages.get(code).tag for code in settings.PORTAL_LANGUAGES
    ]


def test_refused_host_is_not_reflected(visitor: Client) -> None:
    response = visitor.get("/en/", headers={"host": "evil.example"})
    check(response, 400, "en")
    assert b"evil.example" not in response.content


@pytest.mark.parametrize("status", [429, 503])
def test_waiting_is_told_to_machines(visitor: Client, status: int) -> None:
    assert visitor.get(f"/en/raise/{status}/")["Retry-After"] == str(error_views.RETRY_SECONDS)


def test_form_without_its_token_is_refused_politely() -> None:
    response = error_views.csrf_failure(RequestFactory().post("/sl/"), "no token")
    assert response.status_code == 403
    assert b"no token" not in response.content


def test_pages_for_the_server_in_front_are_whole_files_that_need_no_database(tmp_path) -> None:
    call_command("write_error_pages", tmp_path, verbosity=0, stdout=StringIO())
    files = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.html")}
    assert files == {f"{code}/{status}.html" for code in DEFAULT_ENABLED for status in (404, *STATUSES)}
    for file in tmp_path.rglob("*.html"):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        code = file.parent.name
        assert soup.html["lang"] == languages.get(code).tag
        assert soup.select_one("header a[data-exit]")["href"] == f"/exit/{code}"
        assert [link["href"] for link in soup.select(".call a")] == ["tel:192", "tel:113"]
        assert soup.style is not None
        assert soup.select('link[rel="stylesheet"], [src^="http"]') == []


def test_folder_that_cannot_be_written_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("write_error_pages", tmp_path / "file", stdout=StringIO())


def test_broken_template_still_gives_exit_and_numbers(settings) -> None:
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    response = error_views.server_error(HttpRequest())
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 500
    assert soup.select_one("a[data-exit]")["href"] == "/exit/en"
    assert [link["href"] for link in soup.select("main li a")] == ["tel:192", "tel:113"]
