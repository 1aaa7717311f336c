"""What definitions and limits may not be to each other: told twice, or resting on themselves.

Both derive something from something else, and a check would ask them without end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casefiles.model import Path
from casefiles.problems import Problem
from casefiles.terms import HEAD
from engine.source import Source

Node = tuple[str, str]
"""A derived fact by the kind of act (or 案卷) and its name, a limit by ``_LIMIT`` and its id."""

_LIMIT = "限值"


def definition_problems(definitions: Sequence[Source], limits: Sequence[Source]) -> Iterator[Problem]:
    """Yield what is wrong with definitions and limits that can each be read."""
    derived = {(one.data["on"], one.data["defines"]): one for one in reversed(definitions)}
    yield from _told_twice(definitions, derived)
    for one in definitions:
        yield from _without_subject(one)
    yield from _circles(derived, {(_LIMIT, one.data["id"]): one for one in limits})


def _told_twice(definitions: Sequence[Source], derived: Mapping[Node, Source]) -> Iterator[Problem]:
    for one in definitions:
        kind, name = one.data["on"], one.data["defines"]
        first = derived[kind, name]
        if first is not one:
            text = f"“{kind}”的“{name}”已由 {first.file} 定义"
            yield one.problem(("defines",), text, "把理由并入那一个的 grounds，或者换一个名称")


def _without_subject(definition: Source) -> Iterator[Problem]:
    """Yield the conditions on an act where a definition has none: its facts are those of the head."""
    if definition.data["on"] != HEAD:
        return
    for index, ground in enumerate(definition.data["grounds"]):
        if "where" in ground:
            text = "案卷的定义没有审查对象，不能写 where"
            yield definition.problem(("grounds", index, "where"), text, "卷首的条件写在 case 里", at_key=True)


def _circles(derived: Mapping[Node, Source], limits: Mapping[Node, Source]) -> Iterator[Problem]:
    """Yield each definition and each limit that, through others, rests on itself."""
    told = {**derived, **limits}
    needs = {node: sorted(set(_asked(one.data, [node[0]])) & told.keys()) for node, one in told.items()}
    for node, one in told.items():
        if way := _way_back(node, needs):
            path: Path = ("id",) if node in limits else ("defines",)
            yield one.problem(path, f"{_sort(way)}循环：{' → '.join(_names(way))}", "去掉其中一环")


def _asked(data: Any, kinds: Sequence[str]) -> Iterator[Node]:
    """Yield the facts and limits that a document asks of; conditions are on acts of these kinds."""
    if isinstance(data, list):
        for item in data:
            yield from _asked(item, kinds)
    if not isinstance(data, Mapping):
        return
    act = data.get("act", kinds)
    own = [HEAD] if "value" in data else [act] if isinstance(act, str) else act
    for key, value in data.items():
        if key == "limit" and isinstance(value, str):
            yield _LIMIT, value
        elif key in ("case", "where") and isinstance(value, Mapping):
            for kind in [HEAD] if key == "case" else own:
                yield from ((kind, name) for name in value)
        yield from _asked(value, own)


def _way_back(start: Node, needs: Mapping[Node, list[Node]]) -> list[Node]:
    trail: list[Node] = []
    return [start, *trail] if _search(start, start, needs, trail, set()) else []


def _search(
    node: Node, goal: Node, needs: Mapping[Node, list[Node]], trail: list[Node], seen: set[Node]
) -> bool:
    for need in needs[node]:
        if need == goal:
            trail.append(need)
            return True
        if need not in seen:
            seen.add(need)
            trail.append(need)
            if _search(need, goal, needs, trail, seen):
                return True
            trail.pop()
    return False


def _sort(way: Sequence[Node]) -> str:
    sorts = {_LIMIT if kind == _LIMIT else "定义" for kind, _ in way}
    return "和".join(sorted(sorts))


def _names(way: Sequence[Node]) -> list[str]:
    """Return how the members of a circle are named, with their kinds if these differ."""
    same = len({kind for kind, _ in way}) == 1
    return [name if same else f"{kind}.{name}" for kind, name in way]
