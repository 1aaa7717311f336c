from __future__ import annotations

import json
from datetime import date
from typing import Any

AS_OF = date(2024, 12, 31)
RULES = ("decision-published", "coercion-decision-published")
"""One that binds the cases below, and one that does not."""
LATE: dict[str, Any] = {
    "number": "甲〔2024〕1号",
    "kind": "行政处罚",
    "procedure": "普通程序",
    "field": "农业",
    "region": "示例省",
    "agency": {"name": "示例县农业农村局"},
    "parties": [{"name": "示例种业有限公司", "kind": "法人"}],
    "facts": {"办案状态": "已结"},
    "acts": [
        {"id": "D", "kind": "执法决定", "starts": "2024-04-30", "facts": {"决定类型": "行政处罚"}},
        {"id": "P", "kind": "公示", "starts": "2024-05-14"},
    ],
}
KEPT: dict[str, Any] = {
    **LATE,
    "number": "甲〔2024〕2号",
    "acts": [LATE["acts"][0], {**LATE["acts"][1], "starts": "2024-05-13"}],
}


def written(case: dict[str, Any]) -> bytes:
    return json.dumps(case, ensure_ascii=False).encode()
