"""Who is compared, where it comes from, and what it cannot say of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Engine:
    """One competitor; ``module`` is in this folder, or a file in ``node/`` if it ends in ``.mjs``.

    ``probe`` is run once after installing: a package that installs but does not work is left out too.
    ``lacks`` is what it cannot say and what its host program does instead, in words for ``docs/speed.md``.
    """

    name: str
    module: str
    lacks: str
    reads: Literal["json", "xml"] = "json"
    package: str | None = None
    probe: str = ""
    role: Literal["peer", "product", "yardstick"] = "peer"


YARDSTICKS = {
    "json": Engine("json.loads", "yardsticks.json_loads", "只解析，不判断", role="yardstick"),
    "xml": Engine(
        "lxml.etree.fromstring", "yardsticks.lxml_parse", "只解析，不判断", "xml", role="yardstick"
    ),
}
PRODUCT = {
    "json": Engine("案卷 anjuan", "product", "—", role="product"),
    "xml": Engine("案卷 anjuan（XML）", "product", "—", "xml", role="product"),
}
DATES = "日期和工作日（宿主换成数字）"
COUNT = f"{DATES}、不同人数（宿主数好）"
PEERS = (
    Engine("手写 Python 函数", "handwritten", f"没有引擎；{DATES}"),
    Engine(
        "zen-engine",
        "zen",
        COUNT,
        package="zen-engine==2.1.3",
        probe="import zen; assert zen.evaluate_expression('1 + 1', {}) == 2",
    ),
    Engine(
        "rule-engine",
        "ruleengine",
        COUNT,
        package="rule-engine==5.1.0",
        probe="import rule_engine; assert rule_engine.Rule('a == 1').matches({'a': 1})",
    ),
    Engine(
        "business-rules",
        "businessrules",
        f"{COUNT}、别的环节（都是 Python 方法）、“不是”",
        package="business-rules==1.1.1",
        probe="import business_rules.engine",
    ),
    Engine(
        "json-logic",
        "jsonlogic",
        "",
        package="json-logic==0.6.3",
        probe="from json_logic import jsonLogic; assert jsonLogic({'==': [1, 1]})",
    ),
    Engine(
        "json-logic-qubit",
        "jsonlogic",
        f"{COUNT}、两个环节相比（宿主算好差）",
        package="json-logic-qubit==0.9.1",
        probe="from json_logic import jsonLogic; assert jsonLogic({'==': [1, 1]})",
    ),
    Engine(
        "json-logic-engine",
        "json-logic-engine.mjs",
        f"{COUNT}、两个环节相比（宿主算好差）",
        package="npm:json-logic-engine",
    ),
    Engine(
        "json-rules-engine",
        "json-rules-engine.mjs",
        f"{COUNT}、别的环节（由宿主的函数算）、“写明了”和列表的比较",
        package="npm:json-rules-engine",
    ),
    Engine(
        "clipspy",
        "clipsrules",
        f"{DATES}；不释放事实，每 10 个文件须换一个环境",
        package="clipspy==1.0.6",
        probe="import clips; clips.Environment().build('(defrule r (a) => (assert (b)))')",
    ),
    Engine(
        "durable_rules",
        "durable_plain",
        f"{COUNT}、列表、没有写的事实、“或者”（展开成多条）；照手册写会崩溃或者判错，须绕开六处",
        package="durable-rules==2.0.28",
        probe="from durable import engine",
    ),
    # The engine's own project publishes no package for Python; this is its code, built by somebody else.
    Engine(
        "regorus",
        "rego",
        "工作日（作为数据给它）",
        package="gordon-to-regorus==0.13.0",
        probe="import regorus; regorus.Engine().add_policy('a.rego', 'package a')",
    ),
    Engine(
        "lxml.isoschematron",
        "schematron",
        DATES,
        "xml",
        package="lxml",
        probe="from lxml import isoschematron",
    ),
    Engine(
        "saxonche",
        "saxon",
        "工作日（作为数据给它）",
        "xml",
        package="saxonche==13.1.1",
        probe="from saxonche import PySaxonProcessor; PySaxonProcessor(license=False)",
    ),
)
