"""The table of evidence stays true: a row for each rule, and files and tests that are really there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RULES = [*range(1, 20), 31, 48, 50, 53, *range(69, 80)]


def rows() -> dict[int, list[str]]:
    """Return the cells of each rule's row."""
    text = (ROOT / "docs" / "safety-evidence.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| R(\d+) \|(.*)\|$", text, re.MULTILINE)
    return {int(number): [cell.strip() for cell in rest.split(" | ")] for number, rest in found}


def missing(cells: list[str]) -> list[str]:
    """Return the files and tests that a row names and that do not exist."""
    lost = []
    for name in re.findall(r"`([\w./-]+(?:::\w+)?)`", " ".join(cells[1:])):
        file, _sign, test = name.partition("::")
        path = ROOT / file
        if not path.exists() or (test and f"def {test}(" not in path.read_text(encoding="utf-8")):
            lost.append(name)
    return lost


def test_each_rule_has_its_row_with_code_and_proof():
    assert list(rows()) == RULES
    assert [number for number, cells in rows().items() if len(cells) != 3 or not all(cells)] == []


def test_everything_named_exists():
    assert {number: lost for number, cells in rows().items() if (lost := missing(cells))} == {}


def test_what_does_not_exist_is_found():
    assert missing(["", "`portal/none.py`", "`tests/test_safety_evidence.py::test_none`, `README.md`"]) == [
        "portal/none.py",
        "tests/test_safety_evidence.py::test_none",
    ]
