from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import WorkingCalendar, read_calendar
from engine.errors import RuleError

ROOT = Path(__file__).parents[2]
CALENDAR = read_calendar(ROOT / "rules" / "calendar")
SHARED = ROOT.parent / "shared" / "data" / "calendar" / "cn_2018_2026.json"
YEARS = range(2018, 2027)
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31)).map(date.toordinal)


def o(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def every_day() -> Iterator[date]:
    day = date(YEARS[0], 1, 1)
    while day.year in YEARS:
        yield day
        day += timedelta(days=1)


def test_every_year_from_2018_to_2026_is_there() -> None:
    assert set(CALENDAR.years) == set(YEARS)


def test_every_day_agrees_with_chinesecalendar() -> None:
    wrong = [
        day
        for day in every_day()
        if CALENDAR.is_working_day(day.toordinal()) != chinese_calendar.is_workday(day)
    ]
    assert wrong == []


def test_every_day_agrees_with_holidays() -> None:
    china = holidays.country_holidays("CN", years=YEARS)
    wrong = [
        day for day in every_day() if CALENDAR.is_working_day(day.toordinal()) != china.is_working_day(day)
    ]
    assert wrong == []


def test_every_day_agrees_with_the_shared_data() -> None:
    if not SHARED.exists():
        pytest.skip("../shared/data/calendar/cn_2018_2026.json 不在，不能对照")
    told = json.loads(SHARED.read_text(encoding="utf-8"))
    off = {day for year in told.values() for day in year["工作日休假"]}
    worked = {day for year in told.values() for day in year["周末补班"]}
    for day in every_day():
        expected = (day.weekday() < 5 or str(day) in worked) and str(day) not in off
        assert CALENDAR.is_working_day(day.toordinal()) is expected, day


def test_statutory_days_and_their_names_agree_with_holidays() -> None:
    china = holidays.country_holidays("CN", years=YEARS, language="zh_CN")
    moved = ("补假", "调休", "延长")
    expected = {
        day: frozenset("春节" if name == "农历除夕" else name for name in china[day].split("; "))
        for day in china
        if not any(word in china[day] for word in moved)
    }
    found = {
        day: frozenset(known.statutory.split("、"))
        for day in every_day()
        if (known := CALENDAR.day(day.toordinal())) and known.statutory
    }
    assert found == expected


def test_statutory_days_lie_in_the_breaks_of_chinesecalendar_and_are_never_days_in_lieu() -> None:
    # The third day of the Spring Festival of 2022; the package lists it in place of 31 January.
    mistaken = {date(2022, 2, 3)}
    names = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    for day in every_day():
        known = CALENDAR.day(day.toordinal())
        if known and known.statutory:
            is_off, name = chinese_calendar.get_holiday_detail(day)
            assert is_off and chinese_calendar.is_in_lieu(day) is (day in mistaken), day
            assert name and names[name] in known.statutory, day


@pytest.mark.parametrize("year", YEARS)
def test_each_festival_has_as_many_statutory_days_as_the_regulation_gives(year: int) -> None:
    days = Counter[str]()
    for rest in CALENDAR.years[year].breaks:
        if rest.statutory:
            days[rest.name] += (rest.statutory[1] - rest.statutory[0]).days + 1
    more = 1 if year >= 2025 else 0
    assert days == {
        "元旦": 1,
        "春节": 3 + more,
        "清明节": 1,
        "劳动节": 1 + more,
        "端午节": 1,
        "中秋节": 1,
        "国庆节": 3,
    }


@pytest.mark.parametrize(
    ("day", "works", "text", "statutory"),
    [
        ("2024-02-09", True, "工作日", None),
        ("2024-02-10", False, "法定节假日（春节）", "春节"),
        ("2024-02-13", False, "放假（春节）", None),
        ("2024-02-18", True, "调休上班", None),
        ("2024-05-11", True, "调休上班", None),
        ("2024-05-12", False, "周日", None),
        ("2024-05-18", False, "周六", None),
        ("2020-01-31", False, "放假（延长的春节假期）", None),
        ("2020-02-01", False, "放假（延长的春节假期）", None),
        ("2020-02-03", True, "工作日", None),
        ("2020-10-01", False, "法定节假日（国庆节、中秋节）", "国庆节、中秋节"),
        ("2018-12-29", True, "调休上班", None),
        ("2018-12-31", False, "放假（元旦）", None),
        ("2019-05-05", True, "调休上班", None),
    ],
)
def test_a_day_is_told_in_chinese(day: str, works: bool, text: str, statutory: str | None) -> None:
    found = CALENDAR.day(o(day))
    assert found is not None
    assert (found.works, found.text, found.statutory) == (works, text, statutory)
    assert CALENDAR.is_statutory_holiday(o(day)) is (statutory is not None)


def test_nothing_is_said_of_an_unannounced_year() -> None:
    for day in (o("2027-01-01"), o("2017-12-31"), o("2027-10-01")):
        assert CALENDAR.day(day) is None
        assert CALENDAR.is_working_day(day) is None
        assert CALENDAR.is_statutory_holiday(day) is None
        assert CALENDAR.next_working_day(day) is None


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2024-04-26", 1, "2024-04-28"),
        ("2024-04-30", 1, "2024-05-06"),
        ("2024-09-30", 5, "2024-10-12"),
        ("2024-12-30", 3, "2025-01-03"),
        ("2020-01-23", 1, "2020-02-03"),
        ("2024-10-08", -1, "2024-09-30"),
        ("2024-03-12", -7, "2024-03-01"),
        ("2017-12-31", 1, "2018-01-02"),
        ("2027-01-01", -1, "2026-12-31"),
        ("2026-12-28", 3, "2026-12-31"),
        ("2026-12-28", 4, None),
        ("2026-12-31", 1, None),
        ("2018-01-02", -1, None),
        ("2027-01-02", -1, None),
        ("2017-12-30", 1, None),
        ("2030-01-01", 0, "2030-01-01"),
    ],
)
def test_working_days_are_added(start: str, amount: int, end: str | None) -> None:
    found = CALENDAR.add_working_days(o(start), amount)
    assert found == (None if end is None else o(end))


def test_the_count_does_not_leap_over_a_year_without_a_file() -> None:
    known = CALENDAR.years
    gap = WorkingCalendar([known[2023], known[2025]])
    assert gap.add_working_days(o("2023-12-28"), 1) == o("2023-12-29")
    assert gap.add_working_days(o("2023-12-28"), 2) is None
    assert gap.add_working_days(o("2025-01-02"), -1) is None
    assert gap.working_days_between(o("2023-12-01"), o("2025-02-01")) is None
    assert gap.first_unannounced(o("2023-05-01")) == o("2024-01-01")
    assert gap.first_unannounced(o("2024-05-01")) == o("2024-05-01")
    assert gap.first_unannounced(o("2025-05-01")) == o("2026-01-01")


def test_a_calendar_without_years_knows_nothing() -> None:
    empty = WorkingCalendar([])
    assert empty.add_working_days(o("2024-01-01"), 1) is None
    assert empty.working_days_between(o("2024-01-01"), o("2024-01-02")) is None
    assert empty.working_days_between(o("2024-01-01"), o("2024-01-01")) == 0


def naive(day: int, amount: int) -> int | None:
    step = 1 if amount > 0 else -1
    while amount:
        day += step
        works = CALENDAR.is_working_day(day)
        if works is None:
            return None
        amount -= step * works
    return day


@given(DAYS, st.integers(-600, 600))
def test_adding_agrees_with_a_walk_day_by_day(day: int, amount: int) -> None:
    assert CALENDAR.add_working_days(day, amount) == naive(day, amount)


@given(DAYS, DAYS)
def test_counting_agrees_with_looking_at_every_day(one: int, other: int) -> None:
    between = CALENDAR.working_days_between(one, other)
    first, last = sorted((one, other))
    naive_count = sum(CALENDAR.is_working_day(day) is True for day in range(first + 1, last + 1))
    assert between == (naive_count if one <= other else -naive_count)


@given(DAYS, st.integers(1, 300))
def test_counting_undoes_adding(day: int, amount: int) -> None:
    end = CALENDAR.add_working_days(day, amount)
    if end is not None:
        assert CALENDAR.working_days_between(day, end) == amount


GOOD = """\
year: 2024
notices: [{number: 国办发明电〔2023〕7号, issued: 2023-10-25, verified: 2026-11-22}]
breaks:
  - {name: 元旦, statutory: 2024-01-01}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: 元旦", "nam: 元旦", "4:6: 不认识的键“nam”（是否为“name”？）"),
        ("2024-01-01}", "2024-02-30}", "“2024-02-30”不是日期或者日期范围"),
        ("2024-01-01}", "2024-01-03..2024-01-01}", "起止日期颠倒"),
        ("statutory: 2024-01-01}", "worked: [2024-01-06]}", "没有写放假的日期"),
        ("2024-01-01}", "2024-01-01, worked: [2024-01-05]}", "2024-01-05 不是周末"),
        ("2024-01-01}", "2024-01-01, worked: [2025-01-04]}", "2025-01-04 不在 2024 年"),
        ("2024-01-01}", "2024-01-06, worked: [2024-01-06]}", "既写为放假又写为上班"),
        ("2024-01-01}", "2024-01-01, off: 2024-01-02}", "statutory 超出 off 的范围"),
        ("year: 2024", "year: 二零二四", "1:7: 应为整数"),
        ("year: 2024", "year: 2023", "2024-01-01 不在 2023 年（写入 2024.yaml）"),
        ("breaks:", "years: []\nbreaks:", "3:1: 不认识的键“years”"),
        ("issued: 2023-10-25, ", "", "缺少“issued”"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert GOOD.count(old) == 1
    (tmp_path / "2024.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read_calendar(tmp_path)
    assert expected in str(caught.value)
    assert "2024.yaml:" in str(caught.value)


def test_the_name_of_a_file_is_its_year_and_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "2025.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "2026.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read_calendar(tmp_path)
    assert [problem.text for problem in caught.value.problems] == [
        "文件名与年份 2024 不一致",
        "文件名与年份 2024 不一致",
    ]


def test_every_year_names_its_notices_with_the_day_they_were_read() -> None:
    for year, content in CALENDAR.years.items():
        for notice in content.notices:
            assert notice.number.startswith("国办发明电〔")
            assert notice.issued.year in (year - 1, year)
            assert notice.verified > notice.issued
