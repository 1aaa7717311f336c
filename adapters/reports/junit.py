"""The report as JUnit XML, for build servers: a suite for each case, a test for each finding."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from adapters.reports.grades import Grade, grade, worst_first
from adapters.reports.wording import laws, moment_words, needs, place, printable, waiver_words
from adapters.results import FileResult, Run
from engine.findings import Finding

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
    root = etree.Element("testsuites")
    for number, file in enumerate(run.files):
        root.append(_suite(run, number, file))
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode() + "\n"


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
    }
    for name, value in known.items():
        if value:
            etree.SubElement(properties, "property", name=name, value=printable(value))
    return properties


def _unread(file: FileResult) -> etree._Element:
    test = etree.Element("testcase", name="读取案卷", classname=_name(file), time="0")
    problems = [printable(str(problem)) for problem in file.error]
    error = etree.SubElement(test, "error", message=problems[0], type="unreadable")
    error.text = "\n".join(problems)
    return test


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
    return lines + [f"说明：{remark}" for remark in finding.remarks]
