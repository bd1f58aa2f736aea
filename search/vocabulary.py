"""The words that stand in the index, kept in every worker until the index changes: for typing mistakes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from search import analysis
from search.analysis import QueryWord
from search.analysis.analyser import folded_forms
from search.models import IndexGeneration, IndexPosting, IndexWord
from search.moment import SinceMoment
from search.packing import unpack_words

MOST_BEGINNINGS = 12


@dataclass(frozen=True, slots=True)
class _Known:
    mark: tuple[int, int]
    counts: Mapping[str, int]
    words: list[str]


_known: dict[str, _Known] = {}
_moments = SinceMoment[_Known]()


def counts() -> Mapping[str, int]:
    """Return how often each folded word stands in the index."""
    return _load().counts


def beginning_with(word: QueryWord, shortest: int) -> list[str]:
    """Return the words of the index that an unknown ``word`` begins, the most frequent first.

    A word of the index, of a dictionary, or of fewer than ``shortest`` letters begins nothing.
    """
    forms = [form for form in folded_forms(word.exact) if len(form) >= shortest and form.isalpha()]
    if not forms or analysis.is_known(word.text):
        return []
    known = _load()
    if any(form in known.counts for form in forms):
        return []
    found = {candidate for form in forms for candidate in _from(known.words, form)}
    return sorted(found, key=lambda each: (-known.counts[each], each))[:MOST_BEGINNINGS]


def _from(words: list[str], beginning: str) -> Iterator[str]:
    """Yield the words of a sorted list that begin so."""
    for candidate in islice(words, bisect_left(words, beginning), None):
        if not candidate.startswith(beginning):
            break
        yield candidate


def forget() -> None:
    """Forget the words, for a test that rolled the index back; inside a transaction no moment is kept."""
    _known.clear()


def _built() -> dict[str, int]:
    """Return the words that the last rebuild found."""
    generation = IndexGeneration.objects.values("generation")[:1]
    shelf = IndexPosting.objects.filter(generation__in=generation, shelf=IndexPosting.VOCABULARY)
    packed = shelf.values_list("words", flat=True).first()
    return {} if packed is None else unpack_words(packed)


def _load() -> _Known:
    return _moments.get("", _followed)


def _followed() -> _Known:
    with connection.cursor() as cursor:  # plain SQL, as every query with an unknown word asks it
        cursor.execute("SELECT id, mark FROM search_indexchange ORDER BY id DESC LIMIT 1")
        newest = cursor.fetchone() or (0, 0)
    known = _known.get(connection.alias)
    if known is None or known.mark != newest:
        found = dict(IndexWord.objects.values_list("word", "uses")) | _built()
        known = _known[connection.alias] = _Known(newest, found, sorted(found))
    return known
