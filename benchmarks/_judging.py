"""Judges answers to the golden queries: what the result page shows first, held against what would help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from directory.models import Service
from search import presenters
from search.engine import get_engine
from search.presenters import Asked
from tests.search.golden_queries import GoldenQuery

FIRST = 5
Names = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one query. ``rank`` is that of the first right answer in any group, 0 for none of five.

    ``forbidden`` are the keys among the first five that must not be there; ``shown`` the services as they came.
    """

    query: GoldenQuery
    rank: int
    forbidden: tuple[str, ...]
    shown: tuple[str, ...]
    corrected: str = ""


@dataclass
class Score:
    """The sums of a category."""

    queries: int = 0
    first: int = 0
    five: int = 0
    forbidden: int = 0
    wrong: list[Verdict] = field(default_factory=list)

    @property
    def at_1(self) -> float:
        """The share of queries whose first answer is right, 0 to 100."""
        return 100 * self.first / max(self.queries, 1)

    @property
    def at_5(self) -> float:
        """The share of queries with a right answer among the first five, 0 to 100."""
        return 100 * self.five / max(self.queries, 1)

    def add(self, verdict: Verdict) -> None:
        """Count one verdict."""
        self.queries += 1
        self.first += verdict.rank == 1
        self.five += verdict.rank > 0
        self.forbidden += bool(verdict.forbidden)
        if verdict.rank != 1 or verdict.forbidden:
            self.wrong.append(verdict)


def names_of_services() -> Names:
    """Return by key all that a service counts as: itself, its needs, type, providers, country."""
    services = Service.objects.for_visitors().select_related("service_type")
    services = services.prefetch_related("service_terms__term", "providers__organization")
    return {service.key: frozenset(_names(service)) for service in services}


def _names(service: Service) -> Iterable[str]:
    yield from (f"service:{service.key}", f"country:{service.country}")
    yield from (f"need:{row.term.slug}" for row in service.service_terms.all())
    yield from (f"organization:{row.organization.key}" for row in service.providers.all())
    if service.service_type:
        yield f"type:{service.service_type.slug}"
    if service.is_open_24_7:
        yield "round-the-clock"


def judge(query: GoldenQuery, services: Names) -> Verdict:
    """Ask the engine as the result page does and return what came of it."""
    asked = Asked(query.query, query.country)
    rank, forbidden, shown, corrected = 0, [], (), ""
    for presenter in presenters.registered():
        question = replace(presenter.query(asked), count_left_out=False, limit=FIRST)
        result = get_engine().search(question)
        corrected = corrected or result.corrected
        keys = [hit.key for hit in result.hits]
        names = [_names_of_hit(presenter.kind, key, services) for key in keys]
        right = [number for number, known in enumerate(names, 1) if known & query.expected]
        rank = min([each for each in (rank, *right) if each], default=0)
        forbidden += [key for key, known in zip(keys, names, strict=True) if known & query.forbidden]
        shown = tuple(keys) if presenter.kind == "service" else shown
    return Verdict(query, rank, tuple(forbidden), shown, corrected)


def _names_of_hit(kind: str, key: str, services: Names) -> frozenset[str]:
    return services.get(key, frozenset()) if kind == "service" else frozenset({f"{kind}:{key}"})


def scores(queries: Iterable[GoldenQuery]) -> dict[str, Score]:
    """Return the scores by category, and of all under an empty name."""
    services = names_of_services()
    found: defaultdict[str, Score] = defaultdict(Score)
    for query in queries:
        verdict = judge(query, services)
        found[query.category].add(verdict)
        found[""].add(verdict)
    return dict(found)
