"""The report as JUnit XML, for build servers: a suite for each case, a test for each finding."""

from __future__ import annotations

from collections import Counter
from functools import partial

from lxml import etree

from adapters.reports.checked import Checked, Parts, Totals, Write, rendered
from adapters.reports.grades import Grade, grade, worst_first
from adapters.reports.wording import laws, moment_words, needs, place, printable, waiver_words
from adapters.results import FileResult, Run
from engine.findings import Confirmation, Finding

_KINDS = {
    Grade.VETO: "failure",
    Grade.MAJOR: "failure",
    Grade.MINOR: "failure",
    Grade.ERROR: "error",
    Grade.NOTE: "skipped",
    Grade.UNDETERMINED: "skipped",
    Grade.PENDING: "skipped",
    Grade.NOT_APPLICABLE: "skipped",
    Grade.WAIVED: "skipped",
}


def render_junit(run: Run) -> str:
    """Return the run as JUnit XML.

    Broken duties are failures, what could not be read or run are errors; notes and everything that
    is open or does not apply is skipped with a message that begins with the grade.
    """
    return rendered(run, partial(junit_parts, run), partial(JunitReport, run))


def junit_parts(run: Run, file: FileResult, number: int) -> Parts:
    """Return the suite of a file as it stands inside the report."""
    suite = _suite(run, number, file)
    etree.indent(suite, level=1)
    return (etree.tostring(suite, encoding="UTF-8"),)


class JunitReport:
    """The JUnit report: suites as they come."""

    def __init__(self, run: Run, write: Write) -> None:
        self._write = write
        self._several = False

    def begin(self) -> None:
        """Open the report."""
        self._write(b"<?xml version='1.0' encoding='UTF-8'?>\n<testsuites")

    def add(self, checked: Checked) -> None:
        """Write one suite."""
        self._write((b"\n  " if self._several else b">\n  ") + checked.parts[0])
        self._several = True

    def end(self, totals: Totals) -> str:
        """Close the report."""
        self._write(b"\n</testsuites>\n" if self._several else b"/>\n")
        return ""


def _suite(run: Run, number: int, file: FileResult) -> etree._Element:
    kinds = Counter(_KINDS.get(grade(finding)) for finding in file.findings)
    suite = etree.Element(
        "testsuite",
        package=printable(file.file),
        id=str(number),
        name=_name(file),
        timestamp=f"{run.as_of.isoformat()}T00:00:00",
        hostname="localhost",
        tests=str(len(file.findings) + bool(file.error)),
        failures=str(kinds["failure"]),
        errors=str(kinds["error"] + bool(file.error)),
        skipped=str(kinds["skipped"]),
        time="0",
    )
    suite.append(_properties(run, file))
    if file.error:
        suite.append(_unread(file))
    suite.extend(_test(file, finding) for finding in worst_first(file.findings))
    warnings = "\n".join(printable(str(problem)) for problem in file.warnings)
    etree.SubElement(suite, "system-out").text = warnings
    etree.SubElement(suite, "system-err")
    return suite


def _name(file: FileResult) -> str:
    return printable(file.case or file.file).strip() or "案卷"


def _properties(run: Run, file: FileResult) -> etree._Element:
    properties = etree.Element("properties")
    known = {
        "as_of": run.as_of.isoformat(),
        "program": run.program,
        "rulebook": run.rulebook,
        "file": file.file,
        "agency": file.agency,
        "cause": file.cause,
        "confirmed": _confirmed(file),
    }
    for name, value in known.items():
        if value:
            etree.SubElement(properties, "property", name=name, value=printable(value))
    return properties


def _unread(file: FileResult) -> etree._Element:
    name, kind = ("检查案卷", "failed") if file.failed else ("读取案卷", "unreadable")
    test = etree.Element("testcase", name=name, classname=_name(file), time="0")
    problems = [printable(str(problem)) for problem in file.error]
    error = etree.SubElement(test, "error", message=problems[0], type=kind)
    error.text = "\n".join(problems)
    return test


def _confirmed(file: FileResult) -> str:
    """Return how many findings the second engine said what of, in Chinese; empty if it was not asked."""
    counts = Counter(finding.confirmed for finding in file.findings if finding.confirmed)
    return "、".join(f"{one.chinese} {counts[one]}" for one in Confirmation if counts[one])


def _test(file: FileResult, finding: Finding) -> etree._Element:
    subject = f"（{finding.subject}）" if finding.subject else ""
    name = printable(f"{finding.rule}{subject} {finding.title}")
    test = etree.Element("testcase", name=name, classname=_name(file), time="0")
    key = grade(finding)
    if kind := _KINDS.get(key):
        message = printable(f"{key.chinese}：{finding.message}")
        result = etree.SubElement(test, kind, message=message)
        if kind != "skipped":
            result.set("type", key.value)
        result.text = "\n".join(map(printable, _details(finding)))
    return test


def _details(finding: Finding) -> list[str]:
    lines = [f"依据：{laws(finding.basis)}"] if finding.basis else []
    for item in finding.evidence:
        where = place(item.location) if item.location else ""
        quote = f" “{item.location.quote}”" if item.location and item.location.quote else ""
        lines.append(f"{item.role.chinese}：{item.text} {where}{quote}".rstrip())
    if finding.due is not None:
        lines.append(f"期限：{moment_words(finding.due)}")
    if finding.settled_by:
        lines.append(f"需要：{'；'.join(needs(finding.settled_by))}")
    if finding.cure is not None:
        lines.append(f"补救：{finding.cure.kind}：{finding.cure.do}")
    if finding.waiver is not None:
        lines.append(f"豁免：{waiver_words(finding.waiver)}")
    if finding.confirmed is not None:
        lines.append(f"第二引擎：{finding.confirmed.chinese}")
    return lines + [f"说明：{remark}" for remark in finding.remarks]
