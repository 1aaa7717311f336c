"""The command over many cases: lines in and out, tables, folders, with one process and with two."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.batch import Checker, Options, Unit, checker
from adapters.cli import main
from adapters.many.errors import WorkersError
from adapters.many.numbers import Numbers
from adapters.many.stream import ALONE, checked_cases
from adapters.reports.forms import FORMS, Look
from benchmarks.manyfiles import SMALL, varied
from tests.adapters.many.casefolder import AS_OF, finished, made_cases, small_rules, started

FIXED = ("--rules", "rules", "--as-of", AS_OF)
PROFILE = """
id: small
title: 小表
table: {format: FORMAT}
dates: [yyyy-MM-dd]
head: {number: {column: 文号}, kind: 行政处罚, agency: {name: {column: 机关}}}
acts:
  - {id: 决定, kind: 执法决定, starts: {column: 决定日期}}
  - {id: 公示, kind: 公示, starts: {column: 公示日期}, about: [决定]}
provides: [执法决定, 公示]
"""
COLUMNS = ("文号", "机关", "决定日期", "公示日期")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("session")
    made_cases(folder / "cases", 200)
    small_rules(folder / "rules")
    lines = [" ".join(varied(SMALL, number).split()) for number in range(40)]
    lines[7] = lines[6]
    lines[20] = '{"number": '
    lines[3:3] = ["", "   "]
    (folder / "cases.ndjson").write_text("\n".join(lines), encoding="utf-8")
    rows = [[f"甲〔2024〕{n % 50}号", "某局", "2024-04-30", f"2024-05-{n % 28 + 1:02}"] for n in range(60)]
    (folder / "table.csv").write_text(
        "\n".join(",".join(row) for row in [list(COLUMNS), *rows, ["缺列"]]), encoding="utf-8"
    )
    records = [json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) for row in rows]
    (folder / "table.ndjson").write_text("\n".join([*records, "{"]), encoding="utf-8")
    for form, table in (("separated", "csv"), ("ndjson", "ndjson")):
        (folder / f"{table}.yaml").write_text(PROFILE.replace("FORMAT", form), encoding="utf-8")
    return folder


def output(folder: Path, *arguments: str, jobs: int) -> tuple[int, bytes]:
    out = folder / f"out-{jobs}"
    out.unlink(missing_ok=True)
    code, _ = finished(*arguments, *FIXED, "--jobs", str(jobs), "--out", out.name, cwd=folder)
    return code, out.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_two_processes_write_the_report_that_one_writes(folder: Path, form: str) -> None:
    alone = output(folder, "cases", "--format", form, jobs=1)
    assert output(folder, "cases", "--format", form, jobs=2) == alone
    assert alone[0] == 2
    assert "已经有了" in alone[1].decode(), "the cases hold a number twice"


@pytest.mark.parametrize(
    "arguments",
    [
        ("table.csv", "--source", "csv.yaml", "--format", "json"),
        ("table.ndjson", "table.csv", "--source", "ndjson.yaml", "--format", "ndjson"),
        ("cases.ndjson", "--ndjson", "--verbose"),
        ("cases.ndjson", "missing.ndjson", "cases", "--ndjson", "--format", "text"),
    ],
    ids=" ".join,
)
def test_rows_and_lines_are_checked_by_two_processes_as_by_one(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    alone = output(folder, *arguments, jobs=1)
    assert output(folder, *arguments, jobs=2) == alone
    assert "已经有了" in alone[1].decode()


def results_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    with pytest.raises(SystemExit) as caught:
        main(["check", *arguments])
    code = caught.value.code
    assert isinstance(code, int)
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_in_is_a_line_out_in_order_with_errors_in_their_places(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    code, found = results_of(capsys, "cases.ndjson", "--ndjson", *FIXED)
    assert code == 2
    assert [one["line"] for one in found] == [*range(1, 4), *range(6, 43)]
    broken = [one for one in found if "error" in one]
    assert [one["line"] for one in broken] == [23]
    assert (broken[0]["error"][0]["line"], broken[0]["findings"]) == (23, [])
    twice = next(one for one in found if "warnings" in one)
    assert (twice["line"], "在 cases.ndjson:9 中已经有了" in str(twice["warnings"])) == (10, True)


def test_a_row_of_a_table_is_a_line_with_the_number_of_the_row(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    _, found = results_of(capsys, "table.csv", "--source", "csv.yaml", "--format", "ndjson", *FIXED)
    assert [one.get("line") for one in found] == [*range(2, 62), None]
    assert found[-1]["error"][0]["line"] == 62


def test_a_filter_answers_line_by_line(folder: Path) -> None:
    process = started("-", "--ndjson", *FIXED, cwd=folder, stdin=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    for number, line in enumerate((varied(SMALL, 1), "{", varied(SMALL, 2)), start=1):
        process.stdin.write(" ".join(line.split()).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["line"] == number
    out, err = process.communicate()
    assert (out, err, process.returncode) == (b"", b"", 2)


def test_a_filter_without_any_line_is_clean(folder: Path) -> None:
    process = started("-", "--ndjson", *FIXED, cwd=folder, stdin=subprocess.DEVNULL)
    assert process.communicate() == (b"", b"")
    assert process.returncode == 0


def test_a_folder_is_no_file_of_lines(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    code, (found,) = results_of(capsys, "cases", "--ndjson", *FIXED)
    assert (code, "一行一案" in str(found["error"])) == (2, True)


def test_workers_that_cannot_start_end_the_run_with_a_message(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise WorkersError

    monkeypatch.chdir(folder)
    monkeypatch.setattr("adapters.many.workers.Workers._started", failing)
    with pytest.raises(SystemExit) as caught:
        main(["check", "cases", *FIXED, "--jobs", "2", "--out", "lost.txt"])
    assert caught.value.code == 3
    assert "请用 --jobs 1 再试" in capsys.readouterr().err
    assert not (folder / "lost.txt").exists()


class Clock:
    """Tells a second more at every look."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture(scope="module")
def small(folder: Path) -> Checker:
    return checker(Options(date(2026, 6, 30), Look("ndjson"), str(folder / "rules")))


def alone(check: Checker, monkeypatch: pytest.MonkeyPatch, step: float, cores: int, left: int | None) -> int:
    """Return how many of thirty cases are checked before anybody is asked to help."""
    pulled: list[int] = []

    def units() -> Iterator[Unit]:
        for number in range(30):
            pulled.append(number)
            yield Unit(number, "a.json", SMALL.encode())

    def no_workers(*_: object) -> None:
        raise WorkersError

    monkeypatch.setattr("adapters.many.stream.cores", lambda: cores)
    monkeypatch.setattr("adapters.many.workers.Workers.__init__", no_workers)
    cases = checked_cases(units(), check, Numbers(), jobs=None, left=lambda done: left, clock=Clock(step))
    done = 0
    try:
        for _ in cases:
            done += 1
    except WorkersError:
        return done
    return len(pulled)


@pytest.mark.parametrize(
    ("step", "cores", "left", "expected"),
    [
        (ALONE / 100, 2, None, 30),
        (ALONE / 8, 2, None, 8),
        (ALONE, 1, None, 30),
        (ALONE / 8, 2, 16, 30),
        (ALONE / 8, 2, 17, 8),
    ],
    ids=["short work", "long work", "one processor", "little is left", "much is left"],
)
def test_help_is_called_when_the_work_has_proved_long(
    small: Checker,
    monkeypatch: pytest.MonkeyPatch,
    step: float,
    cores: int,
    left: int | None,
    expected: int,
) -> None:
    assert alone(small, monkeypatch, step, cores, left) == expected
