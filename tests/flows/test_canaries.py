"""What a visitor sends is kept nowhere: 500 requests full of canaries, then logs, database and files are searched."""

from __future__ import annotations

import builtins
import io
import logging
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from directory.actions.feedback import MOST_A_DAY
from directory.models import Feedback, Service
from portal.sealing import seal

pytestmark = pytest.mark.django_db

CANARY = f"kanarinac{os.getpid()}x"
"""Every canary begins so; the rest says where it was sent, so that a fault names its place.

Each run has its own, because runs side by side share a folder for temporary files."""
PLACES = ("agent", "referer", "path", "query", "body", "cookie", "language", "forwarded")
ADDRESS = f"203.0.113.{os.getpid() % 250 + 1}"
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


def canary(place: str) -> str:
    assert place in PLACES
    return CANARY + place


PATH, QUERY, BODY = canary("path"), canary("query"), canary("body")


def told(caplog: pytest.LogCaptureFixture, captured: str) -> str:
    """Return everything that any logger or print said."""
    return "\n".join([captured, caplog.text, *(str(vars(record)) for record in caplog.records)])


def addresses() -> Iterator[tuple[str, str]]:
    """Return (method, path) of requests that carry a canary wherever a request can."""
    code = Service.objects.get(fact_id="S43").code
    token = seal({"v": "search", "q": QUERY}, now=datetime.now(UTC))
    old = seal({"v": "services", "q": QUERY, "p": QUERY}, now=datetime(2020, 1, 1, tzinfo=UTC))
    yield from (
        ("GET", f"/{PATH}/"),
        ("GET", f"/en/{PATH}/"),
        ("GET", f"/en/?q={QUERY}"),
        ("GET", f"/w/sl/{PATH}"),
        ("GET", f"/en/services/?f={QUERY}&page={QUERY}&words={QUERY}"),
        ("GET", f"/en/services/{PATH}/"),
        ("GET", f"/en/find/{PATH}/?f={QUERY}"),
        ("GET", f"/en/r/{PATH}/"),
        ("GET", f"/en/r/{token}/"),
        ("GET", f"/en/r/{old}/"),
        ("GET", f"/exit/{PATH}?next={QUERY}"),
        ("GET", f"/api/hsds/3.1/services?search={QUERY}&need={QUERY}"),
        ("GET", f"/static/{PATH}.js"),
        ("GET", f"/cms/{PATH}/?q={QUERY}"),
        ("GET", f"/sl/services/{code}/?{QUERY}={QUERY}"),
        ("GET", f"/k/{code}/en/list/?f={QUERY}&q={QUERY}"),
        ("GET", f"/k/{code}/en/list/share/?f={QUERY}"),
        ("GET", f"/k/{code}.{PATH}/en/list/"),
        ("GET", f"/k/{PATH}/sl/list/card/"),
        ("GET", f"/w/k/{code}/ar/list/sheet/{PATH}/"),
        ("POST", f"/k/{code}/en/services/"),
        ("POST", f"/k/{code}/sl/n/s-{code}/"),
        ("POST", "/en/search/"),
        ("POST", "/sr-cyrl/services/"),
        ("POST", "/ar/organizations/"),
        ("POST", "/en/find/"),
        ("POST", f"/en/n/s-{code}/"),
        ("POST", "/cms/login/"),
        ("POST", f"/en/{PATH}/"),
        ("TRACE", f"/en/{PATH}/"),
        ("PUT", f"/en/services/?q={QUERY}"),
    )


def good_note(path: str) -> dict[str, str]:
    """Return what makes a form about a service whole, so that it is really counted."""
    made = datetime.now(UTC).timestamp() - 60
    subject = path.strip("/").rsplit("/", 1)[-1]
    return {
        "token": seal({"k": subject, "t": str(made), "n": os.urandom(6).hex()}, now=datetime.now(UTC)),
        "topic": "phone",
        "agree": "",
        "answer": "",
        "language": "",
    }


def send(client: Client, method: str, path: str) -> int:
    """Send one request with a canary in everything that a browser or proxy adds."""
    headers = {
        "User-Agent": f"{canary('agent')}/1.0",
        "Referer": f"https://{canary('referer')}.example/{canary('referer')}",
        "Accept-Language": canary("language"),
        "Cookie": f"{CANARY}={canary('cookie')}; sessionid={canary('cookie')}; csrftoken={canary('cookie')}",
        "X-Forwarded-For": ADDRESS,
        "X-Real-Ip": ADDRESS,
        "Forwarded": f"for={ADDRESS}",
        "X-Request-Id": canary("forwarded"),
    }
    body = dict.fromkeys((*FIELDS, BODY), BODY) if method == "POST" else None
    if body and "/n/s-" in path:
        body |= good_note(path)
    given = {"data": body} if body else {}
    answer = getattr(client, method.lower())(path, headers=headers, REMOTE_ADDR=ADDRESS, **given)
    b"".join(answer)
    return answer.status_code


@contextmanager
def files_written() -> Iterator[set[Path]]:
    """Note every file that Python code opens to write meanwhile, wherever it is."""
    written: set[Path] = set()
    opened = io.open

    def note(file: object, mode: str = "r", *rest: object, **given: object) -> object:
        if isinstance(file, str | os.PathLike) and set(mode) & set("wax+"):
            written.add(Path(file).resolve())
        return opened(file, mode, *rest, **given)

    io.open = builtins.open = note  # type: ignore[assignment]
    try:
        yield written
    finally:
        io.open = builtins.open = opened


def tables() -> list[str]:
    """Return the tables that hold rows; a virtual one of SQLite keeps its own in tables beside it."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if connection.vendor != "sqlite":
            return names
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        virtual = {name for (name,) in cursor.fetchall()}
    return [name for name in names if name not in virtual]


def found_in_the_database() -> list[str]:
    """Return the tables whose rows hold a canary."""
    found = []
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall())
            if CANARY in text or ADDRESS in text:
                found.append(table)
    return found


def found_in_files(since: float, written: set[Path] = frozenset()) -> list[Path]:
    """Return the files, changed since then, that hold a canary: of the site's data, temporary ones, those written."""
    folders = (settings.DATA_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT, tempfile.gettempdir())
    seen = {Path(at, name) for folder in folders for at, _, names in os.walk(folder) for name in names}
    return sorted(path for path in seen | written if changed(path, since) and holds_a_canary(path))


def changed(path: Path, since: float) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime >= since
    except OSError:  # somebody else's temporary file, gone meanwhile
        return False


def holds_a_canary(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return CANARY.encode() in data or ADDRESS.encode() in data


def test_every_place_of_a_request_carries_a_canary(rf):
    """The search below means something only when each kind of canary is really sent."""
    sent: list[str] = []

    class Spy(Client):
        def generic(
            self, method: str, path: str, data: object = b"", *args: object, **extra: object
        ) -> object:
            request = rf.generic(method, path, data, *args, **extra)
            sent.append(f"{path} {data!r} {sorted(request.META.items(), key=str)}")
            return super().generic(method, path, data, *args, **extra)

    client = Spy(raise_request_exception=False)
    for method, path in addresses():
        send(client, method, path)
    everything = "\n".join(sent)
    assert [place for place in PLACES if canary(place) not in everything] == []
    assert all(ADDRESS in each for each in sent)


def test_nothing_that_a_visitor_sends_is_kept(caplog, capfd):
    caplog.set_level(logging.DEBUG)
    since = time.time() - 1
    client = Client(raise_request_exception=False)
    with files_written() as written:
        statuses = [send(client, method, path) for method, path in islice(cycle(list(addresses())), REQUESTS)]
    assert len(statuses) == REQUESTS
    assert {200, 303, 404, 405} <= set(statuses)
    assert [status for status in statuses if status >= 500] == []
    captured = "".join(capfd.readouterr())
    said = told(caplog, captured)
    assert "directory:services 303" in said
    assert Feedback.objects.get().number == MOST_A_DAY  # a note was really kept, and without its sender
    assert re.findall(f"{CANARY}\\w*|{re.escape(ADDRESS)}", said) == []
    assert found_in_the_database() == []
    assert found_in_files(since, written) == []


def test_the_search_for_canaries_finds_what_is_there(tmp_path, settings, caplog, capfd):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    with files_written() as written:
        (settings.DATA_DIR / "left.log").write_text(f"GET /{CANARY}")
        (tmp_path / "elsewhere.log").write_text(f"from {ADDRESS}")
        (tmp_path / "harmless.log").write_text("nothing")
    assert {path.name for path in written} == {"left.log", "elsewhere.log", "harmless.log"}
    assert {path.name for path in found_in_files(0, written) if tmp_path in path.parents} == {
        "left.log",
        "elsewhere.log",
    }
    Service.objects.filter(fact_id="S43").update(name_en=CANARY)
    assert found_in_the_database() == ["directory_service"]
    logging.getLogger("somebody's").warning("asked for %s", PATH)
    print(ADDRESS)
    said = told(caplog, "".join(capfd.readouterr()))
    assert PATH in said
    assert ADDRESS in said
