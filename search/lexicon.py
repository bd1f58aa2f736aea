"""From words to what is meant: finds the concepts that a query names, in memory, by phrases of tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from django.db import connection

from search.analysis import ANALYSIS_VERSION, QueryWord, analyse
from search.analysis.analyser import folded_forms, prefix_of
from search.analysis.letters import folded_word
from search.analysis.stop_words import stop_words
from search.lexicon_models import Concept, ConceptTerm
from search.moment import SinceMoment

SHORTEST_STEM: Final = 4  # letters of a single word; a shorter stem is shared by words of other meanings
SHORTEST_IN_PHRASE: Final = 2
SHORTEST_SHARED: Final = 5  # letters of a stem that may be of another language, inside a phrase
SKIPPED: Final = frozenset({"can", "only"})  # skipped as function words are, though the analysis keeps them
NEGATIONS: Final = frozenset(
    {
        "no", "not", "without", "dont", "doesnt", "wont", "ne", "nije", "nisu", "bez", "brez", "ni", "nu",
        "nuk", "fara", "nem", "nincs", "keine", "kein", "nicht", "ohne", "pas", "nane", "yok", "не", "нет",
        "без", "ні", "немає", "нема", "няма", "لا", "ليس", "بدون", "نه",
    }
)  # fmt: skip
"""Words without which a phrase says the contrary: never left out, though some are function words."""
WITHOUT: Final = frozenset({"without", "bez", "brez", "fara", "ohne", "без", "بدون"})
"""Negations that reach over one noun: "without telling the police"."""
NEGATED: Final = frozenset(f"={word}" for word in NEGATIONS)

TermWords = list[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A concept that the words ``first`` to ``last`` name; ``links`` are (facet, value) pairs.

    With ``links_only`` the words themselves must not be looked for.
    """

    concept: str
    first: int
    last: int
    links: tuple[tuple[str, str], ...]
    is_distress: bool
    links_only: bool = False


class _Phrase(NamedTuple):
    """What stands for a concept. ``words`` are per word its form and all that the word may be found by."""

    concept: Concept
    links: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, frozenset[str]], ...]


class _Found(NamedTuple):
    """A phrase at a place; ``same`` counts its words that stand in the query in the same form."""

    phrase: _Phrase
    first: int
    last: int
    same: int

    @property
    def order(self) -> tuple[int, int, int, int]:
        return (-len(self.phrase.words), self.first - self.last, -self.same, self.first)


def term_words(text: str, language: str) -> TermWords:
    """Return what must stand in a query for a term: the folded form and the tokens of each word.

    Function words of a phrase are left out when two others stay; a negation always stays.
    """
    prefix = prefix_of(language)
    stops = stop_words().get(prefix, frozenset())
    words = [(folded_word(word.exact, prefix) or word.exact, word.tokens) for word in analyse(text, language)]
    content = [word for word in words if word[0] in NEGATIONS or word[0] not in stops]
    return content if len(content) > 1 else words


def find_concepts(words: Sequence[QueryWord]) -> list[ConceptMatch]:
    """Return the concepts that the words name, each place of the query once: the longest phrase first.

    One span gives several matches when its words stand for several concepts. A single word of distress yields
    to anything else that is asked for: "help with papers" is about papers.
    """
    if not words:
        return []
    matcher = _matcher()
    found = [matcher.negated(one, words) for one in _without_overlap(matcher.find(words))]
    matches = [
        ConceptMatch(
            one.phrase.concept.key,
            one.first,
            one.last,
            one.phrase.links,
            one.phrase.concept.is_distress and not (len(one.phrase.words) == 1 and _asks_more(found)),
            one.phrase.concept.links_only,
        )
        for one in found
    ]
    return sorted(dict.fromkeys(matches), key=lambda match: match.first)


def spellings() -> Mapping[str, int]:
    """Return the folded words of the lexicon and in how many phrases each stands: none of them is a mistake."""
    return _matcher().spellings


def _asks_more(found: Iterable[_Found]) -> bool:
    return any(not one.phrase.concept.is_distress for one in found)


def _without_overlap(found: list[_Found]) -> list[_Found]:
    """Keep the longest phrase of each place; among equals those written as in the query, all of one span."""
    kept: list[_Found] = []
    taken: dict[int, _Found] = {}
    for one in sorted(found, key=lambda each: each.order):
        span = range(one.first, one.last + 1)
        holders = {id(taken[place]): taken[place] for place in span if place in taken}
        if not holders:
            kept.append(one)
            taken |= dict.fromkeys(span, one)
            continue
        (holder, *others) = holders.values()
        if not others and (holder.first, holder.last, holder.same) == (one.first, one.last, one.same):
            kept.append(one)
    return kept


class Matcher:
    """All phrases by what their first and last words are found by, so that a query looks at a few of them only."""

    def __init__(self, terms: Iterable[tuple[Concept, TermWords]]) -> None:
        self._by_ends: dict[str, dict[str, list[_Phrase]]] = {}
        self.spellings: Counter[str] = Counter()
        self._concepts: dict[str, Concept] = {}
        links: dict[int, tuple[tuple[str, str], ...]] = {}
        for concept, words in terms:
            self._concepts[concept.key] = concept
            pairs = links.setdefault(concept.pk, concept.link_pairs)
            self.spellings.update(form for form, _tokens in words)
            for order in _orders(words):
                self._add(_Phrase(concept, pairs, _usable(order)))

    def _add(self, phrase: _Phrase) -> None:
        for first in (mark for mark in phrase.words[0][1] if mark[0] != "~"):
            by_last = self._by_ends.setdefault(first, {})
            for last in phrase.words[-1][1] if len(phrase.words) > 1 else (first,):
                by_last.setdefault(last, []).append(phrase)

    def negated(self, one: _Found, words: Sequence[QueryWord]) -> _Found:
        """Return what is meant after a negation: of the concept "police" the concept "no-police", if there is one."""
        contrary = self._concepts.get(f"no-{one.phrase.concept.key}")
        before = _last_of_content(words, one.first)
        if before >= 0 and words[before].exact not in NEGATIONS:
            further = _last_of_content(words, before)
            before = further if further >= 0 and words[further].exact in WITHOUT else before
        if contrary is None or before < 0 or words[before].exact not in NEGATIONS:
            return one
        return one._replace(phrase=_Phrase(contrary, contrary.link_pairs, one.phrase.words), first=before)

    def find(self, words: Sequence[QueryWord]) -> list[_Found]:
        """Return every phrase that stands in the query, overlapping ones too."""
        marks = [_marks(word.exact, word.tokens) for word in words]
        present = frozenset().union(*marks)
        found = []
        for first, own in enumerate(marks):
            ends = [by_last for mark in own if (by_last := self._by_ends.get(mark))]
            near = {
                id(each): each
                for by_last in ends
                for last in by_last.keys() & present
                for each in by_last[last]
            }
            found += [one for phrase in near.values() if (one := _match(phrase, words, marks, first))]
        return found


def _match(
    phrase: _Phrase, words: Sequence[QueryWord], marks: Sequence[frozenset[str]], first: int
) -> _Found | None:
    """Return where the phrase stands when it begins at ``first``; function words between are skipped."""
    place, same = first, 0
    for number, (form, wanted) in enumerate(phrase.words):
        while place < len(words) and wanted.isdisjoint(marks[place]):
            if not number or not _is_skipped(words[place], marks[place]):
                return None
            place += 1
        if place >= len(words):
            return None
        same += form in marks[place]
        place += 1
    return _Found(phrase, first, place - 1, same)


def _last_of_content(words: Sequence[QueryWord], end: int) -> int:
    """Return the place of the last word before ``end`` that is no function word, or -1."""
    place = end - 1
    while place >= 0 and _is_skipped(words[place], _marks(words[place].exact, words[place].tokens)):
        place -= 1
    return place


def _is_skipped(word: QueryWord, marks: frozenset[str]) -> bool:
    return word.exact in SKIPPED or (word.is_stop and marks.isdisjoint(NEGATED))


def _orders(words: TermWords) -> list[TermWords]:
    """Return the orders in which a term counts: two words in both, for "me tuče" is "tuče me"."""
    if len(words) == 2 and not {word[0] for word in words} & NEGATIONS:
        return [words, words[::-1]]
    return [words] if words else []


def _usable(words: TermWords) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the words with what each is found by.

    A single word is not found by a stem that is too short; a word of a phrase is found by a long stem of any
    language, for people mix them ("no policija").
    """
    if len(words) == 1:
        return tuple((f"={form}", _marked(form, tokens, SHORTEST_STEM)) for form, tokens in words)
    return tuple(
        (f"={form}", _marked(form, tokens, SHORTEST_IN_PHRASE) | _shared(tokens)) for form, tokens in words
    )


def _marked(form: str, tokens: Iterable[str], shortest: int) -> frozenset[str]:
    """Return a form and the tokens with a stem of so many letters; a number has no stem."""
    return frozenset(
        [f"={form}", *(each for each in tokens if each.startswith("nx") or len(_stem(each)) >= shortest)]
    )


def _shared(tokens: Iterable[str]) -> frozenset[str]:
    return frozenset(f"~{_stem(each)}" for each in tokens if len(_stem(each)) >= SHORTEST_SHARED)


def _stem(token: str) -> str:
    return token.partition("x")[2]


@lru_cache(maxsize=20_000)
def _marks(exact: str, tokens: tuple[str, ...]) -> frozenset[str]:
    """Return all that a word of a query is found by: folded forms ("="), tokens, stems of any language ("~")."""
    return frozenset([*(f"={form}" for form in folded_forms(exact)), f"={exact}", *tokens]) | _shared(tokens)


_loaded: tuple[int, Matcher] | None = None
_moments = SinceMoment[Matcher]()


def _matcher() -> Matcher:
    """Return the matcher of the lexicon as it is now."""
    return _moments.get("", _followed)


def _followed() -> Matcher:
    """Return the same when anything was written: one short query tells whether the lexicon was changed."""
    global _loaded
    version = _version()
    if _loaded is None or _loaded[0] != version:
        _loaded = (version, Matcher(_stored_terms()))
    return _loaded[1]


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM search_lexiconversion WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _stored_terms() -> list[tuple[Concept, TermWords]]:
    concepts = {concept.pk: concept for concept in Concept.objects.all()}
    rows = ConceptTerm.objects.order_by("pk").values_list(
        "concept_id", "language", "text", "words", "analysis"
    )
    return [
        (concepts[pk], words if made_by == ANALYSIS_VERSION else term_words(text, language))
        for pk, language, text, words, made_by in rows
        if pk in concepts
    ]
