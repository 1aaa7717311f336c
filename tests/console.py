"""The documents as they run: the files they show, the commands in them, and what those really print.

A fenced block whose info string names a file (```` ```json 案卷.json ````) is that file. A ``console`` block
holds commands after ``$`` and their output; ``…`` alone on a line stands for lines left out.
``python -m tests.console docs/guide.md`` writes the outputs of a document anew.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from adapters.cli import main

REPOSITORY = Path(__file__).parent.parent
LINKED = ("casefiles", "features", "rules")
OWN_RULES = "规则"
"""Where a document puts rules that it only explains with; laws and calendar are the real ones."""
WIDTH = "96"
LEFT_OUT = "…"

_FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)
_CHANGING = re.compile(r"规则库 [0-9a-f]{12}（\d+ 条规则）")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, the word after it (a file or a purpose), and its text."""

    language: str
    name: str
    content: str


def blocks(text: str) -> list[Block]:
    """Return the fenced blocks of a document in order."""
    found = []
    for match in _FENCE.finditer(text):
        language, _, name = match["info"].strip().partition(" ")
        found.append(Block(language, name, match["content"]))
    return found


def lay_out(text: str, folder: Path) -> None:
    """Write the files that a document shows into a folder, beside the data of the project."""
    for name in LINKED:
        (folder / name).symlink_to(REPOSITORY / name)
    for block in blocks(text):
        if "." in block.name:
            path = folder / block.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.content, encoding="utf-8")
    if (folder / OWN_RULES).is_dir():
        for name in ("laws", "calendar"):
            (folder / OWN_RULES / name).symlink_to(REPOSITORY / "rules" / name)


def output_of(commands: str, folder: Path) -> str:
    """Return a console block with what its commands print in a folder."""
    lines: list[str] = []
    code = 0
    for line in commands.splitlines():
        if not line.startswith("$ "):
            continue
        lines.append(line)
        if line == "$ echo $?":
            lines.append(str(code))
        else:
            code, printed = _run(line.removeprefix("$ "), folder)
            lines += printed.splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _run(command: str, folder: Path) -> tuple[int, str]:
    program, *words = shlex.split(command)
    assert program == "anjuan", f"not a command of the documents: {command}"
    typed = b""
    if "<" in words:
        at = words.index("<")
        typed = (folder / words[at + 1]).read_bytes()
        del words[at : at + 2]
    printed = io.StringIO()
    with (
        chdir(folder),
        patch.dict(os.environ, COLUMNS=WIDTH),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed))),
        redirect_stdout(printed),
        redirect_stderr(printed),
    ):
        try:
            main(words)
        except SystemExit as stop:
            return int(stop.code or 0), printed.getvalue()
    return 0, printed.getvalue()


def agrees(shown: str, real: str) -> bool:
    """Tell whether a block shows the real output, but for its gaps and the version of the rules."""
    parts = _stable(shown).split(f"\n{LEFT_OUT}\n")
    return re.fullmatch("\n(?:.*\n)*".join(map(re.escape, parts)), _stable(real)) is not None


def _stable(text: str) -> str:
    return _CHANGING.sub("规则库", text)


def renewed(text: str) -> str:
    """Return a document with the real output in each console block that leaves nothing out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(text, folder)
        outputs = _outputs(text, folder)
        return _FENCE.sub(lambda match: _with_output(match, outputs), text)


def _outputs(text: str, folder: Path) -> Iterator[str]:
    for block in blocks(text):
        if block.language == "console":
            yield output_of(block.content, folder)


def _with_output(match: re.Match[str], outputs: Iterator[str]) -> str:
    if match["info"].strip() != "console":
        return match[0]
    real = next(outputs)
    if agrees(match["content"], real) or f"\n{LEFT_OUT}\n" in match["content"]:
        return match[0]
    return f"```{match['info']}\n{real}```"


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        document = Path(argument)
        document.write_text(renewed(document.read_text(encoding="utf-8")), encoding="utf-8")
