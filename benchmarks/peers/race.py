"""Running the engines: each in its process, all verdicts compared first, then timed in turns."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.conditions import conditions
from benchmarks.peers.days import table
from benchmarks.peers.engines import Engine
from benchmarks.peers.logic import looked_at, rules
from benchmarks.peers.product import as_json, as_xml
from benchmarks.peers.verdicts import Verdicts, differences

NODE = Path(__file__).parent / "node"
REPOSITORY = Path(__file__).parents[2]


class Crash(Exception):
    """An engine ended or failed; the text says how."""


class Disagreement(Exception):
    """An engine came to other verdicts than the product."""


@dataclass(frozen=True, slots=True)
class Time:
    """µs for one file: the mean of each file's best time, and the median of the rounds' means."""

    best: float
    median: float


def lay_out(folder: Path, files: Sequence[dict[str, Any]]) -> None:
    """Write the files, and what the Node engines need to know, into a folder."""
    for number, content in enumerate(files):
        (folder / f"{number}.json").write_bytes(as_json(content))
        (folder / f"{number}.xml").write_bytes(as_xml(content))
    given = {"files": len(files), "days": table(), "rules": rules(), "looked": looked_at()}
    given["conditions"] = conditions()
    (folder / "given.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")


class Worker:
    """The process of one engine."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        if engine.module.endswith(".mjs"):
            command = ["node", str(NODE / engine.module), str(folder)]
        else:
            command = [
                sys.executable,
                "-m",
                "benchmarks.peers.worker",
                engine.module,
                str(folder),
                engine.reads,
            ]
        self.errors = (folder / f"{engine.module}-{engine.reads}.txt").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            encoding="utf-8",
        )
        self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            code = self.process.wait()
            self.errors.seek(0)
            told = [one.strip() for one in self.errors if one.strip()]
            named = [one for one in told if "Error" in one] or told or ["没有说明"]
            self.stop()
            raise Crash(f"进程结束，代码 {code}：{named[-1][:200]}")
        return json.loads(line)

    def ask(self, do: str, files: Iterable[int]) -> Any:
        """Return the answer to a request."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps({"do": do, "files": list(files)}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the answer, or rather its lack, tells why
        return self._answer()

    def stop(self) -> None:
        """End the process."""
        assert self.process.stdin is not None and self.process.stdout is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def agree(worker: Worker, expected: Sequence[Verdicts]) -> None:
    """Compare an engine's verdicts on all files with the expected ones; raises Disagreement."""
    for number, found in enumerate(worker.ask("verdicts", range(len(expected)))):
        wrong = differences(expected[number], [(rule, act, bool(kept)) for rule, act, kept in found])
        if wrong:
            raise Disagreement(f"{worker.engine.name}, file {number}: {'; '.join(wrong)}")


def timed(workers: Sequence[Worker], files: Sequence[int], rounds: int) -> dict[str, Time]:
    """Time all engines in turns on the same files, round by round, after a round to warm up."""
    times: dict[str, list[list[float]]] = {worker.engine.name: [] for worker in workers}
    for round_ in range(rounds + 1):
        for worker in workers:
            found = worker.ask("time", files)
            if round_:
                times[worker.engine.name].append(found)
    return {
        name: Time(
            statistics.fmean(min(of_file) for of_file in zip(*of_rounds, strict=True)),
            statistics.median(statistics.fmean(one) for one in of_rounds),
        )
        for name, of_rounds in times.items()
    }
