"""The PostgreSQL engine: a GIN index over our own tokens for words, bitmaps for everything else."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from pyroaring import BitMap

from search.engines.database import DatabaseEngine

PLACES = {"": "w", "name": "n", "concepts": "c", "exact": "e"}
"""The letter before a column's tokens in the vector."""
LONGEST = 500
"""Letters of a lexeme asked for: PostgreSQL refuses more than 2,046 bytes, and no stored one is as long."""


class PostgresqlEngine(DatabaseEngine):
    """A :class:`portal.plugins.SearchEngine` inside the site's PostgreSQL database.

    The vector is a generated column of the documents' table: whatever is written there is findable.
    """

    def matching(self, generation: int, groups: Sequence[Sequence[str]], column: str = "") -> BitMap:
        """Return the numbers of the documents in which, of every group, one token stands."""
        place = PLACES[column]
        asked = " & ".join(f"({' | '.join(_lexeme(token, place) for token in group)})" for group in groups)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM search_indexeddocument WHERE generation = %s AND vector @@ %s::tsquery",
                [generation, asked],
            )
            return BitMap([row[0] for row in cursor.fetchall()])

    def add_texts(self, generation: int, numbers: Sequence[int]) -> None:
        """Do nothing: the database makes the vector itself."""

    def drop_texts(self, generation: int, numbers: Sequence[int]) -> None:
        """Do nothing: the vector goes with its row."""

    def drop_all_texts(self, generation: int) -> None:
        """Do nothing: the vectors go with their rows."""


def _lexeme(token: str, place: str) -> str:
    quoted = token[:LONGEST].replace("\\", "\\\\").replace("'", "''")
    return f"'{place}{quoted}'"
