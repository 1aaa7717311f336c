from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml

from casefiles.terms import Vocabulary
from engine.rulebook import Rulebook
from inspection.made.damage import WAYS
from inspection.made.defects import FOLDER, Defect, When, defect_from, defects
from inspection.made.penalty import penalty_file
from inspection.made.setting import REGIONS
from inspection.made.summary import summary_file

FIELDS = (
    "市场监管", "农业", "交通运输", "住房城乡建设", "医疗保障", "民政", "自然资源", "生态环境", "卫生健康",
    "旅游", "文物", "财政",
)  # fmt: skip
PENALTIES = tuple(
    defect_from(one)
    for part in ("penalty", "summary")
    for one in yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
)


def _file(**said: Any) -> dict[str, Any]:
    """A file of which a condition asks."""
    return {
        "kind": "行政处罚",
        "field": "农业",
        "region": "四川",
        "procedure": "普通程序",
        "parties": [{"kind": "公民"}],
        "facts": {"情节复杂": True},
        "acts": [
            {"id": "a1", "kind": "立案", "starts": "2022-01-31T10:30", "facts": {}},
            {
                "id": "a2",
                "kind": "执法决定",
                "starts": "2022-03-01",
                "facts": {"罚款金额": 5000, "处罚种类": ["罚款"]},
            },
        ],
    } | said


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        (When(), True),
        (When(kinds=("行政许可",)), False),
        (When(fields=("农业", "民政")), True),
        (When(fields=("民政",)), False),
        (When(not_fields=("农业",)), False),
        (When(regions=("四川",), not_regions=("贵州",)), True),
        (When(not_regions=("四川",)), False),
        (When(procedures=("简易程序",)), False),
        (When(parties=("法人",)), False),
        (When(not_parties=("公民",)), False),
        (When(with_=("立案",), without=("听证",)), True),
        (When(with_=("立案", "听证")), False),
        (When(without=("立案",)), False),
        (When(where={"情节复杂": True}), True),
        (When(unless={"情节复杂": True}), False),
        (When(unless={"情节复杂": True, "重大违法": True}), True),
        (When(of="执法决定", where={"罚款金额": {"at_least": 5000}}), True),
        (When(of="执法决定", where={"罚款金额": {"at_least": 5001}}), False),
        (When(of="执法决定", where={"没收违法所得": {"at_least": 1}}), False),
        (When(of="执法决定", where={"罚款金额": [50, 5000]}), True),
        (When(of="执法决定", where={"处罚种类": "罚款"}), True),
        (When(of="听证", where={"公开举行": True}), False),
    ],
)
def test_a_condition_holds_of_some_files(when: When, holds: bool) -> None:
    assert when.holds(_file()) is holds


def test_a_file_may_be_without_a_party() -> None:
    file = _file()
    del file["parties"]
    assert When(not_parties=("法人",)).holds(file)
    assert not When(parties=("法人",)).holds(file)


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ({"since": "2022-03-01"}, True),
        ({"since": "2022-03-02"}, False),
        ({"until": "2022-03-01"}, True),
        ({"until": "2022-02-28"}, False),
        ({"since": "2022-02-01", "day": "立案"}, False),
        ({"since": "2022-01-31", "until": "2022-01-31", "day": "立案"}, True),
        ({"since": "2022-01-31", "day": "听证"}, False),
        ({"fields_since": {"农业": "2022-03-01", "民政": "2030-01-01"}}, True),
        ({"fields_since": {"农业": "2022-03-02"}}, False),
        ({"fields_since": {"民政": "2020-01-01"}}, False),
        ({"fields_since": {"农业": "2022-01-01"}, "day": "立案", "until": "2022-01-30"}, False),
    ],
)
def test_a_condition_asks_for_the_day_of_an_act(said: dict[str, Any], holds: bool) -> None:
    plain = {"name": "某错误", "do": [], "breaks": {}, "into": said}
    assert defect_from(plain).into.holds(_file()) is holds


def test_a_defect_breaks_a_rule_where_one_of_its_conditions_holds() -> None:
    plain = {
        "name": "某错误",
        "do": [],
        "breaks": {
            "always": None,
            "one": {"fields": ["农业"]},
            "either": [{"fields": ["民政"]}, {"regions": ["四川"]}],
            "neither": [{"fields": ["民政"]}, {"regions": ["贵州"]}],
        },
    }
    assert defect_from(plain).broken(_file()) == {"always", "one", "either"}


def test_a_defect_is_planted_in_a_copy() -> None:
    plain = {"name": "未立案", "do": [{"put_head": {"facts": {"情节复杂": False}}}], "breaks": {}}
    file = _file()
    assert defect_from(plain).planted(file) == _file(facts={"情节复杂": False})
    assert file == _file()


@pytest.mark.parametrize(
    "more",
    [
        {"into": {"fields": ["民政"]}},
        {
            "do": [
                {"put_head": {"facts": {"情节复杂": False}}},
                {"put": {"act": "听证", "facts": {"新事实": True}}},
            ]
        },
    ],
)
def test_a_defect_without_a_place_is_not_planted(more: dict[str, Any]) -> None:
    plain = {"name": "某错误", "do": [{"put_head": {"facts": {"情节复杂": False}}}], "breaks": {}}
    assert defect_from(plain | more).planted(_file()) is None


def test_every_defect_has_a_name_of_its_own() -> None:
    assert [name for name, times in Counter(one.name for one in defects()).items() if times > 1] == []


def test_every_defect_breaks_rules_that_there_are(rulebook: Rulebook) -> None:
    known = {rule.id for rule in rulebook.rules}
    assert [one.name for one in defects() if not one.breaks] == []
    assert sorted({rule for one in defects() for rule in one.breaks} - known) == []


def test_every_step_is_one_way() -> None:
    assert [one.name for one in defects() if any(len(step) != 1 for step in one.do)] == []
    assert {way for one in defects() for step in one.do for way in step} <= set(WAYS)


def test_every_condition_names_fields_and_regions_that_there_are(vocabulary: Vocabulary) -> None:
    whens = [when for one in defects() for whens in (*one.breaks.values(), (one.into,)) for when in whens]
    named = {field for when in whens for field in (*when.fields, *when.not_fields, *when.fields_since)}
    assert named <= set(vocabulary.heads["fields"])
    assert {region for when in whens for region in (*when.regions, *when.not_regions)} <= set(REGIONS)


def test_penalty_defects_are_many_and_break_many_rules() -> None:
    assert len(PENALTIES) >= 130
    assert len({rule for one in PENALTIES for rule in one.breaks}) >= 250


@pytest.fixture(scope="module")
def files(maker: Any) -> list[dict[str, Any]]:
    return [
        maker.made(story, f"defect-{field}-{number}", field=field)
        for field in FIELDS
        for story, most in ((penalty_file, 60), (summary_file, 20))
        for number in range(most)
    ]


def test_every_penalty_defect_can_be_planted_where_it_breaks_something(files: list[dict[str, Any]]) -> None:
    def has_a_place(one: Defect) -> bool:
        return any(one.broken(file) and one.planted(file) for file in files)

    assert [one.name for one in PENALTIES if not has_a_place(one)] == []


@pytest.mark.parametrize("defect", PENALTIES, ids=lambda one: one.name)
def test_a_file_with_a_defect_is_read_and_breaks_the_rules_it_names(
    maker: Any, files: list[dict[str, Any]], defect: Defect
) -> None:
    """Of the files with a place the first in which the defect breaks something is looked at."""
    file = next(file for file in files if defect.broken(file) and defect.planted(file))
    assert {fault.split(" ")[0] for fault in maker.faults(defect.planted(file))} == defect.broken(file)
