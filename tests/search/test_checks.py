"""A wrong choice of engine is said before the site starts."""

from __future__ import annotations

import pytest
from django.db import connection

from search import checks


def ids(settings, path: str) -> list[str]:
    settings.SEARCH_ENGINE = path
    return [message.id for message in checks.check_engine(None)]


def test_check_names_an_engine_that_does_not_import(settings):
    assert ids(settings, "search.engines.nothing.Engine") == ["search.E001"]


def test_check_names_the_engine_of_another_database(settings):
    other = {"sqlite": checks.POSTGRESQL, "postgresql": checks.EMBEDDED}[connection.vendor]
    own = {"sqlite": checks.EMBEDDED, "postgresql": checks.POSTGRESQL}[connection.vendor]
    assert (ids(settings, other), ids(settings, own)) == (["search.E002"], [])


@pytest.mark.parametrize(("url", "expected"), [("", ["search.E003"]), ("http://127.0.0.1:9", [])])
def test_check_wants_an_address_for_elasticsearch(settings, monkeypatch, url, expected):
    monkeypatch.setenv("ELASTICSEARCH_URL", url)
    assert ids(settings, checks.ELASTICSEARCH) == expected
