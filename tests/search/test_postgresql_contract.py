"""The contract of the engines on PostgreSQL; ``DATABASE_URL`` names the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from search.engines.postgresql import PostgresqlEngine
from tests.search.engine_contract import EngineContract, unpacked
from tests.search.servers import missing

pytestmark = pytest.mark.django_db


class TestPostgresqlEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> PostgresqlEngine:
        if connection.vendor != "postgresql":
            missing("DATABASE_URL names no PostgreSQL server")
        return PostgresqlEngine()

    must_hold = ('"kind": "service"',)

    def raw(self, engine: PostgresqlEngine) -> Iterator[str]:
        yield from unpacked()
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'search\\_%'")
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    for value in row:
                        is_binary = isinstance(value, bytes | memoryview)
                        yield bytes(value).decode("utf-8", "replace") if is_binary else str(value)
