"""Elasticsearch gone, slow, refusing, half built or wrong: the database engine answers the same."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal.plugins import SearchQuery
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.cluster import address
from search.engines.fallback import FAILURES, PAUSE, Breaker, NotAnswering
from tests.search.engine_contract import summary, thing
from tests.search.servers import later

pytestmark = pytest.mark.django_db
POSAO = SearchQuery("thing", "posao")
Answerer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def served(monkeypatch) -> Iterator[Callable[[Answerer], ElasticsearchEngine]]:
    """Return what makes an engine whose server answers as told."""
    servers = []

    def make(answer: Answerer) -> ElasticsearchEngine:
        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer(self)

            do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer  # noqa: N815 (the library's names)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return engine_at(monkeypatch, server.server_port)

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


def engine_at(monkeypatch, port: int) -> ElasticsearchEngine:
    monkeypatch.setenv("ELASTICSEARCH_URL", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("ELASTICSEARCH_SECONDS", raising=False)
    engine = ElasticsearchEngine(run=later)
    engine.local.clear("thing")
    engine.local.index([thing("a", "Posao"), thing("b", "Stan")])
    return engine


def respond(handler: BaseHTTPRequestHandler, status: int, body: object = None) -> None:
    data = json.dumps({} if body is None else body).encode()
    handler.send_response(status)
    for name, value in (("X-Elastic-Product", "Elasticsearch"), ("Content-Type", "application/json")):
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def assert_stands_in(engine: ElasticsearchEngine) -> None:
    """The same answer as the database engine's, time and again, and soon without asking the server."""
    expected = summary(engine.local.search(POSAO))
    for _ in range(FAILURES + 2):
        result = engine.search(POSAO)
        assert (summary(result), result.is_degraded) == (expected, True)


def test_server_gone_the_database_answers(monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    engine = engine_at(monkeypatch, port)
    assert_stands_in(engine)
    assert engine.breaker.is_open
    assert engine.health() != ""


def connections_to(silent: socket.socket) -> int:
    """Return how many connections a server was asked for since the last call."""
    silent.setblocking(False)
    number = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            silent.accept()[0].close()
            number += 1
    return number


def test_server_that_never_answers_costs_300_ms_and_then_nothing(monkeypatch):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        engine = engine_at(monkeypatch, silent.getsockname()[1])
        monkeypatch.setattr(engine.remote, "_look", lambda: None)
        assert address().seconds == 0.3
        for _ in range(FAILURES):
            assert engine.search(POSAO).is_degraded
        assert engine.breaker.is_open
        asked = connections_to(silent)
        assert asked >= FAILURES
        assert engine.search(POSAO).is_degraded
        assert connections_to(silent) == 0  # it is left alone


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_server_that_refuses_the_database_answers(served, status):
    assert_stands_in(served(lambda handler: respond(handler, status)))


@pytest.mark.parametrize("body", [None, [], {"responses": [{}]}, {"sidro-1": {"mappings": {}}}])
def test_server_that_talks_nonsense_the_database_answers(served, body):
    engine = served(lambda handler: respond(handler, 200, body))
    for _ in range(3):
        result = engine.search(POSAO)
        assert ([hit.key for hit in result.hits], result.is_degraded) == (["a"], True)


@pytest.mark.parametrize(
    "response",
    [
        {
            "error": {"type": "no_shard_available_action_exception"},
            "status": 503,
        },  # red: a part cannot be read
        {"error": {"type": "index_not_found_exception"}, "status": 404},
        {"timed_out": True, "hits": {"hits": []}, "status": 200},
    ],
)
def test_index_that_is_red_missing_or_too_slow_the_database_answers(served, response):
    assert_stands_in(served(lambda handler: respond(handler, 200, {"responses": [response] * 2})))


def test_write_that_cannot_be_sent_stays_in_the_database(served, django_capture_on_commit_callbacks):
    engine = served(lambda handler: respond(handler, 503))
    with django_capture_on_commit_callbacks(execute=True):
        engine.index([thing("c", "Posao")])
        engine.remove("thing", ["a"])
    assert [hit.key for hit in engine.search(POSAO).hits] == ["c"]


def test_rebuild_without_the_server_builds_the_databases_index(served):
    engine = served(lambda handler: respond(handler, 503))
    assert engine.rebuild([]) == 0
    assert engine.local.health() == ""


def test_bulk_that_half_failed_is_a_failure(served):
    items = [{"index": {"_id": "a", "status": 201}}, {"index": {"_id": "b", "status": 429, "error": {}}}]
    engine = served(lambda handler: respond(handler, 200, {"errors": True, "items": items}))
    with pytest.raises(NotAnswering, match="1 of 2"):
        engine.remote._cluster.send([{"index": {"_id": "a"}}, {}])


def test_breaker_lets_one_try_through_after_the_pause():
    now = [100.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    now[0] += PAUSE
    assert (breaker.allows(), breaker.allows()) == (True, False)
    breaker.failed()
    now[0] += PAUSE - 1
    assert not breaker.allows()
    now[0] += 1
    assert breaker.allows()
    breaker.succeeded()
    assert (breaker.allows(), breaker.allows()) == (True, True)
