"""The default engine: SQLite's FTS5 for words, bitmaps for everything else; nothing to install, nothing to watch."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection
from pyroaring import BitMap

from search.engines.database import DatabaseEngine, Texts

COLUMNS = "name, concepts, text, exact"
SEARCHED = "{name concepts text}"


class EmbeddedEngine(DatabaseEngine):
    """A :class:`portal.plugins.SearchEngine` inside the site's SQLite database.

    Two generations have a text table each, so that a whole one can be emptied at once.
    """

    def numbers(self, count: int) -> Sequence[int]:
        """Return this many rising numbers for new rows: SQLite keeps the last, and nobody else writes meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'search_indexeddocument'")
            last = cursor.fetchone()[0] or 0
        return range(last + 1, last + 1 + count)

    def matching(self, generation: int, groups: Sequence[Sequence[str]], column: str = "") -> BitMap:
        """Return the numbers of the documents in which, of every group, one token stands."""
        asked = " AND ".join(f"({' OR '.join(_quoted(token) for token in group)})" for group in groups)
        columns = f"{{{column}}}" if column else SEARCHED
        table = _table(generation)
        with connection.cursor() as cursor:
            cursor.execute(
                # One JSON text is three times as quick to fetch as one row a document.
                f"SELECT json_group_array(rowid) FROM {table} WHERE {table} MATCH %s",  # noqa: S608 (our own name)
                [f"{columns} : ({asked})"],
            )
            return BitMap(json.loads(cursor.fetchone()[0]))

    def add_texts(self, generation: int, texts: Sequence[Texts]) -> None:
        """Put these later documents into the text index."""
        self._write(generation, texts, "rowid", "%s")

    def drop_texts(self, generation: int, texts: Sequence[Texts]) -> None:
        """Take later documents out of the text index; FTS5 keeps no text and wants to be told what stood there."""
        self._write(generation, texts, f"{_table(generation)}, rowid", "'delete', %s")

    def drop_all_texts(self, generation: int) -> None:
        """Empty the text index of a whole generation."""
        table = _table(generation)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")  # noqa: S608 (our own name)

    @staticmethod
    def _write(generation: int, texts: Sequence[Texts], into: str, values: str) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {_table(generation)}({into}, {COLUMNS})"  # noqa: S608 (our own names)
                f" VALUES ({values}, %s, %s, %s, %s)",
                [(number, *columns) for number, columns in texts],
            )


def _table(generation: int) -> str:
    return f"search_text_{generation % 2}"


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
