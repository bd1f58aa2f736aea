"""The oracle's answers kept in a folder, so that several engines are held against answers that were made once.

Only where ``ENGINE_ANSWERS`` names a folder. What the answers depend on is in the name of the file: the documents,
the code of the search and of the oracle, and the words of the lexicon.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from portal.plugins import SearchDocument, SearchQuery, SearchResult
from search import vocabulary
from search.models import Concept, ConceptTerm
from tests.search.oracle import Oracle

ROOT = Path(__file__).resolve().parents[2]
CODE = (
    "search/*.py",
    "search/analysis/*.py",
    "search/data/**/*",
    "portal/plugins/*.py",
    "tests/search/oracle.py",
)


class RememberedOracle:
    """An oracle that looks its own earlier answers up."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self._documents = list(documents)
        self._oracle: Oracle | None = None
        folder = os.environ.get("ENGINE_ANSWERS")
        self._file = Path(folder) / f"{self._digest()}.pickle" if folder else None
        self._known: dict[str, SearchResult] = {}
        if self._file and self._file.exists():
            self._known = pickle.loads(self._file.read_bytes())

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer as the oracle does, or did."""
        key = repr(query)
        if key not in self._known:
            self._oracle = self._oracle or Oracle(self._documents)
            self._known[key] = self._oracle.search(query)
        return self._known[key]

    def keep(self) -> None:
        """Write the answers down, if any is new."""
        if self._file and self._oracle:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_bytes(pickle.dumps(self._known))

    def _digest(self) -> str:
        digest = blake2b(digest_size=16)
        for file in sorted(file for pattern in CODE for file in ROOT.glob(pattern) if file.is_file()):
            digest.update(file.read_bytes())
        for document in sorted(self._documents, key=lambda one: (one.kind, one.key)):
            digest.update(repr(_sorted(document)).encode("utf-8", "surrogatepass"))
        for rows in (
            Concept.objects.order_by("key").values_list("key", "links", "is_distress", "links_only"),
            ConceptTerm.objects.order_by("language", "text", "concept__key").values_list(
                "language", "text", "concept__key"
            ),
            vocabulary.counts().items(),
        ):
            digest.update(repr(sorted(rows)).encode())
        return digest.hexdigest()


def _sorted(value: object) -> object:
    """Return a value whose text is the same in every process: sets have no order."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, dict):
        return [(key, _sorted(value[key])) for key in sorted(value)]
    if isinstance(value, tuple | list):
        return [_sorted(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return [_sorted(getattr(value, name)) for name in value.__dataclass_fields__]
    return value
