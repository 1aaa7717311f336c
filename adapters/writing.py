"""Writing a report: a file is whole or not there, and never in the place of what was read."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

import click

from adapters.reports.checked import Write
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


@contextmanager
def writing_to(out: Path, *, lasting: bool = False) -> Iterator[Write]:
    """Give what writes to a file that is never left half-written; raises ProblemsError.

    ``lasting``: the content is on the disk before the file is in its place, even if the power fails.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        stream = part.open("wb")
    except OSError as error:
        raise unwritable(error, out) from None
    try:
        with stream:
            yield partial(_write, stream, out)
            try:
                stream.flush()
                if lasting:
                    os.fsync(stream.fileno())
            except OSError as error:
                raise unwritable(error, out) from None
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _write(stream: IO[bytes], out: Path, data: bytes) -> None:
    try:
        stream.write(data)
    except OSError as error:
        raise unwritable(error, out) from None


def write_screen(for_programs: bool, data: bytes) -> None:
    """Write a piece of a report to standard output; for programs it is UTF-8 wherever it is led away.

    A report that names its encoding would otherwise come out in that of the machine, which is
    another one on most Chinese desktops.
    """
    if for_programs and not sys.stdout.isatty() and hasattr(sys.stdout, "buffer"):
        click.echo(data, nl=False)
    else:
        click.echo(data.decode(), nl=False)


def abandon_screen() -> None:
    """Lead standard output nowhere, so that what is left in it does not fail again at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no file, as under a test
        os.close(nowhere)
