"""Random rule documents: every verb with random options, conditions, definitions, limits and bases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from casefiles.terms import FactType
from tests.oracle.documents import Document
from tests.oracle.slice import (
    AGENCY_FACTS,
    CASE_FACTS,
    EPOCHS,
    KINDS,
    NUMBERS,
    PARTY_FACTS,
    PERSON_FACTS,
    ROLES,
    TEXTS,
    WORDS,
    chance,
    day_near,
    facts_of,
    some,
    words_of,
)

VERIFIED = "2026-11-21"
TERMS = ["1 working days", "2 working days", "3 working days", "7 working days", "1 days", "3 days", "5 days"]
TERMS += ["10 days", "30 days", "1 months", "24 hours", "24 hours", "2 hours", "5 hours", "1 years"]
LAWS = ["甲法", "乙条例", "丙规定"]
LAW_DOCUMENTS: list[Document] = [
    {"id": "jia-old", "name": "甲法", "number": "甲旧", "rank": "法律", "since": "2009-01-01"}
    | {"until": "2021-07-14", "verified": VERIFIED},
    {"id": "jia-new", "name": "中华人民共和国甲法", "number": "甲新", "rank": "法律", "since": "2021-07-15"}
    | {"verified": VERIFIED, "until": "2026-12-31"},
    {"id": "yi", "name": "乙条例", "names": ["乙"], "number": "示例发〔2020〕3号", "rank": "行政法规"}
    | {"since": "2012-01-01", "until": "2024-02-09", "verified": VERIFIED},
    {"id": "bing", "name": "丙规定", "number": "丙", "rank": "部门规章", "since": "2012-01-01"}
    | {"until": "2024-05-01", "verified": VERIFIED, "mark": "M"},
]


@dataclass
class Maker:
    """Makes documents; what is made later may use what was made before, so that nothing goes in circles.

    ``derived`` are the facts that definitions derive, by kind; ``limits`` are the limits.
    """

    random: Random
    derived: dict[str, list[str]] = field(default_factory=dict)
    limits: list[Document] = field(default_factory=list)
    epochs: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.epochs = self.random.sample(EPOCHS, 2)

    # Bases and conditions

    def basis(self, *, marks: bool = True) -> Document:
        random = self.random
        found: Document = {"law": random.choice(LAWS), "article": "第一条", "verified": VERIFIED}
        found["since"] = "2012-01-01" if chance(random, 0.7) else self.day()
        if found["law"] == "甲法" and chance(random, 0.5):
            found["since"] = "2021-07-15"
        if chance(random, 0.15):
            found["until"] = max(found["since"], self.day())
        if marks and chance(random, 0.2):
            found["mark"] = random.choice(["V2", "M", "I"])
        return found

    def day(self) -> str:
        day = self.random.choice(self.epochs)
        return (day if chance(self.random, 0.5) else day_near(self.random, day)).isoformat()

    def rule_bases(self, severity: str) -> Any:
        random = self.random
        found = [self.basis(marks=severity != "veto") for _ in range(random.choice([1, 1, 2, 3]))]
        for basis in found:
            if chance(random, 0.1):
                basis["when"] = self.head_conditions()
            if chance(random, 0.2):
                basis["note_until"] = self.day()
        return found[0] if len(found) == 1 else found

    def head_conditions(self, most: int = 2) -> Document:
        names = some(self.random, [*HEAD_CHOICES, *CASE_FACTS, *PARTY_FACTS, *AGENCY_FACTS], most)
        names += some(self.random, self.derived["案卷"], 1) if self.derived.get("案卷") else []
        return {name: self.head_condition(name) for name in names[-most:]}

    def head_condition(self, name: str) -> Any:
        random = self.random
        if name in HEAD_CHOICES:
            return random.choice(HEAD_CHOICES[name])
        return self.condition(name)

    def conditions(self, kinds: list[str], most: int = 2) -> Document:
        """Conditions on facts of acts of these kinds, derived ones included; perhaps none are possible."""
        names = facts_of(kinds)
        derived = [name for name in self.derived.get(kinds[0], []) if len(kinds) == 1]
        chosen = some(self.random, names, most) if names else []
        if derived and chance(self.random, 0.5):
            chosen = [self.random.choice(derived), *chosen[1:]]
        return {name: self.condition(name) for name in chosen}

    def condition(self, name: str) -> Any:
        random = self.random
        term = WORDS.facts.get(name)
        if chance(random, 0.12):
            return {"given": chance(random, 0.6)}
        if term is None or term.type is FactType.FLAG:
            value = chance(random, 0.7)
            return random.choice([value, value, {"is": value}, {"is_not": value}, {"says": value}])
        match term.type:
            case FactType.COUNT | FactType.AMOUNT:
                return self.size()
            case FactType.MOMENT:
                return {"not_before": self.day()}
            case FactType.PERIOD:
                return {"given": True}
            case FactType.LIST:
                word = random.choice(["includes", "includes_any", "excludes"])
                few = some(random, words_of(name), 2)
                return {word: few[0] if len(few) == 1 and chance(random, 0.5) else few}
            case FactType.TEXT:
                text = random.choice(TEXTS)
                return random.choice([{"begins_with": [text[0]]}, {"is": text}, text])
        one, few = random.choice(words_of(name)), some(random, words_of(name), 2)
        return random.choice([one, few, {"is_not": one}, {"none_of": few}, {"one_of": few}, {"says": one}])

    def size(self) -> Document:
        random = self.random
        words = some(
            random, ["at_least", "at_most", "more_than", "less_than"], 2 if chance(random, 0.2) else 1
        )
        return {word: self.number() for word in words}

    def number(self) -> Any:
        return (
            {"limit": "money"} if self.limits and chance(self.random, 0.45) else self.random.choice(NUMBERS)
        )

    def term(self) -> Any:
        return {"limit": "term"} if chance(self.random, 0.15) else self.random.choice(TERMS)

    # Choices of acts and situations

    def choice(self, *kinds: str) -> Document:
        random = self.random
        found: list[str] = [random.choice(kinds)] if kinds and chance(random, 0.8) else []
        found = found or (some(random, KINDS, 2) if chance(random, 0.2) else [random.choice(KINDS)])
        written: Document = {"act": found[0] if len(found) == 1 else found}
        if chance(random, 0.25) and (where := self.conditions(found)):
            written["where"] = where
        if chance(random, 0.3):
            written["about"] = random.choice(["any", "any", "subject"])
        return written

    def situation(self, kind: str) -> Document:
        """A ground or an exception for acts of a kind; for the head only what the head or acts tell."""
        random = self.random
        parts: Document = {"case": self.head_conditions(), "with": self.presences()}
        if kind != "案卷" and facts_of([kind]):
            parts["where"] = self.conditions([kind])
        chosen = some(random, sorted(parts), 2 if chance(random, 0.3) else 1)
        bases = [self.basis() for _ in range(random.choice([1, 1, 1, 2]))]
        found: Document = {"because": "示例情形", "basis": bases[0] if len(bases) == 1 else bases}
        return found | {name: parts[name] for name in chosen}

    def presences(self) -> Any:
        found = []
        for _ in range(self.random.choice([1, 1, 2])):
            one = self.choice()
            if chance(self.random, 0.5):
                one["before"] = chance(self.random, 0.8)
            found.append(one)
        return found[0] if len(found) == 1 and chance(self.random, 0.5) else found

    # Definitions and limits

    def definitions(self) -> list[Document]:
        found = []
        for number in range(self.random.choice([0, 1, 2, 3])):
            kind = self.random.choice(["案卷", "执法决定", "执法决定", "公示", "现场检查", "询问", *KINDS])
            name = f"示例推定{number}"
            grounds = [self.situation(kind) for _ in range(self.random.choice([1, 2, 2, 3]))]
            found.append(
                {"id": f"d{number}", "title": "示例", "defines": name, "on": kind, "grounds": grounds}
            )
            self.derived.setdefault(kind, []).append(name)
        return found

    def limit(self, name: str, unit: str, values: list[Any]) -> None:
        """Add a limit; numbers may be used by everything that is made after it."""
        random = self.random
        found = []
        for _ in range(random.choice([1, 1, 2, 3, 4])):
            one: Document = {"value": random.choice(values), "basis": self.basis()}
            if chance(random, 0.12):
                one |= {"value": None, "needs": "示例参数"}
            if chance(random, 0.6):
                one["where"] = self.head_conditions()
            found.append(one)
        self.limits.append({"id": name, "title": "示例限值", "unit": unit, "values": found})

    # Verbs

    def verb(self, name: str, kinds: list[str]) -> Any:
        """Return the options of a verb for subjects of these kinds."""
        return VERBS[name](self, kinds)

    def counting(self) -> Document:
        random = self.random
        found: Document = {}
        if chance(random, 0.4):
            found["stopped_by"] = [self.choice("检测鉴定", "听证") for _ in range(random.choice([1, 1, 2]))]
        if chance(random, 0.35):
            found["extended_by"] = [self.extension() for _ in range(random.choice([1, 1, 2]))]
        if chance(random, 0.3):
            found["roll_over"] = chance(random, 0.1)
        return found

    def extension(self) -> Document:
        found: Document = {"act": "延长期限审批"}
        if chance(self.random, 0.4):
            found["where"] = self.conditions(["延长期限审批"], 1)
        if chance(self.random, 0.5):
            found["at_most"] = self.random.choice(["1 days", "3 days", self.term()])
        return found

    def followed_by(self, kinds: list[str]) -> Document:
        found = self.choice("公示", "送达", "音像记录", "执法决定")
        if chance(self.random, 0.8):
            found |= {"within": self.term()} | self.counting()
        if chance(self.random, 0.3):
            found["counted_from"] = self.random.choice(["starts", "ends"])
        return found

    def preceded_by(self, kinds: list[str]) -> Document:
        found = self.choice("立案", "事先告知", "听证通知", "法制审核")
        if chance(self.random, 0.5):
            found["at_least"] = self.term()
        if chance(self.random, 0.3):
            found["same_day"] = chance(self.random, 0.8)
        return found

    def within(self, kinds: list[str]) -> Document:
        found = {"period": self.term(), "of": self.choice("立案", "现场检查", "听证")} | self.counting()
        if chance(self.random, 0.3):
            found["counted_from"] = self.random.choice(["starts", "ends"])
        return found

    def covered_by(self, kinds: list[str]) -> Document:
        return self.choice("音像记录")

    def states(self, kinds: list[str]) -> Any:
        names = facts_of(kinds)
        if chance(self.random, 0.3):
            return some(self.random, names, 2)
        return self.conditions(kinds, 3)

    def size_of(self, kinds: list[str]) -> Document:
        facts = [name for name in facts_of(kinds) if WORDS.facts[name].type in _SIZES]
        value: Any = self.number()
        if chance(self.random, 0.5):
            kind, name = self.random.choice(_SIZED)
            value = {"act": kind, "fact": name} | ({"about": "any"} if chance(self.random, 0.4) else {})
        return {"fact": self.random.choice(facts), "value": value}

    def same_as(self, kinds: list[str]) -> Document:
        own = self.random.choice(facts_of(kinds))
        if "文号" in facts_of(kinds) and chance(self.random, 0.5):
            own = "文号"
        other = self.choice("执法决定", "立案", "事先告知")
        names = facts_of([other["act"]] if isinstance(other["act"], str) else other["act"])
        alike = [name for name in names if WORDS.facts[name].type is WORDS.facts[own].type]
        if own not in names or chance(self.random, 0.3):
            if not alike:
                return self.same_as(kinds)
            other["other_fact"] = self.random.choice(alike)
        return other | {"fact": own}

    def done_by(self, kinds: list[str]) -> Document:
        random = self.random
        roles = some(random, ROLES, 2)
        found: Document = {"role": roles[0] if len(roles) == 1 else roles}
        if chance(random, 0.5):
            found["at_least"] = random.choice([1, 2, 2, 3])
        if chance(random, 0.3):
            found["every"] = chance(random, 0.8)
        if chance(random, 0.5):
            found["certificate"] = chance(random, 0.9)
        if chance(random, 0.3):
            found["where"] = {name: self.condition(name) for name in some(random, PERSON_FACTS, 2)}
        return found

    def independent_of(self, kinds: list[str]) -> Document:
        found: Document = {"act": some(self.random, [kind for kind in KINDS if kind not in kinds], 2)}
        for name in ("roles", "other_roles"):
            if chance(self.random, 0.5):
                found[name] = some(self.random, ROLES, 2)
        return found

    def signed_by(self, kinds: list[str]) -> Document:
        signers = [name.removesuffix("确认") for name in facts_of(kinds) if name.endswith("确认")]
        found: Document = {"who": some(self.random, signers, 3)}
        return found | ({"any_of_them": True} if chance(self.random, 0.4) else {})

    def lasts(self, kinds: list[str]) -> Document:
        return {"at_most": self.term()} | self.counting()

    def not_during(self, kinds: list[str]) -> Document:
        return {"times": self.random.choice([["夜间"], ["法定节假日"], ["夜间", "法定节假日"]])}

    def no_overlap(self, kinds: list[str]) -> Document:
        return {"act": self.random.choice(kinds), "role": some(self.random, ROLES, 2)}

    def free_of(self, kinds: list[str]) -> Document:
        items = ["身份证号", "电话", "银行账号"] if chance(self.random, 0.6) else ["身份证号", "住址", "电话"]
        return {"items": some(self.random, items, 3)}

    def never_with(self, kinds: list[str]) -> Document:
        found = self.choice()
        if chance(self.random, 0.6):
            found[self.random.choice(["after_only", "before_only"])] = True
        return found

    def cites_law_in_force(self, kinds: list[str]) -> Document:
        return {"fact": "引用依据"} if chance(self.random, 0.5) else {}

    def dated(self, kinds: list[str]) -> Document:
        random = self.random
        moments = [name for name in facts_of(kinds) if WORDS.facts[name].type is FactType.MOMENT]
        own: Any = random.choice([*moments, "starts", "ends"])
        found: Document = {"fact": {"head": "违法行为发生时间"} if chance(random, 0.1) else own}
        for name in random.sample(["not_before", "not_after", "within"], random.choice([1, 1, 2])):
            found[name] = self.term() if name == "within" else self.point(moments)
        if "within" in found:
            found["after"] = self.point(moments)
            found |= self.counting()
        return found | ({"same_day": True} if chance(random, 0.3) else {})

    def point(self, moments: list[str]) -> Any:
        """Return a moment of the subject, of the head, or of other acts."""
        way = self.random.random()
        if way < 0.4:
            return self.random.choice([*moments, "starts", "ends"])
        if way < 0.5:
            return {"head": "违法行为发生时间"}
        found = self.choice()
        if chance(self.random, 0.4):
            found["counted_from"] = "ends"
        if chance(self.random, 0.2):
            found["year_end"] = True
        return found

    # Rules

    def rule(self, number: int, verb: str) -> Document:
        random = self.random
        kinds = self.subject(verb)
        severity = random.choice(["veto", "major", "minor", "note"])
        subject: Document = {"act": kinds[0] if len(kinds) == 1 else kinds}
        likely = 0.7 if self.derived.get(kinds[0]) else 0.25
        if chance(random, likely) and (where := self.conditions(kinds)):
            subject["where"] = where
        found: Document = {
            "id": f"r{number}-{verb.replace('_', '-')}",
            "title": "示例义务",
            "severity": severity,
            "effect": "规范性瑕疵",
            "basis": self.rule_bases(severity),
            "subject": subject,
            "require": self.requirement(verb, kinds),
            "message": "{subject}不合要求：{problem}。",
            "remedy": {"cure": "说明", "do": "说明。"},
        }
        if chance(random, 0.15):
            found["applies"] = self.head_conditions()
        if chance(random, 0.35):
            found["unless"] = [self.situation(kinds[0]) for _ in range(random.choice([1, 1, 2]))]
            if len(kinds) > 1:
                found["unless"] = [self.situation("案卷")]
        return found

    def requirement(self, verb: str, kinds: list[str]) -> Document:
        first = {verb: self.verb(verb, kinds)}
        roll = self.random.random()
        if roll < 0.08:
            return {"not": first}
        if roll < 0.28:
            more = [self.random.choice(ANY_SUBJECT) for _ in range(self.random.choice([1, 1, 2]))]
            others = [{name: self.verb(name, kinds)} for name in more]
            return {"all_of" if roll < 0.18 else "any_of": [first, *others]}
        return first

    def subject(self, verb: str) -> list[str]:
        if verb in SUBJECTS:
            return [self.random.choice(SUBJECTS[verb])]
        if chance(self.random, 0.1):
            return self.random.choice([["现场检查", "询问"], ["事先告知", "执法决定"]])
        return [self.random.choice(["执法决定", "执法决定", *KINDS])]


_SIZES = (FactType.COUNT, FactType.AMOUNT)
_SIZED = [(kind, name) for kind in KINDS for name in facts_of([kind]) if WORDS.facts[name].type in _SIZES]
_SIGNED = [kind for kind in KINDS if any(name.endswith("确认") for name in facts_of([kind]))]
_CITING = [kind for kind in KINDS if "引用依据" in facts_of([kind])]
_DATED = [
    kind for kind in KINDS if any(WORDS.facts[name].type is FactType.MOMENT for name in facts_of([kind]))
]
_DONE = ["现场检查", "询问", "听证", "查封扣押", "检测鉴定"]
HEAD_CHOICES: dict[str, list[Any]] = {
    "kind": ["行政处罚", ["行政处罚", "行政强制"], {"is_not": "行政许可"}],
    "procedure": ["普通程序", ["普通程序", "快速办理"], {"none_of": ["简易程序"]}],
    "field": ["市场监管", ["农业", "市场监管"], {"is_not": "公安"}, {"given": True}],
    "region": ["42", ["42", "湖北"], {"begins_with": ["15"]}],
    "party": ["公民", ["法人", "其他组织"], {"none_of": ["公民"]}],
    "parties": [{"at_least": 2}, {"at_most": 1}, 1],
    "level": ["市", ["县", "乡镇"], {"is_not": "省"}],
}
SUBJECTS: dict[str, list[str]] = {
    "covered_by": _DONE,
    "at_most": [kind for kind, _ in _SIZED],
    "at_least": [kind for kind, _ in _SIZED],
    "done_by": _DONE,
    "independent_of": ["法制审核", *_DONE],
    "signed_by": _SIGNED,
    "lasts": ["查封扣押", "检测鉴定", "现场检查", "听证"],
    "not_during": _DONE,
    "no_overlap": _DONE,
    "free_of": ["公示"],
    "cites_law_in_force": _CITING,
    "dated": _DATED,
}
ANY_SUBJECT = ["followed_by", "preceded_by", "within", "states", "done_by", "never_with", "not_during"]
VERBS: dict[str, Callable[[Maker, list[str]], Any]] = {
    "followed_by": Maker.followed_by,
    "preceded_by": Maker.preceded_by,
    "within": Maker.within,
    "covered_by": Maker.covered_by,
    "states": Maker.states,
    "at_most": Maker.size_of,
    "at_least": Maker.size_of,
    "same_as": Maker.same_as,
    "done_by": Maker.done_by,
    "independent_of": Maker.independent_of,
    "signed_by": Maker.signed_by,
    "lasts": Maker.lasts,
    "not_during": Maker.not_during,
    "no_overlap": Maker.no_overlap,
    "free_of": Maker.free_of,
    "never_with": Maker.never_with,
    "cites_law_in_force": Maker.cites_law_in_force,
    "dated": Maker.dated,
}
