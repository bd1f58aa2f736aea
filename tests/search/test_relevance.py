"""``./run bench relevance`` prints each category, also in a checkout that was never started."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import relevance
from benchmarks._judging import Score, Verdict
from portal.environment import sqlite
from tests.search.golden_queries import read


def test_site_without_a_database_file_was_never_started(tmp_path: Path):
    database = sqlite(tmp_path / "db.sqlite3")
    assert relevance.was_never_started(database)
    (tmp_path / "db.sqlite3").touch()
    assert not relevance.was_never_started(database)
    assert not relevance.was_never_started({"ENGINE": "django.db.backends.postgresql", "NAME": "portal"})


def test_table_has_a_line_for_each_category_and_names_what_is_wrong(capsys: pytest.CaptureFixture[str]):
    found: dict[str, Score] = {"": Score()}
    for query in read():
        verdict = Verdict(query, 0 if query.category == "typo" else 1, (), ("some-service",))
        for name in ("", query.category):
            found.setdefault(name, Score()).add(verdict)
    relevance._table("Title", found, verbose=True)
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines[3 : 3 + len(found)]} == {"all", *found} - {""}
    assert next(line for line in lines if line.startswith("typo ")).split()[2:] == [
        "0.0",
        "%",
        "0.0",
        "%",
        "0",
    ]
    assert len([line for line in lines if line.startswith("- typo")]) == found["typo"].queries
