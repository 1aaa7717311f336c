"""Prints how long ``anjuan check`` of one file takes from a cold process, beside what any start costs.

``python benchmarks/coldstart.py [RUNS]``: in turns in one run, the wall time of a process that only
imports lxml, msgspec and click, and of a whole check with its report: with the rulebook kept on disk,
and with all rules read anew. Only the ratios of one run count; the least time is the one that other
programs on the machine disturbed least. The processor's time, which they disturb less, stands beside it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).parent.parent / "casefiles" / "samples" / "market-lawful.json"
RUNS = 15
WIDEST = 2.5
"""The wall time of a check may be so many times that of the imports."""

IMPORTS = (sys.executable, "-c", "import lxml.etree, msgspec, click")
CHECK = (str(Path(sys.executable).with_name("anjuan")), "check", str(FILE), "--as-of", "2026-06-30")


@dataclass
class Times:
    """A command with its environment, and the times of its runs in seconds."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run the command once as a new process and note the times; raises where it fails."""
        begin = time.perf_counter()
        process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.wall.append(time.perf_counter() - begin)
        self.processor.append(usage.ru_utime + usage.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.name}：退出码 {process.returncode}")


def measured(runs: int, folder: str) -> list[Times]:
    """Return the times of all commands, run in turns after one run of each that does not count."""
    # Compiled modules are part of every installed program; a setting of the shell must not undo that.
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept, off = {**plain, "ANJUAN_CACHE": folder}, {**plain, "ANJUAN_CACHE": "off"}
    told = [
        Times("import lxml.etree, msgspec, click", IMPORTS, plain),
        Times("anjuan check，规则库已缓存", CHECK, kept),
        Times("anjuan check，规则库重新读取", CHECK, off),
    ]
    for number in range(runs + 1):
        for one in told:
            one.run()
        if number == 0:
            for one in told:
                one.wall.clear()
                one.processor.clear()
    return told


def main() -> None:
    """Print the figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory() as folder:
        told = measured(runs, folder)
    unit = told[0]
    print(f"{FILE.name}，每种 {runs} 次，轮流运行；毫秒，及与第一行之比（上限 {WIDEST}）")
    print(f"  {'最小':>8}{'':7}{'中位':>8}{'':7}{'CPU 最小':>8}")
    for one in told:
        cells = [
            f"{figure(times) * 1e3:10.1f} {figure(times) / figure(base):6.2f}"
            for figure, times, base in (
                (min, one.wall, unit.wall),
                (statistics.median, one.wall, unit.wall),
                (min, one.processor, unit.processor),
            )
        ]
        print("".join(cells), f" {one.name}")


if __name__ == "__main__":
    main()
