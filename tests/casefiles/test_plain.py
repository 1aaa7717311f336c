from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefiles.forms import CASE_FORM, Form, Holds, Slot
from casefiles.model import Act, CaseFile
from casefiles.plain import MisfitError, case_of, misfits, moment_mistake, number_of

WHOLE: dict[str, object] = {"number": "1", "kind": "行政处罚", "agency": {"name": "甲"}}


def test_plain_data_become_a_case_file() -> None:
    case = case_of({**WHOLE, "acts": [{"id": "a", "kind": "立案", "starts": "2024-03-05"}]})
    assert [str(act.starts) for act in case.acts] == ["2024-03-05"]


def told(plain: object) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(MisfitError) as caught:
        case_of(plain)
    return [(mistake.path, mistake.text) for mistake in caught.value.mistakes]


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    acts = [{"id": 1, "knd": "立案"}, {"id": "b", "kind": "立案", "by": [{"role": "甲"}]}]
    assert told({**WHOLE, "acts": acts, "provides": ["立案", None]}) == [
        (("acts", 0), "环节缺少必填项 kind（环节名称，见词表）"),
        (("acts", 0, "id"), "id（标识，在本案卷内不重复）应当是文字，实际是数字"),
        (("acts", 0, "knd"), "环节没有“knd”这一项"),
        (("acts", 1, "by", 0), "参与人缺少必填项 person（人员的 id）"),
        (
            ("provides", 1),
            "provides（来源能够提供的环节与事项；不写表示完整案卷，"
            "所列之外的缺失不作判断）的第 2 项不能是 null",
        ),
    ]


def test_a_null_stands_only_where_leaving_out_means_something() -> None:
    assert case_of({**WHOLE, "cause": None, "provides": None}).provides is None
    assert told({**WHOLE, "acts": None}) == [(("acts",), "acts（环节：案件中发生的每一件事）不能是 null")]


def _plain(form: Form) -> st.SearchStrategy[object]:
    fields = {slot.name: _slot(slot) for slot in form.slots.values()}
    required = {name: made for name, made in fields.items() if form.slots[name].required}
    others = {name: made for name, made in fields.items() if name not in required}
    whole: st.SearchStrategy[object] = st.fixed_dictionaries(required, optional=others)
    unknown = st.fixed_dictionaries(required, optional={"x": st.none()})
    return whole | unknown | st.fixed_dictionaries({}, optional=fields) | JUNK


def _slot(slot: Slot) -> st.SearchStrategy[object]:
    texts = st.sampled_from(["甲", "2024-03-05", "2024-02-30"])
    if slot.form is not None:
        inner = _plain(slot.form)
        return inner if slot.holds is Holds.RECORD else st.lists(inner, max_size=2)
    if slot.holds is Holds.TEXTS:
        return st.lists(texts | JUNK, max_size=2)
    if slot.holds is Holds.FACTS:
        return st.dictionaries(texts, texts | JUNK | st.lists(texts | JUNK, max_size=2), max_size=2)
    return texts | JUNK


JUNK: st.SearchStrategy[object] = st.sampled_from([None, True, 0, 1.5, "甲", [], {}])


@settings(max_examples=500, deadline=None)
@given(_plain(CASE_FORM))
def test_misfits_are_told_exactly_where_the_decoder_refuses(plain: object) -> None:
    found = list(misfits(plain))
    try:
        case_of(plain)
    except MisfitError as error:
        assert found == list(error.mistakes)
        assert found
    else:
        assert found == []


def test_forms_mirror_the_model() -> None:
    assert set(CASE_FORM.slots) == set(CaseFile.__struct_fields__)
    acts = CASE_FORM.slots["acts"].form
    assert acts is not None
    assert set(acts.slots) == {field.name for field in msgspec.structs.fields(Act)}
    assert set(acts.attributes) == {"id", "kind", "starts", "ends"}
    assert set(acts.children) == {"about", "by", "fact"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-5", -5),
        ("5000", 5000),
        ("5000.50", 5000.5),
        ("999999999999999", 999999999999999),
        ("0.000000000000001", 1e-15),
        ("1e3", 1000.0),
        ("0e99", 0.0),
        ("1.50e-3", 0.0015),
    ],
)
def test_numbers_are_read_as_written(text: str, number: float) -> None:
    assert number_of(text) == number
    assert type(number_of(text)) is type(number)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "不是数字"),
        ("5,000", "不是数字"),
        ("５０００", "不是数字"),
        ("05", "不是数字"),
        ("+5", "不是数字"),
        ("1_000", "不是数字"),
        (".5", "不是数字"),
        ("NaN", "不是数字"),
        ("1234567890123456", "超过 15 位"),
        ("1000000000000000", "超过 15 位"),
        ("0.1234567890123456", "超过 15 位"),
        ("1e15", "过大或者过小"),
        ("1e-400", "过大或者过小"),
        ("1e400", "过大或者过小"),
        ("9" * 5000, "数字过长"),
    ],
)
def test_what_a_float_does_not_hold_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        number_of(text)


@given(st.decimals(0, 10**9, places=4))
def test_a_number_is_written_back_as_it_was_read(amount: object) -> None:
    number = number_of(str(amount))
    assert math.isclose(float(str(amount)), number, rel_tol=0)
    assert number_of(repr(number)) == number


def test_moments_are_told_apart_from_days_that_are_none() -> None:
    assert moment_mistake("2024-02-29T23:59") is None
    assert moment_mistake("2023-02-29") == (
        "“2023-02-29”不是存在的日期或者时刻",
        "写作 2024-03-05 或者 2024-03-05T09:30",
    )
    assert (moment_mistake("2024/2/3") or ("",))[0] == "“2024/2/3”不是规定的日期写法"
