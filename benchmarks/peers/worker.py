"""One engine in a process of its own: ``python -m benchmarks.peers.worker MODULE FOLDER json|xml``.

On standard input a request a line: ``{"do": "verdicts" | "time", "files": [0, 1, …]}``; on standard output a
list a line, for each file its verdicts, or how many µs they took, from bytes to verdicts. ``node/common.mjs``
speaks the same. An engine that crashes takes only its own process along.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def build(module: str) -> Any:
    """Return the check of an engine, prepared."""
    name, _, function = module.partition(".")
    return getattr(importlib.import_module(f"benchmarks.peers.{name}"), function or "build")()


def main() -> None:
    """Answer until the input ends."""
    module, folder, form = sys.argv[1:]
    count = json.loads(Path(folder, "given.json").read_bytes())["files"]
    files = [Path(folder, f"{number}.{form}").read_bytes() for number in range(count)]
    # Some engines print; the real standard output is for answers, and theirs goes to standard error.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    check = build(module)
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        answer: list[Any] = []
        for number in asked["files"]:
            data = files[number]
            begin = time.perf_counter()
            found = check(data)
            micros = (time.perf_counter() - begin) * 1e6
            answer.append(micros if asked["do"] == "time" else found)
        print(json.dumps(answer, ensure_ascii=False), file=answers, flush=True)


if __name__ == "__main__":
    main()
