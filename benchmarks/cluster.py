"""Checks made files on Spark and without it, and compares the rows byte for byte after sorting.

``python -m benchmarks.cluster [--count 200000] [--rules 10] [--shape files|uri|lines] [--folder DIR]``:
prints times and sizes, and fails unless both are equal. Needs the extra ``spark``, Java and ``sort``.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from multiprocessing import Pool
from pathlib import Path

from adapters.cluster.command import Job, run
from adapters.cluster.entry import Entry
from adapters.cluster.local import file_entries, line_entries, local_rows, written_rows
from adapters.cluster.row import line_of
from adapters.cluster.shipping import Parcel, packed
from benchmarks.madefiles import made_files, made_lines
from engine.rulebook import FOLDER, read_rulebook

AS_OF = date(2026, 6, 30)
CHUNK = 500
SHAPES = ("files", "uri", "lines")


def main() -> None:
    """Make, check twice, compare, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--rules", type=int, default=10, help="how many rules; 0 means all")
    parser.add_argument("--shape", choices=SHAPES, default="files")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, help="keep inputs and outputs here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        compare(asked.folder or Path(temporary), asked.count, asked.rules, asked.shape, asked.jobs)


def compare(folder: Path, count: int, rules: int, shape: str, jobs: int) -> None:
    """Run both sides and print what they took; raises SystemExit where they differ."""
    made = _made(folder, count, shape)
    only = some_rules(rules)
    here, there = folder / f"local-{shape}.ndjson", folder / f"spark-{shape}.ndjson"
    path = f"file:{made.absolute()}" if shape == "uri" else str(made)
    out = folder / f"parquet-{shape}"
    begin = time.perf_counter()
    job = Job(path, f"local[{jobs}]", str(out), AS_OF, FOLDER, only, ndjson=shape == "lines")
    tally = run(job)
    spark = time.perf_counter() - begin
    begin = time.perf_counter()
    _write(here, _local_lines(made, shape, only, jobs))
    local = time.perf_counter() - begin
    _write(there, (line_of(row) + b"\n" for row in written_rows(out)))
    print("\n".join(tally.lines()))
    size = sum(one.stat().st_size for one in out.rglob("*.parquet"))
    print(f"{count} cases, {len(only) or 'all'} rules, {shape}, {jobs} jobs")
    print(f"Spark {spark:.0f} s, local {local:.0f} s")
    print(f"rows: {sum(1 for _ in here.open('rb'))}, Parquet {size / 1e6:.0f} MB")
    for one in (here, there):
        environment = {**os.environ, "LC_ALL": "C"}
        subprocess.run(["sort", "-S", "1G", "-o", str(one), str(one)], check=True, env=environment)
    if not filecmp.cmp(here, there, shallow=False):
        raise SystemExit(f"the rows differ: {here} {there}")
    print(f"equal byte for byte after sorting: {here.stat().st_size} bytes")


def some_rules(count: int) -> tuple[str, ...]:
    """Return the names of so many rules, taken from all over the rulebook."""
    names = [rule.id for rule in read_rulebook().rules]
    return tuple(names[:: max(1, len(names) // count)][:count]) if count else ()


def _made(folder: Path, count: int, shape: str) -> Path:
    """Return the made input, made only where it is not there yet."""
    made = folder / (f"cases-{count}.ndjson" if shape == "lines" else f"cases-{count}")
    if made.exists():
        return made
    folder.mkdir(parents=True, exist_ok=True)
    if shape == "lines":
        with made.open("wb") as stream:
            stream.writelines(made_lines(count))
    else:
        for name, content in made_files(count):
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return made


def _local_lines(made: Path, shape: str, only: tuple[str, ...], jobs: int) -> Iterator[bytes]:
    entries = line_entries([made]) if shape == "lines" else file_entries(str(made))
    if shape == "uri":  # as Spark names them
        entries = (Entry(f"file:{Path(one.file).absolute()}", one.content) for one in entries)
    chunks = iter(lambda: list(islice(entries, CHUNK)), [])
    with Pool(jobs, _begin, (packed(FOLDER, only),)) as pool:
        yield from pool.imap(_chunk, chunks)


_here: list[Parcel] = []
"""The rules of a process of the pool."""


def _begin(rules: Parcel) -> None:
    _here.append(rules)


def _chunk(entries: list[Entry]) -> bytes:
    return b"".join(line_of(row) + b"\n" for row in local_rows(entries, _here[0], AS_OF))


def _write(path: Path, lines: Iterator[bytes]) -> None:
    with path.open("wb") as stream:
        stream.writelines(lines)


if __name__ == "__main__":
    main()
