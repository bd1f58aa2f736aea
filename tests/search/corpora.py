"""Documents and queries for the contract of the engines: made from a seed, or the directory's own."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from portal.plugins import Answer, Conditions, FacetValues, RangeValues, SearchDocument, SearchQuery

GOLDEN = Path(__file__).parent / "golden" / "queries.tsv"
KIND = "generated"
ASK = FacetValues(everything=Answer.ASK)
ANYONE = FacetValues(everything=Answer.MATCH)
NEEDS = tuple(f"need{number:02}" for number in range(12))
AREAS = tuple(f"{country}{number:02}" for country in ("aa", "bb") for number in range(20))
PAPERS = ("none", "asylum", "resident")
GENDERS = ("female", "male", "diverse")
COUNTED = {
    "need": NEEDS,
    "area": AREAS,
    "papers": PAPERS,
    "gender": GENDERS,
    "free": ("yes",),
    "mixed": ("one", "two"),
    "absent": ("yes",),
    "age": ("15", "40"),
}
SYLLABLES = ("ka", "mo", "ri", "lu", "šta", "će", "đo", "ži", "na", "pe")
OPERATORS = (
    '"',
    "*",
    "(",
    ")",
    "&",
    "|",
    "!",
    ":",
    "^",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "/re/",
    "-",
    "'",
    "\\",
    "~",
)


def apart() -> Iterator[SearchQuery]:
    """Yield every choice of some filters which the alternatives of a record answer differently."""
    for gender, mixed, age in product((*GENDERS, ""), ("one", "two", ""), (14, 16, 40, None)):
        chosen = {name: value for name, value in (("gender", gender), ("mixed", mixed)) if value}
        numbers = {} if age is None else {"age": age}
        if chosen or numbers:
            yield SearchQuery(KIND, chosen=chosen, numbers=numbers, count_facets=COUNTED, limit=20)


def words_of(number: int) -> list[str]:
    """Return made-up words, the same for the same number."""
    dice = random.Random(7)
    words: dict[str, None] = {}
    while len(words) < number:
        words["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))] = None
    return list(words)


class Generator:
    """Makes the same documents and queries for the same seed; few words are frequent, most are rare."""

    def __init__(self, seed: int = 20261125, words: int = 3000) -> None:
        self.dice = random.Random(seed)
        self.words = words_of(words)

    def word(self) -> str:
        """Return a word, the first ones often."""
        return self.words[min(int(self.dice.paretovariate(0.35)) - 1, len(self.words) - 1)]

    def documents(self, number: int) -> list[SearchDocument]:
        """Return ``number`` documents with every kind of facet, range, limit and flag."""
        return [self._document(position) for position in range(number)]

    def _document(self, position: int) -> SearchDocument:
        dice = self.dice
        words = [self.word() for _ in range(dice.randint(4, 16))]
        fields = {"name": " ".join(words[:3]), "concepts": words[3], "text": " ".join(words[4:])}
        return SearchDocument(
            kind=KIND,
            key=f"record-{position:05}",
            fields={dice.choice(("en", "sl", "sr-latn")): fields},
            facets=self._facets(),
            alternatives=tuple(self._alternative() for _ in range(dice.choices((1, 2, 3), (75, 20, 5))[0])),
            static_key=f"{dice.randrange(4)}{dice.randrange(300):05}",
            ask_always=dice.random() < 0.05,
            round_the_clock=dice.random() < 0.05,
            specialised=dice.random() < 0.1,
            uncounted=frozenset({"area"}) if dice.random() < 0.1 else frozenset(),
            numbers=(f"0{dice.randrange(10)} {dice.randrange(1000, 9999)}",) if dice.random() < 0.2 else (),
        )

    def _facets(self) -> dict[str, FacetValues]:
        dice = self.dice
        needs = frozenset(dice.sample(NEEDS, dice.randint(0, 3)))
        area = FacetValues(frozenset(dice.sample(AREAS, 2)), frozenset(dice.sample(AREAS, 2)))
        facets = {
            "need": FacetValues(needs),
            "area": dice.choice((area, area, ASK, ANYONE, FacetValues(ask=needs, everything=Answer.MATCH))),
            "audience": FacetValues(frozenset({"everyone" if dice.random() < 0.9 else "staff"})),
        }
        if dice.random() < 0.8:  # else nobody says anything of it
            facets["free"] = self._flag()
        if dice.random() < 0.5:  # else an alternative says it
            facets["mixed"] = self._any(("one", "two", "three"))
        return facets

    def _flag(self) -> FacetValues:
        return self.dice.choice((ASK, FacetValues(frozenset({"yes"})), FacetValues()))

    def _any(self, values: Sequence[str]) -> FacetValues:
        dice = self.dice
        match, ask = (frozenset(dice.sample(values, dice.randint(0, 2))) for _ in range(2))
        return FacetValues(match, ask, dice.choice(list(Answer)))

    def _alternative(self) -> Conditions:
        dice = self.dice
        ages = RangeValues(dice.choice((None, 0, 15, 16, 18)), dice.choice((None, 15, 17, 26, 65)))
        facets = {
            "gender": dice.choice((ASK, ANYONE, FacetValues(frozenset({"female"}), frozenset({"diverse"}))))
        }
        if dice.random() < 0.7:
            facets["papers"] = self._any(PAPERS)
        if dice.random() < 0.4:
            facets["mixed"] = self._any(("one", "two", "three"))
        ranges = {"age": RangeValues(unknown=True) if dice.random() < 0.3 else ages}
        return Conditions(facets, ranges if dice.random() < 0.8 else {}, limited=dice.random() < 0.25)

    def query(self) -> SearchQuery:
        """Return a query of up to four words and any filters."""
        dice = self.dice
        words = [self.word() for _ in range(dice.choices((0, 1, 2, 3, 4), (25, 30, 25, 15, 5))[0])]
        if dice.random() < 0.1:
            words.insert(0, dice.choice(OPERATORS))
        options = {
            "need": (*NEEDS, "unheard-of"),
            "area": AREAS,
            "gender": GENDERS,
            "papers": PAPERS,
            "free": ("yes",),
            "mixed": ("one", "two", "three"),
            "absent": ("yes",),
        }
        chosen = {name: dice.choice(values) for name, values in options.items() if dice.random() < 0.2}
        return SearchQuery(
            kind=KIND,
            words=" ".join(words),
            chosen=chosen,
            numbers={"age": dice.randint(0, 80)} if dice.random() < 0.3 else {},
            restrict={"audience": "everyone"} if dice.random() < 0.5 else {},
            count_facets=COUNTED if dice.random() < 0.7 else {},
            limit=20,
            offset=dice.choice((0, 0, 0, 20, 190)),
        )

    def broad(self) -> SearchQuery:
        """Return a query of one or two very frequent words, or of none."""
        dice = self.dice
        words = " ".join(dice.sample(self.words[:4], dice.randint(0, 2)))
        chosen = {"gender": dice.choice(GENDERS)} if dice.random() < 0.5 else {}
        return SearchQuery(kind=KIND, words=words, chosen=chosen, count_facets=COUNTED, limit=20)


def golden_words() -> list[str]:
    """Return the words of every golden query."""
    with GOLDEN.open(encoding="utf-8", newline="") as lines:
        return [row["query"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def queries_about(documents: Sequence[SearchDocument], number: int, seed: int = 5) -> list[SearchQuery]:
    """Return queries made of the documents' own words and facet values, whole, cut and misspelt."""
    dice = random.Random(seed)
    words = sorted(
        {w for d in documents for f in d.fields.values() for text in f.values() for w in text.split()}
    )
    values = facet_values(documents)
    kinds = sorted({document.kind for document in documents})
    made = []
    for _ in range(number):
        kind = dice.choice(kinds)
        names = dice.sample(sorted(values[kind]), min(dice.randint(0, 3), len(values[kind])))
        typed = " ".join(_mangled(dice, dice.choice(words)) for _ in range(dice.randint(0, 4)))
        chosen = {name: dice.choice(values[kind][name]) for name in names}
        numbers = {"age": dice.randint(0, 90)} if dice.random() < 0.25 and kind == "service" else {}
        made.append(SearchQuery(kind, typed, chosen, numbers, count_facets=values[kind], limit=20))
    return made


def facet_values(documents: Sequence[SearchDocument]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, per kind and facet, every value that a document names."""
    found: dict[str, dict[str, set[str]]] = {}
    for document in documents:
        of_kind = found.setdefault(document.kind, {})
        for facets in (document.facets, *(each.facets for each in document.alternatives)):
            for name, values in facets.items():
                of_kind.setdefault(name, set()).update(values.match, values.ask)
    return {
        kind: {name: tuple(sorted(some)) for name, some in facets.items() if some}
        for kind, facets in found.items()
    }


def _mangled(dice: random.Random, word: str) -> str:
    draw = dice.random()
    if draw < 0.1 and len(word) > 4:
        at = dice.randrange(len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if draw < 0.2:
        return word[:4]
    return dice.choice(OPERATORS) + word if draw < 0.25 else word
