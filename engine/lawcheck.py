"""Checking citations against the register of laws: that the instrument is listed, and was law on those days.

What is not listed, or begins too early, is an error on loading. That an instrument ended before the basis
does is told by the lint alone: whoever enters the end of a law can go on checking files meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from casefiles.model import Path
from casefiles.problems import Problem
from casefiles.terms import suggestion
from engine.documents import BasisDocument
from engine.laws import Law, Laws
from engine.source import Source

_DAY = timedelta(days=1)


def citation_problems(source: Source, laws: Laws) -> Iterator[Problem]:
    """Yield the citations of instruments that are not listed, or of days before they were in force."""
    for path, basis in _citations(source.data, ()):
        versions = laws.named(str(basis.get("law", "")))
        if not versions:
            names = [name for law in laws.all for name in (law.name, law.number)]
            near = suggestion(str(basis.get("law")), names)
            advice = f"是否为“{near}”？" if near else "先在 rules/laws/ 登记"
            yield source.problem((*path, "law"), f"laws 中没有“{basis.get('law')}”", advice)
            continue
        since, first = _day(basis.get("since")), min(law.since for law in versions)
        if since and since < first:
            text = f"since 早于该文件的施行日期 {first}"
            yield source.problem((*path, "since"), text, "检查施行日期")


def ended_problems(source: Source, laws: Laws) -> Iterator[Problem]:
    """Yield the citations of days after an instrument ended, or between two of its versions.

    Every basis is looked at: those of rules, of exceptions, of grounds and of values of limits.
    """
    for path, basis in _citations(source.data, ()):
        versions = laws.named(str(basis.get("law", "")))
        since, until = _day(basis.get("since")), _day(basis.get("until"))
        if versions and since and (until or "until" not in basis):
            yield from _ended(source, path, (since, until), versions)


def _citations(data: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if isinstance(data, Mapping):
        if set(data) & {"law"} and set(data) <= set(BasisDocument.model_fields):
            yield path, data
        for key, value in data.items():
            yield from _citations(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _citations(value, (*path, index))


def _ended(
    source: Source, path: Path, span: tuple[date, date | None], versions: Sequence[Law]
) -> Iterator[Problem]:
    since, until = span
    last = _last(versions)
    if last and since > last:
        text = f"since 晚于该文件施行的末日 {last}"
        yield source.problem((*path, "since"), text, "引用当时有效的文件，或者检查失效日期")
    elif last and until is None:
        text = f"该文件施行到 {last} 为止，依据没有写 until"
        yield source.problem(path, text, f"写 until: {last}；以后的法律另写一个依据")
    elif last and until and until > last:
        text = f"until 晚于该文件施行的末日 {last}"
        yield source.problem((*path, "until"), text, f"改为 {last}，或者检查失效日期")
    elif gap := _gap(versions, since, until):
        yield source.problem(path, f"该文件在 {gap} 没有施行", "分成两个依据，用 since、until 分开")


def _last(versions: Sequence[Law]) -> date | None:
    """Return the last day of the last version, ``None`` where one is still in force."""
    ends = [law.until for law in versions if law.until]
    return max(ends) if len(ends) == len(versions) else None


def _gap(versions: Sequence[Law], since: date, until: date | None) -> date | None:
    """Return the first day of a span on which no version was in force, ``None`` if there is none.

    Days before the first version are an error on loading.
    """
    day = max(since, min(law.since for law in versions))
    for law in sorted(versions, key=lambda law: law.since):
        if law.since > day:
            break
        if law.until is None:
            return None
        day = max(day, law.until + _DAY)
    return day if until is None or day <= until else None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
