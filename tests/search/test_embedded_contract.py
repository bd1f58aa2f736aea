"""The contract of the engines on SQLite's own text index."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from search.engines.embedded import EmbeddedEngine
from tests.search.canaries import PUBLIC
from tests.search.engine_contract import EngineContract, sqlite_tables, unpacked

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests run on another database"),
]


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> EmbeddedEngine:
        return EmbeddedEngine()

    must_hold = (f"text term enx{PUBLIC}", '"kind": "service"')

    def raw(self, engine: EmbeddedEngine) -> Iterator[str]:
        with connection.cursor() as cursor:
            yield from unpacked()
            for slot in (0, 1):
                cursor.execute(
                    f"CREATE VIRTUAL TABLE temp.terms_{slot} USING fts5vocab(main, search_text_{slot}, 'row')"
                )
                cursor.execute(f"SELECT term FROM temp.terms_{slot}")
                yield from (f"text term {term}" for (term,) in cursor.fetchall())
            for table in sqlite_tables(connection.connection):
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    for value in row:
                        yield value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
