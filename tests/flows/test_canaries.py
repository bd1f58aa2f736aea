"""What a visitor sends is kept nowhere: 500 requests full of canaries, then logs, database and files are searched."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from directory.models import Service
from portal.sealing import seal

pytestmark = pytest.mark.django_db

CANARY = "kanarinac7391"
ADDRESS = "203.0.113.77"
REQUESTS = 500
FIELDS = (
    "words",
    "place",
    "age",
    "need",
    "gender",
    "flags",
    "topic",
    "answer",
    "token",
    "agree",
    "language",
    "name",
)


def told(caplog: pytest.LogCaptureFixture, captured: str) -> str:
    """Return everything that any logger or print said."""
    return "\n".join([captured, caplog.text, *(str(vars(record)) for record in caplog.records)])


def addresses() -> Iterator[tuple[str, str]]:
    """Return (method, path) of requests that carry a canary wherever a request can."""
    code = Service.objects.get(fact_id="S43").code
    token = seal({"v": "search", "q": CANARY}, now=datetime.now(UTC))
    old = seal({"v": "services", "q": CANARY, "p": CANARY}, now=datetime(2020, 1, 1, tzinfo=UTC))
    yield from (
        ("GET", f"/{CANARY}/"),
        ("GET", f"/en/{CANARY}/"),
        ("GET", f"/en/?q={CANARY}"),
        ("GET", f"/w/sl/{CANARY}"),
        ("GET", f"/en/services/?f={CANARY}&page={CANARY}&words={CANARY}"),
        ("GET", f"/en/services/{CANARY}/"),
        ("GET", f"/en/find/{CANARY}/?f={CANARY}"),
        ("GET", f"/en/r/{CANARY}/"),
        ("GET", f"/en/r/{token}/"),
        ("GET", f"/en/r/{old}/"),
        ("GET", f"/exit/{CANARY}?next={CANARY}"),
        ("GET", f"/api/hsds/3.1/services?search={CANARY}&need={CANARY}"),
        ("GET", f"/static/{CANARY}.js"),
        ("GET", f"/cms/{CANARY}/?q={CANARY}"),
        ("GET", f"/sl/services/{code}/?{CANARY}={CANARY}"),
        ("POST", "/en/search/"),
        ("POST", "/sr-cyrl/services/"),
        ("POST", "/ar/organizations/"),
        ("POST", "/en/find/"),
        ("POST", f"/en/n/s-{code}/"),
        ("POST", "/cms/login/"),
        ("POST", f"/en/{CANARY}/"),
        ("TRACE", f"/en/{CANARY}/"),
        ("PUT", f"/en/services/?q={CANARY}"),
    )


def send(client: Client, method: str, path: str) -> int:
    """Send one request with a canary in everything that a browser or proxy adds."""
    headers = {
        "User-Agent": f"{CANARY}/1.0",
        "Referer": f"https://{CANARY}.example/{CANARY}",
        "Accept-Language": CANARY,
        "Cookie": f"{CANARY}={CANARY}; sessionid={CANARY}; csrftoken={CANARY}",
        "X-Forwarded-For": ADDRESS,
        "X-Real-Ip": ADDRESS,
        "Forwarded": f"for={ADDRESS}",
        "X-Request-Id": CANARY,
    }
    body = dict.fromkeys((*FIELDS, CANARY), CANARY) if method == "POST" else None
    given = {"data": body} if body else {}
    answer = getattr(client, method.lower())(path, headers=headers, REMOTE_ADDR=ADDRESS, **given)
    b"".join(answer)
    return answer.status_code


def found_in_the_database() -> list[str]:
    """Return the tables whose rows hold a canary."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall())
            if CANARY in text or ADDRESS in text:
                found.append(table)
    return found


def found_in_files(since: float) -> list[Path]:
    """Return the files of the site's data, written meanwhile, that hold a canary."""
    found = []
    for folder, _names, files in os.walk(settings.DATA_DIR):
        for path in (Path(folder, name) for name in files):
            if path.is_file() and path.stat().st_mtime >= since:
                data = path.read_bytes()
                if CANARY.encode() in data or ADDRESS.encode() in data:
                    found.append(path)
    return found


def test_nothing_that_a_visitor_sends_is_kept(caplog, capfd):
    caplog.set_level(logging.DEBUG)
    since = time.time() - 1
    client = Client(raise_request_exception=False)
    statuses = [send(client, method, path) for method, path in islice(cycle(list(addresses())), REQUESTS)]
    assert len(statuses) == REQUESTS
    assert {200, 303, 404, 405} <= set(statuses)
    assert [status for status in statuses if status >= 500] == []
    captured = "".join(capfd.readouterr())
    said = told(caplog, captured)
    assert "directory:services 303" in said
    assert [canary for canary in (CANARY, ADDRESS) if canary in said] == []
    assert found_in_the_database() == []
    assert found_in_files(since) == []


def test_the_search_for_canaries_finds_what_is_there(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    (tmp_path / "left.log").write_text(f"GET /{CANARY}")
    assert [path.name for path in found_in_files(0)] == ["left.log"]
    Service.objects.filter(fact_id="S43").update(name_en=CANARY)
    assert found_in_the_database() == ["directory_service"]
