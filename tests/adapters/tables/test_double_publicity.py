from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.results import Reading, Unreadable
from adapters.tables.profile import read_profile
from adapters.tables.reading import read_table
from casefiles.terms import Vocabulary
from tests.adapters.tables.samples import SHARED, ndjson, only

FOLDER = SHARED / "double-publicity"
real = pytest.mark.skipif(not FOLDER.exists(), reason="../shared/data/double-publicity is not here")

PENALTY = {
    "CF_WSH": "某罚〔2020〕1号",
    "CF_XDR_MC": "某某商贸有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_CFJG": "某局",
    "CF_CFLB": "警告;罚款",
    "CF_NR_FK": 0.35,
    "CF_JDRQ": "2020/05/06",
}
LICENCE = {
    "XK_WSH": "某许〔2020〕1号",
    "XK_XDR_MC": "某某合作社",
    "XK_XKJG": "某局",
    "XK_JDRQ": "2020-05-06",
    "XK_YXQZ": "2020-05-06",
    "XK_YXQZI": "2099-12-31",
}


def read(name: str, data: bytes, vocabulary: Vocabulary) -> list[Reading | Unreadable]:
    return list(read_table(data, "表", read_profile(name, vocabulary), vocabulary))


def penalty(vocabulary: Vocabulary, **changes: Any) -> Reading | Unreadable:
    (result,) = read("double-publicity-penalty", ndjson({**PENALTY, **changes}), vocabulary)
    return result


def licence(vocabulary: Vocabulary, **changes: Any) -> Reading | Unreadable:
    (result,) = read("double-publicity-licence", ndjson({**LICENCE, **changes}), vocabulary)
    return result


@real
def test_the_real_penalty_is_read(vocabulary: Vocabulary) -> None:
    data = (FOLDER / "CF_row_shuangyashan_2019.json").read_bytes()
    reading = only(read("double-publicity-penalty", data, vocabulary))
    case = reading.case
    assert (case.number, case.agency.name, case.agency.uscc) == (
        "市场【2019】1号",
        "双鸭山市公安局",
        "11230500001755309F",
    )
    (party,) = case.parties
    assert (party.name, party.kind, party.uscc) == (
        "双鸭山智慧城市运营有限公司",
        "法人",
        "91230500MA1B3N1N2M",
    )
    (act,) = case.acts
    assert (act.kind, str(act.starts)) == ("执法决定", "2019-10-10")
    assert (act.facts["罚款金额"], act.facts["处罚种类"]) == (2000, ["罚款"])
    place = reading.locate(("acts", 0, "facts", "罚款金额"))
    assert (place.pointer, place.quote) == ("第1行/rows/0/CF_NR_FK", "0.2")


@real
def test_the_real_row_says_the_same_as_a_line_of_its_own(vocabulary: Vocabulary) -> None:
    data = (FOLDER / "CF_row_shuangyashan_2019.json").read_bytes()
    (row,) = json.loads(data)["rows"]
    name = "double-publicity-penalty"
    assert only(read(name, ndjson(row), vocabulary)).case == only(read(name, data, vocabulary)).case


@real
def test_the_real_licence_is_read_with_a_warning_of_its_code_of_zeros(vocabulary: Vocabulary) -> None:
    data = (FOLDER / "XK_row_shuangyashan_2019.json").read_bytes()
    reading = only(read("double-publicity-licence", data, vocabulary))
    (act,) = reading.case.acts
    assert (reading.case.kind, str(act.starts)) == ("行政许可", "2019-09-01")
    assert (act.facts["许可有效期起"], act.facts["许可有效期止"]) == ("2019-09-05", "2020-09-22")
    assert reading.case.agency.uscc is None
    assert [str(warning) for warning in reading.warnings] == [
        "表:1:275: 第1行/rows/0“XK_XKJGDM”“00000000000000000X”是占位文字，按未填写处理"
        "（核对来源，补录实际内容）"
    ]


@pytest.mark.parametrize("name", ["double-publicity-penalty", "double-publicity-licence"])
def test_the_exchange_claims_nothing_of_publication_and_review(name: str, vocabulary: Vocabulary) -> None:
    provides = read_profile(name, vocabulary).provides
    assert {entry.partition(".")[0] for entry in provides} == {"执法决定", "案卷"}


def test_ten_thousands_and_joined_kinds(vocabulary: Vocabulary) -> None:
    facts = only([penalty(vocabulary)]).case.acts[0].facts
    assert (facts["罚款金额"], facts["处罚种类"]) == (3500, ["警告", "罚款"])


def test_a_category_that_joins_two_kinds_leaves_the_kind_open(vocabulary: Vocabulary) -> None:
    reading = only([penalty(vocabulary, CF_CFLB="罚款;没收违法所得、没收非法财物")])
    assert "处罚种类" not in reading.case.acts[0].facts


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"CF_CFLB": "罚金"}, "第1行“CF_CFLB”“罚金”不在代码表中"),
        ({"CF_XDR_LB": "企业"}, "第1行“CF_XDR_LB”“企业”不在代码表中"),
        ({"CF_JDRQ": "2020-02-30"}, "第1行“CF_JDRQ”“2020-02-30”不是日期"),
        ({"CF_JDRQ": None}, "第1行“CF_JDRQ”没有取到内容"),
        ({"CF_NR_FK": "0.35元"}, "第1行“CF_NR_FK”“0.35元”的单位与格式文件所写的万元不一致"),
        ({"CF_WSH": "--"}, "第1行没有案号"),
    ],
)
def test_bad_codes_and_values_are_told(changes: dict[str, Any], text: str, vocabulary: Vocabulary) -> None:
    result = penalty(vocabulary, **changes)
    assert isinstance(result, Unreadable)
    assert [problem.text for problem in result.problems] == [text]


@pytest.mark.parametrize(
    ("name", "category", "kind"),
    [
        ("张三", "自然人", "公民"),
        ("某某商店", "个体工商户", "个体工商户"),
        ("某某公司", "法人及非法人组织", "法人"),
        ("某某公司某分公司", "法人及非法人组织", "其他组织"),
        ("某某（有限合伙）", None, "其他组织"),
        ("某某中心", "法人及非法人组织", None),
    ],
)
def test_the_kind_of_a_party_is_told_by_its_category_or_its_name(
    name: str, category: str | None, kind: str | None, vocabulary: Vocabulary
) -> None:
    reading = only([penalty(vocabulary, CF_XDR_MC=name, CF_XDR_LB=category)])
    assert reading.case.parties[0].kind == kind


def test_a_licence_to_the_end_of_2099_has_no_end(vocabulary: Vocabulary) -> None:
    assert only([licence(vocabulary)]).case.acts[0].facts == {
        "文号": "某许〔2020〕1号",
        "许可有效期起": "2020-05-06",
    }


def test_odd_codes_are_warnings(vocabulary: Vocabulary) -> None:
    reading = only([licence(vocabulary, XK_XDR_SHXYM="91230500MA1B3N1N2A")])
    (warning,) = reading.warnings
    assert warning.text.startswith("XK_XDR_SHXYM：统一社会信用代码“91230500MA1B3N1N2A”")
