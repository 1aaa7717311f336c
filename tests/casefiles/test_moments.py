from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefiles.moments import Moment, is_before, is_not_after, moment_of, parse_moment

DAYS = st.integers(min_value=1, max_value=date.max.toordinal())
MOMENTS = st.builds(Moment, DAYS, st.none() | st.integers(min_value=0, max_value=1439))


@given(MOMENTS)
def test_what_is_written_is_read_again(moment: Moment) -> None:
    assert parse_moment(str(moment)) == moment


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2024-13-01", "24-01-01", "2024-1-1", "2024-01-01T24:00", "2024-01-01T10:60", "", "昨天"],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_moment(text)


def test_seconds_are_dropped_and_a_blank_parts_day_and_time() -> None:
    assert parse_moment("2024-03-05 09:30:59") == parse_moment("2024-03-05T09:30")


@given(MOMENTS, MOMENTS)
def test_order_is_certain_only_if_every_time_of_day_agrees(one: Moment, other: Moment) -> None:
    if one.latest < other.earliest:
        assert is_before(one, other) is True
    if one.earliest > other.latest:
        assert is_before(one, other) is False
    if is_before(one, other) is True:
        assert one.latest < other.earliest
        assert is_not_after(one, other) is True
        assert is_before(other, one) is False


def test_two_dates_of_one_day_have_no_known_order() -> None:
    day, morning = parse_moment("2024-03-05"), parse_moment("2024-03-05T09:00")
    assert is_before(day, day) is None
    assert is_before(day, morning) is None
    assert is_not_after(morning, day) is None


def test_the_same_minute_is_not_before_but_not_after() -> None:
    morning = parse_moment("2024-03-05T09:00")
    assert is_before(morning, morning) is False
    assert is_not_after(morning, morning) is True


def test_moments_are_values() -> None:
    assert len({parse_moment("2024-03-05"), moment_of(date(2024, 3, 5))}) == 1
    assert parse_moment("2024-03-05") != "2024-03-05"
    assert repr(parse_moment("2024-03-05T09:05")) == "Moment(2024-03-05T09:05)"
