"""The words that stand in the index, kept in every worker until the index changes: for typing mistakes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from search import analysis
from search.analysis import QueryWord
from search.models import IndexWord

MOST_BEGINNINGS = 12


@dataclass(frozen=True, slots=True)
class _Known:
    mark: tuple[int, int]
    counts: Mapping[str, int]
    words: list[str]


_known: dict[str, _Known] = {}


def counts() -> Mapping[str, int]:
    """Return how often each folded word stands in the index."""
    return _load().counts


def beginning_with(word: QueryWord, shortest: int) -> list[str]:
    """Return the words of the index that an unknown ``word`` begins, the most frequent first.

    A word of the index, of a dictionary, or of fewer than ``shortest`` letters begins nothing.
    """
    folded = analysis.fold(word.exact)
    if len(folded) < shortest or not folded.isalpha() or analysis.is_known(word.text):
        return []
    known = _load()
    if folded in known.counts:
        return []
    start = bisect_left(known.words, folded)
    found: list[str] = []
    for candidate in known.words[start:]:
        if not candidate.startswith(folded):
            break
        found.append(candidate)
    return sorted(found, key=lambda each: (-known.counts[each], each))[:MOST_BEGINNINGS]


def forget() -> None:
    """Forget the words, for a test that rolled the index back."""
    _known.clear()


def _load() -> _Known:
    with connection.cursor() as cursor:  # plain SQL, as every query with an unknown word asks it
        cursor.execute("SELECT id, mark FROM search_indexchange ORDER BY id DESC LIMIT 1")
        newest = cursor.fetchone() or (0, 0)
    known = _known.get(connection.alias)
    if known is None or known.mark != newest:
        found = dict(IndexWord.objects.values_list("word", "uses"))
        known = _known[connection.alias] = _Known(newest, found, sorted(found))
    return known
