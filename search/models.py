"""The embedded engine's tables: what is findable, and a number that every change renews."""

from __future__ import annotations

from django.db import models

from search.lexicon_models import Concept, ConceptTerm, LexiconSource, LexiconVersion

__all__ = [
    "Concept",
    "ConceptTerm",
    "IndexVersion",
    "IndexedDocument",
    "LexiconSource",
    "LexiconVersion",
]


class IndexedDocument(models.Model):
    """A search document as JSON; built only from what is public."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("kind", "key", name="search_document_kind_key")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class IndexVersion(models.Model):
    """One row a kind; a worker that has loaded another version loads again."""

    kind = models.CharField(max_length=40, unique=True)
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
