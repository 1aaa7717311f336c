"""What a made case is about: the unit, the field, the region, the party and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from casefiles.identifiers import body_check_character, uscc_check_character
from casefiles.terms import Vocabulary

REGIONS = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州",
    "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆",
)  # fmt: skip
FIRST, LAST = date(2019, 1, 2), date(2026, 4, 30)
"""The days on which a made case may begin; the guidance on the three systems is older than all of them."""
_LEVELS = ("市", "县")
_NAMES = ("示例百味", "示例宏远", "示例青禾", "示例云谷", "示例海川", "示例同德", "示例新程", "示例永丰")


@dataclass(frozen=True)
class Party:
    """The party of a made case; ``uscc`` passes its check and belongs to nobody."""

    name: str
    kind: str
    uscc: str | None
    person: str
    address: str

    @property
    def is_citizen(self) -> bool:
        """Tell whether the party is a natural person, for whom lower amounts count."""
        return self.kind == "公民"


@dataclass(frozen=True)
class Setting:
    """Who handles a made case, where, from which day on, and against whom."""

    serial: int
    field: str
    region: str
    level: str
    first: date
    party: Party

    @property
    def agency(self) -> str:
        """The name of the unit."""
        return f"示例{self.level}{self.field}局"

    @property
    def place(self) -> str:
        """Where it happened."""
        return f"{self.region}示例{self.level}示例路{self.serial % 97 + 1}号"


def any_setting(dice: Random, serial: int, words: Vocabulary, *, field: str | None = None) -> Setting:
    """Return a setting with everything left open drawn from the dice."""
    region, level = dice.choice(REGIONS), dice.choice(_LEVELS)
    first = date.fromordinal(dice.randint(FIRST.toordinal(), LAST.toordinal()))
    return Setting(
        serial=serial,
        field=field or dice.choice(words.heads["fields"]),
        region=region,
        level=level,
        first=first,
        party=_any_party(dice, serial, f"{region}示例{level}示例大道{serial % 89 + 1}号"),
    )


def texts_of(setting: Setting) -> dict[str, str]:
    """Return what the ``$names`` of ``forms.yaml`` and ``people.yaml`` stand for in a setting."""
    party = setting.party
    return {
        "agency": setting.agency,
        "area": f"示例{setting.level}",
        "party": party.name,
        "person": party.person,
        "role": "被检查人" if party.is_citizen else "法定代表人",
        "address": party.address,
        "place": setting.place,
        "code": f"示{setting.field[:1]}",
        "year": str(setting.first.year),
        "serial": str(setting.serial),
        "deputy": "示例戊",
        "officers": "示例甲、示例乙",
        "witness": "示例卯",
        "onlooker": "示例寅",
        "clue": "群众反映的线索",
        "matter": f"{setting.field}监督检查",
        "finding": "当事人违反了管理规定",
        "basis": f"《示例{setting.field}条例》第二十条",
    }


def _any_party(dice: Random, serial: int, address: str) -> Party:
    person = "示例" + dice.choice("子丑寅卯辰巳午未申酉戌亥") + dice.choice("甲乙丙丁戊己庚辛")
    kind = dice.choice(("法人", "法人", "个体工商户", "公民"))
    if kind == "公民":
        return Party(person, kind, None, person, address)
    ending, start = ("有限公司", "91") if kind == "法人" else ("经营部", "92")
    name = f"{dice.choice(_NAMES)}{serial}号{ending}"
    return Party(name, kind, _code(f"{start}990000", f"MA0{serial % 100_000:05}"), person, address)


def _code(start: str, body: str) -> str:
    """Return a unified social credit code with its right check characters."""
    code = start + body + body_check_character(body)
    return code + uscc_check_character(code)
