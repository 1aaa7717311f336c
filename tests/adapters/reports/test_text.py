from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.text import Text

from adapters.reports.findingtext import SIGNS
from adapters.reports.text import render_text
from adapters.results import FileResult, Run
from casefiles.problems import Problem
from engine.findings import Outcome

RUNS = ["plain", "many", "nothing", "hostile"]


@pytest.fixture(params=RUNS)
def any_run(request: pytest.FixtureRequest) -> Run:
    run: Run = request.getfixturevalue(request.param)
    return run


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_the_window(any_run: Run, width: int, verbose: bool) -> None:
    lines = render_text(any_run, width=width, verbose=verbose).splitlines()
    assert [line for line in lines if cell_len(line) > width] == []


def test_no_line_is_wider_in_a_console_that_shows_wide_quotes(any_run: Run) -> None:
    for line in render_text(any_run, width=80).splitlines():
        assert cell_len(re.sub("[“”×√※…—]", "宽", line)) <= 80


def test_the_report_can_be_written_on_every_chinese_terminal(any_run: Run) -> None:
    written = render_text(any_run, verbose=True)
    written.encode("gb18030")
    written.encode("utf-8")


def test_marks_and_frames_are_in_gbk(plain: Run, many: Run) -> None:
    assert "".join(SIGNS.values()).encode("gbk")
    assert render_text(plain, verbose=True).encode("gbk")
    assert render_text(many).encode("gbk")


def test_control_characters_never_reach_the_terminal(hostile: Run) -> None:
    written = render_text(hostile, verbose=True)
    assert {letter for letter in written if not letter.isprintable()} == {"\n"}
    assert "<U+202E>" in written


def test_without_colour_there_are_no_escapes_and_with_it_the_same_words(any_run: Run) -> None:
    plain_text = render_text(any_run)
    coloured = render_text(any_run, colour=True)
    assert "\x1b" not in plain_text
    assert "\x1b[" in coloured
    assert Text.from_ansi(coloured).plain.split() == plain_text.split()


def test_the_head_of_a_file_names_case_agency_and_cause(plain: Run) -> None:
    lines = render_text(plain).splitlines()
    assert lines[0] == "案卷检查  截至 2026-11-21  规则库 2026.11（128 条规则）  anjuan 0.1.0"
    assert lines[3] == "案卷/2024/001.json"
    assert lines[4] == "  案号 浙市监罚〔2024〕12号  执法机关 某某市市场监督管理局  案由 销售不合格食品"


def test_a_breach_tells_law_place_due_day_and_cure(plain: Run) -> None:
    written = render_text(plain, width=100)
    start = written.index("  × 严重  decision-published")
    assert written[start:].split("\n\n")[0].splitlines() == [
        "  × 严重  decision-published  处罚、许可决定应当自作出之日起七个工作日内公开",
        "      决定 D1 应当在 2024-05-14 前公示，实际 2024-05-16。",
        "      依据  国办发〔2018〕118号 二（六）（尚未核对原文）",
        "      位置  案卷/2024/001.json:160:13 “2024-05-16”（审查对象：公示 P1）",
        "      期限  2024-05-14",
        "      推算  2024-05-06  决定作出，当日不计",
        "            2024-05-07  第 1 日  工作日",
        "            2024-05-11  第 5 日  星期六，调休上班",
        "            2024-05-14  第 7 日  工作日，期限届满",
        "      补救  补正：立即补充公示，并以说明记录逾期原因。",
    ]


def test_findings_come_worst_first(plain: Run) -> None:
    written = render_text(plain)
    marks = ["× 一票否决", "× 严重", "× 一般", "※ 提示", "! 执行出错", "? 无法判定", "- 已豁免", "~ 待办"]
    places = [written.index(mark) for mark in marks]
    assert places == sorted(places)


def test_what_is_met_is_only_counted_unless_asked_for(plain: Run) -> None:
    assert "decision-served" not in render_text(plain)
    assert "√ 合规  decision-served" in render_text(plain, verbose=True)


def test_open_questions_take_a_line_each_and_name_what_settles_them_once(plain: Run) -> None:
    file = plain.files[0]
    questions = [
        replace(each, rule=f"rule-{number:02}")
        for number in range(30)
        for each in file.findings
        if each.settled_by
    ]
    lines = render_text(replace(plain, files=(replace(file, findings=tuple(questions)),))).splitlines()
    assert sum("rule-" in line for line in lines) == 30
    assert [line for line in lines if "需要" in line] == [
        "      需要  法制审核意见书（审核人员、法律职业资格）"
    ]


def test_in_a_run_of_many_files_open_questions_are_cut_and_counted(plain: Run) -> None:
    file = plain.files[0]
    questions = [
        replace(each, rule=f"rule-{number:02}")
        for number in range(30)
        for each in file.findings
        if each.settled_by
    ]
    broken = replace(file, findings=(*file.findings, *questions))
    written = render_text(replace(plain, files=(broken, broken)))
    assert written.count("? 无法判定 32 项") == 2
    assert written.count("另有 24 项，用 --verbose 逐项列出") == 2


def test_what_is_due_comes_by_date_and_is_not_told_twice(plain: Run) -> None:
    written = render_text(plain)
    assert written.index("2026-11-25  还有 4 天") < written.index("2026-12-01 17:30  还有 10 天")
    assert written.count("case-closed") == 1
    alone = replace(plain, files=(replace(plain.files[0], due=()),))
    assert "~ 未到期 1 项" in render_text(alone)


def test_a_file_that_breaks_nothing_takes_one_line_among_many(many: Run) -> None:
    lines = render_text(many).splitlines()
    assert [line for line in lines if "b.json" in line] == [
        "  ※ b.json  甲罚〔2024〕2号  提示 1  无法判定 2  合规 1"
    ]
    alone = render_text(replace(many, files=many.files[1:2]))
    assert "※ 提示  plan-announced" in alone


def test_ninety_six_clean_files_stay_readable(many: Run) -> None:
    files = tuple(replace(many.files[1], file=f"案卷/{number:03}.json") for number in range(96))
    assert len(render_text(replace(many, files=files)).splitlines()) < 96 + 20


def test_a_file_that_could_not_be_read_says_where_and_what_to_do(many: Run) -> None:
    written = render_text(many)
    assert "  ! 无法读取  c.xml:7:2: 标签没有闭合（补上 </环节>）" in written
    assert written.endswith("无法读取的案卷 1 个\n  c.xml\n")


def test_the_totals_count_findings_and_files(many: Run) -> None:
    written = render_text(many)
    assert "合计 3 个案卷，6 项结论" in written
    assert re.search(r"^  无法判定 +2 +1$", written, re.M)
    assert re.search(r"^  一票否决 +0 +0$", written, re.M)


def test_an_engine_failure_is_named_at_the_end(plain: Run) -> None:
    assert render_text(plain).endswith("执行出错的案卷 1 个\n  案卷/2024/001.json\n")
    sound = tuple(each for each in plain.files[0].findings if each.outcome is not Outcome.ERROR)
    assert "执行出错的案卷" not in render_text(
        replace(plain, files=(FileResult(file="a", case="b", findings=sound),))
    )


def test_the_same_run_gives_the_same_text(any_run: Run) -> None:
    assert render_text(any_run, colour=True) == render_text(replace(any_run), colour=True)


def _lines_of_short_list(run: Run, width: int) -> list[str]:
    lines = render_text(run, width=width).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("未发现不合规的案卷"))
    return lines[start + 1 : lines.index("", start)]


def _lawful(plain: Run) -> Run:
    """A run of two files of long names that break nothing, one with a warning."""
    outcomes = [Outcome.NOT_APPLICABLE, Outcome.MET]
    findings = tuple(replace(plain.files[0].findings[0], outcome=outcome) for outcome in outcomes)
    warning = Problem("甲", None, None, "文件不是 UTF-8 编码")
    names = [f"评查/二〇二五年第一批/城市管理局/第{number}号.json" for number in (1, 2)]
    files = (
        FileResult(names[0], "甲〔2025〕1号", findings=findings),
        FileResult(names[1], "甲〔2025〕2号", findings=findings, warnings=(warning,)),
    )
    return replace(plain, files=files)


def test_a_file_is_short_by_what_applies_to_it_and_tells_of_warnings(plain: Run) -> None:
    first, second = _lines_of_short_list(_lawful(plain), 100)
    assert first.startswith("  √ ")
    assert first.endswith("合规 1")
    assert second.endswith("合规 1  注意 1")


def test_in_a_narrow_window_a_name_is_wrapped_and_not_cut(plain: Run) -> None:
    text = "".join("".join(_lines_of_short_list(_lawful(plain), 40)).split())
    assert "评查/二〇二五年第一批/城市管理局/第1号.json甲〔2025〕1号合规1" in text
