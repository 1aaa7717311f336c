"""A case file being written: acts are added one after the other, each in the form of a lawful one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from string import Template
from typing import Any

import yaml

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.setting import Setting, texts_of

Facts = dict[str, Any]
FOLDER = Path(__file__).parent
PERSONS = {
    "执法人员": ("officer-1", "officer-2"), "送达人": ("officer-1", "officer-2"),
    "审查人员": ("officer-1", "officer-2"),
    "记录人": ("officer-2",), "审核人": ("reviewer",), "批准人": ("deputy",), "听证主持人": ("presider",),
    "书记员": ("clerk",), "会议主持人": ("chief",), "参会人员": ("deputy", "deputy-2", "unit-head"),
    "列席人员": ("reviewer",), "汇报人": ("officer-1",), "被检查人": ("party",), "被询问人": ("party",),
    "签收人": ("party",), "法定代表人": ("party",), "证人": ("witness",), "代理人": ("agent",),
    "保管人": ("keeper",), "专家": ("expert",), "利害关系人": ("neighbour",),
    "监护人": ("guardian",), "被侵害人": ("victim",), "翻译": ("interpreter",), "鉴定人": ("expert",),
    "见证人": ("onlooker",), "女性工作人员": ("woman",), "辅助人员": ("auxiliary",),
    "代履行人": ("performer",),
}  # fmt: skip
"""Who of a made case takes which part, in the order in which a form names the part."""


@cache
def forms() -> Mapping[str, Mapping[str, Any]]:
    """Return, by kind of act, what a lawful act of that kind says (``forms.yaml``)."""
    return yaml.safe_load((FOLDER / "forms.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def people() -> tuple[Mapping[str, Any], ...]:
    """Return the persons of a made case (``people.yaml``)."""
    return tuple(yaml.safe_load((FOLDER / "people.yaml").read_text(encoding="utf-8")))


class Draft:
    """Collects the acts of a made case; ``case`` gives the whole file as plain data."""

    def __init__(
        self, kind: str, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
    ) -> None:
        self.kind = kind
        self.setting = setting
        self.dice = dice
        self.acts: list[dict[str, Any]] = []
        self.texts = texts_of(setting)
        """What the ``$names`` of the forms stand for."""
        self.head: Facts = self._form("案卷")
        """The facts of the case as a whole; steps add to them."""
        self.unit: Facts = self._form("机关")
        """The facts of the unit; steps add to them."""
        self._calendar = calendar
        self._words = words
        self._papers: list[dict[str, Any]] = []

    def working(self, day: date, amount: int) -> date:
        """Return the working day that lies so many working days after a day; 0: the day or the next one."""
        ordinal = day.toordinal()
        calendar = self._calendar
        later = calendar.add_working_days(ordinal, amount) if amount else calendar.next_working_day(ordinal)
        if later is None:
            raise ValueError(f"{day} 所在年份没有放假安排")
        return date.fromordinal(later)

    def within(self, day: date, most: date, least: int = 0) -> date:
        """Return any working day from ``least`` working days after a day to ``most``, often the last one."""
        first = self.working(day, least)
        last = most
        while not self._calendar.is_working_day(last.toordinal()):
            last -= timedelta(1)
        if last <= first:
            return first
        if self.dice.random() < 0.2:
            return last
        found = date.fromordinal(self.dice.randint(first.toordinal(), last.toordinal()))
        return min(self.working(found, 0), last)

    def act(
        self,
        kind: str,
        day: date | str,
        ends: date | str | None = None,
        *,
        about: Iterable[str] = (),
        by: str | None = None,
        facts: Mapping[str, Any] | None = None,
        without: Iterable[str] = (),
        paper: str | None = None,
        form: str | None = None,
    ) -> str:
        """Add an act in its lawful form and return its id.

        ``day`` and ``ends`` are days or texts with a time; ``facts`` replace those of the form, ``by``
        its roles (by blanks), ``paper`` the paper that shows it; ``without`` leaves facts out. ``form``
        names the form where it is not that of the kind, as for the decision about a licence.
        """
        shape = forms().get(form or kind, {})
        name = f"a{len(self.acts) + 1:02}"
        said = self._form(form or kind) | dict(facts or {})
        for key in without:
            said.pop(key, None)
        act: dict[str, Any] = {"id": name, "kind": kind, "starts": str(day)}
        if ends is not None:
            act["ends"] = str(ends)
        if about := list(about):
            act["about"] = about
        if parts := _parts((shape.get("by", "") if by is None else by).split()):
            act["by"] = parts
        act["facts"] = {key: value for key, value in said.items() if value is not None}
        self.acts.append(act)
        shown = paper or next(iter(shape.get("papers", ())), None) or self._words.papers_for(kind)[0]
        self._papers.append({"kind": shown, "date": str(ends or day)[:10], "proves": [name]})
        return name

    def _form(self, kind: str) -> Facts:
        return {key: self._filled(value) for key, value in forms().get(kind, {}).get("facts", {}).items()}

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._filled(one) for one in value]
        return Template(value).substitute(self.texts) if isinstance(value, str) else value

    def case(
        self, *, procedure: str | None = None, without: Iterable[str] = (), bound: bool = True
    ) -> dict[str, Any]:
        """Return the file as plain data in the neutral form, closed and complete.

        ``without`` leaves parts of the head out; a file that is not ``bound`` has no cover and no contents.
        """
        setting, texts = self.setting, self.texts
        papers = [*([{"kind": "案卷封面"}, {"kind": "卷内目录"}] if bound else []), *self._papers]
        needed = {part["person"] for act in self.acts for part in act.get("by", ())}
        persons = [self._filled(person) for person in people() if person["id"] in needed]
        found: dict[str, Any] = {
            "number": f"{texts['code']}〔{texts['year']}〕{setting.serial}号",
            "kind": self.kind,
            "agency": {"name": setting.agency, "level": setting.level, "facts": self.unit},
            "field": setting.field,
            "region": setting.region,
            "parties": [self._party()],
            "persons": persons,
            "facts": self.head,
            "acts": self.acts,
            "documents": [
                {"id": f"d{place:02}", **paper, "pages": str(place)} for place, paper in enumerate(papers, 1)
            ],
        }
        if procedure is not None:
            found["procedure"] = procedure
        return {key: value for key, value in found.items() if key not in set(without)}

    def _party(self) -> dict[str, Any]:
        party = self.setting.party
        facts: Facts = {
            "市场主体": not party.is_citizen, "跨省": False, "住所": party.address, "下落不明": False,
        }  # fmt: skip
        if party.is_citizen:
            facts["未成年人"] = False
        else:
            facts["法定代表人姓名"] = party.person
        if party.kind == "个体工商户":
            facts["个体工商户适用标准"] = "单位"
        found = {"name": party.name, "kind": party.kind, "facts": facts}
        return found if party.uscc is None else found | {"uscc": party.uscc}


def _parts(roles: list[str]) -> list[dict[str, str]]:
    """Return who takes part: the first person of a role, for the role named again the next one."""
    return [
        {"person": PERSONS[role][roles[:place].count(role)], "role": role} for place, role in enumerate(roles)
    ]
