"""Small made cases in a folder, a small rulebook for them, and the program as a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.manyfiles import SMALL, varied
from engine.rulebook import FOLDER

AS_OF = "2026-06-30"
RULE = """id: published-in-time
title: 决定应当及时公示
severity: minor
effect: 程序轻微违法
rows: [DIS-012]
basis:
  - {law: 国办发〔2018〕118号, article: 二（六）, since: 2018-12-05, verified: 2026-11-21}
subject:
  act: 执法决定
require:
  followed_by: {act: 公示, within: 7 working days}
message: "{subject}应当不迟于 {due} 公示，实际：{found}。"
remedy: {cure: 补正, do: 立即补充公示。}
"""


def made_cases(folder: Path, count: int) -> Path:
    """Write so many cases, a hundred in a folder of their own; some are broken, some alike in number."""
    for number in range(count):
        place = folder / f"{number // 100:03}"
        if number % 100 == 0:
            place.mkdir(parents=True)
        (place / f"{number:06}.json").write_text(varied(SMALL, number), encoding="utf-8")
    return folder


def small_rules(folder: Path) -> Path:
    """Write a rulebook of one rule, which is read in no time."""
    for name in (
        "laws/guidance-2018-118.yaml",
        "calendar/2023.yaml",
        "calendar/2024.yaml",
        "calendar/2025.yaml",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FOLDER / name, folder / name)
    (folder / "disclosure").mkdir()
    (folder / "disclosure" / "published-in-time.yaml").write_text(RULE, encoding="utf-8")
    return folder


def started(*arguments: str, cwd: Path, stdin: int | None = None) -> subprocess.Popen[bytes]:
    """Start the program in a session of its own, so that it can be killed with all that it started."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.Popen(
        [sys.executable, "-c", "from adapters.cli import main; main()", "check", *arguments],
        cwd=cwd,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=inherited,
        start_new_session=True,
    )


def finished(*arguments: str, cwd: Path) -> tuple[int, str]:
    """Run the program to its end and return its exit code and what it said to the user."""
    process = started(*arguments, cwd=cwd)
    out, err = process.communicate()
    said = (out + err).decode()
    assert "Traceback" not in said, said
    return process.returncode, said
