"""Installs the engines one by one into the environment that runs this, and writes down which cannot be.

``.venv-bench/bin/python -m benchmarks.peers.install``. What fails to install or to work is left out, by name,
with the reason; nothing else fails because of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.engines import PEERS, Engine

SKIPPED = Path(sys.prefix) / "skipped.json"
NODE = Path(__file__).parent / "node"


def _run(command: Sequence[str], cwd: Path | None = None) -> str:
    """Run a command; return nothing if it worked, else the last line that names an error."""
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    if done.returncode == 0:
        return ""
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    named = (
        [line for line in lines if "rror" in line] or lines or [f"{command[0]} ended with {done.returncode}"]
    )
    return named[-1][:200]


def _pip(*arguments: str) -> str:
    return _run([sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"])


def install(engine: Engine) -> str:
    """Install one engine of PyPI and try it; return why not, or nothing."""
    if engine.package is None:
        return ""
    if engine.package != "lxml" and (failed := _pip("install", engine.package)):
        return failed
    failed = _run([sys.executable, "-c", engine.probe])
    if failed:
        _pip("uninstall", "--yes", engine.package)
    return failed


def main() -> None:
    """Install everything."""
    skipped: dict[str, str] = {}
    npm = _run(["npm", "ci", "--no-audit", "--no-fund"], NODE)
    for engine in PEERS:
        is_node = engine.module.endswith(".mjs")
        if reason := npm if is_node else install(engine):
            skipped[engine.name] = reason
    SKIPPED.write_text(json.dumps(skipped, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, reason in skipped.items():
        print(f"left out: {name}: {reason}")


if __name__ == "__main__":
    main()
