"""The records that cross the search port; defined here because plugins may bring an engine or a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol


class Answer(IntEnum):
    """What a record says to one chosen filter; the order makes ``min`` the worst and ``max`` the best."""

    NO = 0
    ASK = 1
    MATCH = 2


@dataclass(frozen=True, slots=True)
class FacetValues:
    """The values of one facet of a record: those that match and those to ask about.

    ``everything`` answers for every value that is named in neither set.
    """

    match: frozenset[str] = frozenset()
    ask: frozenset[str] = frozenset()
    everything: Answer = Answer.NO

    def answer(self, value: str) -> Answer:
        """Return what this record says to ``value``."""
        if value in self.match:
            return Answer.MATCH
        if value in self.ask:
            return Answer.ASK
        return self.everything


@dataclass(frozen=True, slots=True)
class RangeValues:
    """A range facet such as age in years, ends included; ``None`` is an open end.

    ``unknown`` true means that the source leaves the range open: every number is to be asked about.
    """

    low: int | None = None
    high: int | None = None
    unknown: bool = False

    def answer(self, number: int) -> Answer:
        """Return what this record says to ``number``."""
        if self.unknown:
            return Answer.ASK
        below = self.low is not None and number < self.low
        above = self.high is not None and number > self.high
        return Answer.NO if below or above else Answer.MATCH


@dataclass(frozen=True, slots=True)
class Conditions:
    """One alternative of eligibility: facets and ranges that hold together.

    ``limited`` true means that a limit stays in words: a match becomes "ask first".
    """

    facets: Mapping[str, FacetValues] = field(default_factory=dict)
    ranges: Mapping[str, RangeValues] = field(default_factory=dict)
    limited: bool = False


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What an engine may know of a record: only what is public, so no secret can be in an index.

    ``fields`` are texts by language and field name; ``static_key`` sorts ahead of any words;
    ``ask_always`` true turns a match into "ask first" for the whole record. ``uncounted`` names facets whose
    counts leave this record out (R25: counts by place leave confidential places out). ``numbers`` are phone
    numbers as a visitor may type them; ``specialised`` is a boost among records that the words find equally.
    """

    kind: str
    key: str
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    facets: Mapping[str, FacetValues] = field(default_factory=dict)
    alternatives: tuple[Conditions, ...] = (Conditions(),)
    static_key: str = ""
    ask_always: bool = False
    round_the_clock: bool = False
    uncounted: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    specialised: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question to the engine. ``chosen`` maps a facet to one value, ``numbers`` a range to a number.

    ``restrict`` limits what is looked at, by sure facet values; it is no filter and judges nothing.
    ``as_typed`` true searches the words as they are, without mending a typing mistake.
    """

    kind: str
    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    restrict: Mapping[str, str] = field(default_factory=dict)
    count_facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    count_left_out: bool = True
    offset: int = 0
    limit: int | None = None
    as_typed: bool = False

    @property
    def has_filter(self) -> bool:
        """Whether anything is chosen: without it no value is judged."""
        return bool(self.chosen or self.numbers)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record of an answer, with what it said to each chosen filter."""

    key: str
    answer: Answer
    answers: Mapping[str, Answer] = field(default_factory=dict)
    alternative: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many records a choice would show: sure matches, and those to ask first."""

    match: int = 0
    ask: int = 0


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An engine's answer. ``left_out`` counts, per filter, the records which that filter alone excludes.

    ``corrected`` are the words that were searched when ``original`` held a typing mistake, else both are
    empty. ``is_distress`` says that the words cry for help; ``is_degraded`` that a stand-in answered.
    """

    hits: tuple[Hit, ...]
    match_total: int
    ask_total: int
    facet_counts: Mapping[str, Mapping[str, Count]] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    left_out_total: int = 0
    original: str = ""
    corrected: str = ""
    is_distress: bool = False
    is_degraded: bool = False

    @property
    def total(self) -> int:
        """Records shown in all: matches and those to ask first."""
        return self.match_total + self.ask_total


Progress = Callable[[str, int, int], None]
"""Told ``(kind, done, of)`` while an index is built."""


@dataclass(frozen=True, slots=True)
class IndexSource:
    """Where the records of one kind come from: ``documents(None)`` gives all that may leave the house."""

    kind: str
    documents: Callable[[Sequence[str] | None], Sequence[SearchDocument]]


class SearchEngine(Protocol):
    """What every engine can do; ``SEARCH_ENGINE`` names one by its dotted path."""

    def index(self, documents: Iterable[SearchDocument]) -> None:
        """Add or replace these documents."""

    def remove(self, kind: str, keys: Iterable[str]) -> None:
        """Forget these records; unknown keys are no error."""

    def clear(self, kind: str) -> None:
        """Forget every record of a kind."""

    def rebuild(self, sources: Sequence[IndexSource], progress: Progress | None = None) -> int:
        """Replace everything by what ``sources`` give; return how many documents.

        Readers see the old index or the new one, and whatever changed meanwhile is in the new one. Killed
        half-way it leaves the old index as it was.
        """

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer ``query``."""

    def health(self) -> str:
        """Return an empty string when the engine answers, else one sentence why not."""
