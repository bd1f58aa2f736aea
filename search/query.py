"""From typed words to what an engine looks for: units, each found by words or by a concept.

Analysis, lexicon, typing mistakes and word beginnings are settled here, once, so that every engine is asked the
same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.plugins import SearchQuery
from search import analysis, vocabulary
from search.analysis import QueryWord
from search.correction import Correction, correct
from search.lexicon import ConceptMatch, find_concepts, spellings

MOST_UNITS = 10
SHORTEST_BEGINNING = 3  # letters of an unfinished word
CONCEPT_LEVEL = 2  # what a concept counts in the level, where a word counts one

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for. ``words`` are groups of tokens: of every group one must stand in the record.

    ``exact`` are the words as typed, for the order only. A record with a sure facet value of ``links`` has the
    unit as well; ``level`` is what finding it counts.
    """

    words: tuple[tuple[str, ...], ...]
    exact: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def level(self) -> int:
        """What this unit adds to a record's level when it is found."""
        return CONCEPT_LEVEL if self.links else 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine has to find. A record is found with any linked unit, or ``needed`` of the others.

    Without units every record is found. ``is_distress`` finds round-the-clock records besides, and first.
    """

    units: tuple[Unit, ...] = ()
    is_distress: bool = False
    original: str = ""
    corrected: str = ""

    @property
    def needed(self) -> int:
        """How many units without links must be found where no linked one is: half of them, rounded up."""
        return -(-sum(not unit.links for unit in self.units) // 2)

    def is_found(self, found: Sequence[bool]) -> bool:
        """Whether a record with these units (in their order) is an answer."""
        if not self.units:
            return True
        plain = sum(one for one, unit in zip(found, self.units, strict=True) if not unit.links)
        linked = any(one for one, unit in zip(found, self.units, strict=True) if unit.links)
        return linked or (self.needed > 0 and plain >= self.needed)

    def level(self, found: Sequence[bool]) -> int:
        """How much of the question a record with these units answers; the first key of the order."""
        return sum(unit.level for one, unit in zip(found, self.units, strict=True) if one)


def plan(query: SearchQuery) -> Plan:
    """Return what to look for; words that say nothing at all leave an impossible unit, so nothing is found."""
    if not query.words.strip():
        return Plan()
    words = analysis.analyse_query(query.words)
    concepts = find_concepts(words)
    mended = None if query.as_typed else _mended(words, concepts)
    if mended is None:
        return _units(words, (), concepts)
    corrected = analysis.analyse_query(mended.corrected)
    found = _units(corrected, words, find_concepts(corrected))
    return replace(found, original=mended.original, corrected=mended.corrected)


def _mended(words: Sequence[QueryWord], concepts: Sequence[ConceptMatch]) -> Correction | None:
    """Return the words without their typing mistakes.

    A word of a dictionary is none, nor one that the lexicon understands, nor the beginning of a word.
    """
    understood = {number for match in concepts for number in range(match.first, match.last + 1)}
    settled = [
        word._replace(is_stop=True) if number in understood else word for number, word in enumerate(words)
    ]
    doubtful = [word for word in settled if not word.is_stop and not analysis.is_known(word.text)]
    if not doubtful or any(vocabulary.beginning_with(word, SHORTEST_BEGINNING) for word in doubtful):
        return None
    return correct(settled, {**spellings(), **vocabulary.counts()})


def _units(
    words: Sequence[QueryWord], original: Sequence[QueryWord], concepts: Sequence[ConceptMatch]
) -> Plan:
    """Return the units of the words; of mended words the original tokens count as well."""
    typed = (
        {number: word.tokens for number, word in enumerate(original)} if len(original) == len(words) else {}
    )
    covered = {number for match in concepts for number in range(match.first, match.last + 1)}
    places = [(match.first, _concept_unit(words, match, concepts)) for match in _first_of_span(concepts)]
    loose = [(number, word) for number, word in enumerate(words) if number not in covered]
    content = [pair for pair in loose if not pair[1].is_stop]
    chosen = content if content or concepts else loose
    places += [(number, _word_unit(word, typed.get(number, ()))) for number, word in chosen]
    units = tuple(unit for _, unit in sorted(places, key=lambda pair: pair[0]) if unit.words or unit.links)
    return Plan(units[:MOST_UNITS] or (Unit(((NOTHING,),)),), any(match.is_distress for match in concepts))


# A token that no analysis makes: letters of one language after the prefix of another.
NOTHING = "xxnothingxx"


def _first_of_span(concepts: Sequence[ConceptMatch]) -> list[ConceptMatch]:
    return list({(match.first, match.last): match for match in reversed(concepts)}.values())


def _concept_unit(words: Sequence[QueryWord], match: ConceptMatch, concepts: Sequence[ConceptMatch]) -> Unit:
    """Return the unit of a span: the links of all its concepts, its words as the other way to find it.

    A phrase with one word of meaning ("in danger") is not looked for by that word, nor is a concept that says
    so ("without police" must not find the police).
    """
    span = words[match.first : match.last + 1]
    content = [word for word in span if not word.is_stop and word.tokens]
    same = [each for each in concepts if (each.first, each.last) == (match.first, match.last)]
    links = tuple(dict.fromkeys(link for each in same for link in each.links))
    if any(each.links_only for each in same) or len(content) < 2 <= len(span):
        return Unit((), (), links)
    return Unit(tuple(word.tokens for word in content), tuple(word.exact for word in content), links)


def _word_unit(word: QueryWord, typed: Sequence[str]) -> Unit:
    """Return the unit of one word; a word that nothing contains stands for those that it begins.

    The most frequent of them that means a concept gives its links too.
    """
    tokens = dict.fromkeys([*word.tokens, *typed])
    links: tuple[Link, ...] = ()
    for known in vocabulary.beginning_with(word, SHORTEST_BEGINNING):
        whole = analysis.analyse_query(known)
        tokens |= dict.fromkeys(token for each in whole for token in each.tokens)
        links = links or tuple(link for match in find_concepts(whole) for link in match.links)
    return Unit((tuple(tokens),) if tokens else (), (word.exact,), links)
