"""The index in the site's own database: what is findable, which generation is read, and what changed since.

Both database engines share these tables. Rows are built only from what is public.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from search.lexicon_models import Concept, ConceptTerm, LexiconSource, LexiconVersion
from search.packing import unpack

__all__ = [
    "Concept",
    "ConceptTerm",
    "IndexChange",
    "IndexGeneration",
    "IndexPosting",
    "IndexSnapshot",
    "IndexWord",
    "IndexedDocument",
    "LexiconSource",
    "LexiconVersion",
    "PendingRefresh",
]


class IndexedDocument(models.Model):
    """A search document, packed: its facts as plain values, its texts as tokens.

    Within one generation the rows that a rebuild wrote stand in the order of their static keys, so that their
    numbers are that order; what is written later has higher numbers.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    generation = models.BigIntegerField(default=0)
    packed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("kind", "key", "generation", name="search_document_kind_key")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def content(self) -> dict[str, Any]:
        """The document without its texts, as ``search.codec`` wrote it."""
        return unpack(self.packed).content

    @property
    def columns(self) -> tuple[str, ...]:
        """The tokens of each column, as :class:`search.tokens.DocumentTokens` has them."""
        return unpack(self.packed).columns


class IndexPosting(models.Model):
    """Where some terms stand in the documents that a rebuild wrote: sets of numbers, see ``engines.words``.

    The shelf ``VOCABULARY`` has all folded words and how often each stands there, see ``search.vocabulary``.
    """

    VOCABULARY = -1
    generation = models.BigIntegerField()
    shelf = models.IntegerField()
    words = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("generation", "shelf", name="search_posting_shelf")]

    def __str__(self) -> str:
        return f"shelf {self.shelf} of generation {self.generation}"


class IndexGeneration(models.Model):
    """The one row that says which generation is read, and by which analysis it was made.

    ``last_document`` is the highest number that the rebuild gave.
    """

    generation = models.BigIntegerField(default=0)
    last_document = models.BigIntegerField(default=0)
    analysis_version = models.CharField(max_length=80, blank=True)
    built_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"generation {self.generation}"


class IndexSnapshot(models.Model):
    """The bitmaps and names of one kind at one change, so that a worker starts without reading every document."""

    kind = models.CharField(max_length=40, unique=True)
    generation = models.BigIntegerField()
    change = models.BigIntegerField()
    bits = models.BinaryField()
    names = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.kind} at {self.change}"


class IndexChange(models.Model):
    """What one change of the index touched: keys, and numbers of rows that went; ``mark`` is random.

    After a rollback the same number may stand for another change: the mark tells them apart. A change without
    keys (a rebuild, a kind cleared) makes every worker load anew.
    """

    kind = models.CharField(max_length=40)
    mark = models.BigIntegerField()
    keys = models.JSONField(default=list)
    gone = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index("kind", "id", name="search_change_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class IndexWord(models.Model):
    """A folded word of what was written since the last rebuild, and how often it stood there; see ``vocabulary``."""

    word = models.CharField(max_length=80, primary_key=True)
    uses = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class PendingRefresh(models.Model):
    """A record that changed and is not in the index yet: written in the transaction of the change itself.

    So nothing is lost when a process is killed between the change and the index.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint("kind", "key", name="search_pending_kind_key")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
