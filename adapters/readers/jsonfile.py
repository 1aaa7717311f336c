"""Case files written as JSON: reading with a place for every problem, and writing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import NoReturn

import msgspec

from adapters.readers.filebytes import MOST_BYTES, demand_size
from adapters.readers.jsonfaults import MOST_DEPTH, Fault, faults, is_suspicious
from adapters.readers.jsonplaces import JsonPlaces
from adapters.readers.jsonquick import quick_case
from adapters.readers.lines import Lines
from adapters.readers.places import LaterPlaces, quick_reading, reading_of
from adapters.readers.textbytes import UndecodableError, decode
from adapters.results import Reading
from casefiles.mistakes import MOST_MISTAKES
from casefiles.model import CaseFile, encode_hook
from casefiles.plain import number_of
from casefiles.problems import CaseFileError, Problem
from casefiles.terms import Vocabulary
from casefiles.wordchecks import word_checks

MOST_VALUES = 500_000
"""How many values a text may hold; it bounds the memory that a hostile file can take."""

_SYNTAX = {
    "Expecting value": "此处应当有一个值",
    "Expecting ',' delimiter": "此处应当有逗号，或者结束括号",
    "Expecting ':' delimiter": "此处应当有冒号",
    "Expecting property name enclosed in double quotes": "此处应当是用英文双引号括起的键",
    "Illegal trailing comma before end of object": "最后一项之后多了逗号",
    "Illegal trailing comma before end of array": "最后一项之后多了逗号",
    "Unterminated string starting at": "文字没有结束引号",
    "Invalid control character at": "文字中不能直接换行，也不能有控制字符",
    "Invalid \\escape": "反斜杠之后的写法有误",
    "Invalid \\uXXXX escape": "\\u 之后应当是四位十六进制数",
    "Extra data": "案卷之后还有多余的内容",
}
_FULL_WIDTH = "，：“”｛｝［］‘’"


class _RefusedError(ValueError):
    """The parser met something that only a scan can place."""


def read_json(data: bytes, file: str, vocabulary: Vocabulary) -> Reading:
    """Return the case file of JSON bytes; *file* is how messages call it.

    Raises CaseFileError: one problem where the text is broken, all of them where the words are.
    """
    if len(data) <= MOST_VALUES or _has_few_values(data):
        checks = word_checks(vocabulary)
        case = quick_case(data, checks)
        if case is not None:
            return quick_reading(case, LaterPlaces(file, partial(_places, data, file)), checks)
    return read_json_exactly(data, file, vocabulary)


def _places(data: bytes, file: str) -> JsonPlaces:
    return JsonPlaces(data.decode(), file)


def _has_few_values(data: bytes) -> bool:
    return len(data) <= MOST_BYTES and data.count(b",") + data.count(b"[") <= MOST_VALUES


def read_json_exactly(data: bytes, file: str, vocabulary: Vocabulary) -> Reading:
    """Do the same as ``read_json`` by the one way that can tell what is wrong, and where."""
    demand_size(len(data), file)
    try:
        decoded = decode(data)
    except UndecodableError as error:
        raise error.in_file(file) from error
    plain = _parse(decoded.text, file)
    advice = "建议另存为 UTF-8"
    warnings = [Problem(file, None, None, decoded.warning, advice)] if decoded.warning else []
    try:
        return reading_of(plain, JsonPlaces(decoded.text, file), vocabulary, warnings)
    except RecursionError:
        raise CaseFileError(_problems(decoded.text, faults(decoded.text), file)) from None


def write_json(case: CaseFile) -> bytes:
    """Return a case file as JSON: UTF-8, indented by two, what was not told left out."""
    return msgspec.json.format(msgspec.json.encode(case, enc_hook=encode_hook)) + b"\n"


def _parse(text: str, file: str) -> object:
    _demand_few_values(text, file)
    try:
        plain = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=number_of,
            parse_float=number_of,
            parse_constant=_refuse,
        )
    except json.JSONDecodeError as error:
        raise CaseFileError([_syntax_problem(text, error, file)]) from None
    except (ValueError, RecursionError):
        raise CaseFileError(_problems(text, faults(text), file)) from None
    if is_suspicious(text) and (found := list(faults(text))):
        raise CaseFileError(_problems(text, found, file))
    return plain


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        raise _RefusedError
    return plain


def _refuse(constant: str) -> NoReturn:
    raise _RefusedError(constant)


def _demand_few_values(text: str, file: str) -> None:
    if len(text) > MOST_VALUES and text.count(",") + text.count("[") > MOST_VALUES:
        message = f"文件中的值超过 {MOST_VALUES} 个"
        raise CaseFileError([Problem(file, None, None, message, "请确认这是一个案卷文件")])


def _problems(text: str, found: Iterable[Fault], file: str) -> list[Problem]:
    lines = Lines(text)
    problems = [
        Problem(file, *lines.at(fault.offset), fault.text, fault.advice)
        for fault, _ in zip(found, range(MOST_MISTAKES), strict=False)
    ]
    return problems or [Problem(file, None, None, "文件无法解析", f"请核对嵌套是否超过 {MOST_DEPTH} 层")]


def _syntax_problem(text: str, error: json.JSONDecodeError, file: str) -> Problem:
    if not text.strip():
        return Problem(file, None, None, "文件是空的", "请确认导出是否成功")
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
        return Problem(
            file, error.lineno, error.colno, "文件到此中断，内容不完整", "请重新导出或者复制这个文件"
        )
    message = _SYNTAX.get(error.msg.rstrip(": "), "此处不合 JSON 的写法")
    return Problem(file, error.lineno, error.colno, message, _syntax_advice(text, error.pos))


def _syntax_advice(text: str, offset: int) -> str:
    if text[offset] in _FULL_WIDTH:
        return f"此处是全角符号“{text[offset]}”，请改用英文半角符号"
    if text[offset] == "/":
        return "JSON 不能写注释，请删去"
    if text[offset] == "'":
        return "请改用英文双引号"
    return "请对照前后各项核对括号、引号和逗号"
