"""A small vocabulary, a small profile and ways to read with them; all that the tests here share."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from adapters.results import Reading, Unreadable
from adapters.tables.profile import Profile, ProfileError, read_profile
from adapters.tables.reading import read_table
from casefiles.model import CaseFile
from casefiles.terms import Vocabulary, read_vocabulary

SHARED = Path(__file__).parents[3].parent / "shared" / "data"

WORDS = """
head:
  kinds: {行政处罚: [处罚], 行政许可: []}
  procedures: {普通程序: [一般程序], 简易程序: []}
  fields: {市场监管: [市监], 证券期货: []}
  party_kinds: {公民: [自然人], 法人: [公司]}
  levels: {市: [市级], 县: []}
  roles: {主办: []}
  case_facts: [涉案金额, 疑难复杂]
  party_facts: [住所]
  person_facts: []
  agency_facts: []
acts:
  立案: {facts: [文号]}
  听证: {facts: [要求听证]}
  执法决定:
    synonyms: [处罚决定]
    facts: [文号, 罚款金额, 处罚种类, 处罚幅度, 含责令改正, 拘留天数, 生效日期, 缴款期限]
  公示: {facts: [网址]}
facts:
  涉案金额: {type: amount}
  疑难复杂: {type: flag}
  住所: {type: text}
  文号: {type: text}
  网址: {type: text}
  要求听证: {type: flag}
  罚款金额: {type: amount}
  处罚种类: {type: list, values: [警告, 罚款]}
  处罚幅度: {type: choice, values: [从轻, 一般, 从重]}
  含责令改正: {type: flag}
  拘留天数: {type: count}
  生效日期: {type: moment}
  缴款期限: {type: period}
"""

PROFILE = """\
id: sample
title: 样表
table: {format: separated}
nulls: ["", 无]
placeholders: [暂缺]
dates: [yyyy-MM-dd]
head:
  number: {column: 案号}
  kind: 行政处罚
  agency: {name: {column: 机关}}
parties:
  - name: {column: 当事人}
acts:
  - id: 决定
    kind: 执法决定
    starts: {column: 决定日期}
    facts:
      罚款金额: {column: 罚款, unit: 万元}
  - id: 公示
    kind: 公示
    when: {column: 公示日期}
    starts: {column: 公示日期}
    about: [决定]
provides: [执法决定, 公示]
"""
HEADER = ["案号", "机关", "当事人", "决定日期", "罚款", "公示日期"]
ROW = ["一号", "甲局", "乙公司", "2024-03-05", "0.2", "2024-03-08"]


@cache
def small_vocabulary() -> Vocabulary:
    with TemporaryDirectory() as folder:
        (Path(folder) / "words.yaml").write_text(WORDS, encoding="utf-8")
        return read_vocabulary(Path(folder))


def profile_of(text: str) -> Profile:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.yaml"
        path.write_text(text, encoding="utf-8")
        return read_profile(path, small_vocabulary())


def faults_of(text: str) -> list[str]:
    """The problems of a profile, each as ``line:column: text（advice）``."""
    try:
        profile_of(text)
    except ProfileError as error:
        return [
            f"{problem.line}:{problem.column}: {problem.text}（{problem.advice}）"
            for problem in error.problems
        ]
    return []


def changed(old: str, new: str, text: str = PROFILE) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def csv(*rows: Sequence[str], separator: str = ",", header: Sequence[str] = HEADER) -> bytes:
    return "".join(f"{separator.join(row)}\n" for row in (header, *rows)).encode()


def ndjson(*rows: Any) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def xlsx(*rows: Sequence[Any], header: Sequence[str] = HEADER, title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (header, *rows):
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes | Path, profile: str | Profile = PROFILE) -> list[Reading | Unreadable]:
    known = profile_of(profile) if isinstance(profile, str) else profile
    return list(read_table(data, "表", known, small_vocabulary()))


def only(results: Iterable[Reading | Unreadable]) -> Reading:
    (reading,) = results
    assert isinstance(reading, Reading), reading
    return reading


def case(data: bytes, profile: str = PROFILE) -> CaseFile:
    return only(read(data, profile)).case


def told(results: Iterable[Reading | Unreadable]) -> list[str]:
    """Case numbers of what was read, and problems of what was not."""
    return [
        one.case.number if isinstance(one, Reading) else "\n".join(map(str, one.problems)) for one in results
    ]
