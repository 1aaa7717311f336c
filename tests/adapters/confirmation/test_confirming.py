from __future__ import annotations

import sys
from collections import Counter

import pytest
from msgspec.structs import replace

from adapters.cli import main
from adapters.confirmation import confirming, process
from adapters.confirmation.confirming import Confirmer, confirmed, with_missed
from engine.findings import Confirmation, Finding, Outcome, Severity
from engine.rete.judging import SecondEngine, SecondEngines, parts
from engine.rete.verdicts import Judged
from engine.rulebook import Rulebook
from tests.adapters.confirmation.conftest import AS_OF, SAMPLES, case_of, findings_of

VETOES = {
    "never-reviewed.json": "major-decision-reviewed",
    "one-officer.json": "two-officers-questioning",
    "hearing-by-investigator.json": "hearing-chair",
    "certificate-expired.xml": "certificate-valid",
}


def is_veto(finding: Finding) -> bool:
    return finding.outcome is Outcome.BREACHED and finding.severity is Severity.VETO


@pytest.mark.parametrize("name, rule", VETOES.items())
def test_vetoes_of_samples_are_confirmed(
    rulebook: Rulebook, confirmer: Confirmer, name: str, rule: str
) -> None:
    case = case_of(name, rulebook)
    found = confirmer(case, AS_OF, findings_of(case, rulebook))
    assert {(one.rule, one.confirmed) for one in found if is_veto(one)} == {(rule, Confirmation.YES)}
    assert all(one.confirmed is None for one in found if not is_veto(one))


def test_a_file_without_vetoes_starts_no_process(rulebook: Rulebook, confirmer: Confirmer) -> None:
    case = case_of("market-lawful.json", rulebook)
    before = findings_of(case, rulebook)
    assert confirmer(case, AS_OF, before) == tuple(before)
    assert confirmer._second is None


def test_every_finding_of_every_sample_is_confirmed_or_cannot_be_expressed(rulebook: Rulebook) -> None:
    confirmer = Confirmer(rulebook, "all")
    counts: Counter[Confirmation | None] = Counter()
    try:
        for path in sorted(SAMPLES.glob("*.json")) + sorted(SAMPLES.glob("*.xml")):
            case = case_of(path.name, rulebook)
            found = confirmer(case, AS_OF, findings_of(case, rulebook))
            counts.update(one.confirmed for one in found)
    finally:
        confirmer.close()
    assert set(counts) == {Confirmation.YES, Confirmation.NOT_EXPRESSIBLE}
    assert counts[Confirmation.YES] >= 0.83 * counts.total()


def test_a_lie_of_the_first_engine_becomes_an_error(rulebook: Rulebook, confirmer: Confirmer) -> None:
    case = case_of("market-lawful.json", rulebook)
    lies = [
        replace(one, outcome=Outcome.BREACHED)
        for one in findings_of(case, rulebook)
        if one.severity is Severity.VETO and one.outcome is Outcome.MET
    ]
    found = confirmer(case, AS_OF, lies)
    decided = [one for one in found if one.confirmed is not Confirmation.NOT_EXPRESSIBLE]
    assert decided
    assert {one.outcome for one in decided} == {Outcome.ERROR}
    assert {one.confirmed for one in decided} == {Confirmation.DISAGREE}
    assert all("第一引擎为不合规，第二引擎为合规" in one.message for one in decided)


def test_a_lie_of_the_second_engine_becomes_an_error(
    rulebook: Rulebook, confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process.Process, "ask", lambda self, facts: [])
    case = case_of("never-reviewed.json", rulebook)
    found = confirmer(case, AS_OF, findings_of(case, rulebook))
    lied = [one for one in found if one.confirmed is Confirmation.DISAGREE]
    assert [(one.rule, one.outcome) for one in lied] == [("major-decision-reviewed", Outcome.ERROR)]
    assert lied[0].evidence


def test_without_the_library_nothing_is_confirmed(
    rulebook: Rulebook, confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "is_installed", lambda: False)
    case = case_of("never-reviewed.json", rulebook)
    found = [one for one in confirmer(case, AS_OF, findings_of(case, rulebook)) if is_veto(one)]
    assert [one.confirmed for one in found] == [Confirmation.UNAVAILABLE]


def test_a_process_that_always_dies_costs_the_mark_and_nothing_else(
    rulebook: Rulebook, confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = ((sys.executable, "-c", "pass"), 1.0, 5.0)
    monkeypatch.setattr(process.Process.__init__, "__defaults__", dying)
    case = case_of("never-reviewed.json", rulebook)
    found = [one for one in confirmer(case, AS_OF, findings_of(case, rulebook)) if is_veto(one)]
    assert [(one.outcome, one.confirmed) for one in found] == [(Outcome.BREACHED, Confirmation.UNAVAILABLE)]


@pytest.mark.parametrize(
    "judged, mark",
    [
        (None, Confirmation.NOT_EXPRESSIBLE),
        (Judged({}, reason="不能表达"), Confirmation.NOT_EXPRESSIBLE),
        (Judged({"decision": "不能表达"}), Confirmation.NOT_EXPRESSIBLE),
        (Judged({"other": Outcome.BREACHED}), Confirmation.DISAGREE),
        (Judged({"decision": Outcome.BREACHED}), Confirmation.YES),
        (Judged({"decision": Outcome.UNDETERMINED}), Confirmation.DISAGREE),
    ],
)
def test_a_verdict_is_held_against_the_finding_on_the_same_act(
    rulebook: Rulebook, judged: Judged | None, mark: Confirmation
) -> None:
    case = case_of("never-reviewed.json", rulebook)
    finding = next(one for one in findings_of(case, rulebook) if is_veto(one))
    assert finding.subject == "decision"
    verdicts = {} if judged is None else {finding.rule: judged}
    assert confirmed(finding, verdicts).confirmed is mark


def judged_all(rulebook: Rulebook) -> tuple[list[Finding], dict[str, Judged]]:
    case = case_of("market-lawful.json", rulebook)
    engine = SecondEngines(rulebook, parts(rulebook, rulebook.rules))
    verdicts = engine.verdicts(case, AS_OF)
    engine.close()
    return findings_of(case, rulebook), verdicts


def test_a_file_in_which_the_rule_is_about_no_act_is_confirmed_as_well(rulebook: Rulebook) -> None:
    findings, verdicts = judged_all(rulebook)
    without = [one for one in findings if one.subject is None]
    marks = Counter(confirmed(one, verdicts).confirmed for one in without)
    assert set(marks) == {Confirmation.YES, Confirmation.NOT_EXPRESSIBLE}
    beside = [one for one in without if one.rule in verdicts and verdicts[one.rule].subjects]
    assert Confirmation.YES in {confirmed(one, verdicts).confirmed for one in beside}


def test_every_act_that_the_first_engine_overlooks_becomes_an_error_of_its_rule(rulebook: Rulebook) -> None:
    findings, verdicts = judged_all(rulebook)
    assert list(with_missed(findings, verdicts)) == findings
    counts = Counter(one.rule for one in findings)
    tried = 0
    for finding in findings:
        judged = verdicts[finding.rule]
        said = judged.said(finding.subject)
        if counts[finding.rule] < 2 or not isinstance(said, Outcome) or said is Outcome.NOT_APPLICABLE:
            continue
        tried += 1
        found = list(with_missed((one for one in findings if one is not finding), verdicts))
        errors = [one for one in found if one.outcome is Outcome.ERROR]
        assert [one.rule for one in errors] == [finding.rule]
        assert f"环节“{finding.subject}”第一引擎没有结论，第二引擎为{said.chinese}" in errors[0].message
        assert errors[0].confirmed is Confirmation.DISAGREE
    assert tried >= 20


def test_whatever_goes_wrong_in_the_second_engine_costs_the_mark_alone(
    rulebook: Rulebook, confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SecondEngine, "facts", lambda self, case, as_of: 1 // 0)
    case = case_of("never-reviewed.json", rulebook)
    found = [one for one in confirmer(case, AS_OF, findings_of(case, rulebook)) if is_veto(one)]
    assert [(one.outcome, one.confirmed) for one in found] == [(Outcome.BREACHED, Confirmation.UNAVAILABLE)]


def test_a_disagreement_ends_the_command_with_its_own_code_and_shows_both_verdicts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(process.Process, "ask", lambda self, facts: [])
    sample = str(SAMPLES / "never-reviewed.json")
    with pytest.raises(SystemExit) as ended:
        main(["check", sample, "--as-of", "2026-06-30"])
    shown = "".join(capsys.readouterr().out.split())
    assert ended.value.code == 3
    assert "第一引擎为不合规，第二引擎为无法判定" in shown or "第二引擎为不适用" in shown
    assert "第二引擎一致0项、不能表达0项、不一致1项、不可用0项" in shown


@pytest.mark.parametrize("which, asked", [("veto", True), ("all", True), ("none", False)])
def test_the_command_confirms_what_it_is_told_to(
    capsys: pytest.CaptureFixture[str], which: str, asked: bool
) -> None:
    sample = str(SAMPLES / "never-reviewed.json")
    with pytest.raises(SystemExit) as ended:
        main(["check", sample, "--as-of", "2026-06-30", "--confirm", which])
    assert ended.value.code == 1
    assert ("第二引擎" in capsys.readouterr().out) is asked
