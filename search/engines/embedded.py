"""The default engine: SQLite's FTS5 for words, bitmaps for everything else; nothing to install, nothing to watch."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection
from pyroaring import BitMap

from search.engines.database import DatabaseEngine, batches

COLUMNS = "name, concepts, text, exact"
SEARCHED = "{name concepts text}"
MOST_PARAMETERS = 900


class EmbeddedEngine(DatabaseEngine):
    """A :class:`portal.plugins.SearchEngine` inside the site's SQLite database.

    Two generations have a text table each, so that a whole one can be emptied at once.
    """

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

    def add_texts(self, generation: int, numbers: Sequence[int]) -> None:
        """Put the tokens of these rows into the text index."""
        self._copy(generation, numbers, "rowid, ", "id, ")

    def drop_texts(self, generation: int, numbers: Sequence[int]) -> None:
        """Take these rows out of the text index; FTS5 wants to be told what stood there."""
        self._copy(generation, numbers, f"{_table(generation)}, rowid, ", "'delete', id, ")

    def drop_all_texts(self, generation: int) -> None:
        """Empty the text index of a whole generation."""
        table = _table(generation)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")  # noqa: S608 (our own name)

    @staticmethod
    def _copy(generation: int, numbers: Sequence[int], into: str, values: str) -> None:
        with connection.cursor() as cursor:
            for part in batches(numbers, MOST_PARAMETERS):
                marks = ", ".join(["%s"] * len(part))
                cursor.execute(
                    f"INSERT INTO {_table(generation)}({into}{COLUMNS})"  # noqa: S608 (our own names)
                    f" SELECT {values}{COLUMNS} FROM search_indexeddocument WHERE id IN ({marks})",
                    part,
                )


def _table(generation: int) -> str:
    return f"search_text_{generation % 2}"


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
