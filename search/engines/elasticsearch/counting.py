"""The searches that count: totals, what each choice would show, and what each filter leaves out.

Each set of records is a search of its own: within one, every filter would be asked of every record found. A count
of words gives the counts of all choices, as ``facts`` lays them down and ``answers`` adds them up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.engines.elasticsearch.facts import KNOWN, TAKEN_OFF, UNCOUNTED, fact, field_of
from search.engines.elasticsearch.questions import INSIDE, Filters, Query, Words, both, flag, number, term

MOST_FACTS = 20_000
"""So many different words one count holds; it counts the words of all facets, which is quicker than picking some."""
FOUND = "found"


def may_key(without: str) -> str:
    """Return the name of the search in which whoever may fit is counted, by all filters but one."""
    return f"may {without}"


def sure_key(without: str) -> str:
    """Return the same for whoever matches for sure."""
    return f"sure {without}"


def counts(
    words: Words, filters: Filters, counted: Mapping[str, Sequence[str]], *, left_out: bool
) -> dict[str, Query]:
    """Return the searches by name; where one counts who may fit and who matches at once, it has the first name."""
    shared = {name: values for name, values in counted.items() if name not in filters.chosen}
    own = {name: {name: counted[name]} if name in counted else {} for name in filters.chosen}
    searches = {FOUND: number(words.found())} if filters.chosen else {}
    for without, facets in {"": shared, **own}.items():
        counting = _Counting(words, filters, facets, without)
        if facets or left_out or not without:
            searches[may_key(without)] = counting.search(is_sure=False)
        if (facets or not without) and not counting.is_at_once:
            searches[sure_key(without)] = counting.search(is_sure=True)
    return searches


class _Counting:
    """Counts the values of some facets among whom all chosen filters but one leave."""

    def __init__(
        self, words: Words, filters: Filters, facets: Mapping[str, Sequence[str]], without: str
    ) -> None:
        self._words, self._filters, self._facets, self._without = words, filters, facets, without
        self._ranges = {name: values for name, values in facets.items() if filters.asked.is_range(name)}
        is_apart = not filters.is_whole(without) and not filters.shape.apart.isdisjoint(facets)
        self._is_whole = not self._ranges and not is_apart
        self._large = sorted(filters.shape.large.intersection(facets))

    @property
    def is_at_once(self) -> bool:
        """Whether one search counts both: everybody may fit, and the words tell who does for sure."""
        return self._is_whole and bool(self._facets) and self._filters.is_free(self._without)

    def search(self, *, is_sure: bool) -> Query:
        """Return the search; without a facet the number of the records is enough, and no word is counted."""
        found, filters, without = self._words.found(), self._filters, self._without
        if self._is_whole:
            left = both(found, filters.sure(without) if is_sure else filters.may(without))
            if not self._facets:
                return number(left)
            aggs = self._words_of("whole", is_sure)
        else:
            left = both(found, filters.sure_outside(without) if is_sure else filters.may_outside(without))
            aggs = self._of_parts(is_sure)
        return {"query": left, "size": 0, "track_total_hits": self._is_by_itself(is_sure), "aggs": aggs}

    def _is_by_itself(self, is_sure: bool) -> bool:
        """Whether words of the one facet are enough: how many records there are is told by their number.

        That is so unless only their parts tell who may fit; of who matches for sure nobody asks it.
        """
        without = self._without
        return bool(without) and (self._is_whole or is_sure or self._filters.is_told_outside(without))

    def _words_of(self, field: str, is_sure: bool) -> Query:
        """Return the counts of the words of all facets, or of the one that this is about."""
        own = f"{field}_of."
        if self._is_by_itself(is_sure):
            return {"words": _words(own + field_of(self._without))}
        return {
            "words": _words(field),
            **{f"words {name}": _words(own + field_of(name)) for name in self._large},
        }

    def _of_parts(self, is_sure: bool) -> Query:
        filters, without = self._filters, self._without
        aggs = {**self._words_of("tallies", is_sure), **self._around_records()}
        if filters.shape.has_parts:
            inside = filters.sure_inside(without) if is_sure else filters.may_inside(without)
            words = self._words_of(f"{INSIDE}tallies", is_sure)
            told = {"filter": inside, "aggs": {**words, **self._around_parts(is_sure)}}
            aggs["parts"] = {"nested": {"path": "parts"}, "aggs": {"parts": told}}
        return aggs

    def _around_records(self) -> Query:
        """Return the counts of the numbers of ranges, for records of one alternative."""
        aggs: Query = {}
        for name, values in self._ranges.items():
            hidden = term("facts", fact(name, UNCOUNTED))
            around = self._filters.asked.around
            found = {value: both(flag("one"), around(name, value), unless=[hidden]) for value in values}
            aggs[f"range {name}"] = {"filters": {"filters": found}}
        return aggs

    def _around_parts(self, is_sure: bool) -> Query:
        aggs: Query = {}
        facts = f"{INSIDE}facts"
        for name, values in self._ranges.items():
            found: Query = {}
            hidden, taken_off = term(facts, fact(name, UNCOUNTED)), term(facts, TAKEN_OFF)
            known = [term(facts, fact(name, KNOWN))] if is_sure else []
            for value in values:
                around = [self._filters.asked.around(name, value, INSIDE), *known]
                found[value] = both(*around, unless=[hidden, taken_off])
                found[TAKEN_OFF + value] = both(*around, taken_off, unless=[hidden])
            aggs[f"range {name}"] = {"filters": {"filters": found}}
        return aggs


def _words(field: str) -> Query:
    return {"terms": {"field": field, "size": MOST_FACTS}}
