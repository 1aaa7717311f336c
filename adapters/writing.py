"""Writing a report: a file is whole or not there, and never in the place of what was read."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from casefiles.problems import Problem, ProblemsError

_REASONS = {
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "文件名过长",
}


def reason(error: OSError) -> str:
    """Return what the machine says about a file in words of the user."""
    return _REASONS.get(error.errno or 0, error.strerror or "原因不明")


def unwritable(error: OSError, path: Path) -> ProblemsError:
    """Return a failed writing as a problem of the file."""
    text = f"无法写入：{reason(error)}"
    return ProblemsError([Problem(str(path), None, None, text, "换一个文件夹或者文件名")])


def demand_writable(out: Path, read: Iterable[Path]) -> None:
    """Raise ProblemsError, before long work, where a report cannot be written or replaces an input."""
    if out.exists() and any(path.exists() and path.samefile(out) for path in read):
        problem = Problem(str(out), None, None, "这是要检查的文件，报告不能覆盖它", "换一个文件名")
        raise ProblemsError([problem])
    if not out.parent.is_dir():
        raise unwritable(OSError(errno.ENOENT, ""), out)
    if not os.access(out.parent, os.W_OK):
        raise unwritable(OSError(errno.EACCES, ""), out)


def write_file(text: str, out: Path) -> None:
    """Write a report to a file that is never left half-written; raises ProblemsError."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unwritable(error, out) from None


def write_screen(text: str, *, for_programs: bool) -> None:
    """Write a report to standard output; what is for programs is UTF-8 wherever it is led away.

    A report that names its encoding would otherwise come out in that of the machine, which is
    another one on most Chinese desktops.
    """
    whole = text if text.endswith("\n") else f"{text}\n"
    if for_programs and not sys.stdout.isatty():
        click.echo(whole.encode("utf-8"), nl=False)
    else:
        click.echo(whole, nl=False)


def abandon_screen() -> None:
    """Lead standard output nowhere, so that what is left in it does not fail again at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no file, as under a test
        os.close(nowhere)
