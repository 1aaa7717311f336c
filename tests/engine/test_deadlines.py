from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefiles.moments import Moment, parse_moment
from engine.calendar import WorkingCalendar, read_calendar
from engine.deadlines import Deadline, deadline, happened_in_time, latest_start
from engine.periods import Period, Unit, parse_period
from engine.suspensions import Suspension

CALENDAR = read_calendar(Path(__file__).parents[2] / "rules" / "calendar")


def moment(text: str | None) -> Moment | None:
    return parse_moment(text) if text else None


def suspended(*spans: tuple[str | None, str | None]) -> list[Suspension]:
    return [Suspension(moment(starts), moment(ends), "鉴定") for starts, ends in spans]


def due(start: str, period: str, *spans: tuple[str | None, str | None], **more: object) -> Deadline:
    extension = more.get("extension")
    return deadline(
        parse_moment(start),
        parse_period(period),
        CALENDAR,
        suspensions=suspended(*spans),
        extension=parse_period(str(extension)) if extension else None,
        roll_over=bool(more.get("roll_over", True)),
    )


def text(found: Moment | None) -> str | None:
    return str(found) if found else None


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        # working days: weekends, make-up days, holidays, the turn of a year, the extended holiday
        ("2024-03-01", "7 working days", "2024-03-12"),
        ("2024-05-06", "7 working days", "2024-05-14"),
        ("2024-04-26", "3 working days", "2024-04-30"),
        ("2024-09-27", "5 working days", "2024-10-10"),
        ("2024-12-27", "3 working days", "2025-01-02"),
        ("2020-01-22", "2 working days", "2020-02-03"),
        ("2024-02-08", "1 working day", "2024-02-09"),
        ("2018-12-28", "2 working days", "2019-01-02"),
        # days: moved to the next working day only if the end is a day off
        ("2024-03-01", "15 days", "2024-03-18"),
        ("2024-03-01", "14 days", "2024-03-15"),
        ("2024-09-01", "30 days", "2024-10-08"),
        ("2024-04-18", "10 days", "2024-04-28"),
        ("2019-12-26", "30 days", "2020-02-03"),
        ("2024-12-02", "30 days", "2025-01-02"),
        ("2024-09-09", "90 days", "2024-12-09"),
        # months and years
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2023-01-31", "1 month", "2023-02-28"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2023-11-30", "3 months", "2024-02-29"),
        ("2024-07-01", "3 months", "2024-10-08"),
        ("2022-03-01", "2 years", "2024-03-01"),
    ],
)
def test_the_start_is_not_counted_and_the_end_is_a_working_day(start: str, period: str, end: str) -> None:
    found = due(start, period)
    assert (text(found.due), found.reason) == (end, None)
    assert found.due_earliest == found.due_latest == found.due


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [("2024-09-21", "10 days", "2024-10-01"), ("2024-03-01", "15 days", "2024-03-16")],
)
def test_terms_on_personal_liberty_are_never_moved(start: str, period: str, end: str) -> None:
    assert text(due(start, period, roll_over=False).due) == end


@pytest.mark.parametrize(
    ("period", "spans", "end"),
    [
        # start 2024-03-01, a Friday; 10 days would end on Monday the 11th
        ("10 days", [], "2024-03-11"),
        ("10 days", [("2024-03-05", "2024-03-08")], "2024-03-14"),
        ("10 days", [("2024-03-05", "2024-03-05")], "2024-03-11"),
        ("10 days", [("2024-03-05", "2024-03-08"), ("2024-03-06", "2024-03-09")], "2024-03-15"),
        ("10 days", [("2024-02-01", "2024-03-02")], "2024-03-11"),
        ("10 days", [("2024-02-27", "2024-03-04")], "2024-03-13"),
        ("10 days", [("2024-03-12", "2024-04-01")], "2024-03-11"),
        ("10 days", [("2024-03-11", "2024-03-13")], "2024-03-13"),
        ("10 days", [("2024-03-05", "2024-03-08"), ("2024-03-13", "2024-03-14")], "2024-03-15"),
        # 7 working days would end on Tuesday the 12th
        ("7 working days", [("2024-03-06", "2024-03-08")], "2024-03-14"),
        ("7 working days", [("2024-03-09", "2024-03-11")], "2024-03-12"),
        ("7 working days", [("2024-03-05T15:00", "2024-03-06T09:00")], "2024-03-13"),
        # a month would end on Monday 1 April; it grows by the suspended days
        ("1 month", [("2024-03-05", "2024-03-08")], "2024-04-07"),
        ("1 month", [("2024-04-02", "2024-04-20")], "2024-04-01"),
        # moved over a day off, the end still is inside the period
        ("15 days", [("2024-03-17", "2024-03-20")], "2024-03-20"),
    ],
)
def test_suspended_days_are_not_counted(period: str, spans: list[tuple[str, str]], end: str) -> None:
    assert text(due("2024-03-01", period, *spans).due) == end


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        (("2024-03-05", None), "“鉴定”尚未结束或者结束日期不明，不能确定应当扣除的天数"),
        ((None, "2024-03-08"), "“鉴定”的开始日期不明，不能确定应当扣除的天数"),
        (("2024-03-08", "2024-03-05"), "“鉴定”的结束日期 2024-03-05 早于开始日期 2024-03-08"),
    ],
)
def test_a_doubtful_suspension_leaves_the_due_day_open(
    span: tuple[str | None, str | None], reason: str
) -> None:
    found = due("2024-03-01", "10 days", span)
    assert (found.due, found.reason) == (None, reason)
    assert happened_in_time(parse_moment("2024-03-11"), found) is True
    assert happened_in_time(parse_moment("2024-03-12"), found) is None


@pytest.mark.parametrize("span", [("2024-03-12", None), (None, "2024-03-02")])
def test_a_doubtful_suspension_outside_of_the_period_does_not_matter(
    span: tuple[str | None, str | None],
) -> None:
    assert text(due("2024-03-01", "10 days", span).due) == "2024-03-11"


@pytest.mark.parametrize(
    ("period", "extension", "end"),
    [
        ("30 days", "30 days", "2024-04-30"),
        ("1 month", "1 month", "2024-05-06"),
        ("7 working days", "3 days", "2024-03-15"),
        ("15 days", "5 working days", "2024-03-22"),
        ("90 days", "1 month", "2024-07-01"),
    ],
)
def test_an_extension_is_added_before_the_end_is_moved(period: str, extension: str, end: str) -> None:
    assert text(due("2024-03-01", period, extension=extension).due) == end


@pytest.mark.parametrize(
    ("start", "earliest", "end"),
    [
        ("2024-03-05T22:10", "2024-03-06T23:00", "2024-03-06T23:00"),
        ("2024-03-05T09:00", "2024-03-06T10:00", "2024-03-06T10:00"),
        ("2024-03-05T09:59", "2024-03-06T10:00", "2024-03-06T10:00"),
        ("2024-03-05T23:30", "2024-03-07T00:00", "2024-03-07T00:00"),
        ("2024-10-01T08:30", "2024-10-02T09:00", "2024-10-02T09:00"),
        ("2024-12-31T08:30", "2025-01-01T09:00", "2025-01-01T09:00"),
        ("2030-01-01T08:30", "2030-01-02T09:00", "2030-01-02T09:00"),
        ("2024-03-05", "2024-03-06T01:00", "2024-03-07T00:00"),
    ],
)
def test_hours_run_from_the_next_full_hour_over_nights_and_holidays(
    start: str, earliest: str, end: str
) -> None:
    found = due(start, "24 hours")
    assert (text(found.due_earliest), text(found.due)) == (earliest, end)
    assert found.due_latest == found.due


def test_hours_are_extended_by_hours_only() -> None:
    assert text(due("2024-03-05T09:30", "24 hours", extension="24小时").due) == "2024-03-07T10:00"
    found = due("2024-03-05T09:30", "24 hours", extension="1日")
    assert found.due is None and found.reason and "不能相加" in found.reason
    assert text(found.due_earliest) == "2024-03-06T10:00"
    found = due("2024-03-05", "5 days", extension="24 hours")
    assert found.due is None and found.reason and "不能相加" in found.reason
    assert text(found.due_earliest) == "2024-03-10"


def test_hours_with_a_suspension_are_left_to_a_person() -> None:
    found = due("2024-03-05T09:30", "24 hours", ("2024-03-05", "2024-03-06"))
    assert found.due is None and found.reason and "需要人工判断" in found.reason
    outside = due("2024-03-05T09:30", "24 hours", ("2024-03-08", None), ("2024-03-01", "2024-03-05"))
    assert text(outside.due) == "2024-03-06T10:00"


@pytest.mark.parametrize(
    ("start", "period", "earliest"),
    [
        ("2026-12-28", "4 working days", "2027-01-01"),
        ("2026-12-28", "7 working days", "2027-01-04"),
        ("2026-12-28", "5 days", "2027-01-02"),
        ("2026-10-31", "3 months", "2027-01-31"),
        ("2027-03-01", "7 working days", "2027-03-08"),
    ],
)
def test_a_year_without_calendar_is_never_guessed(start: str, period: str, earliest: str) -> None:
    found = due(start, period)
    assert found.due is None and found.due_latest is None
    assert found.reason == "2027年的工作日历（放假和调休安排）尚未公布或者没有载入"
    assert text(found.due_earliest) == earliest
    assert happened_in_time(parse_moment(earliest), found) is True
    assert happened_in_time(parse_moment("2027-12-01"), found) is None


def test_what_needs_no_calendar_is_told_without_one() -> None:
    assert text(due("2026-12-28", "3 working days").due) == "2026-12-31"
    assert text(due("2026-12-21", "10 days").due) == "2026-12-31"
    assert text(due("2026-12-28", "5 days", roll_over=False).due) == "2027-01-02"
    assert text(due("2017-12-25", "10 days").due) == "2018-01-04"


@pytest.mark.parametrize(
    ("start", "period"),
    [("9999-12-30", "5 days"), ("9999-12-31T23:30", "24 hours"), ("2024-01-01", "9999 years")],
)
def test_dates_beyond_all_calendars_are_no_traceback(start: str, period: str) -> None:
    found = due(start, period, roll_over=False)
    if period.endswith("years"):
        assert text(found.due) == "9999-01-01"
    else:
        assert (found.due, found.reason) == (None, "期限超出可以计算的日期范围")


def test_a_suspension_up_to_the_end_of_all_dates_is_no_traceback() -> None:
    found = due("2024-03-01", "10 days", ("2024-03-05", "9999-12-31"))
    assert (found.due, found.reason) == (None, "期限超出可以计算的日期范围")
    found = due("2024-03-01", "10 working days", ("2024-03-05", "9999-12-31"))
    assert found.due is None and found.reason


@pytest.mark.parametrize(
    ("end", "period", "latest"),
    [
        ("2024-03-12", "7 working days", "2024-03-01"),
        ("2024-10-10", "7 working days", "2024-09-25"),
        ("2024-05-14", "7 working days", "2024-05-06"),
        ("2024-03-12", "10 days", "2024-03-02"),
        ("2024-05-31", "3 months", "2024-02-29"),
        ("2024-03-12T10:30", "24 hours", "2024-03-11T09:59"),
        ("2024-03-12T10:00", "24 hours", "2024-03-11T09:59"),
        ("2027-01-01", "1 working day", "2026-12-31"),
    ],
)
def test_what_must_come_before_is_counted_backwards(end: str, period: str, latest: str) -> None:
    found = latest_start(parse_moment(end), parse_period(period), CALENDAR)
    assert text(found.due) == latest
    assert happened_in_time(parse_moment(latest), found) is True


def test_backwards_into_an_unannounced_year_only_what_is_certainly_late_is_told() -> None:
    found = latest_start(parse_moment("2027-01-05"), parse_period("7 working days"), CALENDAR)
    assert found.due is None and found.reason and found.reason.startswith("2027年")
    assert happened_in_time(parse_moment("2026-12-29"), found) is None
    assert happened_in_time(parse_moment("2026-12-30"), found) is False
    found = latest_start(parse_moment("2018-01-03"), parse_period("7 working days"), CALENDAR)
    assert found.due is None and found.reason and found.reason.startswith("2017年")


@pytest.mark.parametrize(
    ("found", "start", "period", "expected"),
    [
        ("2024-03-12", "2024-03-01", "7 working days", True),
        ("2024-03-12T23:59", "2024-03-01", "7 working days", True),
        ("2024-03-13", "2024-03-01", "7 working days", False),
        ("2024-03-06T10:00", "2024-03-05T09:30", "24 hours", True),
        ("2024-03-06T10:01", "2024-03-05T09:30", "24 hours", False),
        ("2024-03-06", "2024-03-05T09:30", "24 hours", None),
        ("2024-03-05", "2024-03-05T09:30", "24 hours", True),
        ("2024-03-07", "2024-03-05T09:30", "24 hours", False),
        ("2024-03-06T01:00", "2024-03-05", "24 hours", True),
        ("2024-03-06T12:00", "2024-03-05", "24 hours", None),
        ("2024-03-07T00:01", "2024-03-05", "24 hours", False),
        ("2024-03-07", "2024-03-05", "24 hours", None),
    ],
)
def test_in_time_is_told_in_three_values(found: str, start: str, period: str, expected: bool | None) -> None:
    assert happened_in_time(parse_moment(found), due(start, period)) is expected


DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31)).map(date.toordinal)
MINUTES = st.none() | st.integers(0, 1439)
MOMENTS = st.builds(Moment, DAYS, MINUTES)
DAY_PERIODS = st.builds(Period, st.integers(1, 120), st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS]))
MONTH_PERIODS = st.builds(Period, st.integers(1, 14), st.sampled_from([Unit.MONTHS, Unit.YEARS]))
PERIODS = DAY_PERIODS | MONTH_PERIODS
HOURS = st.builds(Period, st.integers(1, 100), st.just(Unit.HOURS))
CERTAIN = st.builds(
    lambda first, length: Suspension(Moment(first), Moment(first + length), "听证"),
    DAYS,
    st.integers(0, 60),
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Moment, Period, list[Suspension], Period | None, bool]:
    start = draw(MOMENTS)
    near = st.builds(
        lambda after, length: Suspension(
            Moment(start.day + after), Moment(start.day + after + length), "鉴定"
        ),
        st.integers(-30, 150),
        st.integers(0, 40),
    )
    return (
        start,
        draw(PERIODS),
        draw(st.lists(near, max_size=4)),
        draw(st.none() | PERIODS),
        draw(st.booleans()),
    )


def ask(
    question: tuple[Moment, Period, list[Suspension], Period | None, bool],
    known: WorkingCalendar | None = None,
) -> Deadline:
    start, period, suspensions, extension, roll_over = question
    return deadline(
        start,
        period,
        known or CALENDAR,
        suspensions=suspensions,
        extension=extension,
        roll_over=roll_over,
    )


@given(questions())
def test_a_due_day_is_told_or_else_a_reason(
    question: tuple[Moment, Period, list[Suspension], Period | None, bool],
) -> None:
    found = ask(question)
    assert (found.due is None) is (found.reason is not None)
    assert found.due_earliest is not None
    if found.due is not None:
        assert found.due == found.due_earliest == found.due_latest


@given(questions())
def test_a_moved_end_is_a_working_day_that_is_not_suspended(
    question: tuple[Moment, Period, list[Suspension], Period | None, bool],
) -> None:
    found = ask((*question[:4], True))
    if found.due is not None:
        assert CALENDAR.is_working_day(found.due.day) is True
        assert not any(one.covers(found.due.day) for one in question[2])


@given(questions(), CERTAIN)
def test_one_more_suspension_only_postpones(
    question: tuple[Moment, Period, list[Suspension], Period | None, bool], more: Suspension
) -> None:
    start, period, suspensions, _, roll_over = question
    before = ask((start, period, suspensions, None, roll_over))
    after = ask((start, period, [*suspensions, more], None, roll_over))
    if before.due is not None and after.due is not None:
        assert after.due.day >= before.due.day
    if before.due is None:
        assert after.due is None


@given(questions())
def test_suspensions_count_the_same_in_any_order_and_any_pieces(
    question: tuple[Moment, Period, list[Suspension], Period | None, bool],
) -> None:
    start, period, suspensions, extension, roll_over = question
    pieces = [
        Suspension(Moment(day), Moment(day + 1), one.ground)
        for one in reversed(suspensions)
        for day in range(*one.days)
    ]
    again = ask((start, period, pieces + suspensions[:1], extension, roll_over))
    assert again.due == ask(question).due


@given(MOMENTS, st.integers(0, 40), DAY_PERIODS, st.lists(CERTAIN, max_size=3), st.booleans())
def test_a_later_start_is_never_due_earlier(
    start: Moment, later: int, period: Period, suspensions: list[Suspension], roll_over: bool
) -> None:
    one = ask((start, period, suspensions, None, roll_over))
    other = ask((Moment(start.day + later), period, suspensions, None, roll_over))
    if one.due is not None and other.due is not None:
        assert one.due.day <= other.due.day


@given(MOMENTS, st.integers(0, 40), MONTH_PERIODS, st.none() | PERIODS)
def test_months_from_a_later_start_are_never_due_earlier(
    start: Moment, later: int, period: Period, extension: Period | None
) -> None:
    one = ask((start, period, [], extension, True))
    other = ask((Moment(start.day + later), period, [], extension, True))
    if one.due is not None and other.due is not None:
        assert one.due.day <= other.due.day


@given(questions(), st.integers(0, 40))
def test_a_longer_period_is_never_due_earlier(
    question: tuple[Moment, Period, list[Suspension], Period | None, bool], more: int
) -> None:
    start, period, suspensions, _, roll_over = question
    longer = Period(period.amount + more, period.unit)
    one = ask((start, period, suspensions, None, roll_over))
    other = ask((start, longer, suspensions, None, roll_over))
    if one.due is not None and other.due is not None:
        assert one.due.day <= other.due.day


@given(questions(), st.integers(2018, 2025))
def test_what_is_said_with_fewer_years_stays_true_with_all(
    question: tuple[Moment, Period, list[Suspension], Period | None, bool], last: int
) -> None:
    years = CALENDAR.years
    fewer = ask(question, WorkingCalendar(years[year] for year in range(2018, last + 1)))
    all_years = ask(question)
    if fewer.due is not None:
        assert fewer.due == all_years.due
    elif all_years.due is not None:
        assert fewer.due_earliest is not None
        assert fewer.due_earliest.day <= all_years.due.day


@given(MOMENTS, DAY_PERIODS, st.integers(2019, 2026))
def test_what_is_said_backwards_with_fewer_years_stays_true_with_all(
    end: Moment, period: Period, first: int
) -> None:
    years = CALENDAR.years
    fewer = latest_start(end, period, WorkingCalendar(years[year] for year in range(first, 2027)))
    all_years = latest_start(end, period, CALENDAR)
    if fewer.due is not None:
        assert fewer.due == all_years.due
    elif all_years.due is not None:
        assert fewer.due_latest is not None
        assert fewer.due_latest.day >= all_years.due.day


@given(questions(), CERTAIN, st.sampled_from(["starts", "ends"]))
def test_what_is_said_of_a_doubtful_suspension_holds_however_it_turns_out(
    question: tuple[Moment, Period, list[Suspension], Period | None, bool],
    truth: Suspension,
    hidden: str,
) -> None:
    start, period, suspensions, extension, roll_over = question
    told = Suspension(
        None if hidden == "starts" else truth.starts,
        None if hidden == "ends" else truth.ends,
        truth.ground,
    )
    doubtful = ask((start, period, [*suspensions, told], extension, roll_over))
    certain = ask((start, period, [*suspensions, truth], extension, roll_over))
    if doubtful.due is not None:
        assert doubtful.due == certain.due
    elif certain.due is not None:
        assert doubtful.due_earliest is not None
        assert happened_in_time(doubtful.due_earliest, certain) is True


@given(MOMENTS, DAY_PERIODS)
def test_from_the_latest_start_to_the_day_before_the_end_the_whole_period_fits(
    end: Moment, period: Period
) -> None:
    latest = latest_start(end, period, CALENDAR).due
    if latest is None:
        return
    if period.unit is Unit.DAYS:
        assert end.day - latest.day == period.amount
        return
    before = range(latest.day, end.day)
    assert sum(CALENDAR.is_working_day(day) is True for day in before) == period.amount
    assert CALENDAR.is_working_day(latest.day) is True


@given(MOMENTS, DAY_PERIODS)
def test_a_working_day_can_be_reached_from_its_latest_start(end: Moment, period: Period) -> None:
    latest = latest_start(end, period, CALENDAR).due
    if latest is not None and CALENDAR.is_working_day(end.day):
        assert deadline(latest, period, CALENDAR, roll_over=False).due == Moment(end.day)


@given(MOMENTS, HOURS)
def test_hours_last_at_least_their_number_and_less_than_an_hour_more(start: Moment, period: Period) -> None:
    found = deadline(start, period, CALENDAR)
    assert found.due is not None and found.due_earliest is not None
    assert 0 < found.due.latest - start.latest - period.amount * 60 <= 60
    assert 0 < found.due_earliest.earliest - start.earliest - period.amount * 60 <= 60


@given(MOMENTS, HOURS)
def test_hours_backwards_leave_that_many_full_hours(end: Moment, period: Period) -> None:
    found = latest_start(end, period, CALENDAR)
    assert found.due is not None
    assert deadline(found.due, period, CALENDAR).due_latest is not None
    again = deadline(found.due, period, CALENDAR).due
    assert again is not None and again.latest <= end.latest
    minute_later = Moment(*divmod(found.due.latest + 1, 1440))
    later = deadline(minute_later, period, CALENDAR).due
    assert later is not None and later.latest > end.latest
