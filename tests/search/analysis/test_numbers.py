"""Telephone numbers are found however they are grouped."""

from __future__ import annotations

import pytest

from search.analysis import analyse, analyse_query, digits_of


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("0117850000", "+381 11 785 0000"),
        ("011/785-0000", "+381 11 785 00 00"),
        ("785 0000", "011 785 0000"),
        ("850000", "+381 11 785 0000"),
        ("116006", "116 006"),
        ("112", "112"),
        ("١١٢", "112"),
        ("080 1722", "+386 80 1722 or 0801722"),
    ],
)
def test_number_is_found_in_another_spelling(asked: str, written: str):
    assert set(digits_of(asked)) & set(digits_of(written))
    (word, *_) = analyse_query(asked)
    found = analyse(f"Call {written}, day and night", "en")
    assert set(word.tokens) & {token for other in found for token in other.tokens}


@pytest.mark.parametrize(
    ("asked", "written"), [("116 006", "116 111"), ("112", "1122"), ("0117850000", "0117850001")]
)
def test_another_number_is_not_found(asked: str, written: str):
    assert not set(digits_of(asked)) & set(digits_of(written))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25. 11. 2026", ["25", "11", "2026"]),
        ("2024/2025", ["2024", "2025"]),
        ("+381 11 785 0000", ["381117850000", "850000"]),
        ("no number", []),
    ],
)
def test_digits_of(text: str, expected: list[str]):
    assert digits_of(text) == expected
