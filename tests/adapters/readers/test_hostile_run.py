"""One run over every hostile file and a good one: each is told once, and the good one is checked."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.adapters.readers.hostile_files import JSON_FILES, XML_FILES
from tests.adapters.test_cli import LATE

MEMORY = 600 * 1024 * 1024
"""Bytes of peak memory for the whole run; the largest file alone has 200 MB."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for suffix, files in (("json", JSON_FILES), ("xml", XML_FILES)):
        for number, one in enumerate(files):
            (folder / f"{suffix}-{number:02}.{suffix}").write_bytes(one.data_and_place()[0])
    (folder / "empty.json").write_bytes(b"")
    (folder / "blank.xml").write_bytes(b"  \n\t")
    (folder / "binary.json").write_bytes(bytes(range(256)) * 64)
    (folder / "folder.json").mkdir()
    with (folder / "huge.json").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    (folder / "good.json").write_text(json.dumps(LATE, ensure_ascii=False), encoding="utf-8")
    return folder


def test_each_is_told_once_and_the_good_one_is_checked(folder: Path, tmp_path: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) - 1 >= 30
    out = tmp_path / "report.json"
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "from adapters.cli import main; main()",
            *("check", *names, "missing.json", "--as-of", "2024-12-31"),
            *("--format", "json", "--out", str(out)),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    report = json.loads(out.read_text(encoding="utf-8"))
    told = Counter(file["file"] for file in report["files"])
    assert told == Counter([*names, "missing.json"])
    for file in report["files"]:
        if file["file"] == "good.json":
            assert file["findings"]
        else:
            assert len(file["error"]) == 1
    # ru_maxrss counts kilobytes on Linux and bytes on macOS; either way this bounds it from above.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MEMORY or sys.platform == "darwin"
