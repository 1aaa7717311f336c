"""The first files are judged without generated code, and nobody can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.readers.source import read_case
from casefiles.moments import parse_moment
from engine.check import check
from engine.compiled.evaluator import PLAIN_FILES
from engine.compiled.rulecode import RuleCode
from engine.rulebook import Rulebook
from tests.conftest import REPOSITORY

SAMPLES = sorted((REPOSITORY / "casefiles" / "samples").glob("*.[jx]*"))
AS_OF = parse_moment("2026-06-30")


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_findings_are_the_same_before_and_after_rules_are_compiled(path: Path, rulebook: Rulebook) -> None:
    plain, compiled = replace(rulebook), replace(rulebook)
    compiled.evaluator.compile()
    case = read_case(path.name, path.read_bytes(), rulebook.vocabulary).case
    found = [list(check(case, book, AS_OF, derivations=True)) for book in (plain, compiled)]
    assert found[0] == found[1]


def test_rules_are_compiled_after_so_many_files_and_not_before(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    kept = RuleCode.__dict__["code"]
    run = kept.func

    def code(self: RuleCode) -> object:
        told.append(self.rule.id)
        return run(self)

    monkeypatch.setattr(kept, "func", code)
    book = replace(rulebook)
    case = read_case("案卷", SAMPLES[2].read_bytes(), book.vocabulary).case
    for _ in range(PLAIN_FILES):
        list(check(case, book, AS_OF))
    assert not told
    list(check(case, book, AS_OF))
    assert told
