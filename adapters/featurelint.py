"""Checking features as written: what pytest-bdd would swallow silently is a problem here.

Two scenarios of one name collapse to the last; a step that begins with 当事人 is read as 当 + 事人…;
an empty scenario passes. And a rule without both kinds of examples shows nothing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casefiles.problems import Problem
from engine.rulebook import Rulebook

_SCENARIO = re.compile(r"\s*(场景大纲|剧本大纲|场景|剧本)[:：]\s*(.*)")
_STEP = re.compile(r"\s*(假如|假设|假定|当|那么|而且|并且|同时|但是|\*)\s*(.*)")
_CONTINUES = ("而且", "并且", "同时", "但是", "*")
_SHOWN = re.compile(r"结论为“(合规|不合规)”|\|\s*(合规|不合规)\s*(?=\|)")
_HEADER = "# language: zh-CN"


@dataclass
class _Scenario:
    name: str
    line: int
    steps: list[tuple[int, str]] = field(default_factory=list)
    concludes: bool = False


def feature_problems(rulebook: Rulebook, folder: Path) -> list[Problem]:
    """Return every problem of the features, and every rule or feature without its partner."""
    problems = list(_pairing(rulebook, folder))
    for path in sorted(folder.rglob("*.feature")):
        name = (Path(folder.name) / path.relative_to(folder)).as_posix()
        problems += _lint_bytes(path.read_bytes(), name)
    return problems


def _lint_bytes(data: bytes, file: str) -> list[Problem]:
    if data.startswith(codecs.BOM_UTF8):
        return [Problem(file, 1, 1, "文件开头有 BOM，场景会读不出来", "另存为 UTF-8，不带 BOM")]
    try:
        return lint_feature(data.decode(), file)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [Problem(file, line, 1, "不是 UTF-8 编码", "另存为 UTF-8")]


def _pairing(rulebook: Rulebook, folder: Path) -> Iterator[Problem]:
    wanted = {f"{rule.pack}/{rule.id}": rule for rule in rulebook.rules}
    there = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.feature")}
    for name in sorted(wanted.keys() - there.keys()):
        text, advice = "规则没有同名的场景文件", f"新建 {folder.name}/{name}.feature"
        yield Problem(wanted[name].file, 1, 1, text, advice)
    for name in sorted(there.keys() - wanted.keys()):
        text, advice = "场景文件没有同名的规则", "改名或者删除"
        yield Problem(f"{folder.name}/{name}.feature", 1, 1, text, advice)


def lint_feature(text: str, file: str) -> list[Problem]:
    """Return the problems of one feature."""
    lines = text.splitlines()
    problems = [] if lines and lines[0].strip() == _HEADER else [_no_header(file)]
    scenarios: list[_Scenario] = []
    for number, line in enumerate(lines, 1):
        if found := _SCENARIO.match(line):
            scenarios.append(_Scenario(found.group(2).strip(), number))
        elif scenarios and (found := _STEP.match(line)):
            problems += _step_problems(line, found, scenarios[-1], number, file)
            scenarios[-1].steps.append((number, found.group(1)))
            scenarios[-1].concludes |= found.group(2).startswith("结论为")
        if ("：" in line) and (re.match(r"\s*(功能|背景|场景|场景大纲|例子)：", line)):
            problems.append(Problem(file, number, 1, "关键词后的冒号须为半角", "写成“场景: ”"))
    problems += _scenario_problems(scenarios, file)
    problems += _example_problems(text, file)
    return problems


def _no_header(file: str) -> Problem:
    return Problem(file, 1, 1, "第一行不是语言声明", f"写上 {_HEADER}")


def _step_problems(
    line: str, found: re.Match[str], scenario: _Scenario, number: int, file: str
) -> Iterator[Problem]:
    column = len(line) - len(line.lstrip()) + 1
    if found.group(1) == "当" and found.group(2).startswith("事人"):
        yield Problem(file, number, column, "“当事人”开头会被读成“当”加“事人”", "写成“假如 当事人…”")
    if '"' in line:
        at = line.index('"') + 1
        yield Problem(file, number, at, "句子里的引号须为全角", "写成“…”")
    if not found.group(2):
        yield Problem(file, number, column, "步骤没有内容", "写出一句话")
    if not scenario.steps and found.group(1) in _CONTINUES:
        yield Problem(file, number, column, f"场景不能以“{found.group(1)}”开头", "改为“假如”")


def _scenario_problems(scenarios: list[_Scenario], file: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for one in scenarios:
        if one.name in seen:
            text = f"场景重名“{one.name}”，前一个会被悄悄丢掉"
            yield Problem(file, one.line, 1, text, f"与第 {seen[one.name]} 行区别开")
        seen.setdefault(one.name, one.line)
        words = {word for _, word in one.steps}
        if not words:
            yield Problem(file, one.line, 1, "场景没有步骤，会被当作通过", "写出步骤或者删除")
        elif not {"当", "那么"} <= words:
            yield Problem(file, one.line, 1, "场景缺少“当”或者“那么”", "写出检查和结论")
        elif not one.concludes:
            text = "场景没有写结论，规则不起作用时可能照样通过"
            yield Problem(file, one.line, 1, text, "加一句 那么 结论为“…”")
    if not scenarios:
        yield Problem(file, 1, 1, "没有场景", "至少写一个合规、一个不合规的例子")


def _example_problems(text: str, file: str) -> Iterator[Problem]:
    # A name or a remark shows nothing: only steps are run, and the tables that fill them in.
    lines = (line for line in text.splitlines() if _STEP.match(line) or line.lstrip().startswith("|"))
    words = {pair for line in lines for pair in _SHOWN.findall(line)}
    shown = {word for pair in words for word in pair if word}
    for outcome in ("合规", "不合规"):
        if outcome not in shown:
            yield Problem(file, 1, 1, f"没有“{outcome}”的例子", "补一个场景")
