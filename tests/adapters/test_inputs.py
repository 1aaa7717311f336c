from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.inputs import Input, inputs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a/b.json", "a.json", "a-b/c.xml", "a b/d.JSON", "z/y/x/w.xml", "Z.json", "甲/乙.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in ("readme.txt", ".json", "a/table.csv"):
        (tmp_path / name).touch()
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "empty").mkdir()
    return tmp_path


def labels(*names: str) -> list[str]:
    return [one.label for one in inputs(names)]


def test_the_files_of_a_folder_come_in_the_order_of_the_parts_of_their_paths(folder: Path) -> None:
    expected = [
        path.as_posix()
        for path in sorted(Path().rglob("*"))
        if path.suffix.lower() in (".json", ".xml") and not path.is_dir()
    ]
    assert len(expected) == 7
    assert labels(".") == expected
    assert labels(str(folder)) == [f"{folder}/{path}" for path in expected]
    assert labels("a/") == ["a/b.json"]


def test_a_folder_is_read_as_it_comes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = inputs(["."])
    assert next(found).label == "Z.json"
    (folder / "z/y/x/new.json").touch()
    assert "z/y/x/new.json" in [one.label for one in found]


def test_a_file_named_several_ways_comes_once_where_it_came_first(folder: Path) -> None:
    assert labels("z/y/x/w.xml", "./z/y/x/w.xml", "z", "a*.json", "a.json", "-", "-") == [
        "z/y/x/w.xml",
        "a.json",
        "-",
    ]
    assert labels("a", ".").count("a/b.json") == 1


def test_links_to_files_are_files_and_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "empty/link.json").symlink_to(folder / "a.json")
    (folder / "empty/a").symlink_to(folder / "a")
    (folder / "empty/lost.json").symlink_to(folder / "nowhere")
    assert labels("empty") == ["empty/link.json", "empty/lost.json"]


def test_a_pattern_that_fits_nothing_and_a_file_that_looks_like_one_stay_as_they_are(folder: Path) -> None:
    (folder / "a[1].json").touch()
    assert labels("no*.json", "a[1].json", "missing.json") == ["no*.json", "a[1].json", "missing.json"]
    assert labels("**/*.xml") == ["a-b/c.xml", "z/y/x/w.xml"]


@pytest.mark.parametrize(
    ("kind", "text"), [("tables", "不是表格"), ("lines", "不是一行一案的文件"), ("files", "没有案卷文件")]
)
def test_a_folder_that_will_not_do_is_told_after_everything_else(folder: Path, kind: str, text: str) -> None:
    *others, last = inputs(["empty", "a.json"], kind=kind)  # type: ignore[arg-type]
    assert others == [Input("a.json", "a.json")]
    assert last.label == "empty"
    assert text in str(last.problem)


def test_a_folder_that_cannot_be_opened_is_told_in_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("a-b"):
            raise PermissionError(path)
        return scan(path)

    monkeypatch.setattr("adapters.inputs.os.scandir", refusing)
    found = {one.label: one for one in inputs(["."])}
    assert "文件夹无法打开" in str(found["a-b"].problem)
    assert len(found) == 7
