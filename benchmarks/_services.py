"""One seeded generator of services and queries for the benchmarks: Zipf words, skewed facets, much unknown."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from portal.plugins import Answer, Conditions, FacetValues, RangeValues, SearchDocument, SearchQuery

WORDS = 40_000
NEEDS = tuple(f"need{number:02}" for number in range(30))
KINDS = tuple(f"kind{number:02}" for number in range(12))
LANGUAGES = tuple(f"tongue{number:02}" for number in range(17))
PAPERS = ("none", "asylum", "resident", "citizen")
GENDERS = ("female", "male", "diverse")
FLAGS = ("free", "always", "anonymous", "police")
LIMITS = ("children", "disability")
YES = "yes"
COUNTED = {
    "need": NEEDS,
    "kind": KINDS,
    "language": LANGUAGES,
    "papers": PAPERS,
    "gender": GENDERS,
    "country": ("AA", "BB"),
    **dict.fromkeys((*FLAGS, *LIMITS), (YES,)),
}
ASK = FacetValues(everything=Answer.ASK)
ANYONE = FacetValues(everything=Answer.MATCH)


class Generator:
    """Makes the same services and queries for the same seed."""

    def __init__(self, seed: int = 20261125) -> None:
        self.random = random.Random(seed)  # noqa: S311 (a benchmark)
        letters = "abcdefghijklmnoprstuvz"
        words: dict[str, None] = {}
        while len(words) < WORDS:
            words["".join(self.random.choices(letters, k=self.random.randint(4, 10)))] = None
        self.words: list[str] = list(words)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
        self.areas = tuple(f"{country}{number:03}" for country in ("AA", "BB") for number in range(200))
        self.area_weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.areas))))

    def word(self) -> str:
        """Return a word, the frequent ones often."""
        at = bisect_left(self.weights, self.random.random() * self.weights[-1])
        return self.words[at]

    def skewed(self, values: Sequence[str]) -> str:
        """Return a value, the first ones often."""
        return values[min(int(self.random.expovariate(4 / len(values))), len(values) - 1)]

    def services(self, number: int) -> list[SearchDocument]:
        """Return ``number`` services of about 50 words."""
        return [self._service(position) for position in range(number)]

    def _service(self, position: int) -> SearchDocument:
        country = "AA" if self.random.random() < 0.7 else "BB"
        tier = self.random.choices("0123", (2, 8, 25, 65))[0]
        fields = {
            "name": " ".join(self.word() for _ in range(self.random.randint(3, 6))),
            "text": " ".join(self.word() for _ in range(self.random.randint(25, 60))),
        }
        return SearchDocument(
            kind="service",
            key=f"service-{position:06}",
            fields={"en": fields},
            facets=self._facets(country),
            alternatives=tuple(self._alternative() for _ in range(self._alternatives())),
            static_key=f"{tier}0{self.random.randrange(99999):05}",
            ask_always=self.random.random() < 0.02,
            round_the_clock=self.random.random() < 0.03,
            specialised=tier in "01",
            uncounted=frozenset({"area"}) if self.random.random() < 0.05 else frozenset(),
        )

    def _alternatives(self) -> int:
        return self.random.choices((1, 2, 3, 4), (75, 17, 6, 2))[0]

    def _facets(self, country: str) -> dict[str, FacetValues]:
        needs = {self.skewed(NEEDS) for _ in range(self.random.randint(1, 4))}
        local = self.random.random() < 0.6
        spoken = {self.skewed(LANGUAGES) for _ in range(self.random.randint(0, 3))}
        area = self.areas[bisect_left(self.area_weights, self.random.random() * self.area_weights[-1])]
        return {
            "need": FacetValues(frozenset(needs)),
            "kind": FacetValues(frozenset({self.skewed(KINDS)})),
            "country": FacetValues(frozenset({country})),
            "area": FacetValues(frozenset({area})) if local else self.random.choice((ASK, ANYONE)),
            "language": FacetValues(frozenset(spoken), everything=Answer.ASK),
            "audience": FacetValues(frozenset({"everyone" if self.random.random() < 0.95 else "staff"})),
            **{name: self._flag() for name in FLAGS},
        }

    def _flag(self) -> FacetValues:
        draw = self.random.random()
        return ASK if draw < 0.4 else FacetValues(frozenset({YES}) if draw < 0.75 else frozenset())

    def _alternative(self) -> Conditions:
        draw = self.random.random()
        low = self.random.choice((None, 0, 14, 15, 16, 18, 65))
        high = self.random.choice((None, None, 14, 17, 18, 26, 65))
        age = RangeValues(unknown=True) if draw < 0.3 else RangeValues(low, high)
        gender = self.random.choices(
            (ASK, ANYONE, FacetValues(frozenset({"female"}), frozenset({"diverse"}))), (30, 45, 25)
        )[0]
        papers = ASK if draw < 0.35 else FacetValues(frozenset(self.random.sample(PAPERS, 2)))
        return Conditions(
            {"gender": gender, "papers": papers, **{name: self._flag() for name in LIMITS}},
            {"age": age},
            limited=self.random.random() < 0.25,
        )

    def typical(self) -> SearchQuery:
        """Return a query of up to three words, with need, age, gender and place."""
        words = " ".join(self.word() for _ in range(self.random.randint(0, 3)))
        chosen = {
            "need": self.skewed(NEEDS),
            "gender": self.random.choice(GENDERS),
            "area": self.random.choice(self.areas[:40]),
        }
        return self._query(words, chosen, {"age": self.random.randint(5, 80)})

    def broad(self) -> SearchQuery:
        """Return a query of one of the twenty most frequent words, without filters."""
        return self._query(self.random.choice(self.words[:20]), {}, {})

    def heavy(self) -> SearchQuery:
        """Return a query of four to seven words and one need."""
        words = " ".join(self.word() for _ in range(self.random.randint(4, 7)))
        return self._query(words, {"need": self.skewed(NEEDS)}, {})

    def facets_only(self) -> SearchQuery:
        """Return a query without words."""
        query = self.typical()
        return self._query("", dict(query.chosen), dict(query.numbers))

    def _query(self, words: str, chosen: dict[str, str], numbers: dict[str, int]) -> SearchQuery:
        return SearchQuery(
            kind="service",
            words=words,
            chosen=chosen,
            numbers=numbers,
            restrict={"audience": "everyone"},
            count_facets=COUNTED,
            limit=20,
            as_typed=True,
        )
