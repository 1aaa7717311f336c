from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec import structs
from msgspec.structs import replace

from adapters.reports.sarif import render_sarif, uri
from adapters.results import Run
from engine.findings import Outcome

SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "schemas" / "sarif.schema.json").read_bytes())
)


@pytest.fixture(params=["plain", "many", "nothing", "hostile"])
def any_run(request: pytest.FixtureRequest) -> Run:
    run: Run = request.getfixturevalue(request.param)
    return run


def _log(run: Run) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(render_sarif(run))
    return log


def _results(run: Run) -> dict[str, Any]:
    return {result["ruleId"]: result for result in _log(run)["runs"][0]["results"]}


def test_every_log_fits_the_schema(any_run: Run) -> None:
    SCHEMA.validate(_log(any_run))


def test_the_schema_refuses_a_level_on_what_is_open(plain: Run) -> None:
    log = _log(plain)
    result = next(each for each in log["runs"][0]["results"] if each["kind"] == "open")
    result["level"] = "error"
    assert not SCHEMA.is_valid(log)


@pytest.mark.parametrize(
    ("rule", "kind", "level"),
    [
        ("major-decision-reviewed", "fail", "error"),
        ("decision-published", "fail", "error"),
        ("pages-numbered", "fail", "warning"),
        ("plan-announced", "fail", "note"),
        ("reviewer-qualified", "open", "none"),
        ("fine-fair", "review", "none"),
        ("case-closed", "informational", "none"),
        ("video-kept", "fail", "error"),
    ],
)
def test_outcome_and_severity_become_kind_and_level(plain: Run, rule: str, kind: str, level: str) -> None:
    result = _results(plain)[rule]
    assert (result["kind"], result["level"]) == (kind, level)


def test_only_what_is_broken_open_or_waived_is_a_result(plain: Run) -> None:
    assert _results(plain).keys().isdisjoint({"decision-served", "hearing-held", "seizure-recorded"})


def test_a_waived_breach_is_suppressed_with_its_reason(plain: Run) -> None:
    results = _results(plain)
    assert results["video-kept"]["suppressions"][0]["justification"] == "设备损坏，已书面说明（张三）"
    assert [rule for rule, result in results.items() if "suppressions" in result] == ["video-kept"]


def test_places_carry_line_column_and_quote(plain: Run) -> None:
    result = _results(plain)["major-decision-reviewed"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "%E6%A1%88%E5%8D%B7/2024/001.json"
    assert physical["region"] == {"startLine": 120, "startColumn": 13, "snippet": {"text": "2024-05-06"}}
    assert result["relatedLocations"][0]["message"]["text"] == "对照：法制审核 R1"
    assert result["partialFingerprints"] == {"anjuan/v1": "fp-major-decision-reviewed"}


def test_a_finding_without_place_points_to_its_file(plain: Run) -> None:
    (location,) = _results(plain)["pages-numbered"]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"].endswith("001.json")


def test_results_point_to_their_rule(plain: Run) -> None:
    run = _log(plain)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert "《中华人民共和国行政处罚法》第五十八条第一款" in rules[-1]["help"]["text"]


def test_the_invocation_tells_the_day_and_what_failed(plain: Run, many: Run, nothing: Run) -> None:
    (failed,) = _log(plain)["runs"][0]["invocations"]
    assert failed["properties"] == {"as_of": "2026-11-21"}
    assert failed["toolExecutionNotifications"][0]["associatedRule"] == {"id": "seizure-recorded"}
    (unread,) = _log(many)["runs"][0]["invocations"]
    assert unread["toolExecutionNotifications"][0]["message"]["text"].startswith("c.xml:7:2: 标签没有闭合")
    (sound,) = _log(nothing)["runs"][0]["invocations"]
    assert [run["executionSuccessful"] for run in (failed, unread, sound)] == [False, False, True]


def test_a_warning_is_a_notification_and_no_failure(plain: Run) -> None:
    file = replace(plain.files[0], findings=())
    (warned,) = _log(replace(plain, files=(file,)))["runs"][0]["invocations"]
    (note,) = warned["toolExecutionNotifications"]
    assert (note["level"], warned["executionSuccessful"]) == ("warning", True)
    assert "按“送达”读取" in note["message"]["text"]


@pytest.mark.parametrize(
    ("file", "reference"),
    [
        ("a.json", "a.json"),
        ("/数据/a b.json", "file:///%E6%95%B0%E6%8D%AE/a%20b.json"),
        ("a:b#c?.json", "a%3Ab%23c%3F.json"),
        ("\udc80.json", "%5Cudc80.json"),
    ],
)
def test_paths_become_references(file: str, reference: str) -> None:
    assert uri(file) == reference


def test_the_same_run_gives_the_same_log(any_run: Run) -> None:
    assert render_sarif(any_run) == render_sarif(replace(any_run))
    assert render_sarif(any_run).encode()


def test_nothing_waived_without_waiver_is_suppressed(plain: Run) -> None:
    findings = tuple(
        replace(each, outcome=Outcome.BREACHED, waiver=structs.replace(each.waiver, expired=True))
        for each in plain.files[0].findings
        if each.waiver is not None
    )
    run = replace(plain, files=(replace(plain.files[0], findings=findings),))
    assert "suppressions" not in _results(run)["video-kept"]
