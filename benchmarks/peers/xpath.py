"""The rules in XPath over the XML of a file, as far as XPath 1.0 and 3.1 say the same."""

from __future__ import annotations

from benchmarks.peers.language import Text, listed
from benchmarks.peers.rules import ROLES, Fact, Head, NotAbove, Officers, Other

NAMESPACE = "urn:anjuan:casefile:1"
HEAD = {
    "procedure": "/c:casefile/@procedure",
    "field": "/c:casefile/@field",
    "party": "/c:casefile/c:party/@kind",
    "跨省": "/c:casefile/c:party/c:fact[@name='跨省']",
    "未成年人": "/c:casefile/c:party/c:fact[@name='未成年人']",
    "案件类别": "/c:casefile/c:fact[@name='案件类别']",
}


def kinds(names: tuple[str, ...]) -> str:
    """Return the condition that an act is of one of some kinds."""
    return " or ".join(f"@kind='{name}'" for name in names)


class XPath(Text):
    """Tests on an act; how the days and the act itself are called differs."""

    NOT, TRUE = "not({})", "true()"
    SUBJECT = "$act"
    DAY, BEFORE, THROUGH = "{}/@day", "{}/@before", "{}/@through"

    def fact(self, fact: Fact) -> str:
        """Say a condition; what is not there is an empty set, and no comparison with it holds."""
        name = HEAD[fact.name] if isinstance(fact, Head) else f"c:fact[@name='{fact.name}']"
        value = fact.value
        if isinstance(value, tuple):
            return {
                "one_of": self.any(f"{name}='{item}'" for item in value),
                "includes": self.every(f"{name}/c:item='{item}'" for item in value),
                "includes_any": self.any(f"{name}/c:item='{item}'" for item in value),
                "is_not": f"not(count({name}/c:item)={len(value)} and {name}/c:item={listed(value)})",
            }[fact.op]
        word = f"'{'是' if value else '否'}'" if isinstance(value, bool) else value
        word = f"'{value}'" if isinstance(value, str) else word
        return {
            "is": f"{name}={word}",
            "is_not": f"not({name}={word})",
            "given": name,
            "not_given": f"not({name})",
            "more_than": f"number({name}) > {word}",
            "at_most": f"not(number({name}) > {word})",
        }[fact.op]

    def other(self, other: Other) -> str:
        """Say that there is such an act."""
        mine, one = self.SUBJECT, "."
        terms = [kinds(other.kinds), *(self.fact(fact) for fact in other.where)]
        if sign := {"after": ">=", "before": "<", "until": "<="}.get(other.when):
            terms.append(f"{self.DAY.format(one)} {sign} {self.DAY.format(mine)}")
        if other.working is not None and other.when == "after":
            late = f"{self.BEFORE.format(one)} + 1 - {self.THROUGH.format(mine)}"
            terms.append(f"{late} <= {other.working}")
        elif other.working is not None:
            terms.append(f"{self.BEFORE.format(mine)} - {self.BEFORE.format(one)} >= {other.working}")
        if other.naming:
            terms.append(f"c:about = {mine}/@id")
        return f"/c:casefile/c:act{''.join(f'[{term}]' for term in terms)}"

    def officers(self, officers: Officers) -> str:
        """Say that there were so many officers."""
        roles = " or ".join(f"@role='{role}'" for role in ROLES)
        part = f"c:by[{roles}]"
        return f"count({part}[not(@person = preceding-sibling::{part}/@person)]) >= {officers.at_least}"

    def not_above(self, bound: NotAbove) -> str:
        """Compare two numbers."""
        other = f"/c:casefile/c:act[@kind='{bound.kind}']/c:fact[@name='{bound.other}']"
        return f"number(c:fact[@name='{bound.fact}']) <= number({other})"
