"""Compare, time, print, and write ``docs/speed.md``: ``python -m benchmarks.peers [--print]``.

``--print`` only prints. The engines are installed by ``make bench``; those that are not here are left out by
name. Ends with 1 if an engine disagrees with the product.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from benchmarks.peers import product
from benchmarks.peers.engines import PEERS, PRODUCT, YARDSTICKS, Engine
from benchmarks.peers.files import files
from benchmarks.peers.install import NODE, SKIPPED
from benchmarks.peers.page import Figures, printed, save
from benchmarks.peers.race import Crash, Disagreement, Worker, agree, lay_out, timed
from benchmarks.peers.verdicts import Verdicts

FILES, TIMED, ROUNDS = 200, 60, 7


def version(engine: Engine) -> str:
    """Return which version of a package is here."""
    if engine.package is None:
        return metadata.version("anjuan") if engine.role == "product" and _has("anjuan") else ""
    if engine.package.startswith("npm:"):
        found = NODE / "node_modules" / engine.package.removeprefix("npm:") / "package.json"
        return str(json.loads(found.read_bytes())["version"])
    return metadata.version(engine.package.partition("==")[0])


def _has(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def started(
    engines: Sequence[Engine], folder: Path, expected: Sequence[Verdicts], skipped: dict[str, str]
) -> list[Worker]:
    """Return the engines that run and agree; those that crash are added to *skipped*."""
    workers = []
    for engine in engines:
        if engine.name in skipped:
            continue
        try:
            worker = Worker(engine, folder)
            if engine.role != "yardstick":
                agree(worker, expected)
        except Crash as crash:
            skipped[engine.name] = str(crash)
        else:
            workers.append(worker)
            print(
                f"一致：{engine.name}" if engine.role != "yardstick" else f"尺度：{engine.name}", flush=True
            )
    return workers


def main(arguments: Sequence[str]) -> int:
    """Run everything; return the exit code."""
    content = files(FILES)
    check = product.build()
    expected = [check(product.as_json(one)) for one in content]
    skipped: dict[str, str] = json.loads(SKIPPED.read_bytes()) if SKIPPED.exists() else {}
    engines = [*YARDSTICKS.values(), *PRODUCT.values(), *PEERS]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, content)
        try:
            workers = started(engines, folder, expected, skipped)
        except Disagreement as wrong:
            print(f"结论不一致，没有计时：{wrong}", file=sys.stderr)
            return 1
        times = timed(workers, range(TIMED), ROUNDS)
        for worker in workers:
            worker.stop()
        sizes = {
            form: round(statistics.fmean((folder / f"{one}.{form}").stat().st_size for one in range(TIMED)))
            for form in ("json", "xml")
        }
    raced = [worker.engine for worker in workers]
    versions = {engine.name: version(engine) for engine in raced}
    if node := shutil.which("node"):
        words = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        versions |= {
            one.name: f"{versions[one.name]}（Node {words[1:]}）"
            for one in raced
            if one.module.endswith(".mjs")
        }
    figures = Figures(
        times=times,
        engines=raced,
        skipped=skipped,
        files=FILES,
        timed=TIMED,
        rounds=ROUNDS,
        verdicts=sum(map(len, expected)),
        sizes=sizes,
        versions=versions,
    )
    print(printed(figures))
    if "--print" not in arguments:
        save(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
