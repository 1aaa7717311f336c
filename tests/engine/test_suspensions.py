from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefiles.moments import Moment, parse_moment
from engine.suspensions import Suspension, certain_stretches, doubt_between, grounds_on


def suspension(starts: str | None, ends: str | None, ground: str = "鉴定") -> Suspension:
    return Suspension(parse_moment(starts) if starts else None, parse_moment(ends) if ends else None, ground)


def day(text: str) -> int:
    return parse_moment(text).day


SUSPENSIONS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 20), st.sampled_from(["听证", "鉴定"])).map(
        lambda drawn: Suspension(Moment(drawn[0]), Moment(drawn[0] + drawn[1]), drawn[2])
    ),
    max_size=5,
)


@given(SUSPENSIONS)
def test_merged_stretches_hold_the_same_days_and_do_not_touch(found: list[Suspension]) -> None:
    merged = certain_stretches(found)
    held = [day for first, stop in merged for day in range(first, stop)]
    assert sorted({day for one in found for day in range(*one.days)}) == held
    assert all(one[1] < other[0] for one, other in zip(merged, merged[1:], strict=False))


@given(SUSPENSIONS, st.integers(1, 90))
def test_a_day_has_grounds_if_it_is_in_a_stretch(found: list[Suspension], day: int) -> None:
    inside = any(first <= day < stop for first, stop in certain_stretches(found))
    assert bool(grounds_on(found, day)) is inside


def test_the_day_of_the_end_counts_again() -> None:
    found = [suspension("2024-03-04", "2024-03-06"), suspension("2024-03-05", "2024-03-07", "听证")]
    assert grounds_on(found, day("2024-03-04")) == "鉴定"
    assert grounds_on(found, day("2024-03-05")) == "鉴定、听证"
    assert grounds_on(found, day("2024-03-06")) == "听证"
    assert grounds_on(found, day("2024-03-07")) == ""


@pytest.mark.parametrize(
    ("starts", "ends", "doubt"),
    [
        ("2024-03-04", "2024-03-06", None),
        ("2024-03-04", "2024-03-04", None),
        (None, "2024-03-06", "“鉴定”的开始日期不明，不能确定应当扣除的天数"),
        ("2024-03-04", None, "“鉴定”尚未结束或者结束日期不明，不能确定应当扣除的天数"),
        (None, None, "“鉴定”的开始日期不明，不能确定应当扣除的天数"),
        ("2024-03-06", "2024-03-04", "“鉴定”的结束日期 2024-03-04 早于开始日期 2024-03-06"),
    ],
)
def test_a_doubt_is_told_in_chinese(starts: str | None, ends: str | None, doubt: str | None) -> None:
    assert suspension(starts, ends).doubt == doubt


@pytest.mark.parametrize(
    ("starts", "ends", "touches"),
    [
        ("2024-03-10", None, True),
        ("2024-03-20", None, True),
        ("2024-03-21", None, False),
        (None, "2024-03-11", False),
        (None, "2024-03-12", True),
        (None, None, True),
        ("2024-03-15", "2024-03-12", True),
        ("2024-03-12", "2024-03-15", False),
    ],
)
def test_a_doubt_matters_only_where_it_can_touch_the_count(
    starts: str | None, ends: str | None, touches: bool
) -> None:
    found = [suspension(starts, ends)]
    doubt = doubt_between(found, day("2024-03-10"), day("2024-03-20"))
    assert (doubt is not None) is touches
