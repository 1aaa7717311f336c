from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.periods import Period, Unit, natural_end, parse_period

PERIODS = st.builds(Period, st.integers(1, 9999), st.sampled_from(Unit))


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("7 working days", 7, Unit.WORKING_DAYS),
        ("1 working day", 1, Unit.WORKING_DAYS),
        ("30 days", 30, Unit.DAYS),
        ("1 day", 1, Unit.DAYS),
        ("3 months", 3, Unit.MONTHS),
        ("1 month", 1, Unit.MONTHS),
        ("2 years", 2, Unit.YEARS),
        ("24 hours", 24, Unit.HOURS),
        ("7个工作日", 7, Unit.WORKING_DAYS),
        ("30 个工作日", 30, Unit.WORKING_DAYS),
        ("7工作日", 7, Unit.WORKING_DAYS),
        ("30日", 30, Unit.DAYS),
        ("30天", 30, Unit.DAYS),
        ("3个月", 3, Unit.MONTHS),
        ("2年", 2, Unit.YEARS),
        ("24小时", 24, Unit.HOURS),
        (" ３０日 ", 30, Unit.DAYS),
    ],
)
def test_a_period_is_read_in_both_languages(text: str, amount: int, unit: Unit) -> None:
    assert parse_period(text) == Period(amount, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "日",
        "days",
        "7 weeks",
        "3月",
        "七日",
        "1.5 days",
        "-3 days",
        "7 working  days",
        "12345日",
    ],
)
def test_what_has_no_clear_amount_and_unit_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match=r"没有写清数目和单位｜写成 7 working days"):
        parse_period(text)


def test_a_period_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="期限的数目不能是 0"):
        parse_period("0日")


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("7 working days", "7个工作日"),
        ("30 days", "30日"),
        ("3 months", "3个月"),
        ("2 years", "2年"),
        ("24 hours", "24小时"),
    ],
)
def test_users_read_a_period_in_chinese(text: str, chinese: str) -> None:
    assert parse_period(text).chinese == chinese


@given(PERIODS)
def test_both_written_forms_are_read_back(period: Period) -> None:
    assert parse_period(str(period)) == period
    assert parse_period(period.chinese) == period


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2023-01-31", "1 month", "2023-02-28"),
        ("2024-01-31", "2 months", "2024-03-31"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2024-08-31", "6 months", "2025-02-28"),
        ("2024-12-15", "1 month", "2025-01-15"),
        ("2024-02-28", "2 days", "2024-03-01"),
    ],
)
def test_months_and_years_end_on_the_same_number_or_the_last_of_the_month(
    start: str, period: str, end: str
) -> None:
    day = date.fromisoformat(start).toordinal()
    assert natural_end(day, parse_period(period)) == date.fromisoformat(end).toordinal()


@pytest.mark.parametrize(
    ("end", "period", "start"),
    [
        ("2024-05-31", "3 months", "2024-02-29"),
        ("2024-02-29", "1 year", "2023-02-28"),
        ("2024-03-01", "1 day", "2024-02-29"),
    ],
)
def test_periods_are_counted_backwards_as_well(end: str, period: str, start: str) -> None:
    day = date.fromisoformat(end).toordinal()
    assert natural_end(day, parse_period(period), -1) == date.fromisoformat(start).toordinal()


def test_an_end_beyond_all_dates_stays_a_date() -> None:
    day = date(9999, 5, 31).toordinal()
    assert natural_end(day, Period(9999, Unit.YEARS)) == day
