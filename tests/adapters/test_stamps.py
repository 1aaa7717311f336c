from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import adapters.stamps
from adapters.stamps import stamp_of

Change = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of two files that counts as settled at once."""
    monkeypatch.setattr(adapters.stamps, "SETTLED", -3600.0)
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.yaml").write_text("one", encoding="utf-8")
    (tmp_path / "inner" / "b.yaml").write_text("two", encoding="utf-8")
    return tmp_path


def stamp(folder: Path) -> str | None:
    return stamp_of([(folder, ".yaml")])


CHANGES: dict[str, Change] = {
    "another content": lambda folder: (folder / "a.yaml").write_text("other", encoding="utf-8"),
    "a file more": lambda folder: (folder / "inner" / "c.yaml").write_text("", encoding="utf-8"),
    "a file less": lambda folder: (folder / "inner" / "b.yaml").unlink(),
    "another name": lambda folder: (folder / "a.yaml").rename(folder / "d.yaml"),
    "another time": lambda folder: os.utime(folder / "a.yaml", (1, 1)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_stamp_changes_with(folder: Path, change: Change) -> None:
    before = stamp(folder)
    change(folder)
    assert stamp(folder) not in (before, None)


def test_content_of_the_same_length_and_time_is_told_by_the_change_of_the_entry(folder: Path) -> None:
    path = folder / "a.yaml"
    before, status = stamp(folder), path.stat()
    while path.stat().st_ctime_ns == status.st_ctime_ns:
        path.write_text("eno", encoding="utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    assert stamp(folder) != before


def test_other_files_do_not_count(folder: Path) -> None:
    before = stamp(folder)
    (folder / "notes.txt").write_text("anything", encoding="utf-8")
    assert stamp(folder) == before


def test_nothing_is_told_soon_after_a_change(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters.stamps, "SETTLED", 3600.0)
    assert stamp(folder) is None


def test_nothing_is_told_of_a_folder_that_is_not_there(folder: Path) -> None:
    assert stamp(folder / "nowhere") is None


def test_a_folder_that_contains_itself_ends(folder: Path) -> None:
    (folder / "inner" / "round").symlink_to(folder, target_is_directory=True)
    assert stamp(folder) is not None
