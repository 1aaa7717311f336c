"""The bytes of a file: a folder, a device, a missing or an oversized file is told, never loaded."""

from __future__ import annotations

import stat
from pathlib import Path

from casefiles.problems import CaseFileError, Problem

MOST_BYTES = 64 * 1024 * 1024
"""How large one case file may be."""


def read_bytes(path: Path, limit: int = MOST_BYTES) -> bytes:
    """Return the content of a file of at most *limit* bytes; raises CaseFileError for all else.

    The size is asked before anything is read, and no more than the limit is ever in memory.
    """
    try:
        _demand_regular_file(path, limit)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _refusal(path, *_reason(error)) from error
    demand_size(len(data), str(path), limit)
    return data


def demand_size(size: int, file: str, limit: int = MOST_BYTES) -> None:
    """Raise CaseFileError where a file is larger than it may be."""
    if size > limit:
        text = f"文件过大：{_megabytes(size)}，最大允许 {_megabytes(limit)}"
        advice = "请确认这是一个案卷文件；扫描件、音像不要写进案卷文件"
        raise CaseFileError([Problem(file, None, None, text, advice)])


def _demand_regular_file(path: Path, limit: int) -> None:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise _refusal(path, "这是文件夹，不是文件", "请指明其中的案卷文件")
    if not stat.S_ISREG(status.st_mode):
        raise _refusal(path, "这不是普通文件", "请指明一个 JSON 或者 XML 文件")
    demand_size(status.st_size, str(path), limit)


def _reason(error: Exception) -> tuple[str, str]:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "没有这个文件", "请核对路径和文件名"
        case PermissionError():
            return "没有读取这个文件的权限", "请检查文件权限"
        case _:
            return "文件无法读取", "请核对路径，或者把文件复制到本机磁盘后再试"


def _refusal(path: Path, text: str, advice: str) -> CaseFileError:
    return CaseFileError([Problem(str(path), None, None, text, advice)])


def _megabytes(size: int) -> str:
    if size < 1024 * 1024:
        return f"{size} 字节"
    return f"{size / 1024 / 1024:.1f} MB".replace(".0 MB", " MB")
