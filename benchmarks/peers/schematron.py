"""lxml.isoschematron: one pattern for each rule, a report where it is met and an assertion where it is not.

The bytes are parsed by lxml; the host writes the numbers of its day on each act: XPath 1.0 has no dates.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from lxml import etree, isoschematron

from benchmarks.peers.days import table
from benchmarks.peers.rules import RULES, Rule
from benchmarks.peers.verdicts import Check, Verdicts
from benchmarks.peers.xpath import NAMESPACE, XPath, kinds

XML = True
ACT = f"{{{NAMESPACE}}}act"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
PATTERN = """<pattern><rule context={context}>
  <let name="act" value="."/><let name="applies" value={applies}/><let name="met" value={met}/>
  <report role="{id}" test="$applies and $met"><value-of select="@id"/></report>
  <assert role="{id}" test="not($applies) or $met"><value-of select="@id"/></assert>
</rule></pattern>"""


def _pattern(rule: Rule) -> str:
    said = XPath()
    return PATTERN.format(
        id=rule.id,
        context=quoteattr(f"c:act[{kinds(rule.kinds)}]"),
        applies=quoteattr(f"boolean({said.applies(rule)})"),
        met=quoteattr(f"boolean({said.need(rule)})"),
    )


def schema() -> str:
    """Return the schema."""
    patterns = "\n".join(_pattern(rule) for rule in RULES)
    return (
        f'<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt">'
        f'<ns prefix="c" uri="{escape(NAMESPACE)}"/>\n{patterns}</schema>'
    )


def build() -> Check:
    """Return the check."""
    days = table()
    checker = isoschematron.Schematron(etree.fromstring(schema()), store_report=True)

    def verdicts(data: bytes) -> Verdicts:
        root = etree.fromstring(data)
        for act in root.iter(ACT):
            day, before, through = days[act.get("starts", "")[:10]]
            act.set("day", str(day))
            act.set("before", str(before))
            act.set("through", str(through))
        checker.validate(root)
        report = checker.validation_report.getroot()
        found: Verdicts = []
        for tag, kept in (("successful-report", True), ("failed-assert", False)):
            for one in report.iter(SVRL + tag):
                found.append((one.get("role", ""), "".join(one.itertext()).strip(), kept))
        return found

    return verdicts
