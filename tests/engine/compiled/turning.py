"""Turned comparisons of the compiler, one at a time, each judged by the tests of this folder.

A comparison is turned into its neighbour: ``<`` into ``<=``, ``is`` into ``is not``, in the Python of a
module or in the source that it writes. The tests run in a process of their own on a changed copy.
"""

from __future__ import annotations

import ast
import copy
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPOSITORY

PACKAGE = Path("engine") / "compiled"
TESTS = Path("tests") / "engine" / "compiled"
JUDGES = ("code", "choices", "company", "conditions", "plans", "references", "relations", "rulecode")
"""The tables that judge a mutant: those that read no rules from files."""
NEAREST = {"kept": "relations", "heads": "plans", "evaluator": "plans"}
"""Which of them is asked first where a module has none of its own name."""
SECONDS = 120

SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SIGNS = {"<": "<=", ">": ">=", "==": "!=", "is": "is not", "in": "not in"}
SIGNS |= {after: before for before, after in SIGNS.items()}
_SIGN = re.compile(r"<=|>=|==|!=|<|(?<!-)>|\bis not\b|\bnot in\b|\bis\b|\bin\b")


@dataclass(frozen=True)
class Mutant:
    """A module with one turned comparison; ``name`` tells it from all others."""

    name: str
    module: str
    source: str


def mutants() -> list[Mutant]:
    """Return every mutant of every module of the compiler."""
    paths = sorted((REPOSITORY / PACKAGE).glob("*.py"))
    return [mutant for path in paths for mutant in mutants_of(path.stem, path.read_text(encoding="utf-8"))]


def mutants_of(module: str, source: str) -> Iterator[Mutant]:
    tree = ast.parse(source)
    names: Counter[str] = Counter()
    unwritten = _documentation(tree)
    for number, node in enumerate(ast.walk(tree)):
        for words, changed in [] if id(node) in unwritten else _turned(node):
            other = copy.deepcopy(tree)
            place = next(one for index, one in enumerate(ast.walk(other)) if index == number)
            place.__dict__.update(changed.__dict__)
            names[words] += 1
            turn = f" ({names[words]})" if names[words] > 1 else ""
            yield Mutant(f"{module}: {words}{turn}", module, ast.unparse(other))


def _documentation(tree: ast.AST) -> set[int]:
    """Return the nodes that are no code: documentation, and the keys of tables."""
    found = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return found | {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}


def _turned(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what a comparison, or text with comparisons in it, says instead, with the words for it."""
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            other = copy.deepcopy(node)
            other.ops[index] = SWAPS[type(operator)]()
            yield f"{ast.unparse(node)} → {ast.unparse(other)}", other
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        for found in _SIGN.finditer(node.value):
            text = node.value[: found.start()] + SIGNS[found[0]] + node.value[found.end() :]
            yield f"{node.value!r} → {text!r}", ast.copy_location(ast.Constant(text), node)


class Bench:
    """A copy of the engine in a folder, in which one mutant after the other is put to the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(REPOSITORY / "engine", folder / "engine", ignore=shutil.ignore_patterns("*.pyc"))
        (folder / "rules").symlink_to(REPOSITORY / "rules")
        (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        assert not self.fails(list(JUDGES), keep=True), "the tests must pass where nothing is turned"

    def notices(self, mutant: Mutant) -> bool:
        """Tell whether a test fails with the mutant in place."""
        path = self.folder / PACKAGE / f"{mutant.module}.py"
        right, times = path.read_bytes(), path.stat()
        path.write_text(mutant.source, encoding="utf-8")
        try:
            first = NEAREST.get(mutant.module, mutant.module)
            others = [name for name in JUDGES if name != first]
            return self.fails([first]) or self.fails(others)
        finally:
            path.write_bytes(right)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def fails(self, judges: list[str], *, keep: bool = False) -> bool:
        """Run tests on the copy; tell whether one fails, or they come to no end.

        ``keep``: what is compiled is kept for later runs. That of a mutant never is: it might be taken
        for that of the next.
        """
        files = [str(TESTS / f"test_{name}.py") for name in judges]
        options = ["-x", "-q", "--tb=no", "--assert=plain", "--noconftest", "--import-mode=importlib"]
        places = [
            "-c",
            str(self.folder / "pytest.ini"),
            "--rootdir",
            str(REPOSITORY),
            "-p",
            "no:cacheprovider",
        ]
        try:
            run = subprocess.run(
                # -P: the folder in which it runs must not stand before the copy.
                [sys.executable, "-P", "-m", "pytest", *places, *options, *files],
                cwd=REPOSITORY,
                env={
                    **os.environ,
                    "PYTHONPATH": str(self.folder),
                    "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"),
                    "PYTHONDONTWRITEBYTECODE": "" if keep else "1",
                    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
                },
                capture_output=True,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired:
            return True
        return run.returncode != 0
