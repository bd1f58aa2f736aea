"""Relevance held as figures: what people type must find what would help them (issue 4)."""

from __future__ import annotations

import pytest

from benchmarks._judging import Score, scores
from tests.search.golden_queries import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def golden() -> dict[str, Score]:
    return scores(read())


def test_golden_queries_find_what_helps(golden) -> None:
    whole = golden.pop("")
    weak = {name: f"{score.at_5:.1f} %" for name, score in golden.items() if score.at_5 < 90}
    forbidden = [(one.query.query, one.forbidden) for one in whole.wrong if one.forbidden]
    assert whole.queries == len(read())
    assert whole.at_1 >= 85
    assert whole.at_5 >= 97
    assert weak == {}
    assert forbidden == []
