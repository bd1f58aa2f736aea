"""What both database engines share: packed documents in a table, facets and words as bitmaps.

A worker asks once a query whether anything has changed and patches or reloads its bitmaps then, so an edit is
visible to the next request of every worker. Words of what a rebuild wrote are bitmaps too (``engines.words``);
the text index of the database finds what was written since, and nothing else is in it.
"""

from __future__ import annotations

import gc
import secrets
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from pyroaring import BitMap

from portal.plugins import IndexSource, Progress, SearchDocument, SearchQuery, SearchResult
from search import analysis
from search.codec import encode
from search.engines.answering import Answering
from search.engines.loading import Facts, Loader, write_snapshot
from search.engines.words import Gathered, mendable, write_shelves
from search.models import (
    IndexChange,
    IndexedDocument,
    IndexGeneration,
    IndexPosting,
    IndexSnapshot,
    IndexWord,
)
from search.packing import pack, unpack
from search.tokens import DocumentTokens, tokens_of

Item = TypeVar("Item")
Texts = tuple[int, Sequence[str]]
"""The number of a row and the tokens of its columns."""
BATCH = 1000
"""Documents a transaction while an index is built."""
PATCHES = 1000
"""Changes after which the bitmaps are written down anew."""


class Made:
    """What a rebuild gathers besides the rows."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.words = Gathered()
        self._facts: dict[str, Facts] = {}

    def facts_of(self, kind: str) -> Facts:
        """Return the bitmaps and names of a kind."""
        return self._facts.setdefault(kind, Facts())

    @property
    def total(self) -> int:
        """The number of records."""
        return sum(len(facts.names) for facts in self._facts.values())


class DatabaseEngine(ABC):
    """A :class:`portal.plugins.SearchEngine` on the site's own database; a subclass brings the text index."""

    def __init__(self) -> None:
        self._loader = Loader()

    # --- the text index ----------------------------------------------------------------------------------

    @abstractmethod
    def numbers(self, count: int) -> Sequence[int]:
        """Return this many rising numbers for new rows, above all that were ever given; inside a transaction."""

    @abstractmethod
    def matching(self, generation: int, groups: Sequence[Sequence[str]], column: str = "") -> BitMap:
        """Return the numbers of the later documents in which, of every group, one token stands.

        ``column`` limits the look to one of "name", "concepts", "text", "exact"; empty means the first three.
        """

    @abstractmethod
    def add_texts(self, generation: int, texts: Sequence[Texts]) -> None:
        """Put these later documents into the text index."""

    @abstractmethod
    def drop_texts(self, generation: int, texts: Sequence[Texts]) -> None:
        """Take later documents out of the text index; ``texts`` is what was put in."""

    @abstractmethod
    def drop_all_texts(self, generation: int) -> None:
        """Empty the text index of a whole generation."""

    # --- the port ----------------------------------------------------------------------------------------

    def index(self, documents: Iterable[SearchDocument]) -> None:
        """Add or replace these documents."""
        by_kind: dict[str, dict[str, SearchDocument]] = {}
        for document in documents:
            by_kind.setdefault(document.kind, {})[document.key] = document
        with transaction.atomic():
            for kind, group in by_kind.items():
                for part in batches(group.values(), BATCH):
                    self._replace(kind, part)

    def remove(self, kind: str, keys: Iterable[str]) -> None:
        """Forget these records; unknown keys are no error."""
        with transaction.atomic():
            state = self._locked()
            for part in batches(keys, BATCH):
                self._changed(kind, part, self._delete(state, kind, part))

    def clear(self, kind: str) -> None:
        """Forget every record of a kind."""
        with transaction.atomic():
            state = self._locked()
            rows = IndexedDocument.objects.filter(kind=kind, generation=state.generation)
            for part in batches(list(rows.values_list("key", flat=True)), BATCH):
                self._delete(state, kind, part)
            IndexSnapshot.objects.filter(kind=kind).delete()
            self._changed(kind, ())

    def rebuild(self, sources: Sequence[IndexSource], progress: Progress | None = None) -> int:
        """Replace everything; readers see the old generation until the last, short transaction."""
        with collector_at_rest():
            return self._rebuild(sources, progress)

    def _rebuild(self, sources: Sequence[IndexSource], progress: Progress | None) -> int:
        started = IndexChange.objects.aggregate(last=Max("pk"))["last"] or 0
        current = self._state().generation
        new = current + 1
        self._sweep(current)
        made = Made(new)
        for source in sources:
            self._build(made, source, progress)
        for part in batches(made.words.shelves(), BATCH):
            write_shelves(new, part)
        with transaction.atomic():
            self._turn(made, sources, started)
        self._sweep(new)
        return made.total

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer ``query``."""
        loaded = self._loader.load(query.kind)
        return Answering(loaded, query, self.matching).result()

    def health(self) -> str:
        """Return an empty string when the index can be read and fits the analysis, else one sentence why not."""
        try:
            state = IndexGeneration.objects.first()
        except DatabaseError as error:
            return f"The search tables cannot be read: {type(error).__name__}."
        if state is None:
            return "The search index was never built: run manage.py rebuild_index."
        if state.analysis_version != analysis.ANALYSIS_VERSION:
            return "The search index was made by another analysis: run manage.py rebuild_index."
        return ""

    # --- writing -----------------------------------------------------------------------------------------

    @staticmethod
    def _state() -> IndexGeneration:
        return IndexGeneration.objects.get_or_create(
            pk=1, defaults={"analysis_version": analysis.ANALYSIS_VERSION}
        )[0]

    def _locked(self) -> IndexGeneration:
        """Return the state, held until the transaction ends: changes become visible in the order of their numbers.

        Else PostgreSQL could show change 6 before change 5, and whoever has read 6 never looks for 5.
        """
        self._state()
        return IndexGeneration.objects.select_for_update().get(pk=1)

    def _replace(self, kind: str, documents: Sequence[SearchDocument]) -> None:
        state = self._locked()
        keys = [document.key for document in documents]
        tokens = [tokens_of(document) for document in documents]
        gone = self._delete(state, kind, keys)
        self.add_texts(state.generation, self._insert(state.generation, documents, tokens))
        _add_words(sum((each.uses() for each in tokens), Counter[str]()))
        self._changed(kind, keys, gone)
        self._write_down_if_long(kind)

    def _insert(
        self, generation: int, documents: Sequence[SearchDocument], tokens: Sequence[DocumentTokens]
    ) -> list[Texts]:
        """Write the rows and return their numbers and tokens."""
        numbers = self.numbers(len(documents))
        made: list[Texts] = [(n, texts.columns) for n, texts in zip(numbers, tokens, strict=True)]
        with connection.cursor() as cursor:  # plain SQL, as a rebuild writes very many
            cursor.executemany(
                "INSERT INTO search_indexeddocument (id, kind, key, generation, packed)"
                " VALUES (%s, %s, %s, %s, %s)",
                [
                    (number, document.kind, document.key, generation, pack(encode(document), columns))
                    for document, (number, columns) in zip(documents, made, strict=True)
                ],
            )
        return made

    def _delete(self, state: IndexGeneration, kind: str, keys: Sequence[str]) -> list[int]:
        """Delete these records' rows and return their numbers; words of a rebuild stay until the next one."""
        rows = IndexedDocument.objects.filter(kind=kind, generation=state.generation, key__in=list(keys))
        found = list(rows.values_list("pk", "packed"))
        if later := [(number, packed) for number, packed in found if number > state.last_document]:
            self.drop_texts(state.generation, [(number, unpack(packed).columns) for number, packed in later])
        numbers = [number for number, _ in found]
        if numbers:
            IndexedDocument.objects.filter(pk__in=numbers).delete()
        return numbers

    @staticmethod
    def _changed(kind: str, keys: Sequence[str], gone: Sequence[int] = ()) -> int:
        """Note a change and return its number."""
        # A mark never used before: after a rollback the same number could stand for another change.
        made = IndexChange(kind=kind, mark=secrets.randbits(62), keys=list(keys), gone=list(gone))
        made.save()
        return made.pk

    @staticmethod
    def _write_down_if_long(kind: str) -> None:
        snapshot = IndexSnapshot.objects.filter(kind=kind).values_list("change", flat=True).first() or 0
        if IndexChange.objects.filter(kind=kind, pk__gt=snapshot).count() >= PATCHES:
            write_snapshot(kind)

    # --- building anew -----------------------------------------------------------------------------------

    def _build(self, made: Made, source: IndexSource, progress: Progress | None) -> None:
        """Write one kind's documents in the order of their static keys, each batch in its own transaction."""
        documents = sorted(source.documents(None), key=lambda one: (one.static_key, one.key))
        facts = made.facts_of(source.kind)
        done = 0
        for part in batches(documents, BATCH):
            tokens = [tokens_of(document) for document in part]
            with transaction.atomic():
                texts = self._insert(made.generation, part, tokens)
            for (number, _), each in zip(texts, tokens, strict=True):
                made.words.add(number, each)
            facts.add([(number, document) for (number, _), document in zip(texts, part, strict=True)])
            done += len(part)
            if progress:
                progress(source.kind, done, len(documents))
        if progress and not documents:
            progress(source.kind, 0, 0)

    def _turn(self, made: Made, sources: Sequence[IndexSource], started: int) -> None:
        """Make the new generation the one that is read, with whatever changed since ``started``."""
        rows = IndexedDocument.objects.filter(generation=made.generation)
        if rows.count() != made.total:
            raise RuntimeError("Another rebuild ran at the same time; run rebuild_index once more.")
        state = self._locked()
        state.generation, state.built_at = made.generation, datetime.now(UTC)
        state.last_document = rows.aggregate(last=Max("pk"))["last"] or 0
        state.analysis_version = analysis.ANALYSIS_VERSION
        state.save()
        IndexWord.objects.all().delete()
        meanwhile: dict[str, set[str]] = {}
        for kind, keys in IndexChange.objects.filter(pk__gt=started).values_list("kind", "keys"):
            meanwhile.setdefault(kind, set()).update(keys)
        IndexSnapshot.objects.all().delete()
        for source in sources:
            made.facts_of(source.kind).write(source.kind, made.generation, self._changed(source.kind, ()))
            self._catch_up(source, sorted(meanwhile.get(source.kind, ())))

    def _catch_up(self, source: IndexSource, keys: list[str]) -> None:
        if keys:
            documents = source.documents(keys)
            self.index(documents)
            found = {document.key for document in documents}
            self.remove(source.kind, [key for key in keys if key not in found])

    def _sweep(self, generation: int) -> None:
        """Throw away every other generation: the old one after a rebuild, or what a killed one left."""
        others = IndexedDocument.objects.exclude(generation=generation)
        with transaction.atomic():
            for old in list(others.values_list("generation", flat=True).distinct()):
                self.drop_all_texts(old)
            others._raw_delete(others.db)
            words = IndexPosting.objects.exclude(generation=generation)
            words._raw_delete(words.db)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let nobody look for cycles meanwhile: a quarter of a rebuild went into that, and it makes none that stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of at most ``size``."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def _add_words(uses: Mapping[str, int]) -> None:
    """Write words of later documents that somebody could mistype; known ones stay as they are."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_indexword (word, uses) VALUES (%s, %s) ON CONFLICT DO NOTHING", mendable(uses)
        )
