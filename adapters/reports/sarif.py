"""The report in SARIF 2.1.0, for editors and platforms that show findings of many tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import msgspec

from adapters.reports.wording import laws, needs, printable
from adapters.results import FileResult, Run
from casefiles.model import Location
from casefiles.problems import Problem
from engine.findings import Evidence, Finding, Outcome, Severity

SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

Json = dict[str, Any]

_LEVELS = {
    Severity.VETO: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NOTE: "note",
}
_REPORTED = frozenset({Outcome.BREACHED, Outcome.UNDETERMINED, Outcome.PENDING, Outcome.WAIVED})


def render_sarif(run: Run) -> str:
    """Return the run as SARIF.

    Results are what is breached (by level), undetermined (``open`` where papers would settle it,
    ``review`` where a person must), pending (``informational``) and waived (suppressed). What could
    not be read or run is a notification, and the run then counts as not successful; warnings are
    notifications, too.
    """
    name, _, version = run.program.partition(" ")
    rules = _rules(finding for _, finding in run.findings())
    places = {rule["id"]: index for index, rule in enumerate(rules)}
    log = {
        "$schema": SCHEMA_URI,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(name, version, rules)},
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(run)],
                "results": [
                    _result(file, finding, places[finding.rule])
                    for file, finding in run.findings()
                    if finding.outcome in _REPORTED
                ],
                "properties": {"rulebook": run.rulebook, "summary": run.summary()},
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(_visible(log)), indent=2).decode() + "\n"


def _driver(name: str, version: str, rules: list[Json]) -> Json:
    driver: Json = {"name": name or "anjuan", "rules": rules}
    return driver | ({"version": version} if version else {})


def _rules(findings: Iterable[Finding]) -> list[Json]:
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.rule, finding)
    return [_rule(first[rule]) for rule in sorted(first)]


def _rule(finding: Finding) -> Json:
    title = finding.title
    help_text = f"{title}。依据：{laws(finding.basis)}"
    if finding.cure is not None:
        help_text += f"。补救：{finding.cure.kind}：{finding.cure.do}"
    return {
        "id": finding.rule,
        "shortDescription": {"text": title},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"version": finding.version, "severity": finding.severity.value},
    }


def _invocation(run: Run) -> Json:
    notes = [_note(problem, "error") for file in run.files for problem in file.error]
    notes += [_failed(file, finding) for file, finding in run.findings() if finding.outcome is Outcome.ERROR]
    warnings = [_note(problem, "warning") for file in run.files for problem in file.warnings]
    return {
        "executionSuccessful": not notes,
        "toolExecutionNotifications": notes + warnings,
        "properties": {"as_of": run.as_of.isoformat()},
    }


def _note(problem: Problem, level: str) -> Json:
    where = Location(file=problem.file, pointer="", line=problem.line, column=problem.column)
    return {
        "level": level,
        "message": {"text": str(problem)},
        "locations": [{"physicalLocation": _physical(where)}],
    }


def _failed(file: FileResult, finding: Finding) -> Json:
    return {
        "level": "error",
        "message": {"text": finding.message},
        "associatedRule": {"id": finding.rule},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(file.file)}}}],
    }


def _result(file: FileResult, finding: Finding, index: int) -> Json:
    first, *others = list(_locations(finding.evidence)) or [_whole(file)]
    result = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        **_kind_and_level(finding),
        "message": {"text": finding.message},
        "locations": [first],
        "properties": _properties(file, finding),
    }
    if others:
        result["relatedLocations"] = others
    if finding.fingerprint:
        result["partialFingerprints"] = {"anjuan/v1": finding.fingerprint}
    if finding.waiver is not None and finding.outcome is Outcome.WAIVED:
        reason = f"{finding.waiver.reason}（{finding.waiver.approver}）"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _kind_and_level(finding: Finding) -> Json:
    outcome = finding.outcome
    if outcome is Outcome.WAIVED and finding.waiver is not None:
        outcome = finding.waiver.without
    if outcome is Outcome.BREACHED:
        return {"kind": "fail", "level": _LEVELS[finding.severity]}
    if outcome is Outcome.UNDETERMINED:
        return {"kind": "open" if finding.settled_by else "review", "level": "none"}
    return {"kind": "informational", "level": "none"}


def _properties(file: FileResult, finding: Finding) -> Json:
    known = {
        "case": file.case,
        "outcome": finding.outcome.value,
        "severity": finding.severity.value,
        "effect": finding.effect,
        "subject": finding.subject,
        "due": None if finding.due is None else str(finding.due),
        "settled_by": needs(finding.settled_by),
        "remarks": list(finding.remarks),
    }
    return {name: value for name, value in known.items() if value}


def _locations(evidence: Iterable[Evidence]) -> Iterator[Json]:
    for number, item in enumerate(evidence, start=1):
        if item.location is not None:
            location: Json = {
                "id": number,
                "physicalLocation": _physical(item.location),
                "message": {"text": f"{item.role.chinese}：{item.text}"},
            }
            if item.location.pointer:
                name = item.location.pointer
                location["logicalLocations"] = [{"fullyQualifiedName": name}]
            yield location


def _physical(where: Location) -> Json:
    physical: Json = {"artifactLocation": {"uri": uri(where.file)}}
    if where.line is not None:
        region: Json = {"startLine": where.line}
        if where.column is not None:
            region["startColumn"] = where.column
        if where.quote:
            region["snippet"] = {"text": where.quote}
        physical["region"] = region
    return physical


def _whole(file: FileResult) -> Json:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(file.file)}}}


def _visible(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _visible(item) for name, item in value.items()}
    return [_visible(item) for item in value] if isinstance(value, list) else value


def uri(file: str) -> str:
    """Return the path of a file as a reference of ASCII characters; absolute ones begin ``file:``.

    >>> uri("案卷/a b.json")
    '%E6%A1%88%E5%8D%B7/a%20b.json'
    """
    path = PurePath(file)
    text = quote(path.as_posix(), errors="backslashreplace")
    if not path.is_absolute():
        return text
    return f"file://{text}" if text.startswith("/") else f"file:///{text}"
