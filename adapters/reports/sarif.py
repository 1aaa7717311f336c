"""The report in SARIF 2.1.0, for editors and platforms that show findings of many tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from adapters.reports.checked import Checked, Parts, Totals, Write, rendered
from adapters.reports.wording import laws, needs, printable
from adapters.results import FileResult, RuleHead, Run
from adapters.spool import Spool
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
    catalogue = run.catalogue or _catalogue(finding for _, finding in run.findings())
    run = replace(run, catalogue=catalogue)
    places = {rule.id: index for index, rule in enumerate(catalogue)}
    return rendered(run, partial(sarif_parts, places), partial(SarifReport, run))


def sarif_parts(places: Mapping[str, int], file: FileResult, number: int) -> Parts:
    """Return the results of a file, its notes of errors, and those of warnings, as they stand inside.

    *places* tells where a rule stands in the catalogue.
    """
    results = [
        _result(file, finding, places[finding.rule])
        for finding in file.findings
        if finding.outcome in _REPORTED
    ]
    errors = [_note(problem, "error") for problem in file.error]
    errors += [_failed(file, finding) for finding in file.findings if finding.outcome is Outcome.ERROR]
    warnings = [_note(problem, "warning") for problem in file.warnings]
    return _listed(results, 4), _listed(errors, 6), _listed(warnings, 6)


class SarifReport:
    """The SARIF report: the rules, results as they come, then the notes."""

    def __init__(self, run: Run, write: Write) -> None:
        self._run, self._write = run, write
        self._several = False
        self._errors, self._warnings = Spool(), Spool()

    def begin(self) -> None:
        """Write the tool with its rules and open the list of results."""
        name, _, version = self._run.program.partition(" ")
        driver = _driver(name, version, [_rule(rule) for rule in self._run.catalogue])
        first = {"tool": {"driver": driver}, "language": "zh-CN", "columnKind": "unicodeCodePoints"}
        head = {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [first]}
        opened = _laid_out(head, 0).removesuffix(b"\n    }\n  ]\n}")
        self._write(opened + b',\n      "results": [')

    def add(self, checked: Checked) -> None:
        """Write the results of a file and keep its notes for later."""
        results, errors, warnings = checked.parts
        if results:
            self._write((b"," if self._several else b"") + results)
            self._several = True
        if errors:
            self._errors.add(errors)
        if warnings:
            self._warnings.add(warnings)

    def end(self, totals: Totals) -> str:
        """Close the list of results and write the notes."""
        self._write(b"\n      ]" if self._several else b"]")
        successful = b"false" if self._errors else b"true"
        self._write(b',\n      "invocations": [\n        {\n          "executionSuccessful": ' + successful)
        self._write(b',\n          "toolExecutionNotifications": [')
        notes = False
        for note in chain(self._errors, self._warnings):
            self._write((b"," if notes else b"") + note)
            notes = True
        self._write(b"\n          ]" if notes else b"]")
        day = _laid_out({"as_of": self._run.as_of.isoformat()}, 5)
        self._write(b',\n          "properties": ' + day + b"\n        }\n      ]")
        properties = {"rulebook": self._run.rulebook, "summary": totals.summary()}
        if totals.second_engine:
            properties["confirmed"] = totals.confirmations()
        self._write(b',\n      "properties": ' + _laid_out(properties, 3) + b"\n    }\n  ]\n}\n")
        return ""


def _listed(items: Iterable[Json], depth: int) -> bytes:
    """Return items as they stand in a list so deep inside the document."""
    lead = b"\n" + b"  " * depth
    return b",".join(lead + _laid_out(item, depth) for item in items)


def _laid_out(value: Json, depth: int) -> bytes:
    written = msgspec.json.format(msgspec.json.encode(_visible(value)), indent=2)
    # A text in JSON holds no line break, so every break is one of the layout.
    return written.replace(b"\n", b"\n" + b"  " * depth)


def _driver(name: str, version: str, rules: list[Json]) -> Json:
    driver: Json = {"name": name or "anjuan", "rules": rules}
    return driver | ({"version": version} if version else {})


def _catalogue(findings: Iterable[Finding]) -> tuple[RuleHead, ...]:
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.rule, finding)
    return tuple(
        RuleHead(one.rule, one.version, one.title, one.severity, one.basis, one.cure)
        for one in (first[rule] for rule in sorted(first))
    )


def _rule(rule: RuleHead) -> Json:
    help_text = f"{rule.title}。依据：{laws(rule.basis)}"
    if rule.cure is not None:
        help_text += f"。补救：{rule.cure.kind}：{rule.cure.do}"
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"version": rule.version, "severity": rule.severity.value},
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
        "confirmed": finding.confirmed,
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
