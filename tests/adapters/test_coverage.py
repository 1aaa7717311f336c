"""What stands for a duty or an article is shown in both directions, and gaps are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.cli import main
from adapters.coverage import (
    coverage_of,
    duty_lines,
    law_lines,
    open_articles,
    read_duties,
    scenarios_by_rule,
    sheet_problems,
    stale_lines,
    summary_lines,
)
from engine.rulebook import Rulebook, read_rulebook
from tests.conftest import REPOSITORY

DUTIES = read_duties()


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return read_rulebook()


def sheet(folder: Path, names: list[str]) -> Path:
    path = folder / "sheet.md"
    rows = [f"| {name} | 公示 | something |\n" for name in names]
    path.write_text("# 表\n\n| id | system |\n|---|---|\n" + "".join(rows), encoding="utf-8")
    return path


def test_a_sheet_with_the_same_duties_is_in_order(tmp_path: Path) -> None:
    assert sheet_problems(sheet(tmp_path, [duty.id for duty in DUTIES]), DUTIES) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (lambda names: names[1:], (None, "没有列出“DIS-001”")),
        (lambda names: [*names, "DIS-001"], (582, "“DIS-001”列了两次")),
        (lambda names: [*names, "XXX-001"], (582, "义务清单里没有“XXX-001”")),
    ],
    ids=["one is missing", "one stands twice", "one is not known"],
)
def test_a_sheet_with_other_duties_is_told_at_its_line(
    tmp_path: Path, changed: object, expected: tuple[int | None, str]
) -> None:
    assert callable(changed)
    problems = sheet_problems(sheet(tmp_path, changed([duty.id for duty in DUTIES])), DUTIES)
    assert [(one.line, one.text) for one in problems] == [expected]


def test_every_duty_is_listed_with_its_rules_or_whoever_judges_it(book: Rulebook) -> None:
    coverage = coverage_of(book, DUTIES)
    lines = list(duty_lines(coverage))
    assert len(lines) == len(DUTIES)
    assert any("DIS-012" in line and "decision-published" in line for line in lines)
    assert any("PRO-198" in line and "卷外。" in line for line in lines)


def test_a_duty_without_rule_and_reason_is_open(book: Rulebook) -> None:
    left = [replace(duty, left="", why="") for duty in DUTIES]
    coverage = coverage_of(replace(book, rules=(), definitions=()), left)
    assert len(coverage.open) == len(DUTIES)
    assert all(line.endswith("待办") for line in duty_lines(coverage, only_open=True))
    assert f"  合计　0/{len(DUTIES)}；0，0，{len(DUTIES)}" in list(summary_lines(book, coverage))


def test_what_is_left_to_people_has_a_reason_and_no_rule(book: Rulebook) -> None:
    coverage = coverage_of(book, DUTIES)
    for duty in DUTIES:
        assert duty.left in ("", "人工判断", "卷外"), duty.id
        assert bool(duty.left) == bool(duty.why), duty.id
        assert not (duty.left and duty.id in coverage.rules), f"{duty.id} has a rule and is left to people"


def test_articles_show_their_rules_and_scenarios(book: Rulebook) -> None:
    law = next(one for one in book.laws.all if one.id == "penalty-law-2021")
    lines = list(law_lines(book, law, scenarios_by_rule(REPOSITORY / "features", book)))
    assert any(line.startswith("  第四十八条　规则　") and "（场景 " in line for line in lines)
    without = replace(book, rules=(), definitions=())
    assert {one.article for one in open_articles(without, law)} >= {"第四十四条", "第五十八条"}


def test_a_basis_that_was_not_verified_for_a_year_is_stale(book: Rulebook) -> None:
    assert list(stale_lines(book, date(2026, 11, 22))) == []
    assert len(list(stale_lines(book, date(2027, 11, 22)))) == len(book.rules)


def test_an_unknown_law_is_told_with_what_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["coverage", "--law", "行政处罚"])
    assert ended.value.code == 2
    assert "没有登记这部法律文件" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--law", "行政强制法"], ["--duties"], ["--missing"]])
def test_the_command_lists_and_its_code_tells_of_gaps(
    options: list[str], capsys: pytest.CaptureFixture[str], book: Rulebook
) -> None:
    law = next(one for one in book.laws.all if "行政强制法" in one.names)
    gaps = open_articles(book, law) if "--law" in options else coverage_of(book, DUTIES).open
    with pytest.raises(SystemExit) as ended:
        main(["coverage", *options])
    assert ended.value.code == (1 if gaps else 0)
    assert "中华人民共和国行政强制法" in capsys.readouterr().out
