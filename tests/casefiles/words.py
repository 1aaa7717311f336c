"""A small vocabulary of its own, so that these tests say what they need."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from casefiles.terms import Vocabulary, read_vocabulary

_WORDS = """
head:
  kinds: {行政处罚: [处罚], 行政许可: []}
  procedures: [普通程序, 简易程序]
  fields: {市场监管: [市监], 交通运输: []}
  party_kinds: [公民, 法人]
  levels: [省, 市, 县]
  roles: {执法人员: [办案人员], 审核人: []}
  case_facts: [重大公共利益, 涉案金额]
  party_facts: [未成年人]
  person_facts: [执法资格]
  agency_facts: [审核人员数]
  documents: {卷内目录: {synonyms: [文书目录]}}
facts:
  罚款金额: {type: amount}
  涉案金额: {type: amount}
  页数: {type: count}
  审核人员数: {type: count}
  已告知: {type: flag}
  重大公共利益: {type: flag}
  未成年人: {type: flag}
  执法资格: {type: flag}
  文号: {type: text}
  内容: {type: text}
  送达方式: {type: choice, values: [直接, 邮寄, 公告]}
  处罚种类: {type: list, values: [警告, 罚款, 没收]}
  说明: {type: list}
  届满日期: {type: moment}
  陈述期限: {type: period}
acts:
  立案: {documents: [立案审批表], facts: [文号, 内容, 届满日期]}
  事先告知: {synonyms: [处罚告知], documents: [告知书], facts: [已告知, 陈述期限, 内容]}
  执法决定: {documents: [决定书], facts: [文号, 罚款金额, 处罚种类, 说明, 届满日期]}
  送达: {documents: [送达回证], facts: [送达方式, 页数]}
"""


@cache
def small_vocabulary() -> Vocabulary:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "words.yaml")
        path.write_text(_WORDS, encoding="utf-8")
        return read_vocabulary(path.parent)
