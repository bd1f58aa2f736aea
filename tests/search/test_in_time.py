"""The whole answer of Elasticsearch is bounded in time, and so is every request that a visitor waits for."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler

import pytest
from elastic_transport import ConnectionTimeout

from search.engines.elasticsearch.cluster import QUERY_SECONDS
from search.engines.elasticsearch.in_time import InTimeNode
from tests.search.test_fallback import POSAO, engine_at, respond, served

__all__ = ["served"]  # a fixture
pytestmark = pytest.mark.django_db
PIECES = 200


def test_answer_that_comes_drop_by_drop_is_given_up(served, monkeypatch):
    sent = []

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("X-Elastic-Product", "Elasticsearch")
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(PIECES))
        handler.end_headers()
        try:
            for _ in range(PIECES):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                sent.append(1)
                time.sleep(0.05)
        except OSError:  # the client has gone
            return

    engine = served(drip)
    monkeypatch.setattr(engine.remote, "_look", lambda: None)
    assert engine.search(POSAO).is_degraded
    assert 1 <= len(sent) < PIECES // 2  # ten seconds if each piece were waited for


def test_no_request_that_a_visitor_waits_for_has_more_than_300_ms(monkeypatch):
    asked = []

    def silent(self, *args, request_timeout=None, **options):
        asked.append(request_timeout)
        raise ConnectionTimeout("silent")

    monkeypatch.setattr(InTimeNode, "perform_request", silent)
    engine = engine_at(monkeypatch, 9)
    for _ in range(2):
        assert engine.search(POSAO).is_degraded
    assert len(asked) == 2
    assert set(asked) == {QUERY_SECONDS}


def test_whole_answers_are_read_time_and_again(served):
    cluster = served(lambda handler: respond(handler, 200, {"x": "y" * 300_000})).remote._cluster
    for _ in range(3):
        [(name, found)] = cluster._client.perform_request("GET", "/thing").body.items()
        assert (name, len(found)) == ("x", 300_000)
