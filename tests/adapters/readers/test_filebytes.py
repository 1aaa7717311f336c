from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.readers.filebytes import MOST_BYTES, demand_size, read_bytes
from casefiles.problems import CaseFileError


def message_of(path: Path, limit: int = MOST_BYTES) -> str:
    with pytest.raises(CaseFileError) as caught:
        read_bytes(path, limit)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert problem.advice
    return problem.text


def test_a_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    assert message_of(path, 4) == "文件过大：5 字节，最大允许 4 字节"


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xml"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", None)
    assert message_of(path) == "文件过大：200 MB，最大允许 64 MB"


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"1234")
    before = path.stat()
    path.write_bytes(b"12345678")
    monkeypatch.setattr(Path, "stat", lambda _: before)
    assert message_of(path, 5) == "文件过大：6 字节，最大允许 5 字节"


def test_a_folder_a_pipe_and_a_missing_file_are_told(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "file").touch()
    assert message_of(tmp_path) == "这是文件夹，不是文件"
    assert message_of(pipe) == "这不是普通文件"
    assert message_of(tmp_path / "none.json") == "没有这个文件"
    assert message_of(tmp_path / "file" / "none.json") == "没有这个文件"


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert message_of(loop) == "文件无法读取"
    assert message_of(tmp_path / "\0") == "文件无法读取"
    assert message_of(tmp_path / ("长" * 300)) == "文件无法读取"


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    path = tmp_path / "a.json"
    path.touch()
    monkeypatch.setattr(Path, "open", refuse)
    assert message_of(path) == "没有读取这个文件的权限"


def test_bytes_from_elsewhere_keep_to_the_same_limit() -> None:
    demand_size(MOST_BYTES, "-")
    with pytest.raises(CaseFileError, match="最大允许 64 MB"):
        demand_size(MOST_BYTES + 1, "-")
