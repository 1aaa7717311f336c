from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.tables.writtendates import first_date_after, last_date, whole_date, written_dates

DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))
PLAIN_TEXT = st.text(
    st.sampled_from("决定书本局认为，。：（）〔〕第号罚款万元一二三十0123456789 \n"), max_size=60
)


def chinese_digits(number: int, zero: str) -> str:
    return "".join(f"{zero}一二三四五六七八九"[int(digit)] for digit in str(number))


def chinese_number(number: int) -> str:
    tens, units = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{' 一二三'[tens]}十" if tens < 4 else "")
    return head + ("" if units == 0 else "一二三四五六七八九"[units - 1])


def full_width(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def chinese(day: date, zero: str, gap: str = "") -> str:
    parts = [
        chinese_digits(day.year, zero),
        "年",
        chinese_number(day.month),
        "月",
        chinese_number(day.day),
        "日",
    ]
    return gap.join(parts)


STYLES: dict[str, Callable[[date], str]] = {
    "arabic": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "padded": lambda day: f"{day.year}年{day.month:02}月{day.day:02}日",
    "spaced": lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    "full width": lambda day: full_width(f"{day.year}年{day.month}月{day.day}日"),
    "ideographic spaces": lambda day: f"{day.year}\u3000年\u3000{day.month}\u3000月{day.day}\u3000日",
    "broken over lines": lambda day: f"{day.year}年{day.month}月\n{day.day}日",
    "spread": lambda day: " ".join(f"{day.year}年{day.month}月{day.day}日"),
    "号": lambda day: f"{day.year}年{day.month}月{day.day}号",
    "〇": lambda day: chinese(day, "〇"),
    "○": lambda day: chinese(day, "○"),
    "◯": lambda day: chinese(day, "◯"),
    "O": lambda day: chinese(day, "O"),
    "Ｏ": lambda day: chinese(day, "Ｏ"),
    "零": lambda day: chinese(day, "零"),
    "0": lambda day: chinese(day, "0"),
    "spaced Chinese": lambda day: chinese(day, "〇", " "),
    "digit by digit": lambda day: (
        f"{chinese_digits(day.year, '〇')}年{chinese_digits(day.month, '〇')}月"
        f"{chinese_digits(day.day, '〇')}日"
    ),
    "ISO": lambda day: day.isoformat(),
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
}


@pytest.mark.parametrize("style", STYLES)
@given(day=DAYS)
def test_every_day_is_found_again_in_every_style(style: str, day: date) -> None:
    written = STYLES[style](day)
    text = f"监管局 {written}（印章）"
    (found,) = written_dates(text)
    assert (found.moment.date, found.moment.minute) == (day, None)
    assert text[found.start : found.end] == written
    assert whole_date(written) == found.moment


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("二〇二四年三月廿一日", "2024-03-21"),
        ("二〇二四年五月卅日", "2024-05-30"),
        ("二〇二四年五月卅一日", "2024-05-31"),
        ("2024年元月5日", "2024-01-05"),
        ("２０２４－０３－０５", "2024-03-05"),
        ("2024年3月5日9时30分", "2024-03-05T09:30"),
        ("2024年3月5日9时5分", "2024-03-05T09:05"),
        ("2024-03-05T09:30:15", "2024-03-05T09:30"),
        ("2024/3/5 9:30", "2024-03-05T09:30"),
    ],
)
def test_less_usual_forms_are_read(written: str, expected: str) -> None:
    assert str(whole_date(written)) == expected


@pytest.mark.parametrize(
    "written",
    [
        "24年3月5日",
        "二四年三月五日",
        "2024年13月1日",
        "2024年0月1日",
        "2024年3月32日",
        "2024年2月30日",
        "2023年2月29日",
        "二〇二四年十三月一日",
        "二〇二四年三月三十二日",
        "二〇二四年三月十十日",
        "二〇二四年三月二廿日",
        "二〇二四年三月初五日",
        "12024年3月5日",
        "一二〇二四年三月五日",
        "1024年3月5日",
        "2924年3月5日",
        "平成元年3月5日",
        "2024年3月",
        "3月5日",
        "2024年3月5",
        "2024年113月1日",
        "20240305",
        "2024-3/5",
        "2024-03-05-01",
        "1.2024.3.5",
        "2024.3.5.1",
        "٢٠٢٤年٣月٥日",
        "",
    ],
)
def test_what_is_no_certain_date_is_passed_over(written: str) -> None:
    assert list(written_dates(written)) == []


@pytest.mark.parametrize("time", ["下午3时30分", "25时10分", "9时60分", "9时", " 1:2"])
def test_a_time_of_day_that_is_not_certain_leaves_the_day(time: str) -> None:
    (found,) = written_dates(f"2024年3月5日{time}")
    assert str(found.moment) == "2024-03-05"
    assert found.end == len("2024年3月5日")


@given(before=PLAIN_TEXT, day=DAYS, style=st.sampled_from(sorted(STYLES)))
def test_the_last_date_is_the_one_at_the_end(before: str, day: date, style: str) -> None:
    written = STYLES[style](day)
    found = last_date(f"{before}监管局{written}")
    assert found is not None
    assert found.moment.date == day


@given(st.text())
def test_no_text_makes_it_fail_and_spans_hold_in_the_text(text: str) -> None:
    for found in written_dates(text):
        assert whole_date(text[found.start : found.end]) == found.moment


def test_the_first_date_after_some_words_is_found_behind_them() -> None:
    text = "2020年1月1日立案，作出日期：2020年3月5日，送达日期：2020年3月9日"
    found = first_date_after(text, "作出日期")
    assert found is not None
    assert (str(found.moment), text[found.start : found.end]) == ("2020-03-05", "2020年3月5日")
    assert first_date_after(text, "没有的话") is None
    assert first_date_after(text, "2020年3月9日") is None


def test_a_text_without_a_date_has_no_last_date() -> None:
    assert last_date("没有日期") is None


def test_a_long_text_takes_no_long_time() -> None:
    text = "二〇二四年三月" * 20_000 + "2 " * 50_000 + "\n" * 50_000 + "2024年3月5日"
    found = last_date(text)
    assert found is not None
    assert found.end == len(text)
