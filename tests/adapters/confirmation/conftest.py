from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.confirmation.confirming import Confirmer
from adapters.readers.source import read_case
from casefiles.model import CaseFile
from casefiles.moments import parse_moment
from engine.check import check
from engine.findings import Finding
from engine.rulebook import Rulebook

SAMPLES = Path(__file__).parents[3] / "casefiles" / "samples"
AS_OF = parse_moment("2026-06-30")


def case_of(name: str, rulebook: Rulebook) -> CaseFile:
    return read_case(name, (SAMPLES / name).read_bytes(), rulebook.vocabulary).case


def findings_of(case: CaseFile, rulebook: Rulebook) -> list[Finding]:
    return list(check(case, rulebook, AS_OF))


@pytest.fixture
def confirmer(rulebook: Rulebook) -> Iterator[Confirmer]:
    one = Confirmer(rulebook, "veto")
    yield one
    one.close()
