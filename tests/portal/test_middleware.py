"""The headers of every answer, the methods let through, and the access log (R11, R48)."""

from __future__ import annotations

import logging
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.checks import check_onion
from portal.middleware import AccessLogMiddleware, MethodGuardMiddleware, PrivacyHeadersMiddleware
from portal.stylesheet import allow, csp_hash, inline_css

CANARY = "ana-kanarinac"
PUBLIC = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
}


def served(path: str, given: HttpResponse | None = None, **extra: object) -> HttpResponse:
    """Return ``given`` (or an empty page) as the headers' middleware sends it for ``path``."""
    response = given if given is not None else HttpResponse("page")
    return PrivacyHeadersMiddleware(lambda request: response)(RequestFactory().get(path, **extra))


def policy(response: HttpResponse) -> dict[str, list[str]]:
    """Return the directives of a response's policy."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


def test_public_answers_carry_the_headers_of_the_design():
    response = served("/en/")
    assert {name: response[name] for name in PUBLIC} == PUBLIC
    assert policy(response) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }


ONION = f"http://{'a2' * 28}.onion"


def test_pages_name_their_address_in_tor_only_where_there_is_one(settings):
    assert "Onion-Location" not in served("/en/")
    settings.PORTAL_ONION = ONION
    assert served("/w/sl/services/?f=bcdf.ghjk")["Onion-Location"] == f"{ONION}/w/sl/services/?f=bcdf.ghjk"
    assert "Onion-Location" not in served("/cms/")
    assert "Onion-Location" not in served("/-/live", HttpResponse("ok", content_type="text/plain"))


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("", []),
        (ONION, []),
        (f"{ONION}/path", ["portal.E006"]),
        ("http://example.org", ["portal.E006"]),
        (ONION.replace("http://", ""), ["portal.E006"]),
    ],
)
def test_address_in_tor_is_checked_at_start(settings, address, ids):
    settings.PORTAL_ONION = address
    assert [found.id for found in check_onion(None)] == ids


def test_policy_allows_the_style_that_the_page_holds_and_no_other():
    def page(request: HttpRequest) -> HttpResponse:
        allow(request, inline_css("cards"))
        return HttpResponse("page")

    response = PrivacyHeadersMiddleware(page)(RequestFactory().get("/en/"))
    assert policy(response)["style-src"] == ["'self'", f"'{csp_hash('cards')}'"]
    assert csp_hash("cards") != csp_hash()


@pytest.mark.parametrize("status", [200, 303, 400, 404, 405, 500, 503])
def test_every_status_carries_the_headers(status: int):
    response = served("/en/", HttpResponse(status=status))
    assert {name: response[name] for name in PUBLIC} == PUBLIC


def test_editors_get_the_relaxed_policy_and_still_nobody_else():
    response = served("/cms/pages/")
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"
    rules = policy(response)
    assert "'unsafe-inline'" in rules["script-src"]
    assert "'unsafe-inline'" in rules["style-src"]
    assert rules["connect-src"] == rules["frame-src"] == rules["frame-ancestors"] == ["'self'"]
    assert "data:" in rules["img-src"]
    assert "unsafe-eval" not in response["Content-Security-Policy"]
    sources = {value for values in rules.values() for value in values}
    assert {one for one in sources if not one.startswith("'")} <= {"data:", "blob:"}


@pytest.mark.parametrize(
    "path", ["/", "/cms", "/cmsx/", "/en/cms/", "/CMS/", "//cms/", "/api/hsds/3.1/services"]
)
def test_only_the_editors_paths_are_relaxed(path: str):
    assert "'unsafe-inline'" not in served(path)["Content-Security-Policy"]


def test_hsts_only_over_https(settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    assert "Strict-Transport-Security" not in served("/en/")
    assert served("/en/", secure=True)["Strict-Transport-Security"] == "max-age=63072000"


def test_hsts_binds_other_sites_only_when_the_operator_says_so(settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    sent = served("/en/", secure=True)["Strict-Transport-Security"]
    assert sent == "max-age=63072000; includeSubDomains; preload"


def test_static_files_say_themselves_how_long_they_last():
    file = HttpResponse("x", content_type="text/css", headers={"Cache-Control": "max-age=1, immutable"})
    response = served("/static/portal/x.css", file)
    assert response["Cache-Control"] == "max-age=1, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_error_pages_under_static_are_not_kept():
    assert served("/static/none.css", HttpResponse("<h1>404", status=404))["Cache-Control"] == "no-store"


def test_a_view_cannot_make_its_page_kept():
    page = HttpResponse(
        "x", headers={"Cache-Control": "public, max-age=600", "Referrer-Policy": "unsafe-url"}
    )
    response = served("/en/", page)
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("Cookie", ""),
        ("cookie, Accept-Encoding", "Accept-Encoding"),
        ("Accept-Encoding", "Accept-Encoding"),
        ("Accept-Encoding, COOKIE , Origin", "Accept-Encoding, Origin"),
    ],
)
def test_public_pages_never_vary_on_cookies(given: str, sent: str):
    assert served("/en/", HttpResponse(headers={"Vary": given})).get("Vary", "") == sent


def test_editors_pages_vary_as_they_did():
    assert served("/cms/", HttpResponse(headers={"Vary": "Cookie"}))["Vary"] == "Cookie"


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("GET", 200),
        ("HEAD", 200),
        ("POST", 200),
        ("OPTIONS", 200),
        ("PUT", 405),
        ("PATCH", 405),
        ("DELETE", 405),
        ("TRACE", 405),
        ("CONNECT", 405),
        ("PROPFIND", 405),
    ],
)
def test_only_used_methods_pass(method: str, status: int):
    guard = MethodGuardMiddleware(lambda request: HttpResponse("page"))
    response = PrivacyHeadersMiddleware(guard)(RequestFactory().generic(method, "/en/"))
    assert response.status_code == status
    assert {name: response[name] for name in PUBLIC} == PUBLIC
    assert response.get("Allow", "") == ("GET, HEAD, POST, OPTIONS" if status == 405 else "")


@pytest.mark.parametrize(
    ("method", "status"), [("PUT", 200), ("DELETE", 200), ("PATCH", 405), ("TRACE", 405)]
)
def test_desk_takes_what_its_translation_editor_sends(rf, method, status):
    guard = MethodGuardMiddleware(lambda request: HttpResponse("saved"))
    assert guard(rf.generic(method, "/cms/localize/translate/1/strings/1/edit/")).status_code == status
    assert guard(rf.generic(method, "/en/cms/")).status_code == 405


class Match:
    view_name = "directory:services"


def logged(caplog: pytest.LogCaptureFixture, request: HttpRequest, response: HttpResponse) -> str:
    """Return the line that the access log writes for one request."""
    logger = logging.getLogger("portal.access")
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.INFO, logger="portal.access"):
            AccessLogMiddleware(lambda _: response)(request)
    finally:
        logger.removeHandler(caplog.handler)
    return caplog.records[-1].getMessage()


def spied_request() -> HttpRequest:
    """Return a request that carries the canary wherever a visitor could be known by."""
    return RequestFactory().get(
        f"/en/{CANARY}/",
        {"q": CANARY},
        REMOTE_ADDR="203.0.113.77",
        HTTP_USER_AGENT=CANARY,
        HTTP_REFERER=CANARY,
        HTTP_X_FORWARDED_FOR="203.0.113.77",
        HTTP_COOKIE=f"a={CANARY}",
    )


def test_access_log_writes_five_harmless_values(caplog):
    request = spied_request()
    request.resolver_match = Match()
    request.LANGUAGE_CODE = "sl"
    line = logged(caplog, request, HttpResponse(status=404))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ directory:services 404 sl \d+", line)


def test_access_log_of_no_route_holds_nothing_of_the_visitor(caplog):
    line = logged(caplog, spied_request(), HttpResponse())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ - 200 en \d+", line)
    held = str(caplog.records[-1].__dict__)
    assert CANARY not in held
    assert "203.0.113.77" not in held
