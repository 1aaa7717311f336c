"""Lawful files of the unit itself: what it posts, which rules and people it has, and its data of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Draft, Facts
from inspection.made.setting import Setting

LEVELS = ("省", "市", "市", "县", "县", "乡镇")
SHARE = 20
"""For so many officers one legal reviewer is asked for (国办发〔2018〕118号 四（十一）)."""


def unit_file(setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> dict[str, Any]:
    """Return the lawful yearly file of a unit as plain data; its self-check is on the first working day."""
    setting = replace(setting, level=dice.choice(LEVELS))
    draft = Draft("执法主体", setting, dice, calendar, words)
    draft.head = {"办案状态": "已结"}
    checked = draft.working(setting.first, 0)
    last = checked.year - 1 if checked >= date(checked.year, 1, 10) else checked.year - 2
    for year in range(last - dice.randint(0, 1), last + 1):
        draft.act("执法年度", date(year, 12, 31), facts=_data_of(year, checked, setting, dice))
    draft.act("单位自查", checked, facts=_state(checked, dice))
    return draft.case(without=("parties",), bound=False)


def _data_of(year: int, checked: date, setting: Setting, dice: Random) -> Facts:
    """Return when the data of a year were published and reported: by the end of the following January."""
    end = date(year + 1, 1, 31)
    facts: Facts = {
        "年度数据公开日期": str(_day_until(date(year + 1, 1, 4), min(end, checked), dice)),
        "年度数据报送日期": str(_day_until(date(year + 1, 1, 2), min(end, checked), dice)),
        "年度数据报送司法行政日期": str(_day_until(date(year + 1, 1, 4), min(end, checked), dice)),
    }
    # What the inspectors of the next year are has until the end of April (四川), and in practice comes
    # early; the article on the yearly report of information binds from the county upwards.
    until = min(date(year + 1, 4, 30), checked)
    facts["检查主体公布日期"] = str(_day_until(date(year + 1, 1, 4), until, dice))
    facts["检查事项清单公布日期"] = str(_day_until(date(year + 1, 1, 4), until, dice))
    if setting.level != "乡镇" or dice.random() < 0.5:
        facts["信息公开年报公布日期"] = str(_day_until(date(year + 1, 1, 4), min(end, checked), dice))
    return facts


def _state(checked: date, dice: Random) -> Facts:
    """Return what the self-check found; nothing is missing, but not every unit has everything to post."""
    officers = dice.randint(4, 260)
    enough = -(-officers // SHARE)
    licenses, has_window = dice.random() < 0.7, dice.random() < 0.6
    facts: Facts = {
        "设有服务窗口": has_window,
        "实施行政许可": licenses,
        "事前公开日期": str(date(2019, 1, 2)),
        "服务指南公布日期": str(_day_until(date(2018, 12, 5), checked, dice)),
        "审核目录报备日期": str(_day_until(date(2018, 12, 5), checked, dice)),
        "执法人员数": officers,
        "审核人员数": enough if dice.random() < 0.5 else enough + dice.randint(0, 3),
    }
    if has_window:
        posted = ["岗位职责", "申请材料示范文本", "办理进度查询", "投诉举报渠道"]
        facts["窗口公示内容"] = posted + (["咨询服务"] if dice.random() < 0.5 else [])
    if licenses:
        facts["监督检查记录公开"] = True
        # The number is posted only where it is limited (行政许可法 第三十条).
        limited = ["数量"] if dice.random() < 0.4 else []
        posted = ["事项", "依据", "条件", "程序", "期限", "材料目录", "申请书示范文本"]
        facts["许可公示事项"] = posted + limited
    if dice.random() < 0.4:
        changed = _day_until(date(2018, 12, 10), checked, dice)
        facts["职能变动日期"] = str(changed)
        facts["事前公开更新日期"] = str(_day_until(changed, checked, dice))
    return facts


def _day_until(first: date, last: date, dice: Random) -> date:
    """Return any day of a span, every fifth time its last one."""
    if dice.random() < 0.2:
        return last
    return date.fromordinal(dice.randint(first.toordinal(), max(first, last).toordinal()))
