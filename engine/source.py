"""YAML read safely, with the position of every key and value.

Only the plain part of YAML is read: no anchors, aliases, merges or tags; ``true``/``false``, ``null``
and numbers without leading zeros are values, everything else (dates too) stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from casefiles.model import Path, Step
from casefiles.problems import Problem
from engine.errors import RuleError

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_NODES = 100_000

Data = Any
Mark = tuple[int, int]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True)
class Source:
    """The content of one YAML file with the marks (line and column from 1) of its keys and values."""

    file: str
    data: Data
    keys: dict[Path, Mark] = field(repr=False, default_factory=dict)
    values: dict[Path, Mark] = field(repr=False, default_factory=dict)

    def problem(self, path: Path, text: str, advice: str = "", *, at_key: bool = False) -> Problem:
        """Return a problem at a path; what is not in the file is shown at its nearest parent."""
        marks = self.keys if at_key else self.values
        known = path
        while known not in marks and known:
            known = known[:-1]
        line, column = marks.get(known) or self.values.get(known, (1, 1))
        return Problem(self.file, line, column, text, advice)


def load(text: bytes, file: str) -> Source:
    """Read YAML text; raises RuleError with one problem, or with all duplicate keys."""
    if len(text) > MAX_BYTES:
        raise RuleError([Problem(file, 1, 1, f"文件过大：{len(text)} 字节", f"上限 {MAX_BYTES} 字节")])
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise RuleError([Problem(file, line, 1, "不是 UTF-8 编码", "另存为 UTF-8")]) from None
    try:
        _scan(decoded, file)
        node = yaml.compose(decoded, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise RuleError([_syntax_problem(error, file)]) from None
    except yaml.reader.ReaderError as error:
        line = decoded.count("\n", 0, error.position) + 1
        raise RuleError([Problem(file, line, 1, "含有不可见的控制字符", "删除该字符")]) from None
    if node is None:
        raise RuleError([Problem(file, 1, 1, "文件为空", "至少写出 id 和内容")])
    source = Source(file, None)
    duplicates: list[Problem] = []
    data = _build(node, (), source, duplicates)
    if duplicates:
        raise RuleError(duplicates)
    return Source(file, data, source.keys, source.values)


def _scan(text: str, file: str) -> None:
    """Refuse what could hurt before anything is built: depth, number of nodes, anchors, tags."""
    depth = nodes = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RuleError([_at(mark, file, "不允许使用锚点或别名（& 或 *）", "把内容直接写出")])
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
            tag = getattr(event, "tag", None)
            if tag and not (isinstance(event, yaml.ScalarEvent) and tag == "!"):
                raise RuleError([_at(mark, file, f"不允许使用标签 {tag}", "删除标签，直接写值")])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise RuleError([_at(mark, file, f"嵌套超过 {MAX_DEPTH} 层", "减少嵌套")])
        if nodes > MAX_NODES:
            raise RuleError([_at(mark, file, f"条目超过 {MAX_NODES} 个", "拆分文件")])


def _at(mark: Any, file: str, text: str, advice: str) -> Problem:
    return Problem(file, mark.line + 1, mark.column + 1, text, advice)


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    text = "YAML 写法有误"
    advice = "检查缩进、冒号后的空格和引号；冒号须为半角"
    if mark is None:
        return Problem(file, 1, 1, text, advice)
    return _at(mark, file, text, advice)


def _build(node: yaml.Node, path: Path, source: Source, duplicates: list[Problem]) -> Data:
    source.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, path, source, duplicates))
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, index), source, duplicates) for index, item in enumerate(node.value)]
    return _scalar(node) if isinstance(node, yaml.ScalarNode) else None


def _pairs(
    node: yaml.MappingNode, path: Path, source: Source, duplicates: list[Problem]
) -> Iterator[tuple[str, Data]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        mark = key_node.start_mark
        if key in seen or key == "<<" or not key:
            text = f"重复的键“{key}”" if key in seen else f"键“{key}”不能使用"
            advice = f"第 {seen[key]} 行已有，保留一个" if key in seen else "键须为普通文字"
            duplicates.append(_at(mark, source.file, text, advice))
            continue
        seen[key] = mark.line + 1
        step: Step = key
        source.keys[*path, step] = (mark.line + 1, mark.column + 1)
        yield key, _build(value_node, (*path, step), source, duplicates)


def _scalar(node: yaml.ScalarNode) -> Data:
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= 18 else text
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
