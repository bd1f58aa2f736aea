"""The order of hits: computed from our own tokens and records only, so that it is the same on every engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache

from portal.plugins import Answer
from search.query import Plan

CANDIDATES = 200
"""How many records are ranked; all that come after them keep the order by level, answer and static key."""


class Evidence(IntFlag):
    """Where a unit was found in a record."""

    NAME = 1
    CONCEPTS = 2
    TEXT = 4
    LINK = 8
    EXACT = 16


WEIGHTS = {Evidence.NAME: 60, Evidence.LINK: 60, Evidence.CONCEPTS: 25, Evidence.TEXT: 10, Evidence.EXACT: 3}
SPECIALISED = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that an engine proposes: what the order needs to know of it."""

    key: str
    answer: Answer
    static_key: str
    level: int = 0
    evidence: tuple[Evidence, ...] = ()
    specialised: bool = False
    lifted: bool = False


def ranked(candidates: Iterable[Candidate], plan: Plan) -> list[Candidate]:
    """Return the candidates in order: lifted, level, answer, evidence, static key, key."""
    return sorted(candidates, key=lambda one: _order(one, plan))


def _order(one: Candidate, plan: Plan) -> tuple[object, ...]:
    score = relevance(one.evidence, one.specialised) if plan.units else 0
    return (not one.lifted, -one.level, -one.answer, -score, one.static_key, one.key)


def relevance(evidence: Sequence[Evidence], specialised: bool) -> int:
    """Return how well the words fit: for every unit its best place, a little for further ones, and the boost."""
    return sum(map(weight_of, evidence)) + (SPECIALISED if specialised else 0)


@lru_cache(maxsize=64)
def weight_of(found: Evidence) -> int:
    """Return what the places of one unit are worth: the best one, and a little for further ones."""
    weights = sorted((weight for place, weight in WEIGHTS.items() if place in found), reverse=True)
    return sum(weights[:1]) + sum(weights[1:]) // 5
