"""What a rule says, for people: sentence, sources, limits, exceptions, examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.findings import Basis, Finding
from engine.limits import Limit, LimitUse
from engine.periods import parse_period
from engine.rule import Definition, Rule
from engine.rulebook import Rulebook
from engine.verbs.duration import NotDuring

FEATURES = Path(__file__).parent.parent / "features"
"""The features that ship with the program."""

_UNITS = {"元": "元", "人": "人"}
MARKS = {"V": "已核原文", "V2": "部分或转引核实", "M": "凭记忆，未核", "I": "推论"}


def feature_of(rule: Rule, features: Path = FEATURES) -> Path:
    """Return where the feature of a rule stands: same folder, same name."""
    return features / rule.pack / f"{rule.id}.feature"


def explained(rule: Rule, rulebook: Rulebook, features: Path = FEATURES) -> str:
    """Return the page of a rule as plain text."""
    return "\n".join(_lines(rule, rulebook, features)) + "\n"


def _lines(rule: Rule, rulebook: Rulebook, features: Path) -> Iterator[str]:
    yield f"{rule.id}　{rule.title}"
    yield ""
    yield f"规则　{with_titles(rule.sentence, rulebook)}"
    yield f"程度　{rule.severity.chinese}；效果：{rule.effect}"
    yield f"补救　{rule.cure.kind}：{rule.cure.do}"
    if rule.note:
        yield f"说明　{rule.note}"
    if rule.rows:
        yield f"义务　{'、'.join(rule.rows)}"
    yield f"版本　{rule.version}（{rule.file}）"
    yield ""
    yield "依据"
    for cited in rule.basis:
        where = f"，适用于{cited.when}" if cited.when.items else ""
        yield f"  {basis_words(cited.basis)}{where}"
    for exception in rule.unless:
        yield f"  除外：{exception.because}（{basis_words(exception.basis[0])}）"
    definitions = _definitions(rule, rulebook)
    yield from definitions
    limits = [rulebook.limits.table[name] for name in sorted(limits_of(rule, rulebook))]
    if limits:
        yield ""
        yield "限值"
        for limit in limits:
            yield from _limit_lines(limit)
    feature = feature_of(rule, features)
    if feature.exists():
        yield ""
        yield "示例"
        for line in feature.read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
            yield f"  {line}"


def with_titles(sentence: str, rulebook: Rulebook) -> str:
    """Name limits by their titles instead of their ids."""
    for limit in rulebook.limits.table.values():
        sentence = sentence.replace(f"限值“{limit.id}”", f"“{limit.title}”")
    return sentence


def basis_words(basis: Basis) -> str:
    """Return a source with its days and how well it was verified."""
    until = f"至 {basis.until}" if basis.until else "起施行"
    since = f"{basis.since} {until}" if basis.until else f"{basis.since} {until}"
    mark = MARKS[basis.mark]
    return f"{basis.law}{basis.article}（{since}；{basis.verified} {mark}）"


def definitions_of(rule: Rule, rulebook: Rulebook) -> list[Definition]:
    """Return the definitions of the facts that the subject of a rule is chosen by."""
    names = {item.name for item in rule.subject.where.items}
    return [one for one in rulebook.definitions if one.defines in names]


def _definitions(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    for definition in definitions_of(rule, rulebook):
        yield ""
        yield f"定义　{definition.defines}：有下列情形之一"
        for ground in definition.grounds:
            yield f"  {ground.because}（{basis_words(ground.basis[0])}）"


def _limit_lines(limit: Limit) -> Iterator[str]:
    yield f"  {limit.title}（{limit.unit}）"
    for value in limit.values:
        shown = limit_value(limit, value.value)
        where = str(value.where) or "一般"
        yield f"    {where}：{shown}，{basis_words(value.basis)}"


def limit_value(limit: Limit, value: int | float | str | None) -> str:
    """Return the value of a limit with its unit, in words."""
    if value is None:
        return "由地方规定"
    return (
        parse_period(str(value)).chinese if limit.unit == "期间" else f"{value}{_UNITS.get(limit.unit, '')}"
    )


def limits_of(rule: Rule, rulebook: Rulebook) -> set[str]:
    """Return the ids of the limits that a rule uses, itself or through a definition."""
    found = _limits_named(rule)
    names = {item.name for item in rule.subject.where.items}
    for definition in rulebook.definitions:
        if definition.defines in names:
            found |= _limits_named(definition)
    return found


def _limits_named(data: object) -> set[str]:
    if isinstance(data, LimitUse):
        return {data.id}
    if isinstance(data, NotDuring):
        return {data.night}
    found: set[str] = set()
    fields = getattr(data, "__struct_fields__", None) or getattr(data, "__dataclass_fields__", None)
    if fields:
        for name in fields:
            found |= _limits_named(getattr(data, name))
    elif isinstance(data, (list, tuple)):
        for item in data:
            found |= _limits_named(item)
    return found


def derivation_lines(finding: Finding) -> Iterator[str]:
    """Yield the derivation of the due date of a finding, a line for each day."""
    yield f"{finding.rule}　{finding.title}"
    yield finding.message
    if not finding.derivation:
        yield "这一发现不涉及期限推算。"
    for step in finding.derivation:
        count = f"第{step.counted}{step.unit}" if step.counted is not None else "　—　"
        yield f"  {step.day}  {count:<6}  {step.text}"
