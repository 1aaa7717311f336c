"""Seeded changes of whole case files: acts, days, facts, people, links, the head, what is provided."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import msgspec

from casefiles.model import CaseFile, decode_hook, encode_hook
from casefiles.moments import Moment, parse_moment
from casefiles.terms import Vocabulary
from engine.conditions import Condition
from engine.limits import LimitUse
from engine.rulebook import Rulebook
from tests.test_samples import NAMES, reading, truth_of

Content = dict[str, Any]

SHIFTS = (-400, -31, -8, -2, -1, -1, 1, 1, 2, 8, 31, 400)


@dataclass(frozen=True)
class Asked:
    """What rules and definitions ask of acts: their amounts and conditions, with the kinds of the acts."""

    amounts: tuple[float, ...]
    conditions: tuple[tuple[tuple[str, ...], Condition], ...]
    vocabulary: Vocabulary


Change = Callable[[Random, Content, Asked], None]


def asked_by(rulebook: Rulebook) -> Asked:
    values = {value.value for limit in rulebook.limits.table.values() for value in limit.values}
    amounts = sorted(float(value) for value in values if isinstance(value, (int, float)))
    found: list[tuple[tuple[str, ...], Condition]] = []
    for rule in rulebook.rules:
        kinds = rule.subject.kinds
        found += [(kinds, item) for item in rule.subject.where.items]
        found += [(kinds, item) for one in rule.unless for item in one.act.items]
    for one in rulebook.definitions:
        items = [item for ground in one.grounds for item in (*ground.act.items, *ground.head.items)]
        found += [((one.on,), item) for item in items]
    return Asked(tuple(amounts), tuple(found), rulebook.vocabulary)


@cache
def contents() -> list[tuple[str, Content]]:
    """Return the samples, one of each pair of twins, as plain data with the day of their check."""
    stems: dict[str, str] = {name.partition(".")[0]: name for name in NAMES}
    return [
        (str(truth_of(name)["as_of"]), msgspec.to_builtins(reading(name).case, enc_hook=encode_hook))
        for name in stems.values()
    ]


def case_from(content: Content) -> CaseFile:
    return msgspec.convert(content, CaseFile, dec_hook=decode_hook)


def changed_cases(seed: int, count: int, rulebook: Rulebook) -> Iterator[tuple[CaseFile, Moment, str]]:
    """Yield changed samples, each with the day of its check and how to make it again."""
    samples, asked = contents(), asked_by(rulebook)
    for number in range(count):
        random = Random(f"{seed}.{number}")
        as_of, content = samples[number % len(samples)]
        content = {"parties": [], "persons": [], **copy.deepcopy(content)}
        made = []
        for _ in range(random.choice((1, 1, 2, 3, 5))):
            change = random.choice(CHANGES)
            change(random, content, asked)
            made.append(change.__name__)
        day = as_of if random.random() < 0.8 else "2024-06-03"
        yield case_from(content), parse_moment(day), f"seed {seed}, case {number}: {', '.join(made)}"


def some_act(random: Random, content: Content) -> Content:
    """Return an act; an empty one that belongs to nothing where there is none."""
    return random.choice(content["acts"]) if content["acts"] else {"id": "none", "kind": "立案"}


def facts_of(random: Random, content: Content) -> Content:
    owner = content if random.random() < 0.15 else some_act(random, content)
    found: Content = owner.setdefault("facts", {})
    return found


def drop_act(random: Random, content: Content, asked: Asked) -> None:
    if content["acts"]:
        content["acts"].remove(some_act(random, content))


def drop_a_kind(random: Random, content: Content, asked: Asked) -> None:
    kind = some_act(random, content)["kind"]
    content["acts"] = [act for act in content["acts"] if act["kind"] != kind]


def double_act(random: Random, content: Content, asked: Asked) -> None:
    act = copy.deepcopy(some_act(random, content))
    act["id"] = f"again-{len(content['acts'])}"
    place = random.randint(0, len(content["acts"]))
    content["acts"].insert(place, act)
    if random.random() < 0.5:
        act.pop("about", None)
    if random.random() < 0.5:
        shift(act, random.choice(SHIFTS))


def moved(text: str, days: int) -> str:
    try:
        return (date.fromisoformat(text[:10]) + timedelta(days)).isoformat() + text[10:]
    except (ValueError, OverflowError):
        return text


def shift(act: Content, days: int) -> None:
    for key in ("starts", "ends"):
        if key in act:
            act[key] = moved(act[key], days)


def shift_act(random: Random, content: Content, asked: Asked) -> None:
    shift(some_act(random, content), random.choice(SHIFTS))


def shift_all(random: Random, content: Content, asked: Asked) -> None:
    days = random.choice((-2500, -1500, -900, 400))
    for act in content["acts"]:
        shift(act, days)


def shift_one_end(random: Random, content: Content, asked: Asked) -> None:
    act, key = some_act(random, content), random.choice(("starts", "ends"))
    if key in act:
        act[key] = moved(act[key], random.choice(SHIFTS))
    elif "starts" in act:
        act["ends"] = moved(act["starts"], random.choice((0, 1, 30, 31)))


def shift_a_minute(random: Random, content: Content, asked: Asked) -> None:
    act, key = some_act(random, content), random.choice(("starts", "ends"))
    if "T" in act.get(key, ""):
        moment = parse_moment(act[key])
        minute = ((moment.minute or 0) + random.choice((-1, 1))) % 1440
        act[key] = str(Moment(moment.day, minute))


def same_moment(random: Random, content: Content, asked: Asked) -> None:
    one, other = some_act(random, content), some_act(random, content)
    key, source = random.choice(("starts", "ends")), random.choice(("starts", "ends"))
    if source in other:
        one[key] = other[source]


def cut_times(random: Random, content: Content, asked: Asked) -> None:
    acts = content["acts"] if random.random() < 0.3 else [some_act(random, content)]
    for act in acts:
        for key in ("starts", "ends"):
            if key in act:
                act[key] = act[key][:10]


def drop_day(random: Random, content: Content, asked: Asked) -> None:
    act = some_act(random, content)
    for key in random.choice((("starts",), ("ends",), ("starts", "ends"))):
        act.pop(key, None)


def drop_fact(random: Random, content: Content, asked: Asked) -> None:
    facts = facts_of(random, content)
    if facts:
        del facts[random.choice(list(facts))]


def drop_facts(random: Random, content: Content, asked: Asked) -> None:
    facts_of(random, content).clear()


def flip_flag(random: Random, content: Content, asked: Asked) -> None:
    facts = facts_of(random, content)
    flags = [name for name, value in facts.items() if isinstance(value, bool)]
    if flags:
        name = random.choice(flags)
        facts[name] = not facts[name]


def shorten_list(random: Random, content: Content, asked: Asked) -> None:
    facts = facts_of(random, content)
    lists = [value for value in facts.values() if isinstance(value, list) and value]
    if lists:
        chosen = random.choice(lists)
        chosen.remove(random.choice(chosen))


def change_amount(random: Random, content: Content, asked: Asked) -> None:
    facts = facts_of(random, content)
    numbers = [name for name, value in facts.items() if type(value) in (int, float)]
    if numbers:
        most = random.choice(asked.amounts)
        facts[random.choice(numbers)] = most + random.choice((-0.01, 0, 0, 0.01))


def say_what_is_asked(random: Random, content: Content, asked: Asked) -> None:
    """Give acts of a kind the fact that a rule or a definition asks for."""
    for _ in range(20):
        kinds, item = random.choice(asked.conditions)
        acts = [act for act in content["acts"] if act["kind"] in kinds]
        wanted = item.wanted
        if isinstance(wanted, LimitUse):
            wanted = random.choice(asked.amounts)
        term = asked.vocabulary.facts.get(item.name)
        if not acts or wanted is None or term is None:
            continue
        if isinstance(wanted, list) and term.type.value != "list":
            wanted = random.choice(wanted)
        random.choice(acts).setdefault("facts", {})[item.name] = wanted
        return


def swap_persons(random: Random, content: Content, asked: Asked) -> None:
    one, other = some_act(random, content), some_act(random, content)
    one["by"], other["by"] = other.get("by", []), one.get("by", [])


def change_company(random: Random, content: Content, asked: Asked) -> None:
    act, people = some_act(random, content), content["persons"]
    by = act.setdefault("by", [])
    way = random.randrange(5)
    if way == 0 and by:
        by.remove(random.choice(by))
    elif way == 1 and by:
        random.choice(by).pop("role", None)
    elif way == 2 and by:
        by.append(copy.deepcopy(random.choice(by)))
    elif way == 3 and people:
        by.append({"person": random.choice(people)["id"]})
    else:
        by.append({"person": "somebody", "role": "执法人员"})


def change_person(random: Random, content: Content, asked: Asked) -> None:
    people = content["persons"]
    if not people:
        return
    person, way = random.choice(people), random.randrange(5)
    if way == 0:
        person["name"] = random.choice(people)["name"]
    elif way == 1:
        person.pop("certificate", None)
    elif way == 2:
        person.pop("roles", None)
    elif way == 3:
        people.remove(person)
    elif "certificate" in person:
        day = some_act(random, content).get("starts", "2024-03-01")[:10]
        key = random.choice(("valid_from", "valid_to"))
        person["certificate"][key] = moved(day, random.choice((-1, 0, 1)))


def change_links(random: Random, content: Content, asked: Asked) -> None:
    act, other = some_act(random, content), some_act(random, content)
    way = random.randrange(4)
    if way == 0:
        act["about"] = []
    elif way == 1:
        act["about"] = [other["id"]]
    elif way == 2:
        act["about"] = [*act.get("about", []), other["id"]]
    else:
        for one in content["acts"]:
            one.pop("about", None)


def change_what_is_provided(random: Random, content: Content, asked: Asked) -> None:
    if random.random() < 0.2:
        content["provides"] = None
        return
    kinds = sorted(
        {act["kind"] for act in content["acts"]} | set(random.sample(list(asked.vocabulary.acts), 20))
    )
    provides = ["案卷"] if random.random() < 0.7 else []
    for kind in kinds:
        chance = random.random()
        facts = [name for act in content["acts"] if act["kind"] == kind for name in act.get("facts", {})]
        if chance < 0.6:
            provides.append(kind)
        elif chance < 0.85:
            provides += [f"{kind}.{name}" for name in dict.fromkeys(facts) if random.random() < 0.6]
    content["provides"] = provides


def open_or_close(random: Random, content: Content, asked: Asked) -> None:
    content["acts"] = [act for act in content["acts"] if act["kind"] not in ("结案", "归档")]
    facts = content.setdefault("facts", {})
    facts["办案状态"] = random.choice(("在办", "已结"))
    days = [act[key][:10] for act in content["acts"] for key in ("starts", "ends") if key in act]
    if days and random.random() < 0.6:
        facts["记录截至"] = moved(random.choice(days), random.choice((-1, 0, 1)))


def change_head(random: Random, content: Content, asked: Asked) -> None:
    field = random.choice(("kind", "procedure", "field", "region", "party", "parties", "level"))
    if field == "party":
        for party in content["parties"]:
            party["kind"] = random.choice(("公民", "法人", "其他组织", "个体工商户"))
    elif field == "parties":
        content["parties"] = content["parties"][1:] or copy.deepcopy(content["parties"]) * 2
    elif field == "level":
        content["agency"]["level"] = random.choice(("县", "市", "省"))
    elif field != "kind" and random.random() < 0.3:
        content.pop(field, None)
    else:
        content[field] = random.choice(HEADS[field])


HEADS = {
    "kind": ["行政处罚", "行政许可", "行政强制", "行政检查", "其他"],
    "procedure": ["普通程序", "简易程序", "快速办理"],
    "field": ["市场监管", "农业", "生态环境", "交通运输", "治安管理", "海关", "税务"],
    "region": ["四川", "内蒙古", "河北", "浙江", "上海", "内蒙古自治区赤峰市"],
}

CHANGES: list[Change] = [
    drop_act, drop_a_kind, double_act, shift_act, shift_act, shift_all, shift_one_end, shift_a_minute,
    same_moment, cut_times, drop_day, drop_fact, drop_facts, flip_flag, shorten_list, change_amount,
    say_what_is_asked, say_what_is_asked, swap_persons, change_company, change_person, change_links,
    change_what_is_provided, open_or_close, change_head,
]  # fmt: skip
