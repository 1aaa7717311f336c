"""The sample case files say what they were made to say: all that is wrong in them, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.readers.source import read_case
from adapters.results import Reading
from casefiles.moments import moment_of
from casefiles.terms import standard_vocabulary
from engine.check import check
from engine.findings import Finding, Outcome, Severity
from engine.rulebook import Rulebook

FOLDER = Path(__file__).parent.parent / "casefiles" / "samples"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".json", ".xml"))
STEMS = [path.stem for path in FILES]
TRUTH: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "truth.yaml").read_text(encoding="utf-8"))
NAMES = [path.name for path in FILES]
TWINS = sorted({stem for stem in STEMS if STEMS.count(stem) == 2})

Findings = Callable[[str], list[Finding]]


@cache
def reading(name: str) -> Reading:
    return read_case(name, (FOLDER / name).read_bytes(), standard_vocabulary())


def truth_of(name: str) -> dict[str, Any]:
    return TRUTH[Path(name).stem]


@pytest.fixture(scope="module")
def findings(rulebook: Rulebook) -> Findings:
    @cache
    def checked(name: str) -> list[Finding]:
        return list(check(reading(name).case, rulebook, moment_of(truth_of(name)["as_of"])))

    return checked


def rules_with(findings: list[Finding], outcome: Outcome) -> set[str]:
    return {one.rule for one in findings if one.outcome is outcome}


def test_there_are_enough_samples_in_both_forms_and_each_has_its_truth() -> None:
    assert len(FILES) >= 18
    assert sum(path.suffix == ".json" for path in FILES) >= 9
    assert sum(path.suffix == ".xml" for path in FILES) >= 9
    assert len(TWINS) >= 2
    assert set(STEMS) == set(TRUTH)


CASES = [name for name in NAMES if not name.startswith("unit-")]
"""The samples that are cases; the others are units' own files, of few acts and no list of papers."""


@pytest.mark.parametrize("name", CASES)
def test_a_sample_is_a_whole_file_of_fifteen_to_forty_five_acts(name: str) -> None:
    case = reading(name).case
    assert 15 <= len(case.acts) <= 45
    shown = {act for paper in case.documents for act in paper.proves}
    assert shown == {act.id for act in case.acts}, "the list of papers shows every act"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_about_a_sample_is_odd_and_every_name_is_invented(name: str) -> None:
    sample = reading(name)
    assert sample.warnings == ()
    case = sample.case
    named = [case.agency.name, *(one.name for one in case.parties), *(one.name for one in case.persons)]
    assert all("示例" in one for one in named)


@pytest.mark.parametrize("name", NAMES)
def test_exactly_the_planted_defects_are_found(name: str, findings: Findings) -> None:
    wanted = {(rule, act) for rule, acts in truth_of(name).get("breached", {}).items() for act in acts}
    found = {(one.rule, one.subject) for one in findings(name) if one.outcome is Outcome.BREACHED}
    assert found == wanted
    assert not rules_with(findings(name), Outcome.ERROR)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_open_is_open_for_the_stated_rules_only(name: str, findings: Findings) -> None:
    truth = truth_of(name)
    assert rules_with(findings(name), Outcome.UNDETERMINED) == set(truth.get("undetermined", ()))
    assert rules_with(findings(name), Outcome.PENDING) == set(truth.get("pending", ()))


@pytest.mark.parametrize("name", [name for name in NAMES if re.search(r"-lawful\.", name)])
def test_a_lawful_sample_keeps_many_duties(name: str, findings: Findings) -> None:
    assert "breached" not in truth_of(name)
    assert "planted" not in truth_of(name)
    assert len(rules_with(findings(name), Outcome.MET)) >= 15


@pytest.mark.parametrize("stem", TWINS)
def test_both_forms_of_a_case_say_the_same(stem: str, findings: Findings) -> None:
    assert reading(f"{stem}.json").case == reading(f"{stem}.xml").case
    assert findings(f"{stem}.json") == findings(f"{stem}.xml")


def test_before_the_guidance_had_to_be_carried_out_late_publication_is_a_note(findings: Findings) -> None:
    (found,) = [one for one in findings("old-law-published-late.json") if one.outcome is Outcome.BREACHED]
    assert found.severity is Severity.NOTE


def test_a_gap_in_the_recording_is_named_to_the_minute(findings: Findings) -> None:
    broken = [one for one in findings("recording-gap.json") if one.outcome is Outcome.BREACHED]
    assert all("11:25 至 2025-11-05 11:45" in one.message for one in broken)
