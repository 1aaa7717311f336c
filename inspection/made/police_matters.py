"""What the police punish in made cases: the acts, the articles of their time and the penalties they allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

PUBLIC_ORDER = "治安管理"
NEW_PUBLIC_ORDER = date(2026, 1, 1)
"""From this day the revised law on public order applies (治安管理处罚法, 2025)."""
_LAW = "中华人民共和国治安管理处罚法"
_OLD_LAW, _NEW_LAW = (date(2012, 10, 26), date(2013, 1, 1)), (date(2025, 6, 27), NEW_PUBLIC_ORDER)


@dataclass(frozen=True)
class Penalty:
    """A penalty: days of detention, the fine in 元, the licence; nothing of them is a warning."""

    days: int = 0
    fine: int = 0
    revokes: bool = False

    @property
    def kinds(self) -> list[str]:
        """The kinds of penalty as the decision names them."""
        found = (["行政拘留"] if self.days else []) + (["罚款"] if self.fine else [])
        return found + (["吊销许可证件"] if self.revokes else []) or ["警告"]


@dataclass(frozen=True)
class Basis:
    """An article in force: the days on which its text was published and came into force."""

    law: str
    article: str
    published: date
    since: date
    penalties: tuple[Penalty, ...]

    @property
    def cited(self) -> str:
        """The article as a paper cites it."""
        return f"《{self.law}》{self.article}"


@dataclass(frozen=True)
class Matter:
    """What was done, by whom it can be done, and what its investigation may call for."""

    name: str
    bases: tuple[Basis, ...]
    """From the oldest text to the newest; each applies to what is done from its day on."""
    by_citizen: bool = True
    victim: bool = False
    category: str | None = None
    thing: str | None = None
    """What is seized, if anything."""
    test: str | None = None
    """Whether it calls for an appraisal (鉴定) or a test (检测)."""
    conciliable: bool = False
    foreigner: bool = False
    by_minor: bool = False

    def basis(self, done: date) -> Basis:
        """Return the text in force on the day of the act."""
        return [one for one in self.bases if one.since <= done][-1]


_WARNING = Penalty()


def _public_order(
    old: str, before: tuple[Penalty, ...], new: str, after: tuple[Penalty, ...]
) -> tuple[Basis, ...]:
    return Basis(_LAW, old, *_OLD_LAW, before), Basis(_LAW, new, *_NEW_LAW, after)


_P = Penalty
_PUBLIC_ORDER = (
    Matter(
        "殴打他人",
        _public_order(
            "第四十三条第一款", (_P(0, 500), _P(3), _P(5), _P(7, 200), _P(10, 500)),
            "第五十一条第一款", (_P(0, 800), _P(0, 1_000), _P(5), _P(7, 500), _P(10, 1_000)),
        ),
        victim=True, test="鉴定", conciliable=True, by_minor=True,
    ),
    Matter(
        "盗窃",
        _public_order(
            "第四十九条", (_P(5), _P(8, 300), _P(10, 500), _P(12, 1_000)),
            "第五十八条", (_P(6), _P(0, 1_500), _P(0, 2_000), _P(13, 3_000)),
        ),
        victim=True, thing="涉案手机", by_minor=True,
    ),
    Matter(
        "参与赌博",
        _public_order(
            "第七十条", (_P(0, 500), _P(5), _P(10, 1_000), _P(12, 3_000), _P(15, 2_000)),
            "第八十二条", (_P(0, 1_000), _P(5), _P(10, 3_000), _P(12, 4_000), _P(15, 5_000)),
        ),
        category="赌博", thing="赌资和赌具",
    ),
    Matter(
        "嫖娼",
        _public_order(
            "第六十六条第一款", (_P(0, 500), _P(4), _P(10), _P(12, 2_000), _P(15, 5_000)),
            "第七十八条第一款", (_P(0, 1_000), _P(4), _P(10), _P(12, 3_900), _P(15, 5_000)),
        ),
        category="卖淫嫖娼",
    ),
    Matter(
        "吸食毒品",
        _public_order(
            "第七十二条", (_P(0, 500), _P(5), _P(10), _P(14, 2_000)),
            "第八十四条第一款", (_P(0, 1_000), _P(5), _P(10), _P(14, 3_000)),
        ),
        category="毒品", thing="吸毒用具", test="检测",
    ),
    Matter(
        "扰乱公共场所秩序",
        _public_order(
            "第二十三条第一款", (_WARNING, _P(0, 100), _P(0, 200), _P(5), _P(8, 500)),
            "第二十六条第一款", (_WARNING, _P(0, 200), _P(0, 500), _P(5), _P(8, 1_000)),
        ),
        by_minor=True,
    ),
    Matter(
        "寻衅滋事",
        _public_order(
            "第二十六条", (_P(5), _P(7, 500), _P(12, 1_000)),
            "第三十条", (_P(0, 1_000), _P(7), _P(12, 2_000)),
        ),
        victim=True, by_minor=True,
    ),
    Matter(
        "饲养动物干扰他人正常生活",
        _public_order(
            "第七十五条第一款", (_WARNING, _P(0, 200), _P(0, 300)),
            "第八十九条第一款", (_WARNING, _P(0, 200), _P(0, 1_000)),
        ),
        victim=True, conciliable=True,
    ),
    Matter(
        "非法携带管制器具",
        _public_order(
            "第三十二条第一款", (_WARNING, _P(0, 50), _P(0, 200), _P(4, 300)),
            "第三十八条第一款", (_WARNING, _P(0, 200), _P(0, 500), _P(4, 1_000)),
        ),
        thing="管制刀具", test="鉴定",
    ),
    Matter(
        "特种行业经营者违反管理规定，情节严重",
        _public_order(
            "第五十四条第三款", (_P(revokes=True),), "第六十五条第三款", (_P(revokes=True),)
        ),
        by_citizen=False,
    ),
    Matter(
        "旅馆未按规定登记住宿旅客信息",
        (
            Basis(
                "旅馆业治安管理办法", "第十五条", date(1987, 11, 10), date(1987, 11, 10),
                (_WARNING, _P(0, 200)),
            ),
        ),
        by_citizen=False,
    ),
)  # fmt: skip
_OTHER = (
    Matter(
        "外国人非法居留",
        (
            Basis(
                "中华人民共和国出境入境管理法", "第七十八条第一款", date(2012, 6, 30), date(2013, 7, 1),
                (_WARNING, _P(0, 2_500), _P(0, 5_000), _P(0, 8_000)),
            ),
        ),
        category="出境入境边防", foreigner=True,
    ),
    Matter(
        "未取得机动车驾驶证驾驶机动车",
        (
            Basis(
                "中华人民共和国道路交通安全法", "第九十九条", date(2011, 4, 22), date(2011, 5, 1),
                (_P(0, 200), _P(0, 1_000), _P(0, 1_500)),
            ),
            Basis(
                "中华人民共和国道路交通安全法", "第九十九条", date(2021, 4, 29), date(2021, 4, 29),
                (_P(0, 200), _P(0, 1_000), _P(0, 1_500)),
            ),
        ),
        category="道路交通安全",
    ),
    Matter(
        "违反易制毒化学品备案规定",
        (
            Basis(
                "易制毒化学品管理条例", "第四十条第一款", date(2016, 2, 6), date(2016, 2, 6),
                (_P(0, 10_000), _P(0, 20_000), _P(0, 50_000)),
            ),
            Basis(
                "易制毒化学品管理条例", "第四十条第一款", date(2018, 9, 18), date(2018, 9, 18),
                (_P(0, 10_000), _P(0, 20_000), _P(0, 50_000)),
            ),
        ),
        by_citizen=False, thing="易制毒化学品", test="鉴定",
    ),
    Matter(
        "住宿服务提供者未按规定查验旅客身份",
        (
            Basis(
                "中华人民共和国反恐怖主义法", "第八十六条第二款", date(2018, 4, 27), date(2018, 4, 27),
                (_P(0, 100_000), _P(0, 200_000)),
            ),
        ),
        by_citizen=False,
    ),
    Matter(
        "保安从业单位未按规定备案",
        (
            Basis(
                "保安服务管理条例", "第四十二条第一款", date(2009, 10, 13), date(2010, 1, 1),
                (_WARNING, _P(0, 10_000), _P(0, 30_000)),
            ),
        ),
        by_citizen=False,
    ),
)  # fmt: skip


def any_matter(
    dice: Random, field: str, done: date, fits: Callable[[Matter, Penalty], bool], *, by_citizen: bool
) -> tuple[Matter, tuple[Penalty, ...]]:
    """Return a matter of the field (治安管理 or 公安) that such a party can have done on a day.

    With it come the penalties that ``fits`` lets through; a matter without any is not returned.
    """
    from_field = _PUBLIC_ORDER if field == PUBLIC_ORDER else _OTHER
    found = []
    for matter in from_field:
        fitting = tuple(one for one in matter.basis(done).penalties if fits(matter, one))
        if matter.by_citizen == by_citizen and fitting:
            found.append((matter, fitting))
    return dice.choice(found)
