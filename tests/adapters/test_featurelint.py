from __future__ import annotations

from pathlib import Path

import pytest

from adapters.featurelint import feature_problems, lint_feature
from engine.rulebook import FOLDER, read_rulebook

GOOD = """\
# language: zh-CN
功能: 公示

  场景: 按期公示的合规
    假如 2024-04-30有“执法决定”
    当 于2024-12-31检查
    那么 结论为“合规”

  场景: 逾期公示的不合规
    假如 2024-04-30有“执法决定”
    当 于2024-12-31检查
    那么 结论为“不合规”
"""


def test_a_good_feature_has_no_problem() -> None:
    assert lint_feature(GOOD, "f.feature") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("# language: zh-CN\n", "", "f.feature:1:1: 第一行不是语言声明（写上 # language: zh-CN）"),
        (
            "逾期公示的不合规",
            "按期公示的合规",
            "f.feature:9:1: 场景重名“按期公示的合规”，前一个会被悄悄丢掉（与第 4 行区别开）",
        ),
        (
            "    假如 2024-04-30有“执法决定”\n    当 于2024-12-31检查\n    那么 结论为“合规”\n",
            "    当事人没有申辩\n    当 于2024-12-31检查\n    那么 结论为“合规”\n",
            "f.feature:5:5: “当事人”开头会被读成“当”加“事人”（写成“假如 当事人…”）",
        ),
        (
            "    假如 2024-04-30有“执法决定”\n    当 于2024-12-31检查\n    那么 结论为“合规”\n",
            "",
            "f.feature:4:1: 场景没有步骤，会被当作通过（写出步骤或者删除）",
        ),
        ("    那么 结论为“不合规”\n", "", "f.feature:9:1: 场景缺少“当”或者“那么”（写出检查和结论）"),
        (
            "    那么 结论为“不合规”\n",
            "    那么 说明含“逾期”\n",
            "f.feature:9:1: 场景没有写结论，规则不起作用时可能照样通过（加一句 那么 结论为“…”）",
        ),
        (
            "    那么 结论为“不合规”\n",
            "    # 结论为“不合规”\n    那么 结论为“合规”\n",
            "f.feature:1:1: 没有“不合规”的例子（补一个场景）",
        ),
        ("结论为“不合规”", "结论为“合规”", "f.feature:1:1: 没有“不合规”的例子（补一个场景）"),
        ("场景: 逾期", "场景： 逾期", "f.feature:9:1: 关键词后的冒号须为半角（写成“场景: ”）"),
        (
            "    假如 2024-04-30有“执法决定”\n    当 于",
            "    而且 2024-04-30有“执法决定”\n    当 于",
            "f.feature:5:5: 场景不能以“而且”开头（改为“假如”）",
        ),
        ("有“执法决定”", '有"执法决定"', "f.feature:5:19: 句子里的引号须为全角（写成“…”）"),
    ],
)
def test_what_would_be_swallowed_is_told(old: str, new: str, expected: str) -> None:
    text = GOOD.replace(old, new, 1) if "结论为“不合规”" not in old else GOOD.replace(old, new)
    assert text != GOOD
    assert expected in [str(problem) for problem in lint_feature(text, "f.feature")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD.encode("gb18030"), "features/f.feature:2:1: 不是 UTF-8 编码（另存为 UTF-8）"),
        (
            GOOD.encode("utf-8-sig"),
            "features/f.feature:1:1: 文件开头有 BOM，场景会读不出来（另存为 UTF-8，不带 BOM）",
        ),
    ],
)
def test_a_feature_in_another_encoding_is_told(tmp_path: Path, data: bytes, expected: str) -> None:
    folder = tmp_path / "features"
    folder.mkdir()
    (folder / "f.feature").write_bytes(data)
    found = feature_problems(read_rulebook(FOLDER).only([]), folder)
    assert expected in [str(problem) for problem in found]
