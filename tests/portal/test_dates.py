"""Dates in the reader's words."""

from __future__ import annotations

from datetime import date

import pytest

from portal.dates import in_words, written

DAY = date(2019, 2, 5)


@pytest.mark.parametrize(
    ("language", "day", "month", "year"),
    [
        ("en", "5 February 2019", "February 2019", "2019"),
        ("sr-latn", "5. februar 2019.", "februar 2019.", "2019."),
        ("sr-cyrl", "5. фебруар 2019.", "фебруар 2019.", "2019."),
        ("sl", "5. februar 2019", "februar 2019", "2019"),
        ("sq", "5 shkurt 2019", "shkurt 2019", "2019"),
        ("hu", "2019. február 5.", "2019. február", "2019."),
        ("uk", "5 лютого 2019 р.", "лютий 2019 р.", "2019"),
        ("ru", "5 февраля 2019 г.", "февраль 2019 г.", "2019"),
        ("ar", "5 فبراير 2019", "فبراير 2019", "2019"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language, day, month, year):
    found = [written(DAY, parts=parts, language=language) for parts in (3, 2, 1)]
    assert found == [day, month, year]


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("2021-07-30", "30. julij 2021"),
        ("2018-12", "december 2018"),
        ("about 2013; 2018-10-19", "približno 2013"),
        ("ASTRA brochure, after February 2019", "februar 2019 ali pozneje"),
        ("stored copies (before 2019)", "pred 2019"),
        ("City of Ljubljana page, 30 July 2014", "30. julij 2014"),
        ("announced 19 September (2024) for the middle of 2025", "19. september 2024"),
        ("stored copy, undated", ""),
        ("2019-13-40", ""),
        ("", ""),
    ],
)
def test_a_date_in_a_note_is_found_and_put_into_words(note, words):
    assert in_words(note, "sl") == words
