"""A run that is killed goes on: nothing lost, nothing twice, the same bytes as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from adapters.many.journal import path_of
from tests.adapters.many.casefolder import AS_OF, finished, made_cases, small_rules, started

FIXED = ("cases", "--rules", "rules", "--as-of", AS_OF)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resume")
    made_cases(folder / "cases", 300)
    small_rules(folder / "rules")
    return folder


def killed_when(arguments: tuple[str, ...], cwd: Path, size: int) -> bool:
    """Kill a run, with all that it started, as soon as its journal has so many bytes; tell if it lived."""
    process = started(*arguments, cwd=cwd)
    journal = cwd / path_of(Path(arguments[arguments.index("--out") + 1]))
    while process.poll() is None and not (journal.exists() and journal.stat().st_size >= size):
        time.sleep(0.002)
    killed = process.poll() is None
    if killed:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return killed


@pytest.mark.parametrize("form", ["ndjson", "json", "html"])
def test_a_killed_run_goes_on_where_it_was(folder: Path, form: str) -> None:
    jobs = "2" if form == "ndjson" else "1"
    whole = (*FIXED, "--format", form, "--jobs", "1", "--out", f"whole.{form}")
    broken = (*FIXED, "--format", form, "--jobs", jobs, "--out", f"r.{form}", "--resume")
    assert finished(*whole, cwd=folder)[0] == 2
    journal = path_of(folder / f"r.{form}")
    assert killed_when(broken, folder, 60_000)
    assert journal.exists()
    assert not (folder / f"r.{form}").exists()
    before = journal.stat().st_size
    assert killed_when(broken, folder, before + 60_000)
    assert journal.stat().st_size >= before + 50_000, "the second run began anew"
    assert finished(*broken, cwd=folder) == (2, f"已写入 r.{form}\n")
    assert (folder / f"r.{form}").read_bytes() == (folder / f"whole.{form}").read_bytes()
    assert not journal.exists()


def test_a_run_that_goes_on_keeps_its_day_and_refuses_other_conditions(folder: Path) -> None:
    broken = ("cases", "--rules", "rules", "--format", "ndjson", "--out", "day.ndjson", "--resume")
    assert killed_when((*broken, "--as-of", "2024-01-31", "--jobs", "1"), folder, 60_000)
    code, said = finished(*broken, "--as-of", "2024-02-01", cwd=folder)
    assert (code, "检查日期原为 2024-01-31，现为 2024-02-01" in said) == (2, True)
    code, said = finished(*broken, "--verbose", cwd=folder)
    assert (code, "逐条列出原为 否，现为 是" in said) == (2, True)
    os.utime(folder / "cases" / "001" / "000123.json")
    code, said = finished(*broken, cwd=folder)
    assert (code, "cases/001/000123.json 改动过" in said) == (2, True)
    path_of(folder / "day.ndjson").unlink()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("cases", "--resume"), "--resume 要与 --out 同用"),
        (("-", "--out", "x", "--resume"), "标准输入不能续接"),
        (("-", "--ndjson", "--source", "csrc"), "不能同用"),
    ],
)
def test_what_cannot_go_on_is_told(folder: Path, arguments: tuple[str, ...], text: str) -> None:
    code, said = finished(*arguments, cwd=folder)
    assert (code, text in said) == (2, True)


@pytest.mark.long
def test_a_run_over_many_files_killed_ten_times_equals_one_that_was_not(tmp_path: Path) -> None:
    count = 20_000
    made_cases(tmp_path / "cases", count)
    small_rules(tmp_path / "rules")
    whole = (*FIXED, "--format", "ndjson", "--out", "whole.ndjson")
    broken = (*FIXED, "--format", "ndjson", "--out", "r.ndjson", "--resume", "--jobs", "2")
    finished(*whole, cwd=tmp_path)
    expected = (tmp_path / "whole.ndjson").read_bytes()
    assert expected.count(b"\n") == count
    begin = 1_200_000  # what the journal needs for the names of the inputs
    moments = sorted(random.Random(count).uniform(0, 0.95) for _ in range(10))
    kills = sum(killed_when(broken, tmp_path, begin + int(at * len(expected))) for at in moments)
    assert kills == 10
    finished(*broken, cwd=tmp_path)
    assert (tmp_path / "r.ndjson").read_bytes() == expected
