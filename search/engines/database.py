"""What both database engines share: documents in a table, facets as bitmaps in every worker, words by a text index.

A worker asks once a query what the newest change is (one indexed row) and patches or reloads its bitmaps when
that is another one, so an edit is visible to the next request of every worker.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from django.db import DatabaseError, transaction
from django.db.models import Max
from pyroaring import BitMap

from portal.plugins import IndexSource, Progress, SearchDocument, SearchQuery, SearchResult
from search import analysis
from search.codec import encode
from search.engines.answering import Answering
from search.engines.loading import Loader, write_snapshot
from search.models import IndexChange, IndexedDocument, IndexGeneration, IndexSnapshot, IndexWord
from search.tokens import COLUMNS, DocumentTokens, tokens_of

Item = TypeVar("Item")
BATCH = 1000
"""Documents a transaction while an index is built."""
PATCHES = 1000
"""Changes after which the bitmaps are written down anew."""


class DatabaseEngine(ABC):
    """A :class:`portal.plugins.SearchEngine` on the site's own database; a subclass brings the text index."""

    def __init__(self) -> None:
        self._loader = Loader()

    # --- the text index ----------------------------------------------------------------------------------

    @abstractmethod
    def matching(self, generation: int, groups: Sequence[Sequence[str]], column: str = "") -> BitMap:
        """Return the numbers of the documents in which, of every group, one token stands.

        ``column`` limits the look to one of "name", "concepts", "text", "exact"; empty means the first three.
        """

    @abstractmethod
    def add_texts(self, generation: int, numbers: Sequence[int]) -> None:
        """Put the tokens of these rows into the text index."""

    @abstractmethod
    def drop_texts(self, generation: int, numbers: Sequence[int]) -> None:
        """Take these rows out of the text index; called before the rows go."""

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
            generation = self._locked().generation
            for part in batches(keys, BATCH):
                self._changed(kind, part, self._delete(generation, kind, part))

    def clear(self, kind: str) -> None:
        """Forget every record of a kind."""
        with transaction.atomic():
            generation = self._locked().generation
            rows = IndexedDocument.objects.filter(kind=kind, generation=generation)
            for part in batches(list(rows.values_list("key", flat=True)), BATCH):
                self._delete(generation, kind, part)
            IndexSnapshot.objects.filter(kind=kind).delete()
            self._changed(kind, ())

    def rebuild(self, sources: Sequence[IndexSource], progress: Progress | None = None) -> int:
        """Replace everything; readers see the old generation until the last, short transaction."""
        started = IndexChange.objects.aggregate(last=Max("pk"))["last"] or 0
        current = self._state().generation
        new = current + 1
        self._sweep(current)
        words: Counter[str] = Counter()
        total = sum(self._build(new, source, words, progress) for source in sources)
        with transaction.atomic():
            self._turn(new, sources, words, started, total)
        self._sweep(new)
        return total

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
        generation = self._locked().generation
        keys = [document.key for document in documents]
        tokens = [tokens_of(document) for document in documents]
        gone = self._delete(generation, kind, keys)
        self._insert(generation, documents, tokens)
        words = sum((each.words for each in tokens), Counter[str]())
        IndexWord.objects.bulk_create(_index_words(words), ignore_conflicts=True)
        self._changed(kind, keys, gone)
        self._write_down_if_long(kind)

    def _insert(
        self, generation: int, documents: Sequence[SearchDocument], tokens: Sequence[DocumentTokens]
    ) -> None:
        rows = IndexedDocument.objects.bulk_create(
            [
                IndexedDocument(
                    kind=document.kind,
                    key=document.key,
                    generation=generation,
                    static_key=document.static_key,
                    content=encode(document),
                    **{column: texts.column(column) for column in COLUMNS},
                )
                for document, texts in zip(documents, tokens, strict=True)
            ]
        )
        self.add_texts(generation, [row.pk for row in rows])

    def _delete(self, generation: int, kind: str, keys: Sequence[str]) -> list[int]:
        """Delete these records' rows and return their numbers."""
        rows = IndexedDocument.objects.filter(kind=kind, generation=generation, key__in=list(keys))
        numbers = list(rows.values_list("pk", flat=True))
        if numbers:
            self.drop_texts(generation, numbers)
            IndexedDocument.objects.filter(pk__in=numbers).delete()
        return numbers

    @staticmethod
    def _changed(kind: str, keys: Sequence[str], gone: Sequence[int] = ()) -> None:
        # A mark never used before: after a rollback the same number could stand for another change.
        IndexChange.objects.create(kind=kind, mark=secrets.randbits(62), keys=list(keys), gone=list(gone))

    @staticmethod
    def _write_down_if_long(kind: str) -> None:
        snapshot = IndexSnapshot.objects.filter(kind=kind).values_list("change", flat=True).first() or 0
        if IndexChange.objects.filter(kind=kind, pk__gt=snapshot).count() >= PATCHES:
            write_snapshot(kind)

    # --- building anew -----------------------------------------------------------------------------------

    def _build(
        self, generation: int, source: IndexSource, words: Counter[str], progress: Progress | None
    ) -> int:
        """Write one kind's documents in the order of their static keys, each batch in its own transaction."""
        documents = sorted(source.documents(None), key=lambda one: (one.static_key, one.key))
        done = 0
        for part in batches(documents, BATCH):
            tokens = [tokens_of(document) for document in part]
            with transaction.atomic():
                self._insert(generation, part, tokens)
            for each in tokens:
                words.update(each.words)
            done += len(part)
            if progress:
                progress(source.kind, done, len(documents))
        if progress and not documents:
            progress(source.kind, 0, 0)
        return len(documents)

    def _turn(
        self, new: int, sources: Sequence[IndexSource], words: Counter[str], started: int, total: int
    ) -> None:
        """Make the new generation the one that is read, with whatever changed since ``started``."""
        rows = IndexedDocument.objects.filter(generation=new)
        if rows.count() != total:
            raise RuntimeError("Another rebuild ran at the same time; run rebuild_index once more.")
        state = self._locked()
        state.generation, state.built_at = new, datetime.now(UTC)
        state.last_document = rows.aggregate(last=Max("pk"))["last"] or 0
        state.analysis_version = analysis.ANALYSIS_VERSION
        state.save()
        IndexWord.objects.all().delete()
        IndexWord.objects.bulk_create(_index_words(words), batch_size=5 * BATCH)
        meanwhile: dict[str, set[str]] = {}
        for kind, keys in IndexChange.objects.filter(pk__gt=started).values_list("kind", "keys"):
            meanwhile.setdefault(kind, set()).update(keys)
        IndexSnapshot.objects.all().delete()
        for source in sources:
            self._catch_up(source, sorted(meanwhile.get(source.kind, ())))
            self._changed(source.kind, ())
            write_snapshot(source.kind)

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


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of at most ``size``."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def _index_words(words: Counter[str]) -> list[IndexWord]:
    """Return the rows of those words that somebody could mistype."""
    return [
        IndexWord(word=word, uses=number)
        for word, number in words.items()
        if 2 < len(word) <= 80 and word.isalpha()
    ]
