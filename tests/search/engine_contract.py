"""What every search engine must do: one abstract suite, the same corpora, one oracle in plain Python.

A subclass gives the engine; see test_embedded_contract.py. ``ENGINE_NUMBERS=full`` asks for the full numbers.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.plugins import (
    Conditions,
    FacetValues,
    IndexSource,
    SearchDocument,
    SearchEngine,
    SearchQuery,
    SearchResult,
)
from search import index
from search.models import IndexedDocument, IndexSnapshot
from tests.search import corpora
from tests.search.oracle import Oracle
from tests.search.remembered import RememberedOracle

FULL = os.environ.get("ENGINE_NUMBERS") == "full"
DOCUMENTS = 10_000 if FULL else 1_500
GENERATED_QUERIES = 2_000 if FULL else 120
EVERY_GOLDEN_QUERY = 1 if FULL else 8  # they stand by language: one of eight reaches all of them
TOP = 20


def summary(result: SearchResult) -> dict[str, object]:
    """Return what must be the same on every engine."""
    return {
        "hits": [(hit.key, hit.answer, dict(hit.answers)) for hit in result.hits],
        "totals": (result.match_total, result.ask_total, result.left_out_total),
        "counts": {name: dict(values) for name, values in result.facet_counts.items()},
        "left_out": dict(result.left_out),
        "words": (result.original, result.corrected, result.is_distress),
    }


def differing(left: SearchResult, right: SearchResult) -> dict[str, tuple[object, object]]:
    """Return the parts in which two answers differ; counts by facet and value."""
    one, other = summary(left), summary(right)
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


class EngineContract:
    """Subclass it with an ``engine`` fixture; ``settle`` makes what was written visible to the next query."""

    @pytest.fixture
    def engine(self) -> SearchEngine:
        """Return a fresh engine on the test database."""
        raise NotImplementedError

    def settle(self, engine: SearchEngine) -> None:
        """Do what the end of a transaction does on a real site; nothing for an engine in the database."""

    def assert_itself(self, result: SearchResult) -> None:
        """Fail when a stand-in gave the answer: the engine would not have been tested."""
        assert not result.is_degraded

    must_hold: Sequence[str] = ()
    """What the look into the store must find besides the public word, so that it is known to look everywhere."""

    # --- helpers -----------------------------------------------------------------------------------------

    def ask(self, engine: SearchEngine, query: SearchQuery) -> SearchResult:
        result = engine.search(query)
        self.assert_itself(result)
        return result

    def keys(self, engine: SearchEngine, **values: object) -> list[str]:
        return [hit.key for hit in self.ask(engine, SearchQuery("thing", **values)).hits]

    def fill(self, engine: SearchEngine, documents: Sequence[SearchDocument]) -> None:
        engine.index(documents)
        self.settle(engine)

    def build(self, engine: SearchEngine, documents: Sequence[SearchDocument]) -> None:
        """Build an index of these documents alone, as ``manage.py rebuild_index`` does."""
        by_key = {one.key: one for one in documents}

        def some(keys: Sequence[str] | None) -> list[SearchDocument]:
            return list(documents) if keys is None else [by_key[key] for key in keys if key in by_key]

        engine.rebuild([IndexSource(documents[0].kind, some)])
        self.settle(engine)

    def assert_agree(
        self, engine: SearchEngine, oracle: Oracle | RememberedOracle, queries: Sequence[SearchQuery]
    ) -> None:
        assert queries
        pairs = [(query, differing(self.ask(engine, query), oracle.search(query))) for query in queries]
        wrong = [pair for pair in pairs if pair[1]]
        assert wrong == [], f"{len(wrong)} of {len(queries)} queries differ; the first: {wrong[:1]}"

    # --- the directory itself ----------------------------------------------------------------------------

    @pytest.fixture
    def directory(self, db: None) -> list[SearchDocument]:
        """Every document of the site with both packs loaded."""
        return [document for each in index.registered().values() for document in each.documents(None)]

    @pytest.fixture
    def site(self, engine: SearchEngine, directory: list[SearchDocument]) -> SearchEngine:
        """Return the engine with the index of the site built anew."""
        engine.rebuild([IndexSource(kind, each.documents) for kind, each in index.registered().items()])
        self.settle(engine)
        return engine

    def test_golden_queries_give_the_oracles_answers(self, site, directory):
        kinds = index.registered()
        counted = corpora.facet_values(directory)
        words = corpora.golden_words()[::EVERY_GOLDEN_QUERY]
        queries = [
            SearchQuery(kind, each, count_facets=counted.get(kind, {}), limit=TOP)
            for each in words
            for kind in kinds
        ]
        oracle = RememberedOracle(directory)
        self.assert_agree(site, oracle, queries)
        oracle.keep()

    def test_generated_queries_give_the_oracles_answers(self, site, directory):
        oracle = RememberedOracle(directory)
        self.assert_agree(site, oracle, corpora.queries_about(directory, GENERATED_QUERIES))
        oracle.keep()

    # --- many made documents -----------------------------------------------------------------------------

    def test_many_documents_and_broad_queries_give_the_oracles_answers(self, engine):
        generator = corpora.Generator()
        documents = generator.documents(DOCUMENTS)
        built, written = documents[: -DOCUMENTS // 10], documents[-DOCUMENTS // 10 :]
        rewritten = [
            replace(one, key=other.key) for one, other in zip(written[::2], built[::7], strict=False)
        ]
        self.build(engine, built)
        self.fill(engine, [*written[1::2], *rewritten])
        now = {one.key: one for one in [*built, *written[1::2], *rewritten]}
        queries = [generator.broad() for _ in range(4)] + [generator.query() for _ in range(20)]
        oracle = RememberedOracle(now.values())
        self.assert_agree(engine, oracle, queries)
        oracle.keep()

    @pytest.mark.parametrize("seed", range(6 if FULL else 2))
    def test_every_kind_of_filter_gives_the_oracles_answers(self, engine, seed):
        generator = corpora.Generator(seed, words=60)
        documents = generator.documents(300)
        self.fill(engine, documents)
        queries = [generator.query() for _ in range(150 if FULL else 40)] + list(corpora.apart())
        self.assert_agree(engine, Oracle(documents), queries)

    def test_pages_neither_lose_nor_repeat(self, engine):
        generator = corpora.Generator(3, words=20)
        documents = generator.documents(450)
        self.fill(engine, documents)
        query = SearchQuery(corpora.KIND, generator.words[0], {"gender": "male"})
        whole = [hit.key for hit in self.ask(engine, query).hits]
        assert len(whole) > 200  # beyond what is ranked
        pages = [replace(query, offset=at, limit=30) for at in range(0, len(whole) + 30, 30)]
        assert [hit.key for page in pages for hit in self.ask(engine, page).hits] == whole
        assert whole == [hit.key for hit in Oracle(documents).search(query).hits]

    # --- words -------------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        "words",
        ['"', "*", "(", ")", "&", "|", "!", ":", "^", "AND", "a AND NOT b", "NEAR(a b)", "/re/", "\x00", "😀",
         "'; drop", "a\\", "<->", "posao:*", "\u200d", "ẞ", "ﬁ", "x" * 300, "ж" * 3000, "{name}", "%s", "_", "-b"],
    )  # fmt: skip
    def test_any_words_are_taken(self, engine, words):
        documents = [thing("a", "Posao"), thing("b", words), thing("c", f"posao {words}")]
        self.fill(engine, documents)
        queries = [SearchQuery("thing", words), SearchQuery("thing", f"{words} posao")]
        self.assert_agree(engine, Oracle(documents), queries)

    def test_made_unicode_gives_the_oracles_answers(self, engine):
        texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
        names = [
            "Sigurna kuća",
            "Šta da radim",
            "مساعدة قانونية",
            "Ґрати",
            "İstanbul",
            "Straße",
            "ﬃ ǆ",
            "a" * 90,
        ]

        @settings(
            max_examples=40 if FULL else 5,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(texts, min_size=1, max_size=4), texts)
        def check(made: list[str], words: str) -> None:
            documents = [thing(f"{at:02}", name) for at, name in enumerate([*made, *names])]
            with transaction.atomic():
                engine.clear("thing")
                engine.index(documents)
                self.settle(engine)
                queries = [SearchQuery("thing", each, as_typed=True) for each in (words, *made, names[0])]
                self.assert_agree(engine, Oracle(documents), queries)

        check()

    def test_words_are_found_in_any_script_with_or_without_marks(self, engine):
        self.fill(engine, [thing("a", "Sigurna kuća"), thing("b", "Posao")])
        for words in ("kuća", "kuca", "кућа", "KUĆA"):
            assert self.keys(engine, words=words) == ["a"]

    # --- freshness ---------------------------------------------------------------------------------------

    def test_each_change_is_seen_by_the_next_query(self, engine):
        self.fill(engine, [thing("a", "Posao"), thing("b", "Posao")])
        assert self.keys(engine, words="posao") == ["a", "b"]
        self.fill(engine, [thing("c", "Posao"), thing("a", "Stan")])
        assert self.keys(engine, words="posao") == ["b", "c"]
        assert self.keys(engine, words="stan") == ["a"]
        engine.remove("thing", ["b", "unknown"])
        self.settle(engine)
        assert self.keys(engine, words="posao") == ["c"]
        assert self.keys(engine) == ["a", "c"]
        engine.clear("thing")
        self.settle(engine)
        assert self.keys(engine) == []

    def test_another_worker_sees_the_change(self, engine):
        other = type(engine)()
        self.fill(engine, [thing("a"), thing("b")])
        assert self.keys(other) == ["a", "b"]
        engine.remove("thing", ["a"])
        self.settle(engine)
        assert self.keys(other) == ["b"]

    def test_an_alternative_that_was_unheard_of_is_judged(self, engine):
        """A record with more alternatives than any before it, and with a facet that was new."""
        self.fill(engine, [thing("a")])
        assert self.keys(engine, chosen={"new": "x"}) == ["a"]
        says = [FacetValues(frozenset({value})) for value in "uvwx"]
        self.fill(engine, [thing("b", alternatives=tuple(Conditions({"new": each}) for each in says))])
        assert self.keys(engine, chosen={"new": "x"}) == ["b", "a"]
        assert self.keys(engine, chosen={"new": "y"}) == ["a"]

    # --- rebuilding --------------------------------------------------------------------------------------

    def test_rebuild_loses_nothing_while_searching_and_while_edits_happen(self, engine):
        old = [thing(f"{at:02}", "Posao") for at in range(30)]
        now = {document.key: document for document in old}
        self.fill(engine, old)
        seen: list[list[str]] = []

        def documents(keys: Sequence[str] | None) -> list[SearchDocument]:
            found = list(now.values()) if keys is None else [now[key] for key in keys if key in now]
            if keys is None:  # meanwhile somebody deletes, edits and creates
                del now["03"]
                now["04"], now["99"] = thing("04", "Stan"), thing("99", "Posao")
                engine.remove("thing", ["03"])
                engine.index([now["04"], now["99"]])
            return found

        def progress(kind: str, done: int, of: int) -> None:
            seen.append([hit.key for hit in engine.search(SearchQuery("thing", "posao")).hits])

        engine.rebuild([IndexSource("thing", documents)], progress)
        self.settle(engine)
        expected = sorted(key for key in now if key != "04")
        assert seen
        assert all(each == expected for each in seen)
        assert self.keys(engine, words="posao") == expected
        assert self.keys(engine, words="stan") == ["04"]

    def test_killed_rebuild_leaves_the_old_index_and_the_next_one_sweeps(self, engine):
        self.fill(engine, [thing("a", "Posao")])

        def killed(kind: str, done: int, of: int) -> None:
            raise KeyboardInterrupt

        fresh = [thing("b", "Posao"), thing("c", "Posao")]
        source = IndexSource("thing", lambda keys: [one for one in fresh if keys is None or one.key in keys])
        with pytest.raises(KeyboardInterrupt):
            engine.rebuild([source], killed)
        self.settle(engine)
        assert self.keys(engine, words="posao") == ["a"]
        engine.rebuild([source])
        self.settle(engine)
        assert self.keys(engine, words="posao") == ["b", "c"]
        assert engine.health() == ""

    # --- safety ------------------------------------------------------------------------------------------

    def raw(self, engine: SearchEngine) -> Iterator[str]:
        """Yield everything that the engine's store holds, as text."""
        raise NotImplementedError

    def test_nothing_secret_is_in_the_store(self, engine, site):
        """Strings planted in every field of what must not leave the house; see ``canaries``."""
        from tests.search import canaries

        public = canaries.plant()
        for each in index.registered().values():
            self.fill(engine, each.documents(None))
        store = "\n".join(self.raw(engine)).lower()
        for each in (*public, *self.must_hold):
            assert each.lower() in store, each
        assert [each for each in canaries.secrets() if each.lower() in store] == []


def thing(key: str, name: str = "", **values: object) -> SearchDocument:
    """Return a small document."""
    fields = {"sr-latn": {"name": name}} if name else {}
    return SearchDocument("thing", key, fields=fields, static_key=key, **values)


def sqlite_tables(connection: sqlite3.Connection) -> list[str]:
    """Return the search tables, those behind the text index included; it cannot be read as a table itself."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'search_%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    return [name for (name,) in rows]


def unpacked() -> Iterator[str]:
    """Yield what the packed values of both database engines hold, as text."""
    for row in IndexedDocument.objects.all():
        yield json.dumps(row.content, ensure_ascii=False)
        yield from row.columns
    for snapshot in IndexSnapshot.objects.all():
        yield zlib.decompress(bytes(snapshot.names)).decode("utf-8", "replace")
