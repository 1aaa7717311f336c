"""From plain data (dictionaries, lists, texts, numbers) to a case file, with every misfit by path.

The happy path is one call into msgspec. Only where that refuses, the plain data are walked along
the forms of the records to tell everything that is wrong, and where.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from casefiles.forms import CASE_FORM, Form, Holds, Slot
from casefiles.mistakes import MOST_MISTAKES, Mistake, did_you_mean, shortened
from casefiles.model import CaseFile, Path, decode_hook
from casefiles.moments import parse_moment

MOST_DIGITS = 15
"""Significant digits that a number may have, so that a float holds it exactly as written."""

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text may hold, because XML knows no way to write them."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
MOMENT_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?"
"""How a moment is written, as a regular expression that every dialect understands."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*", re.DOTALL)
MOMENT_ADVICE = "写作 2024-03-05 或者 2024-03-05T09:30"


class MisfitError(ValueError):
    """Plain data are no case file; ``mistakes`` tells why, with at least one entry.

    There is at most one more than ``MOST_MISTAKES``.
    """

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(mistake.text for mistake in mistakes))


def case_of(plain: object) -> CaseFile:
    """Return the case file that plain data describe; raises MisfitError."""
    try:
        return msgspec.convert(plain, CaseFile, dec_hook=decode_hook)
    except msgspec.ValidationError as error:
        raise MisfitError(tuple(islice(misfits(plain), MOST_MISTAKES + 1))) from error


def number_of(text: str) -> int | float:
    """Return the number that a text writes in the manner of JSON.

    Raises ValueError, in Chinese, for anything else and where a float could not hold it exactly.
    """
    if len(text) > 4 * MOST_DIGITS:
        raise ValueError("数字过长")
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError("不是数字")
    mantissa = re.split("[eE]", text)[0].replace(".", "").lstrip("-0")
    if len(mantissa) > MOST_DIGITS:
        raise ValueError(f"数字超过 {MOST_DIGITS} 位")
    number = float(text) if found[1] or found[2] else int(text)
    if not _is_of_this_world(number, bool(mantissa)):
        raise ValueError("数字过大或者过小")
    return number


def _is_of_this_world(number: float, has_digits: bool) -> bool:
    if not has_digits:
        return number == 0
    return math.isfinite(number) and 10**-MOST_DIGITS <= abs(number) < 10**MOST_DIGITS


def moment_mistake(text: str) -> tuple[str, str] | None:
    """Return what is wrong with the text of a moment and what to do, or ``None`` if nothing is."""
    try:
        parse_moment(text)
    except ValueError:
        if _DAY.fullmatch(text):
            return f"“{shortened(text)}”不是存在的日期或者时刻", MOMENT_ADVICE
        return f"“{shortened(text)}”不是规定的日期写法", MOMENT_ADVICE
    return None


def misfits(plain: object) -> Iterator[Mistake]:
    """Yield every place where plain data do not fit the model, in the order of the data."""
    return _record_misfits(plain, CASE_FORM, ())


def _record_misfits(plain: object, form: Form, path: Path) -> Iterator[Mistake]:
    if not isinstance(plain, dict):
        yield _wrong_type(path, form.caption, "一组键值 {…}", plain)
        return
    for slot in form.slots.values():
        if slot.required and slot.name not in plain:
            yield Mistake(path, f"{form.caption}缺少必填项 {slot.name}（{slot.caption}）", "请补上这一项")
    for name, value in plain.items():
        if name in form.slots:
            yield from _slot_misfits(value, form.slots[name], (*path, name))
        else:
            yield Mistake(
                (*path, name),
                f"{form.caption}没有“{shortened(name)}”这一项",
                did_you_mean(name, form.slots),
                at_name=True,
            )


def _slot_misfits(value: object, slot: Slot, path: Path) -> Iterator[Mistake]:
    if value is None and slot.nullable:
        return
    what = f"{slot.name}（{slot.caption}）"
    match slot.holds:
        case Holds.TEXT:
            yield from _text_misfits(value, what, path)
        case Holds.MOMENT:
            yield from _moment_misfits(value, what, path)
        case Holds.RECORD:
            assert slot.form is not None
            yield from _record_misfits(value, slot.form, path)
        case Holds.FACTS:
            yield from _facts_misfits(value, what, path)
        case _:
            yield from _list_misfits(value, slot, what, path)


def _text_misfits(value: object, what: str, path: Path) -> Iterator[Mistake]:
    if not isinstance(value, str):
        yield _wrong_type(path, what, "文字", value)


def _moment_misfits(value: object, what: str, path: Path) -> Iterator[Mistake]:
    if not isinstance(value, str):
        yield _wrong_type(path, what, "日期的文字", value)
    elif wrong := moment_mistake(value):
        yield Mistake(path, f"{what}{wrong[0]}", wrong[1])


def _list_misfits(value: object, slot: Slot, what: str, path: Path) -> Iterator[Mistake]:
    if not isinstance(value, list):
        yield _wrong_type(path, what, "列表 […]", value)
        return
    for index, item in enumerate(value):
        if slot.form is not None:
            yield from _record_misfits(item, slot.form, (*path, index))
        else:
            yield from _text_misfits(item, f"{what}的第 {index + 1} 项", (*path, index))


def _facts_misfits(value: object, what: str, path: Path) -> Iterator[Mistake]:
    if not isinstance(value, dict):
        yield _wrong_type(path, what, "一组键值 {…}", value)
        return
    for name, fact in value.items():
        if isinstance(fact, list):
            for index, item in enumerate(fact):
                yield from _text_misfits(item, f"“{name}”的第 {index + 1} 项", (*path, name, index))
        elif not isinstance(fact, bool | int | float | str):
            yield _wrong_type((*path, name), f"“{name}”", "文字、数字、true/false 或者列表", fact)


def _wrong_type(path: Path, what: str, wanted: str, value: object) -> Mistake:
    if value is None:
        return Mistake(path, f"{what}不能是 null", "不知道的内容，整项不写即可")
    return Mistake(path, f"{what}应当是{wanted}，实际是{_kind_of(value)}", f"请改为{wanted}")


def _kind_of(value: object) -> str:
    names: dict[type, str] = {
        dict: "一组键值",
        list: "列表",
        str: "文字",
        bool: "true/false",
        int: "数字",
        float: "数字",
    }
    return names.get(type(value), "其他内容")
