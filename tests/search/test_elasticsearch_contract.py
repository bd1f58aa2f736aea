"""The contract of the engines on a real Elasticsearch; ``ELASTICSEARCH_URL`` names it."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from uuid import uuid4

import pytest

from search.engines import following
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.fallback import Behind
from tests.search import corpora
from tests.search.engine_contract import EngineContract
from tests.search.oracle import Oracle
from tests.search.servers import elasticsearch_url, later

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_index(monkeypatch) -> Iterator[str]:
    """Give the test an index of its own, patience for a busy machine, and leave nothing behind."""
    url, prefix = elasticsearch_url(), f"test-{uuid4().hex[:8]}"
    monkeypatch.setenv("ELASTICSEARCH_PREFIX", prefix)
    monkeypatch.setenv("ELASTICSEARCH_SECONDS", "30")
    yield prefix
    call("DELETE", f"{url}/{','.join([*indices(url, prefix), 'test-none'])}?ignore_unavailable=true")


def call(method: str, url: str) -> dict:
    """Speak to the server as anybody could, without the engine's own library."""
    request = urllib.request.Request(url, method=method)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def indices(url: str, prefix: str) -> list[str]:
    """Return the indices whose names begin with the prefix."""
    return [name for name in call("GET", f"{url}/{prefix}*/_settings") if name.startswith(prefix)]


class TestElasticsearchEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> ElasticsearchEngine:
        engine = ElasticsearchEngine(run=later)
        engine.remote.rebuild()
        return engine

    def settle(self, engine: ElasticsearchEngine) -> None:
        try:
            engine.remote.catch_up()
        except Behind:
            engine.remote.rebuild(is_forced=True)

    def raw(self, engine: ElasticsearchEngine) -> Iterator[str]:
        prefix = os.environ["ELASTICSEARCH_PREFIX"]
        found = call("GET", f"{elasticsearch_url()}/{prefix}/_search?size=10000")
        for hit in found["hits"]["hits"]:
            yield json.dumps(hit, ensure_ascii=False)
        yield json.dumps(call("GET", f"{elasticsearch_url()}/{prefix}/_mapping"))

    def test_killed_build_is_swept_by_the_next_one(self, engine, own_index):
        url = elasticsearch_url()
        request = urllib.request.Request(f"{url}/{own_index}-1-killed", method="PUT")
        urllib.request.urlopen(request, timeout=60).close()
        engine.remote.rebuild(is_forced=True)
        assert len(indices(url, own_index)) == 1
        assert engine.remote.health() == ""

    @pytest.mark.parametrize("most", [0, 3, 12])
    def test_facets_of_many_values_stand_by_themselves_and_give_the_same_counts(
        self, engine, monkeypatch, most
    ):
        monkeypatch.setattr(following, "MANY_VALUES", most)
        generator = corpora.Generator(most, words=60)
        documents = generator.documents(300)
        self.build(engine, documents[:200])
        engine.remote.rebuild(is_forced=True)
        self.fill(engine, documents[200:])
        source = call("GET", f"{elasticsearch_url()}/{os.environ['ELASTICSEARCH_PREFIX']}/_doc/state")
        large = set(source["_source"]["state"]["shape"]["large"])
        assert large > {"area"} if most < 12 else large == {"area"}
        queries = [generator.query() for _ in range(40)] + list(corpora.apart())
        self.assert_agree(engine, Oracle(documents), queries)
