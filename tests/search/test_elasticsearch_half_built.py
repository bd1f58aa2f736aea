"""A real Elasticsearch whose index is half built, empty or red: the database answers, and nobody need do anything."""

from __future__ import annotations

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.store import STATE
from tests.search.engine_contract import summary
from tests.search.test_killed_elasticsearch import POSAO, asked, assert_repaired, engine

__all__ = ["engine"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GIVEN = ("uuid", "version", "provided_name", "creation_date", "routing")
"""Settings that the server gives an index itself."""
NOWHERE = {"index.routing.allocation.require._name": "nobody"}


def move(alias: str, old: str, new: str) -> None:
    """Let the alias name another index."""
    actions = [{"remove": {"index": old, "alias": alias}}, {"add": {"index": new, "alias": alias}}]
    asked("POST", "_aliases", {"actions": actions})


def put_empty_in_place(engine: ElasticsearchEngine, settings: dict[str, str]) -> tuple[str, str]:
    """Put an index of the same making without a document behind the alias; return the old one and the new."""
    alias = engine.remote._cluster.alias
    [(old, found)] = asked("GET", f"{alias}/_mapping").items()
    [own] = asked("GET", f"{alias}/_settings").values()
    kept = {name: value for name, value in own["settings"]["index"].items() if name not in GIVEN}
    new = f"{alias}-1-empty"
    asked("PUT", f"{new}?wait_for_active_shards=0", {"settings": {**kept, **settings}, **found})
    move(alias, old, new)
    return old, new


def test_index_whose_build_did_not_end_is_built_anew(engine: ElasticsearchEngine):
    """The last thing that a build writes is up to where it goes."""
    alias = engine.remote._cluster.alias
    asked("DELETE", f"{alias}/_doc/{STATE}?refresh=true&version=99999999&version_type=external")
    assert engine.health() != ""
    assert_repaired(engine)


def test_index_that_is_empty_is_built_anew(engine: ElasticsearchEngine):
    old, _ = put_empty_in_place(engine, {})
    asked("DELETE", old)
    assert engine.health() != ""
    assert_repaired(engine)


def test_index_that_is_red_is_answered_by_the_database_until_it_is_back(engine: ElasticsearchEngine):
    expected = summary(engine.local.search(POSAO))
    old, red = put_empty_in_place(engine, NOWHERE)
    result = engine.search(POSAO)
    assert (summary(result), result.is_degraded) == (expected, True)
    assert "red" in engine.health()
    move(engine.remote._cluster.alias, red, old)
    result = engine.search(POSAO)
    assert (summary(result), result.is_degraded) == (expected, False)
    assert engine.health() == ""
