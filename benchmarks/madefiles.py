"""Makes any number of case files by varying the samples: days, numbers, names, acts left out.

``python -m benchmarks.madefiles FOLDER COUNT [SEED]`` writes files, a thousand in each folder; with a
name that ends in ``.ndjson`` it writes lines. The same seed gives the same bytes.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent.parent / "casefiles" / "samples"
A_FOLDER = 1_000
SPOILT = 500
"""One file of so many cannot be read."""
_DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9](T?)")
_WORD = re.compile(r"[\w-]+")
_ACT = re.compile(r'[ \t]*<act id="([^"]+)"[^>]*>.*?</act>\n', re.DOTALL)


def made_files(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of so many case files, JSON and XML."""
    dice = random.Random(seed)
    samples = _json_samples(), _xml_samples()
    for number in range(count):
        if dice.random() < 0.6:
            name, content = f"{number:07}.json", _json(dice, dice.choice(samples[0]), number)
        else:
            name, content = f"{number:07}.xml", _xml(dice, dice.choice(samples[1]), number)
        yield f"{number // A_FOLDER:04}/{name}", _spoilt(dice, content)


def made_lines(count: int, seed: int = 1) -> Iterator[bytes]:
    """Yield so many case files as lines of JSON, some of them not to be read, some blank."""
    dice = random.Random(seed)
    samples = _json_samples()
    for number in range(count):
        content = _spoilt(dice, _json(dice, dice.choice(samples), number))
        yield content + b"\n" + (b"\n" if dice.random() < 0.001 else b"")


@cache
def _json_samples() -> list[str]:
    paths = sorted(SAMPLES.glob("*.json"))
    return [json.dumps(json.loads(path.read_bytes()), ensure_ascii=False) for path in paths]


@cache
def _xml_samples() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.xml"))]


def _json(dice: random.Random, sample: str, number: int) -> bytes:
    case: dict[str, Any] = json.loads(_moved(dice, sample))
    case["number"] = f"{case['number']}-{number}"
    case["agency"]["name"] += f"第{number % 97}大队"
    acts = case["acts"]
    if acts and dice.random() < 0.5:
        acts.pop(dice.randrange(len(acts)))
    known = {act["id"] for act in acts}
    for act in acts:
        if "about" in act:
            act["about"] = [one for one in act["about"] if one in known]
        facts = act.get("facts", {})
        if "罚款金额" in facts and dice.random() < 0.5:
            facts["罚款金额"] = dice.randrange(500, 500_000)
    for paper in case.get("documents", ()):
        if "proves" in paper:
            paper["proves"] = [one for one in paper["proves"] if one in known]
    return json.dumps(case, ensure_ascii=False).encode()


def _xml(dice: random.Random, sample: str, number: int) -> bytes:
    text = _moved(dice, sample).replace("</number>", f"-{number}</number>", 1)
    if dice.random() < 0.5:
        # Only an act that nothing else names: without others the file could not be read.
        named = Counter(_WORD.findall(text))
        free = [act for act in _ACT.finditer(text) if named[act[1]] == 1]
        if free:
            act = dice.choice(free)
            text = text[: act.start()] + text[act.end() :]
    return text.encode()


def _moved(dice: random.Random, text: str) -> str:
    """Return a text with all its days moved alike, and a few more of them by a little."""
    days = 7 * dice.randrange(-60, 10)
    wobble = 0.04 if dice.random() < 0.5 else 0.0

    def moved(found: re.Match[str]) -> str:
        # A day with a time stands in a span of the same day, which must not end before it begins.
        extra = dice.randrange(-3, 12) if wobble and not found[1] and dice.random() < wobble else 0
        return date.fromordinal(_ordinal(found[0][:10]) + days + extra).isoformat() + found[1]

    return _DAY.sub(moved, text)


@cache
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _spoilt(dice: random.Random, content: bytes) -> bytes:
    """Return the content, or, seldom, one that breaks off, is no case, or is of another encoding."""
    if dice.random() * SPOILT >= 1:
        return content
    kind = dice.randrange(3)
    if kind == 0:
        return content[: dice.randrange(len(content))].replace(b"\n", b" ")
    if kind == 1:
        return b"%PDF-1.7"
    return content.decode().encode("gb18030")


def main() -> None:
    """Write what the arguments ask for."""
    where, count = Path(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    if where.suffix == ".ndjson":
        where.parent.mkdir(parents=True, exist_ok=True)
        with where.open("wb") as stream:
            stream.writelines(made_lines(count, seed))
        return
    for name, content in made_files(count, seed):
        path = where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
