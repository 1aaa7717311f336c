from __future__ import annotations

from datetime import date

import pytest

from engine.laws import Law, Laws

LAWS = Laws(
    [
        Law("old", "中华人民共和国甲法", ("甲法",), "旧", "法律", date(1996, 10, 1), date(2021, 7, 14)),
        Law("new", "中华人民共和国甲法", ("甲法",), "新", "法律", date(2021, 7, 15), None),
        Law("gone", "乙办法", (), "部令1号", "部门规章", date(2010, 3, 1), date(2023, 6, 30)),
        Law("guide", "指导意见", (), "国办发〔2018〕118号", "规范性文件", date(2018, 12, 5), None),
        Law("vague", "丙办法", (), "丙", "部门规章", date(2010, 1, 1), date(2020, 1, 1), is_sure=False),
    ]
)


@pytest.mark.parametrize(
    ("citation", "day", "expected"),
    [
        ("《中华人民共和国甲法》第五条", date(2021, 7, 14), True),
        ("甲法第五条第一款", date(2024, 1, 1), True),
        ("《乙办法》第一条", date(2023, 6, 30), True),
        ("《乙办法》第一条", date(2023, 7, 1), False),
        ("《乙办法》第一条", date(2009, 1, 1), None),
        ("国办发〔2018〕118号二（六）", date(2019, 1, 1), True),
        ("国办发[2018]118号", date(2019, 1, 1), True),
        ("《甲法（2021年修订）》第五条", date(2024, 1, 1), True),
        ("《甲法(2023年修正)》第五条", date(2024, 1, 1), True),
        ("《甲法》（2017年修正）第五条", date(2020, 1, 1), True),
        ("《甲法（2017年修正）》第五条", date(2024, 1, 1), None),
        ("《甲法（2021年修订）》第五条", date(2021, 7, 1), None),
        ("《乙办法（2020年修正）》第一条", date(2024, 1, 1), False),
        ("《丙办法》第一条", date(2021, 1, 1), None),
        ("《丁条例》第一条", date(2021, 1, 1), None),
    ],
)
def test_a_citation_is_in_force_or_not_or_nobody_knows(
    citation: str, day: date, expected: bool | None
) -> None:
    assert LAWS.in_force(citation, day.toordinal()) is expected


def test_a_law_is_found_by_any_of_its_names_and_told_once() -> None:
    for name in ("甲法", "中华人民共和国甲法", "《甲法》"):
        assert [law.id for law in LAWS.named(name)] == ["new", "old"]
