"""What our engine is measured against: bare FTS5, SQL in one pass, Wagtail's database backend, bare bitmaps."""

from __future__ import annotations

from typing import Any

from django.db import connection, models, transaction
from pyroaring import BitMap
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from benchmarks._services import COUNTED
from portal.plugins import SearchDocument, SearchQuery
from search import analysis
from search.models import IndexedDocument

SINGLE = ("need", "kind", "country", "papers", "gender")


def tokens(query: SearchQuery) -> str:
    """Return the query's words as an FTS5 expression over the same tokens as ours."""
    found = [token for word in analysis.analyse_query(query.words) for token in word.tokens]
    return " OR ".join(f'"{token}"' for token in dict.fromkeys(found))


def _rows(sql: str, parameters: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall()) if cursor.description else []


class Bare:
    """One FTS5 table over the same tokens, nothing else."""

    def build(self) -> None:
        """Make it and fill it from the engine's rows."""
        _rows("CREATE VIRTUAL TABLE bare USING fts5(body, tokenize='unicode61 remove_diacritics 0')")
        self.insert(self.texts())

    @staticmethod
    def texts() -> list[tuple[int, str]]:
        """Return number and ready tokens of every record."""
        rows = IndexedDocument.objects.order_by("pk").iterator(chunk_size=500)
        return [(row.pk, " ".join(row.columns[:3])) for row in rows]

    @staticmethod
    def insert(texts: list[tuple[int, str]]) -> None:
        """Insert ready tokens: what any index of words costs at the least."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("INSERT INTO bare(rowid, body) VALUES (%s, %s)", texts)

    def ranked(self, query: SearchQuery) -> None:
        """Ask for the twenty best by bm25."""
        _rows("SELECT rowid FROM bare WHERE bare MATCH %s ORDER BY rank LIMIT 20", [tokens(query)])

    def count(self, query: SearchQuery) -> None:
        """Ask how many there are."""
        _rows("SELECT count(*) FROM bare WHERE bare MATCH %s", [tokens(query)])


class OnePass:
    """Hand-written SQL: a match, filters as conditions, every count as a sum over one pass (two-valued)."""

    def build(self, services: list[SearchDocument]) -> None:
        """Write one column a counted choice."""
        self.columns = [(name, value) for name, values in COUNTED.items() for value in values]
        listed = ", ".join(f"c{number} INTEGER" for number in range(len(self.columns)))
        _rows(f"CREATE TABLE one_pass (id INTEGER PRIMARY KEY, low INTEGER, high INTEGER, {listed})")
        numbers = dict(_rows("SELECT key, id FROM search_indexeddocument"))
        marks = ", ".join(["%s"] * (len(self.columns) + 3))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO one_pass VALUES ({marks})",  # noqa: S608 (our own marks)
                [[numbers[one.key], *self._row(one)] for one in services],
            )

    def _row(self, one: SearchDocument) -> list[int]:
        first = one.alternatives[0]
        age = first.ranges["age"]
        facets = {**one.facets, **first.facets}
        flags = [int(facets[name].answer(value)) for name, value in self.columns]
        return [age.low or 0, 200 if age.high is None else age.high, *flags]

    def search(self, query: SearchQuery) -> None:
        """Ask for all sums, then for the twenty best by bm25."""
        where = ["bare MATCH %s"]
        where += [
            f"c{number} > 0"
            for number, pair in enumerate(self.columns)
            if query.chosen.get(pair[0]) == pair[1]
        ]
        where += [f"{age} BETWEEN low AND high" for age in query.numbers.values()]
        joined = f"FROM bare JOIN one_pass ON one_pass.id = bare.rowid WHERE {' AND '.join(where)}"
        sums = ", ".join(f"sum(c{number} = 2), sum(c{number} = 1)" for number in range(len(self.columns)))
        _rows(f"SELECT count(*), {sums} {joined}", [tokens(query)])
        _rows(f"SELECT bare.rowid {joined} ORDER BY rank LIMIT 20", [tokens(query)])


class Row(index.Indexed, models.Model):
    """A service as Wagtail's index wants it: one value a facet."""

    key = models.CharField(max_length=40)
    body = models.TextField()
    need = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=20, db_index=True)
    country = models.CharField(max_length=20, db_index=True)
    papers = models.CharField(max_length=20, db_index=True)
    gender = models.CharField(max_length=20, db_index=True)

    search_fields = [index.SearchField("body"), *(index.FilterField(name) for name in SINGLE)]

    class Meta:
        app_label = "search"

    def __str__(self) -> str:
        return self.key


class WagtailBackend:
    """Wagtail's own database backend, with its facets."""

    def build(self, services: list[SearchDocument]) -> None:
        """Make the tables and index every row."""
        with connection.schema_editor() as editor:
            editor.create_model(Row)
        Row.objects.bulk_create([self._row(one) for one in services], batch_size=500)
        self.backend = get_search_backend()
        rebuilder = self.backend.rebuilder_class(self.backend.get_index_for_model(Row))
        found = rebuilder.start()
        found.add_model(Row)
        rows = Row.objects.order_by("pk")
        for start in range(0, len(services), 1000):
            found.add_items(Row, list(rows[start : start + 1000]))
        rebuilder.finish()

    @staticmethod
    def _row(one: SearchDocument) -> Row:
        facets = {**one.facets, **one.alternatives[0].facets}
        values = {name: next(iter(sorted(facets[name].match)), "") for name in SINGLE}
        return Row(key=one.key, body=" ".join(one.fields["en"].values()), **values)

    def search(self, query: SearchQuery) -> None:
        """Ask for twenty hits and the counts of five facets."""
        wanted = {name: value for name, value in query.chosen.items() if name in SINGLE}
        found = self.backend.search(query.words, Row.objects.filter(**wanted), operator="or")
        list(found[:20])
        for name in SINGLE:
            found.facet(name)

    def edit(self, number: int) -> None:
        """Save one row, which renews its place in the index."""
        row = Row.objects.all()[number]
        row.body += " x"
        row.save()


def and_and_popcount(bits: Any, query: SearchQuery) -> int:
    """AND the sure sets of all filters, then count every choice within: what bitmaps cost at the least."""
    found: BitMap = bits.get("all")
    for name, value in query.chosen.items():
        found = found & (bits.get("record", name, "match", value) or bits.get("0", name, "match", value))
    return _popcounts(bits, query, found)


def and_and_popcount_of_three_values(bits: Any, query: SearchQuery) -> int:
    """The same over who does not say "no", as well as over who says "yes": the least with three values."""
    found: BitMap = bits.get("all")
    for name, value in query.chosen.items():
        found = found & bits.plane_answers("0", name, value)[1]
    return and_and_popcount(bits, query) + _popcounts(bits, query, found)


def _popcounts(bits: Any, query: SearchQuery, found: BitMap) -> int:
    total = 0
    for name, values in query.count_facets.items():
        for value in values:
            owner = "record" if bits.get("record", name, "has") else "0"
            total += found.intersection_cardinality(bits.get(owner, name, "match", value))
    return total
