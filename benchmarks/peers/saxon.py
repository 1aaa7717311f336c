"""saxonche: one compiled XSLT 3.0 stylesheet, a template that writes a line for each rule and act.

It says everything: the bytes go to the engine unchanged, and the table of days is a static map in it.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from saxonche import PySaxonProcessor

from benchmarks.peers.days import table
from benchmarks.peers.language import listed
from benchmarks.peers.rules import ROLES, RULES, Officers, Rule
from benchmarks.peers.verdicts import Check, Verdicts
from benchmarks.peers.xpath import NAMESPACE, XPath, kinds

XML = True
SHEET = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:c="{namespace}" xmlns:f="urn:f" expand-text="yes">
<xsl:output method="text"/>
<xsl:variable name="days" static="yes" select="map{{{days}}}"/>
<xsl:key name="of" match="c:act" use="@kind"/>
<xsl:function name="f:on"><xsl:param name="act"/><xsl:param name="place"/>
  <xsl:sequence select="$days(substring($act/@starts, 1, 10))($place)"/></xsl:function>
<xsl:template match="/">{rules}
</xsl:template></xsl:stylesheet>"""
RULE = """
<xsl:for-each select={acts}><xsl:variable name="act" select="."/><xsl:if test={applies}
>{id} {{@id}} {{if ({met}) then 1 else 0}}&#10;</xsl:if></xsl:for-each>"""


class Saxon(XPath):
    """XPath 3.1."""

    DAY, BEFORE, THROUGH = "f:on({}, 1)", "f:on({}, 2)", "f:on({}, 3)"

    def officers(self, officers: Officers) -> str:
        """Say that there were so many officers."""
        return f"count(distinct-values(c:by[@role = ({listed(ROLES)})]/@person)) >= {officers.at_least}"


def _rule(rule: Rule) -> str:
    said = Saxon()
    met = quoteattr(said.need(rule))[1:-1]
    return RULE.format(
        id=rule.id,
        acts=quoteattr(f"/c:casefile/c:act[{kinds(rule.kinds)}]"),
        applies=quoteattr(said.applies(rule)),
        met=met,
    )


def sheet() -> str:
    """Return the stylesheet."""
    days = ", ".join(f"'{day}': [{one.day}, {one.before}, {one.through}]" for day, one in table().items())
    return SHEET.format(namespace=NAMESPACE, days=days, rules="".join(map(_rule, RULES)))


def build() -> Check:
    """Return the check."""
    processor = PySaxonProcessor(license=False)
    compiled = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=sheet())

    def verdicts(data: bytes) -> Verdicts:
        node = processor.parse_xml(xml_text=data.decode())
        lines = compiled.transform_to_string(xdm_node=node).split("\n")
        return [(rule, act, kept == "1") for rule, act, kept in map(str.split, filter(str.strip, lines))]

    return verdicts
