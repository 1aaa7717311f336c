"""Prints, in one run: reading from bytes as µs per file and as ratios to the bare parsers.

``python benchmarks/reading.py``: for the longest sample, for all samples, for the made file of
``speed.py`` and for some hundred copies of a sample with days, times and texts of their own. JSON is
compared with ``json.loads``, XML with ``lxml.etree.fromstring``; turns are taken file by file, and of
each file the least time of several rounds counts.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))

from adapters.readers.jsonfile import read_json_exactly
from adapters.readers.source import read_case
from adapters.readers.xmlfile import read_xml_exactly
from benchmarks.speed import ACTS, encoded
from casefiles.terms import standard_vocabulary

SAMPLES = Path(__file__).parents[1] / "casefiles" / "samples"
LONGEST = "market-lawful"
COPIES = 300
ROUNDS = 15
ROUNDS_OF_COPIES = 3
WORDS = standard_vocabulary()

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?")
_TEXT = re.compile("示例")

Work = Callable[[bytes], Any]


def varied(text: str, number: int) -> bytes:
    """Return a copy whose days are moved, whose times are shifted alike and whose texts differ."""
    shift = timedelta(days=7 * number)
    minutes = random.Random(number).randrange(0, 60)

    def moved(found: re.Match[str]) -> str:
        day = (date.fromisoformat(found[1]) - shift).isoformat()
        return day if found[2] is None else f"{day}{found[2][:4]}{(int(found[2][4:]) + minutes) % 60:02}"

    return _TEXT.sub(f"示{number}例", _in_order(_DAY.sub(moved, text))).encode()


def _in_order(text: str) -> str:
    """Put right the few acts that the shift of minutes would let end before they start."""
    return re.sub(
        r'(starts"?[:=] ?")([^"]+)("[^"]{1,6}ends"?[:=] ?")([^"]+)(")',
        lambda found: "".join(
            (found[1], min(found[2], found[4]), found[3], max(found[2], found[4]), found[5])
        ),
        text,
    )


def times(files: list[bytes], works: list[Work], rounds: int) -> list[float]:
    """Return for each work the mean over the files of the least time of one call, in µs."""
    least = [[float("inf")] * len(files) for _ in works]
    for _ in range(rounds):
        for index, data in enumerate(files):
            for best, work in zip(least, works, strict=True):
                begin = time.perf_counter()
                work(data)
                best[index] = min(best[index], time.perf_counter() - begin)
    return [1e6 * sum(best) / len(files) for best in least]


def show(title: str, files: list[bytes], rounds: int = ROUNDS) -> None:
    """Print one line: size, the bare parser, reading, and reading the exact way."""
    is_xml = files[0].startswith(b"<")
    bare: Work = etree.fromstring if is_xml else json.loads
    exact = read_xml_exactly if is_xml else read_json_exactly
    for data in files:
        assert read_case("案卷", data, WORDS).case == exact(data, "案卷", WORDS).case
    parsed, read, slow = times(
        files,
        [
            bare,
            lambda data: read_case("案卷", data, WORDS),
            lambda data: exact(data, "案卷", WORDS),
        ],
        rounds,
    )
    size = sum(map(len, files)) // len(files)
    print(
        f"{size:8} {parsed:9.0f} {read:9.0f} {slow:9.0f} {read / parsed:7.2f} {slow / parsed:7.2f}  {title}"
    )


def main() -> None:
    """Print the figures."""
    print("    字节  解析µs   读取µs   逐项µs   读取比   逐项比")
    for kind in ("json", "xml"):
        longest = (SAMPLES / f"{LONGEST}.{kind}").read_text(encoding="utf-8")
        show(f"最长的样例（{kind}）", [longest.encode()])
        show(f"全部样例（{kind}）", [path.read_bytes() for path in sorted(SAMPLES.glob(f"*.{kind}"))])
        copies = [varied(longest, number) for number in range(1, COPIES + 1)]
        show(f"{COPIES} 份各不相同的案卷（{kind}）", copies, ROUNDS_OF_COPIES)
    show(f"生成的案卷，{ACTS} 个环节（json）", [encoded(ACTS)])


if __name__ == "__main__":
    main()
