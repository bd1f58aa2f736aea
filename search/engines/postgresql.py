"""The PostgreSQL engine: bitmaps, and a GIN index over our own tokens for what came after the rebuild."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from pyroaring import BitMap

from portal.plugins import IndexSource, Progress
from search.engines.database import DatabaseEngine, Texts
from search.tokens import COLUMNS

PLACES = {"": "w", "name": "n", "concepts": "c", "exact": "e"}
"""The letter before a column's tokens in the vector."""
LONGEST = 500
"""Letters of a lexeme asked for: PostgreSQL refuses more than 2,046 bytes, and no stored one is as long."""


class PostgresqlEngine(DatabaseEngine):
    """A :class:`portal.plugins.SearchEngine` inside the site's PostgreSQL database."""

    def rebuild(self, sources: Sequence[IndexSource], progress: Progress | None = None) -> int:
        """Replace everything, and let the database count what it has now: else it may read all words for one."""
        total = super().rebuild(sources, progress)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_indexposting, search_indexeddocument")
        return total

    def numbers(self, count: int) -> Sequence[int]:
        """Return this many rising numbers for new rows, from the sequence of the table."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('search_indexeddocument', 'id'))"
                " FROM generate_series(1, %s)",
                [count],
            )
            return [number for (number,) in cursor.fetchall()]

    def matching(self, generation: int, groups: Sequence[Sequence[str]], column: str = "") -> BitMap:
        """Return the numbers of the documents in which, of every group, one token stands."""
        place = PLACES[column]
        asked = " & ".join(f"({' | '.join(_lexeme(token, place) for token in group)})" for group in groups)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM search_text WHERE generation = %s AND vector @@ %s::tsquery",
                [generation, asked],
            )
            return BitMap([row[0] for row in cursor.fetchall()])

    def add_texts(self, generation: int, texts: Sequence[Texts]) -> None:
        """Put these later documents into the text index."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_text (id, generation, vector) VALUES (%s, %s, array_to_tsvector(%s::text[]))"
                " ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, vector = excluded.vector",
                [(number, generation, _lexemes(columns)) for number, columns in texts],
            )

    def drop_texts(self, generation: int, texts: Sequence[Texts]) -> None:
        """Take later documents out of the text index."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text WHERE id = ANY(%s)", [[number for number, _ in texts]])

    def drop_all_texts(self, generation: int) -> None:
        """Empty the text index of a whole generation."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text WHERE generation = %s", [generation])


def _lexemes(columns: Sequence[str]) -> list[str]:
    """Return the tokens with the letters of their columns; "w" for all but the exact forms."""
    found: dict[str, None] = {}
    for name, tokens in zip(COLUMNS, columns, strict=True):
        letters = {"name": "wn", "concepts": "wc", "text": "w", "exact": "e"}[name]
        found |= dict.fromkeys(letter + token for token in tokens.split() for letter in letters)
    return list(found)


def _lexeme(token: str, place: str) -> str:
    quoted = token[:LONGEST].replace("\\", "\\\\").replace("'", "''")
    return f"'{place}{quoted}'"
