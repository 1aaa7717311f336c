"""The real table of penalty decisions, counted once more without any of our own code for dates."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import chinese_calendar
import pytest

from adapters.results import Reading, Unreadable
from adapters.tables.profile import read_profile
from adapters.tables.reading import read_table
from casefiles.model import CaseFile
from casefiles.moments import Moment
from casefiles.terms import Vocabulary
from tests.adapters.tables.samples import SHARED

TABLE = SHARED / "csrc-decisions" / "decisions.psv"
DUTY_BEGINS = date(2018, 12, 5)
pytestmark = pytest.mark.skipif(not TABLE.exists(), reason="../shared/data/csrc-decisions is not here")


@pytest.fixture(scope="module")
def readings(vocabulary: Vocabulary) -> list[Reading]:
    results: list[Reading | Unreadable] = list(
        read_table(TABLE, "decisions.psv", read_profile("csrc", vocabulary), vocabulary)
    )
    return [result for result in results if isinstance(result, Reading)]


def decided(case: CaseFile) -> date:
    (act,) = [act for act in case.acts if act.kind == "执法决定"]
    return day(act.starts)


def published(case: CaseFile) -> date:
    (act,) = [act for act in case.acts if act.kind == "公示"]
    assert act.about == ["决定"]
    return day(act.starts)


def day(moment: Moment | None) -> date:
    assert moment is not None
    assert moment.minute is None
    return moment.date


def working_days_after(first: date, last: date) -> int:
    days = (first + timedelta(count) for count in range(1, (last - first).days + 1))
    return sum(chinese_calendar.is_workday(one) for one in days)


def last_date_by_hand(text: str) -> date:
    """The date at the very end of a text, by a rule of its own."""
    tail = re.sub(r"\s", "", text)[-14:].translate(str.maketrans("〇一二三四五六七八九", "0123456789"))
    tail = re.sub("(?<![0-9])十(?![0-9])", "10", tail)
    tail = re.sub("(?<![0-9])十(?=[0-9])", "1", tail)
    year, month, number = re.findall("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日$", tail)[0]
    return date(int(year), int(month), int(number))


def test_every_line_becomes_a_case(readings: list[Reading]) -> None:
    assert len(readings) == len(TABLE.read_bytes().splitlines()) - 1 == 96
    assert [warning for reading in readings for warning in reading.warnings] == []
    assert len({reading.case.number for reading in readings}) == 96


def test_dates_are_those_that_stand_at_the_end_and_in_the_first_column(readings: list[Reading]) -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    for reading, line in zip(readings, lines, strict=True):
        cells = line.split("|")
        assert decided(reading.case) == last_date_by_hand(cells[6])
        assert published(reading.case) == date.fromisoformat(cells[0])
        assert reading.case.number == (cells[2] if cells[5] == "null" else cells[5])


def test_all_decisions_since_the_duty_began_carry_a_day_within_seven_working_days(
    readings: list[Reading],
) -> None:
    new = [one.case for one in readings if decided(one.case) >= DUTY_BEGINS]
    assert (len(new), len(readings) - len(new)) == (47, 49)
    assert all(working_days_after(decided(case), published(case)) <= 7 for case in new)


def test_the_day_of_publication_says_little_because_since_then_it_is_the_day_of_the_decision(
    readings: list[Reading],
) -> None:
    new = [one.case for one in readings if decided(one.case) >= DUTY_BEGINS]
    old = [one.case for one in readings if decided(one.case) < DUTY_BEGINS]
    assert sum(decided(case) == published(case) for case in new) == len(new)
    assert sum(decided(case) == published(case) for case in old) == 1


def test_parties_are_named_and_told_apart(readings: list[Reading]) -> None:
    parties = [party for reading in readings for party in reading.case.parties]
    assert Counter(party.kind for party in parties) == {"法人": 52, "公民": 38, "其他组织": 6}
    by_kind = {kind: {party.name for party in parties if party.kind == kind} for kind in ("公民", "其他组织")}
    assert all(2 <= len(name) <= 3 for name in by_kind["公民"])
    assert by_kind["其他组织"] == {
        "中审亚太会计师事务所",
        "上海庞增投资管理中心（有限合伙）",
        "北京天相财富管理顾问有限公司上海分公司",
        "民众证券投资咨询有限公司上海分公司",
        "黑龙江省容维证券数据程序化有限公司上海分公司",
        "上海格林兰投资企业（有限合伙）",
    }
    assert all(party.name.endswith("公司") for party in parties if party.kind == "法人")
    assert sum(party.uscc is not None for party in parties) == 43


def test_only_what_the_table_tells_is_provided(readings: list[Reading]) -> None:
    for reading in readings:
        assert {entry.partition(".")[0] for entry in reading.case.provides or ()} == {
            "执法决定",
            "公示",
            "案卷",
        }
        assert all("." in entry for entry in reading.case.provides or ())
        assert {act.kind for act in reading.case.acts} == {"执法决定", "公示"}


def test_places_are_those_of_the_file(readings: list[Reading]) -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    for number, reading in enumerate(readings, start=2):
        place = reading.locate(("acts", 0, "starts"))
        assert (place.pointer, place.line) == (f"第{number}行/内容", number)
        found = lines[number - 1][(place.column or 0) - 1 :]
        assert re.match("[0-9二〇一]{4}年", found)
        assert reading.locate(("acts", 1)).quote == lines[number - 1][:10]
