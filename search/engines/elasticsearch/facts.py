"""A document as Elasticsearch keeps it: every fact of it is a word in a list, so that filters are look-ups.

``facts`` of a record are the best that any of its alternatives says: of a record with one alternative that is all, of
the others it tells who comes into question; what each of their alternatives says is told by ``parts``. What is
counted stands in ``whole`` where no filter tells the alternatives of a record apart, else in ``tallies``: of a record
with one alternative, and of each part of the others. Each facet has a field of its own beside (``whole_of``,
``tallies_of``): the fewer words a count meets, the less time it takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from portal.plugins import Answer, FacetValues, RangeValues, SearchDocument
from search.codec import decode
from search.engines.elasticsearch.parts import REMEMBERED, Part, alternatives_of, best_of, parts_of, plain
from search.engines.elasticsearch.shape import Shape
from search.models import IndexedDocument
from search.packing import unpack

LOWEST, HIGHEST = -(2**31) + 1, 2**31 - 2
LONGEST_TOKEN = 120
"""Letters of a token asked for; no stored one is as long, and a term has its limit."""
HERE = "here"
"""The flag of every record."""
UNCOUNTED = "u"
"""The word of a facet whose counts leave the record out."""
CLOSED = "n"
"""The word of a facet or range that refuses all values without a word of their own."""
UNREFUSED = "o"
"""The word of a facet of the record itself that refuses nothing."""
KNOWN = "k"
"""The word of a range that is known, not only bounded."""
ADDED = "+"
"""The word of a part that counts."""
TAKEN_OFF = "-"
"""The word of a part that is taken off; in tallies it stands before each other word, too."""
ONE = "1"
"""The word that counts the records that have tallies of their own."""
Word = tuple[str, str]
"""The name of a facet, or nothing, and a word to count."""
NOT_SURE, SURE_ONLY = "~", "!"
"""Stand before words in ``whole`` that count only for who may fit, or only for who matches for sure."""


def document_id(kind: str, key: str) -> str:
    """Return the identifier of a record, never longer than Elasticsearch takes."""
    whole = f"{kind}:{key}"
    return whole if len(whole.encode()) < 500 else f"{kind}:{blake2b(whole.encode()).hexdigest()}"


def cut(token: str) -> str:
    """Return a token as it is asked for."""
    return token[:LONGEST_TOKEN]


def fact(name: str, word: str) -> str:
    """Return the word of a facet in ``facts`` and ``tallies``."""
    return f"{name.replace('|', '%7C') if '|' in name else name}|{word}"


def said_fact(kind: str, name: str, word: str) -> str:
    """Return the word of a record's own facet in ``said``."""
    return fact(kind, fact(name, word))


def field_of(name: str) -> str:
    """Return the field of a facet or range within ``ranges``, ``whole_of`` or ``tallies_of``."""
    return name.replace(".", "%2E")


def body(row: IndexedDocument, shape: Shape) -> dict[str, Any]:
    """Return what is sent of a row; ``shape`` takes it into account."""
    content, (name, concepts, text, exact) = unpack(row.packed)
    document = decode(content)
    sent: dict[str, Any] = {
        "kind": document.kind,
        "key": document.key,
        "static_key": document.static_key,
        "words": f"{name} {concepts} {text}",
        "name": name,
        "concepts": concepts,
        "exact": exact,
        "said": sorted(_said(document)),
        "facts": sorted(_facts(document)),
        **_spread("whole", whole_words(document), shape),
        **_spread("tallies", _tallies(document), shape),
        "parts": list(_parts(document, shape)),
        "flags": sorted(_flags(document)),
        "ranges": _ranges(document),
        "content": content,
    }
    shape.add(document)
    shape.add_words(word.partition("|")[2] for word in sent["said"])
    for owner in (sent, *sent["parts"]):
        shape.add_words(owner["facts"])
    return sent


def _said(document: SearchDocument) -> Iterator[str]:
    """Yield what the record itself matches for sure: by this it is limited and linked."""
    for name, values in document.facets.items():
        yield from (said_fact(document.kind, name, word) for word in _facet_words(plain(values)))


def _facts(document: SearchDocument) -> Iterator[str]:
    yield from (fact(name, UNCOUNTED) for name in document.uncounted)
    for name, values in document.facets.items():
        if values.everything is not Answer.NO:
            yield fact(name, UNREFUSED)
    alternatives = alternatives_of(document)
    for name, values in best_of(alternatives).items():
        yield from (fact(name, word) for word in _facet_words(values))
    if alternatives:
        bounded = set.intersection(*({name for name, _ in one.ranges} for one in alternatives))
        yield from (fact(name, CLOSED) for name in bounded)


@lru_cache(maxsize=REMEMBERED)
def _facet_words(values: FacetValues) -> tuple[str, ...]:
    """Return the words by which a facet is asked: nothing is said of what is to be asked about."""
    if values.everything is Answer.MATCH:
        return ("*m", *(f"x:{value}" for value in values.ask))
    matching = [f"m:{value}" for value in values.match]
    if values.everything is Answer.NO:
        return (CLOSED, *matching, *(f"a:{value}" for value in values.ask))
    return tuple(matching)


def _spread(field: str, words: Iterable[Word], shape: Shape) -> dict[str, Any]:
    """Return words to count: of all facets with few values in one field, of each facet in one of its own."""
    few, own = [], defaultdict(list)
    for name, word in words:
        if name:
            own[field_of(name)].append(word)
        if name not in shape.large:
            few.append(word)
    return {field: sorted(few), f"{field}_of": {name: sorted(each) for name, each in own.items()}}


def whole_words(document: SearchDocument) -> Iterator[Word]:
    """Yield what is counted of any record as long as no filter tells its alternatives apart."""
    alternatives = alternatives_of(document)
    fitting = _best_words(alternatives, document, ("*m", "ma:", "am:"))
    matching = _best_words([one for one in alternatives if one.is_sure], document, (CLOSED, UNCOUNTED, "a:"))
    yield from fitting & matching
    yield from ((name, NOT_SURE + word) for name, word in fitting - matching)
    yield from ((name, SURE_ONLY + word) for name, word in matching - fitting)


def _best_words(parts: Sequence[Part], document: SearchDocument, but: tuple[str, ...]) -> set[Word]:
    """Return the words of the best that these parts say, but some of which nothing is counted."""
    if not parts:
        return set()
    found = {(name, UNCOUNTED) for name in document.uncounted}
    for name, values in best_of(parts).items():
        if name not in document.uncounted:
            found.update((name, word) for word in _tally_words(values))
    return {("", ONE), *((name, fact(name, word)) for name, word in found if not word.startswith(but))}


def _tallies(document: SearchDocument) -> Iterator[Word]:
    """Yield the few words that are counted of a record with one alternative: what it leaves open has none."""
    if len(document.alternatives) == 1:
        [(part, _times)] = parts_of(document)
        yield "", ONE
        yield from _counted(part, document)


def _parts(document: SearchDocument, shape: Shape) -> Iterator[dict[str, Any]]:
    """Yield what is counted of a record with several alternatives."""
    if len(document.alternatives) > 1:
        for part, times in parts_of(document):
            words = list(_counted(part, document))
            if times < 0:
                words = [("", TAKEN_OFF), *((name, TAKEN_OFF + word) for name, word in words)]
            sent = {
                "facts": [ADDED if times > 0 else TAKEN_OFF, *sorted(_part_facts(part, document))],
                **_spread("tallies", words, shape),
                "ranges": {field_of(name): _ends(r) for name, r in part.ranges if not _is_empty(r)},
            }
            yield from [sent] * abs(times)


def _counted(part: Part, document: SearchDocument) -> Iterator[Word]:
    yield from ((name, fact(name, UNCOUNTED)) for name in document.uncounted)
    yield from ((name, fact(name, CLOSED)) for name, _values in part.ranges if name not in document.uncounted)
    for name, values in part.facets:
        if name not in document.uncounted:
            yield from ((name, fact(name, word)) for word in _tally_words(values))


@lru_cache(maxsize=REMEMBERED)
def _tally_words(values: FacetValues) -> tuple[str, ...]:
    if values.everything is Answer.NO:
        return (CLOSED, *(f"m:{value}" for value in values.match), *(f"a:{value}" for value in values.ask))
    if values.everything is Answer.ASK:
        return tuple(f"am:{value}" for value in values.match)
    return ("*m", *(f"ma:{value}" for value in values.ask))


def _part_facts(part: Part, document: SearchDocument) -> Iterator[str]:
    yield from (["sure"] if part.is_sure else [])
    yield from (fact(name, UNCOUNTED) for name in document.uncounted)
    yield from (fact(name, CLOSED) for name, _values in part.ranges)
    yield from (fact(name, KNOWN) for name in part.known)
    yield from (fact(name, word) for name, values in part.facets for word in _facet_words(values))


def _flags(document: SearchDocument) -> Iterator[str]:
    yield HERE
    yield from (name for name in ("round_the_clock", "specialised") if getattr(document, name))
    if document.alternatives:
        yield "plane"
    if any(not each.limited and not document.ask_always for each in document.alternatives):
        yield "open"
    if len(document.alternatives) == 1:
        yield "one"


def _ranges(document: SearchDocument) -> dict[str, list[dict[str, int]]]:
    found: dict[str, list[dict[str, int]]] = {}
    for conditions in document.alternatives:
        for name, values in conditions.ranges.items():
            if not values.unknown and not _is_empty(values):
                found.setdefault(field_of(name), []).append(_ends(values))
    return found


def _ends(values: RangeValues) -> dict[str, int]:
    return {"gte": _end(values.low, LOWEST), "lte": _end(values.high, HIGHEST)}


def _is_empty(values: RangeValues) -> bool:
    return values.low is not None and values.high is not None and values.low > values.high


def _end(end: int | None, default: int) -> int:
    return default if end is None else max(LOWEST, min(HIGHEST, end))
