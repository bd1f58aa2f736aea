"""Public holidays: known dates of many years, Sundays that move, and what a broken rule says."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from directory.holidays import FILE, easter, holidays_of, is_holiday, orthodox_easter
from directory.importers import UnreadableImport
from directory.importers.files import read_csv
from portal.plugins import registry


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (1981, "04-19", "04-26"),
        (2000, "04-23", "04-30"),
        (2016, "03-27", "05-01"),
        (2019, "04-21", "04-28"),
        (2024, "03-31", "05-05"),
        (2025, "04-20", "04-20"),
        (2026, "04-05", "04-12"),
        (2027, "03-28", "05-02"),
        (2030, "04-21", "04-28"),
        (2049, "04-18", "04-25"),
        (2076, "04-19", "04-26"),
    ],
)
def test_easter_of_both_calendars(year: int, western: str, orthodox: str) -> None:
    assert (f"{easter(year):%m-%d}", f"{orthodox_easter(year):%m-%d}") == (western, orthodox)


def test_easter_is_a_sunday_in_its_span_in_every_year() -> None:
    for year in range(1900, 2100):
        assert (easter(year).weekday(), orthodox_easter(year).weekday()) == (6, 6)
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)
        assert date(year, 4, 3) <= orthodox_easter(year) <= date(year, 5, 9)


def test_holiday_on_a_sunday_moves_past_other_holidays() -> None:
    assert is_holiday("RS", date(2026, 2, 15))  # a Sunday
    assert is_holiday("RS", date(2026, 2, 16))
    assert is_holiday("RS", date(2026, 2, 17))
    assert not is_holiday("RS", date(2026, 2, 18))
    assert not is_holiday("SI", date(2026, 2, 9))  # 8 February is a Sunday and does not move there


def test_countries_keep_their_own_holidays() -> None:
    assert [is_holiday(code, date(2026, 4, 10)) for code in ("RS", "SI", "XX")] == [True, False, False]
    assert [is_holiday(code, date(2026, 4, 6)) for code in ("RS", "SI")] == [False, True]
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [sum(is_holiday(code, day) for day in year) for code in ("RS", "SI")] == [13, 15]


YEARS = {
    ("RS", 2027): "01-01 01-02 01-07 02-15 02-16 04-30 05-01 05-02 05-03 05-04 11-11",
    ("RS", 2028): "01-01 01-02 01-03 01-07 02-15 02-16 04-14 04-15 04-16 04-17 05-01 05-02 11-11",
    ("RS", 2029): "01-01 01-02 01-07 02-15 02-16 04-06 04-07 04-08 04-09 05-01 05-02 11-11 11-12",
    ("SI", 2027): "01-01 01-02 02-08 03-28 03-29 04-27 05-01 05-02 05-16 06-25 08-15 10-31 11-01 12-25 12-26",
    ("SI", 2028): "01-01 01-02 02-08 04-16 04-17 04-27 05-01 05-02 06-04 06-25 08-15 10-31 11-01 12-25 12-26",
}


@pytest.mark.parametrize(("country", "year"), YEARS)
def test_years_to_come_have_the_days_of_the_law(country: str, year: int) -> None:
    """Worked out by hand; in 2027 Labour Day meets Orthodox Easter and moves past its Monday."""
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    found = [f"{day:%m-%d}" for day in days if day.year == year and is_holiday(country, day)]
    assert found == YEARS[country, year].split()


@pytest.mark.parametrize("code", ["RS", "SI"])
def test_each_day_names_its_law_and_article(code: str) -> None:
    (pack,) = [pack for pack in registry.countries if pack.country.code == code]
    sources = [row["source"] for row in read_csv(pack.data / FILE)]
    assert [
        source for source in sources if not re.fullmatch(r"Zakon o .+, (čl\. .+|[12]\. člen)", source)
    ] == []


@pytest.mark.parametrize("rule", ["", "1-1", "easter", "easter+999", "pentecost"])
def test_rule_that_means_nothing_is_refused(rule: str) -> None:
    with pytest.raises(UnreadableImport):
        holidays_of([{"rule": rule}], 2026)
