"""Elasticsearch killed while people search (fault F1), back again with nothing in it (F3), or tampered with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portal.plugins import SearchQuery
from search.checks import ELASTICSEARCH
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.fallback import PAUSE, Breaker
from search.index import rebuild_all
from tests.search.engine_contract import summary, thing
from tests.search.servers import elasticsearch_url, missing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SERVERS = Path(__file__).resolve().parents[2] / ".ci" / "test-servers.sh"
POSAO = SearchQuery("thing", "posao")


def at_once(work) -> None:
    """Repair in the test's own thread: another would not see its transaction."""
    work()


@pytest.fixture
def engine(monkeypatch) -> ElasticsearchEngine:
    elasticsearch_url()
    monkeypatch.setenv("ELASTICSEARCH_PREFIX", f"test-{uuid4().hex[:8]}")
    monkeypatch.setenv("ELASTICSEARCH_SECONDS", "15")
    engine = ElasticsearchEngine(run=at_once)
    engine.local.clear("thing")
    engine.local.index([thing(f"{at:02}", "Posao" if at % 2 else "Stan") for at in range(40)])
    engine.remote.rebuild(is_forced=True)
    yield engine
    for index in engine.remote._cluster.indices():
        engine.remote._cluster.delete(index)


def asked(method: str, path: str, body: dict | None = None) -> dict:
    """Do to the server what a careless operator could."""
    request = urllib.request.Request(f"{elasticsearch_url()}/{path}", method=method)
    request.add_header("Content-Type", "application/json")
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(request, data, timeout=60) as response:
        return json.load(response)


def assert_repaired(engine: ElasticsearchEngine) -> None:
    """The database answers the same at first; without anybody's help Elasticsearch answers again."""
    expected = summary(engine.local.search(POSAO))
    first = engine.search(POSAO)
    assert (summary(first), first.is_degraded) == (expected, True)
    second = engine.search(POSAO)
    assert (summary(second), second.is_degraded) == (expected, False)
    assert engine.health() == ""


def test_index_deleted_is_answered_by_the_database_and_built_anew(engine):
    [index] = asked("GET", f"{engine.remote._cluster.alias}/_settings")
    asked("DELETE", index)
    assert "no search index" in engine.remote.health()
    assert_repaired(engine)


def test_index_of_another_making_is_built_anew(engine, monkeypatch):
    monkeypatch.setattr("search.analysis.ANALYSIS_VERSION", "another")
    assert "another analysis" in engine.remote.health()
    engine.local.rebuild([])  # as the operator's rebuild_index would
    engine.local.index([thing("01", "Posao")])
    assert_repaired(engine)


def test_index_with_wrong_fields_is_built_anew(engine):
    alias = engine.remote._cluster.alias
    [index] = asked("GET", f"{alias}/_settings")
    asked("DELETE", index)
    asked(
        "PUT",
        f"{alias}-9",
        {"mappings": {"properties": {"words": {"type": "keyword"}}}, "aliases": {alias: {}}},
    )
    assert engine.remote.health() != ""
    assert_repaired(engine)


def test_index_that_lost_a_document_is_noticed_at_once(engine):
    alias = engine.remote._cluster.alias
    asked("DELETE", f"{alias}/_doc/thing:01?refresh=true&version=99999999&version_type=external")
    assert "does not hold" in engine.remote.health()
    assert_repaired(engine)


def test_change_that_was_not_sent_is_never_hidden(engine):
    """A stale index (F4): what a moderator hid is out of the answer though Elasticsearch still has it."""
    engine.local.remove("thing", ["01"])
    result = engine.search(POSAO)
    assert ("01" in {hit.key for hit in result.hits}, result.is_degraded) == (False, True)
    result = engine.search(POSAO)
    assert ("01" in {hit.key for hit in result.hits}, result.is_degraded) == (False, False)


@pytest.fixture
def victim(engine) -> Iterator[int]:
    """The process of the server, if it may be killed; it is started again whatever becomes of the test."""
    if not os.environ.get("ELASTICSEARCH_MAY_BE_KILLED"):
        pytest.skip("ELASTICSEARCH_MAY_BE_KILLED is not set: the server may be somebody else's")
    pid = subprocess.run(
        [SERVERS, "pid", "elasticsearch"], capture_output=True, text=True, check=False
    ).stdout
    yield int(pid.strip() or missing("the server was not started by .ci/test-servers.sh"))
    subprocess.run([SERVERS, "start", "elasticsearch"], check=True, capture_output=True)


def test_pages_asked_for_while_the_server_is_killed_are_whole_and_the_same(
    engine, victim, settings, monkeypatch
):
    """What a visitor sees: no error, the same findings, a note from then on."""
    settings.SEARCH_ENGINE = ELASTICSEARCH
    monkeypatch.setattr("search.views.get_engine", lambda: engine)
    rebuild_all()
    visitor = Client()
    addresses = [
        visitor.post("/en/search/", {"words": words})["Location"]
        for words in ("sigurna kuća", "lawyer", "upomoć", "psihološka podrška")
    ]
    before = [page_of(visitor.get(address)) for address in addresses]
    assert [note for _, _, note in before] == [False] * 4
    for number in range(40):
        if number == 6:
            os.kill(victim, signal.SIGKILL)
        status, found, _ = page_of(visitor.get(addresses[number % 4]))
        assert (status, found) == before[number % 4][:2]
        assert found
    assert [page_of(visitor.get(address))[2] for address in addresses] == [True] * 4


def page_of(answer) -> tuple[int, list[str], bool]:
    """Return the status, the findings in their order, and whether the note is there that a stand-in answered."""
    page = BeautifulSoup(answer.content, "html.parser")
    found = [card.get_text(" ", strip=True) for card in page.main.select("ul.cards > li")]
    return answer.status_code, found, "slower than usual" in page.main.get_text()


def test_server_killed_in_a_loop_of_queries_gives_the_same_answers(engine, victim):
    now = [0.0]
    engine.breaker = Breaker(lambda: now[0])
    expected = summary(engine.local.search(POSAO))
    answered = threading.Event()

    def kill() -> None:
        answered.wait()
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    degraded = []
    for _ in range(150):
        result = engine.search(POSAO)
        assert summary(result) == expected
        degraded.append(result.is_degraded)
        answered.set()
        time.sleep(0.01)
    killer.join()
    assert (degraded[0], degraded[-1]) == (False, True)
    subprocess.run([SERVERS, "start", "elasticsearch"], check=True, capture_output=True)
    assert engine.search(POSAO).is_degraded  # the breaker is open
    now[0] += PAUSE
    assert_repaired(engine)
