"""Prints files per second with one and two processes, and the peak of memory over ever more files.

``python benchmarks/manyfiles.py [MOST]``: the rate over files varied from the samples against all rules,
in turns with one process, with two, and, as the measure of what the machine has to give just now, by
two programs that know nothing of each other and take half of the files each; results of the first
two are compared byte by byte. Then the peak resident memory of the program and of its workers over
2,000, 20,000 … up to MOST small files (20,000 unless told; 200,000 take 800 MB of disk for a while)
against one rule, with two processes.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from casefiles.schemas import FOLDER as SCHEMAS

SAMPLES = SCHEMAS.parent / "samples"
AS_OF = "2026-06-30"
RATED = 2_000
ROUNDS = 3
SIZES = (2_000, 20_000, 200_000)
CHEAP = ("--only", "decision-published")
BROKEN = 97
"""One file in so many is cut off in the middle."""
TWICE = 89
"""One file in so many bears the number of the one before."""

SMALL = """{
  "number": "示例城执罚〔2024〕1号", "kind": "行政处罚", "procedure": "普通程序",
  "field": "城市管理", "region": "420100", "cause": "占用城市道路", "agency": {"name": "示例市城市管理局"},
  "parties": [{"name": "示例商贸有限公司", "kind": "法人"}], "facts": {"办案状态": "已结"},
  "acts": [
    {"id": "立案", "kind": "立案", "starts": "2024-03-20"},
    {"id": "告知", "kind": "事先告知", "starts": "2024-04-19"},
    {"id": "决定", "kind": "执法决定", "starts": "2024-04-30",
     "facts": {"决定类型": "行政处罚", "罚款金额": 2000}},
    {"id": "公示", "kind": "公示", "starts": "2024-05-13", "about": ["决定"],
     "facts": {"平台": ["机关门户网站"]}},
    {"id": "结案", "kind": "结案", "starts": "2024-06-03"}
  ]
}
"""
"""A small case; by the days that it is moved, it is published in time or late."""

_DATE = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_NUMBER = re.compile(r"〔(20\d\d)〕\d+号")
_NAMES = "海山江河湖林石田金木水火土东南西北春夏秋冬"


def varied(sample: str, number: int) -> str:
    """Return a case made from a sample: other days, numbers and names, the same for the same number."""
    shift = timedelta(days=random.Random(number).randrange(-300, 300))
    own = number - 1 if number % TWICE == TWICE - 1 else number
    name = "".join(random.Random(own).choices(_NAMES, k=3))
    text = _DATE.sub(lambda found: str(date(*map(int, found.groups())) + shift), sample)
    text = _NUMBER.sub(lambda found: f"〔{found[1]}〕{own}号", text).replace("示例", f"示例{name}")
    return text[: len(text) // 2] if number % BROKEN == BROKEN - 1 else text


def write_cases(folder: Path, count: int, samples: Sequence[tuple[str, str]]) -> None:
    """Write cases varied in turn from samples, each a text and the end of the file's name."""
    for number in range(count):
        text, suffix = samples[number % len(samples)]
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}{suffix}").write_text(varied(text, number), encoding="utf-8")


def sample_texts() -> list[tuple[str, str]]:
    """Return the texts of the shipped samples with the ends of their names."""
    paths = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".json", ".xml"))
    return [(path.read_text(encoding="utf-8"), path.suffix) for path in paths]


def command(folder: Path, out: Path, jobs: int, *options: str) -> list[str]:
    """Return the command that checks a folder."""
    program = [sys.executable, "-c", "from adapters.cli import main; main()", "check", str(folder)]
    fixed = ["--as-of", AS_OF, "--fail-on", "never", "--format", "ndjson", "--out", str(out)]
    return [*program, *fixed, "--jobs", str(jobs), *options]


def costs(programs: list[list[str]]) -> tuple[float, float]:
    """Return how long checks side by side take, and the processor time they use."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run(programs)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begin, used


def run(programs: list[list[str]]) -> None:
    """Run checks side by side; unreadable files are told by 2."""
    started = [subprocess.Popen(one, stderr=subprocess.DEVNULL) for one in programs]
    codes = [one.wait() for one in started]
    assert set(codes) <= {0, 2}, codes


def peaks(arguments: list[str]) -> tuple[int, int]:
    """Return the peak resident memory of a run in MB: of the program, and of its largest worker."""
    process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
    own, workers = 0, 0
    while process.poll() is None:
        own = max(own, _peak(process.pid))
        workers = max([workers, *map(_peak, _children(process.pid))])
        time.sleep(0.1)
    assert process.returncode in (0, 2)
    return own // 1024, workers // 1024


def _peak(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) if found else 0


def _children(pid: int) -> Iterator[int]:
    try:
        yield from map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())
    except OSError:
        return


def main() -> None:
    """Print the figures."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[1]
    samples = sample_texts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_cases(folder / "rate", RATED, samples)
        outs = {jobs: folder / f"{jobs}.ndjson" for jobs in (1, 2)}
        ways = {
            "1 个进程": [command(folder / "rate", outs[1], 1)],
            "2 个进程": [command(folder / "rate", outs[2], 2)],
            "2 个互不相干的程序": [
                command(half, folder / f"{half.name}.ndjson", 1)
                for half in sorted((folder / "rate").iterdir())
            ],
        }
        spent: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, programs in ways.items():
                spent[way].append(costs(programs))
        assert outs[1].read_bytes() == outs[2].read_bytes(), "两种做法结果不同"
        print(f"{RATED} 个案卷，全部规则，含启动；{ROUNDS} 轮取最快，结果逐字节相同")
        alone = min(wall for wall, _ in spent["1 个进程"])
        for way, rounds in spent.items():
            wall, used = map(min, zip(*rounds, strict=True))
            print(f"  {RATED / wall:8.1f} 个/秒  {alone / wall:5.2f} 倍  处理器 {used:6.1f} 秒  {way}")
        print("内存峰值（MB），一条规则，两个进程")
        for size in SIZES:
            if size > most:
                break
            write_cases(folder / str(size), size, [(SMALL, ".json")])
            own, workers = peaks(command(folder / str(size), folder / "out.ndjson", 2, *CHEAP))
            print(f"  {size:7} 个案卷  主进程 {own:5}  检查进程 {workers:5}")


if __name__ == "__main__":
    main()
