"""The contract of the engines on SQLite's own text index."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from search.engines.embedded import EmbeddedEngine
from tests.search.engine_contract import EngineContract, sqlite_text_tables

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests run on another database"),
]


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> EmbeddedEngine:
        return EmbeddedEngine()

    def raw(self, engine: EmbeddedEngine) -> Iterator[str]:
        with connection.cursor() as cursor:
            for table in sqlite_text_tables(connection.connection):
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    for value in row:
                        yield value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
