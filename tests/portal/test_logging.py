"""What Django itself logs: with canaries in path, query, host and body, none may reach a log (R48)."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import Client
from django.urls import path
from django.utils.log import log_response

from portal.logging import privacy_logging

CANARY = "tajna-kanarinka"


def breaks(request: HttpRequest, word: str = "") -> HttpResponse:
    """Fail with a message that repeats what the visitor typed, as third-party code does."""
    try:
        raise KeyError(request.GET.get("q"))
    except KeyError as error:
        raise RuntimeError(f"cannot serve {request.get_full_path()}") from error


def suspicious(request: HttpRequest, word: str = "") -> HttpResponse:
    raise SuspiciousOperation(f"bad {request.get_full_path()}")


urlpatterns = [path("breaks/<str:word>", breaks), path("suspicious/<str:word>", suspicious)]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that the site's logging writes, at the lowest level, the quiet loggers too."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    config = privacy_logging()
    for logger in ("django.request", "django.security"):
        config["loggers"][logger]["level"] = "DEBUG"
    config["root"]["level"] = "DEBUG"
    logging.config.dictConfig(config)
    yield out
    monkeypatch.undo()
    logging.config.dictConfig(privacy_logging())


@pytest.fixture
def visitor(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "host", "status", "line"),
    [
        ("/breaks/", "testserver", 500, "django.request 500 RuntimeError"),
        ("/suspicious/", "testserver", 400, "django.security.SuspiciousOperation 400 SuspiciousOperation"),
        ("/none/", "testserver", 404, "django.request 404"),
        ("/breaks/", f"{CANARY}.example", 400, "django.security.DisallowedHost 400 DisallowedHost"),
    ],
)
def test_django_s_own_lines_hold_nothing_typed(
    visitor, written, address: str, host: str, status: int, line: str
):
    response = visitor.get(f"{address}{CANARY}?q={CANARY}", headers={"host": host})
    assert response.status_code == status
    assert line in written.getvalue()
    assert CANARY not in written.getvalue()


def test_traceback_still_names_the_place(visitor, written):
    visitor.get(f"/breaks/{CANARY}?q={CANARY}")
    assert "in breaks" in written.getvalue()


def test_forbidden_form_logs_no_path(written):
    logging.getLogger("django.security.csrf").warning("Forbidden (%s): %s", "reason", f"/{CANARY}")
    assert CANARY not in written.getvalue()
    assert "django.security.csrf" in written.getvalue()


def test_record_keeps_no_request_for_later_handlers(written, rf):
    seen: list[logging.LogRecord] = []
    logger = logging.getLogger("django.request")
    spy = logging.Handler()
    spy.emit = seen.append  # type: ignore[method-assign]
    logger.addHandler(spy)
    try:
        log_response(
            "Not Found: %s", f"/{CANARY}", request=rf.get(f"/{CANARY}"), response=HttpResponseNotFound()
        )
    finally:
        logger.removeHandler(spy)
    assert CANARY not in str(seen[0].__dict__)


def test_development_server_s_lines_are_silent(written):
    logging.getLogger("django.server").error('"GET /%s HTTP/1.1" 200', CANARY)
    assert written.getvalue() == ""


def test_no_request_logger_hands_its_records_on():
    loggers = privacy_logging()["loggers"]
    assert {name for name, one in loggers.items() if one["propagate"]} == set()
    assert privacy_logging()["disable_existing_loggers"] is False


def test_access_lines_are_written_bare(written):
    logging.getLogger("portal.access").info("2026-11-23T12:00Z home 200 sl 3")
    assert written.getvalue() == "2026-11-23T12:00Z home 200 sl 3\n"
