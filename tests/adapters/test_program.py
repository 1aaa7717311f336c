from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

import adapters.program
from adapters.program import VERSION, program_hash
from tests.conftest import REPOSITORY


def test_the_version_is_that_of_the_package() -> None:
    assert version("anjuan") == VERSION


def test_the_hash_follows_the_source_of_what_reads_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert adapters.program.HOME == REPOSITORY
    hashes = {program_hash()}
    monkeypatch.setattr(adapters.program, "HOME", tmp_path)
    for package in ("casefiles", "engine/verbs"):
        (tmp_path / package).mkdir(parents=True)
    hashes.add(program_hash())
    for name in ("casefiles/terms.py", "engine/rule.py", "engine/verbs/order.py"):
        for text in ("one", "other"):
            (tmp_path / name).write_text(text, encoding="utf-8")
            hashes.add(program_hash())
    assert len(hashes) == 8
    (tmp_path / "engine" / "notes.txt").write_text("", encoding="utf-8")
    assert program_hash() in hashes


def test_a_program_in_an_archive_is_known_by_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive.zip").write_bytes(b"")
    monkeypatch.setattr(adapters.program, "HOME", tmp_path / "archive.zip")
    assert len(program_hash()) == 64
