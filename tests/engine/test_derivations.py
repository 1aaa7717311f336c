from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefiles.moments import Moment, parse_moment
from engine.calendar import read_calendar
from engine.deadlines import deadline, latest_start
from engine.derivations import derive
from engine.findings import DerivationStep
from engine.periods import Period, Unit, parse_period
from engine.suspensions import Suspension

CALENDAR = read_calendar(Path(__file__).parents[2] / "rules" / "calendar")


def lines(steps: Sequence[DerivationStep]) -> list[str]:
    return [f"{step.day:%m-%d} {step.text}" for step in steps]


def derived(
    start: str,
    period: str,
    *spans: tuple[str, str | None, str],
    extension: str | None = None,
    roll_over: bool = True,
) -> list[str]:
    suspensions = [
        Suspension(parse_moment(first), parse_moment(stop) if stop else None, ground)
        for first, stop, ground in spans
    ]
    found = deadline(
        parse_moment(start),
        parse_period(period),
        CALENDAR,
        suspensions=suspensions,
        extension=parse_period(extension) if extension else None,
        roll_over=roll_over,
    )
    return lines(derive(found, CALENDAR))


def test_working_days_tell_weekends_holidays_and_make_up_days() -> None:
    assert derived("2024-04-26", "5 working days") == [
        "04-26 起算日，不计入",
        "04-27 周六，不计入",
        "04-28 调休上班，第1个工作日",
        "04-29 工作日，第2个工作日",
        "04-30 工作日，第3个工作日",
        "05-01 法定节假日（劳动节），不计入",
        "05-02 放假（劳动节），不计入",
        "05-03 放假（劳动节），不计入",
        "05-04 放假（劳动节），不计入",
        "05-05 放假（劳动节），不计入",
        "05-06 工作日，第4个工作日",
        "05-07 工作日，第5个工作日，期限届满",
    ]


def test_days_tell_suspensions_and_the_move_to_a_working_day() -> None:
    assert derived(
        "2024-09-26", "4 days", ("2024-09-27", "2024-09-28", "鉴定"), ("2024-09-27", "2024-09-29", "听证")
    ) == [
        "09-26 起算日，不计入",
        "09-27 中止（鉴定、听证），不计入",
        "09-28 中止（听证），不计入",
        "09-29 调休上班，第1日",
        "09-30 工作日，第2日",
        "10-01 法定节假日（国庆节），第3日",
        "10-02 法定节假日（国庆节），第4日，届满日不是工作日，顺延",
        "10-03 法定节假日（国庆节），不计入",
        "10-04 放假（国庆节），不计入",
        "10-05 放假（国庆节），不计入",
        "10-06 放假（国庆节），不计入",
        "10-07 放假（国庆节），不计入",
        "10-08 工作日，顺延至此，期限届满",
    ]


def test_extensions_of_the_same_and_of_another_unit_are_told() -> None:
    assert derived("2024-03-04", "2 days", extension="2日")[2:] == [
        "03-06 工作日，第2日，原期限届满，自次日起计入延长的2日",
        "03-07 工作日，第3日",
        "03-08 工作日，第4日，期限届满",
    ]
    assert derived("2024-03-04", "2 days", extension="1个工作日")[2:] == [
        "03-06 工作日，第2日，原期限届满，自次日起计入延长的1个工作日",
        "03-07 工作日，延长第1个工作日，期限届满",
    ]


def test_months_are_told_by_their_last_day() -> None:
    found = derived("2024-01-31", "1 month")
    assert found[0] == "01-31 起算日，不计入，1个月的对应日为 2024-02-29，共29日"
    assert found[-1] == "02-29 工作日，第29日，期限届满"
    assert len(found) == 30


def test_the_derivation_ends_where_the_calendar_ends() -> None:
    reason = "2027年的工作日历（放假和调休安排）尚未公布或者没有载入"
    assert derived("2026-12-30", "3 working days")[2:] == [f"01-01 无法继续计算：{reason}"]
    assert derived("2026-12-30", "2 days")[2:] == [
        "01-01 第2日",
        f"01-01 无法继续计算：{reason}",
    ]
    assert derived("2026-12-30", "2 days", roll_over=False)[2:] == ["01-01 第2日，期限届满"]


def test_the_derivation_ends_where_a_suspension_is_in_doubt() -> None:
    assert derived("2024-03-04", "5 days", ("2024-03-06", None, "检测"))[1:] == [
        "03-05 工作日，第1日",
        "03-06 无法继续计算：“检测”尚未结束或者结束日期不明，不能确定应当扣除的天数",
    ]


def test_counting_back_is_told_day_by_day() -> None:
    found = latest_start(parse_moment("2024-03-12"), parse_period("3 working days"), CALENDAR)
    assert lines(derive(found, CALENDAR)) == [
        "03-12 当日不计入，自前一日起倒数",
        "03-11 工作日，倒数第1个工作日",
        "03-10 周日，不计入",
        "03-09 周六，不计入",
        "03-08 工作日，倒数第2个工作日",
        "03-07 工作日，倒数第3个工作日，最迟应在此日",
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (
            "2024-03-05T23:10",
            [
                "03-05 23时10分开始，开始的小时不计入",
                "03-06 自0时00分起计算",
                "03-07 第24小时至0时00分为止，期限届满",
            ],
        ),
        (
            "2024-03-05",
            [
                "03-05 开始的时刻不明，开始的小时不计入，分别按当日最早和最晚的时刻计算",
                "03-06 第24小时至最早1时00分为止，期限届满",
                "03-07 第24小时至最迟0时00分为止，期限届满",
            ],
        ),
    ],
)
def test_hours_are_told_by_the_clock(start: str, expected: list[str]) -> None:
    assert derived(start, "24 hours") == expected


def test_hours_counted_back_are_told_by_the_clock() -> None:
    found = latest_start(parse_moment("2024-03-12T10:30"), parse_period("24 hours"), CALENDAR)
    assert lines(derive(found, CALENDAR)) == [
        "03-12 自10时30分起倒数，不足一小时的不计入",
        "03-11 第24小时至9时59分为止，最迟应在此前",
    ]


def test_hours_counted_back_from_an_unknown_time_are_told_from_both_ends() -> None:
    found = latest_start(parse_moment("2024-03-12"), parse_period("24 hours"), CALENDAR)
    assert lines(derive(found, CALENDAR)) == [
        "03-12 自当日起倒数，不足一小时的不计入",
        "03-10 第24小时至最早23时59分为止，最迟应在此前",
        "03-11 第24小时至最迟22时59分为止，最迟应在此前",
    ]


@pytest.mark.parametrize(
    ("start", "period", "extension", "expected"),
    [
        ("9999-12-30", "5 days", None, "无法继续计算：期限超出可以计算的日期范围"),
        ("9999-12-31T23:30", "24 hours", "1日", "无法继续计算：以小时计算的期限与以其他单位"),
        ("2024-03-05T09:30", "24 hours", "1日", "无法继续计算：以小时计算的期限与以其他单位"),
        ("2024-03-05", "1 day", "24小时", "无法继续计算：以小时计算的期限与以其他单位"),
    ],
)
def test_what_cannot_be_counted_says_why(
    start: str, period: str, extension: str | None, expected: str
) -> None:
    assert expected in derived(start, period, extension=extension)[-1]


DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31)).map(date.toordinal)
PERIODS = st.builds(Period, st.integers(1, 100), st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS])) | st.builds(
    Period, st.integers(1, 4), st.sampled_from([Unit.MONTHS, Unit.YEARS])
)


LENGTHS = st.integers(0, 30)
SPANS = st.lists(st.tuples(st.integers(-20, 120), LENGTHS), max_size=3)
OPEN_SPANS = st.lists(st.tuples(st.integers(-20, 120), st.none() | LENGTHS), max_size=3)


# Years are walked day by day, which a busy machine cannot do in hypothesis's 200 ms.
@settings(deadline=None)
@given(DAYS, PERIODS, SPANS | OPEN_SPANS, st.none() | PERIODS, st.booleans())
def test_the_walk_ends_on_the_day_that_was_counted(
    start: int,
    period: Period,
    spans: list[tuple[int, int | None]],
    extension: Period | None,
    roll_over: bool,
) -> None:
    found = deadline(
        Moment(start),
        period,
        CALENDAR,
        suspensions=[
            Suspension(
                Moment(start + first),
                None if length is None else Moment(start + first + length),
                "公告",
            )
            for first, length in spans
        ],
        extension=extension,
        roll_over=roll_over,
    )
    steps = derive(found, CALENDAR)
    if found.due is None:
        assert steps[-1].text.startswith("无法继续计算：")
        assert found.reason is not None
    else:
        assert steps[-1].day == found.due.date
        assert steps[-1].text.endswith("，期限届满")
        assert [step.day.toordinal() for step in steps] == list(range(start, found.due.day + 1))
        numbers = [step.counted for step in steps if step.counted is not None]
        one_leg = extension is None or extension.unit is period.unit
        assert not one_leg or numbers == list(range(1, len(numbers) + 1))


# Years are walked day by day, which a busy machine cannot do in hypothesis's 200 ms.
@settings(deadline=None)
@given(DAYS, PERIODS)
def test_the_walk_back_ends_on_the_day_that_was_counted(end: int, period: Period) -> None:
    found = latest_start(Moment(end), period, CALENDAR)
    steps = derive(found, CALENDAR)
    if found.due is None:
        assert steps[-1].text.startswith("无法继续计算：")
    else:
        assert steps[-1].day == found.due.date
        assert [step.day.toordinal() for step in steps] == list(range(end, found.due.day - 1, -1))
