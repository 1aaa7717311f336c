from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefiles.names import normalised, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例商贸（武汉）有限公司", "示例商贸(武汉)有限公司"),
        ("示例 商贸有限公司", "示例商贸有限公司"),
        ("ＡＢＣ公司", "abc公司"),
        ("示〔2024〕1号", "示[2024]1号"),
        ("示﹝2024﹞1号", "示【2024】1号"),
    ],
)
def test_width_brackets_and_spaces_make_no_difference(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("示例商贸有限公司", "示例商贸有限责任公司"), ("①号", "1号"), ("㈠组", "(一)组"), ("〇", "O")],
)
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert not same_name(one, other)


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)
