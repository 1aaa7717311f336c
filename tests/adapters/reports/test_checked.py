from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from adapters.reports.checked import Checked, Totals, checked_of
from adapters.reports.forms import FORMS, Look, parts_of, report
from adapters.reports.grades import Grade, tally
from adapters.reports.html import MOST_LISTED
from adapters.reports.text import render_text
from adapters.results import RuleHead, Run


def totals_of(run: Run) -> Totals:
    totals = Totals()
    for number, file in enumerate(run.files):
        totals.add(checked_of(file, number, 0, ()))
    return totals


@pytest.mark.parametrize("name", ["plain", "many", "nothing"])
def test_totals_are_those_of_all_findings(name: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(name)
    totals = totals_of(run)
    assert totals.summary() == run.summary()
    assert totals.files == len(run.files)
    assert totals.unread == sum(bool(file.error) for file in run.files)
    assert totals.findings == tally(finding for _, finding in run.findings())
    assert totals.files_with == {
        grade: count for grade in Grade if (count := sum(grade in tally(file.findings) for file in run.files))
    }


def test_what_failed_is_not_counted_as_unread(many: Run) -> None:
    failed = replace(many, files=(*many.files, replace(many.files[2], failed=True)))
    totals = totals_of(failed)
    assert (totals.unread, totals.failed, totals.broken) == (1, 1, 1)


def test_a_case_travels_as_bytes_and_is_the_same_again(many: Run) -> None:
    for number, file in enumerate(many.files):
        checked = checked_of(file, number, 2**64 - 1, (b"\0\xff", b""))
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(checked), type=Checked) == checked


@pytest.mark.parametrize("form", FORMS)
def test_cases_are_written_as_they_come_but_for_the_page_that_needs_the_totals(many: Run, form: str) -> None:
    written: list[bytes] = []
    look = Look(form)
    heads = (RuleHead(one.rule, "1", one.title, one.severity, (), None) for one in many.files[0].findings)
    run = replace(many, catalogue=tuple(heads))
    make = parts_of(look, run)
    made = report(look, run, written.append)
    made.begin()
    made.add(checked_of(many.files[0], 0, 0, make(many.files[0], 0)))
    early = b"".join(written).decode()
    assert ("甲罚〔2024〕1号" in early) is (form != "html")
    made.end(totals_of(many))
    assert "甲罚〔2024〕1号" in b"".join(written).decode()


@pytest.mark.parametrize("form", FORMS)
def test_what_failed_reads_as_such_in_every_report(many: Run, form: str) -> None:
    failed = replace(many.files[2], failed=True)
    look = Look(form, several=False)
    written: list[bytes] = []
    made = report(look, many, written.append)
    made.begin()
    checked = checked_of(failed, 0, 0, parts_of(look, many)(failed, 0))
    made.add(checked)
    totals = Totals()
    totals.add(checked)
    made.end(totals)
    text = b"".join(written).decode()
    words = {"text": "执行出错的案卷 1 个", "html": "执行出错</td>", "junit": "检查案卷", "sarif": '"error"'}
    assert words.get(form, '"failed"') in text
    assert "无法读取" not in text


def test_a_text_report_of_many_cases_is_that_of_one_run(many: Run) -> None:
    run = replace(many, files=many.files * 50)
    look = Look("text", width=80)
    written: list[bytes] = []
    made = report(look, run, written.append)
    make = parts_of(look, run)
    made.begin()
    for number, file in enumerate(run.files):
        made.add(checked_of(file, number, 0, make(file, number)))
    made.end(totals_of(run))
    assert b"".join(written).decode() == render_text(run, width=80)


def test_a_page_lists_no_more_than_a_browser_can_bear(many: Run) -> None:
    look = Look("html")
    make = parts_of(look, many)
    broken, clean = many.files[0], replace(many.files[1], findings=many.files[0].findings[1:])
    parts = {True: make(broken, 0), False: make(clean, 0)}
    written: list[bytes] = []
    made = report(look, many, written.append)
    totals = Totals()
    made.begin()
    for number in range(3 * MOST_LISTED):
        is_broken = number % 2 == 0
        checked = checked_of(broken if is_broken else clean, number, 0, parts[is_broken])
        totals.add(checked)
        made.add(checked)
    notice = made.end(totals)
    page = b"".join(written).decode()
    assert f"不逐一列出没有问题的 {MOST_LISTED * 3 // 2} 个案卷" in notice
    assert f"另有 {MOST_LISTED // 2} 个有待查看的案卷也没有列出" in notice
    assert notice in page
    assert page.count('<section class="file"') == page.count('<td class="order">') == MOST_LISTED
    assert f"本次检查案卷 {3 * MOST_LISTED} 个" in page
