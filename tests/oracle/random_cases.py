"""Random case files for a rulebook, with a bias towards what lies on a boundary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from casefiles.moments import Moment, parse_moment
from tests.oracle.documents import Book, Document, as_list
from tests.oracle.files import File
from tests.oracle.slice import (
    AGENCY_FACTS,
    CASE_FACTS,
    DAY,
    FACTS,
    KINDS,
    PARTY_FACTS,
    PERSON_FACTS,
    ROLE_WORDS,
    WORDS,
    chance,
    day_near,
    some,
    value_of,
)
from tests.oracle.terms import count_term, latest_start, length_of

Content = dict[str, Any]
PAPERS = [paper for kind in KINDS for paper in WORDS.acts[kind].documents]


def lengths_in(data: Any) -> Iterator[str]:
    """Yield every length of time that documents write."""
    if isinstance(data, dict):
        for key, value in data.items():
            written = key in ("within", "period", "at_least", "at_most", "value")
            if written and isinstance(value, str) and ":" not in value:
                yield value
            else:
                yield from lengths_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from lengths_in(value)


def kinds_in(data: Any) -> Iterator[str]:
    """Yield every kind of act that documents name, as often as they do."""
    if isinstance(data, dict):
        yield from as_list(data.get("act"))
        for value in data.values():
            yield from kinds_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from kinds_in(value)


@dataclass(frozen=True)
class Interests:
    """What is interesting for the rules of a book: kinds of acts, lengths of time, and days."""

    kinds: list[str]
    lengths: list[str]
    epochs: list[date]


def interests_of(book: Book, epochs: list[date]) -> Interests:
    """Look through the documents of a book; the subjects of its rules count several times."""
    documents: list[Document] = [*book.rules, *book.definitions]
    subjects = [kind for rule in book.rules for kind in as_list(rule["subject"]["act"])]
    lengths = list(lengths_in([documents, book.limits]))
    return Interests([*kinds_in(documents), *subjects, *subjects], lengths or ["3 days"], epochs)


class CaseMaker:
    """Makes one case: the kinds that the rules name, at times that their terms make interesting."""

    def __init__(self, random: Random, book: Book, interests: Interests) -> None:
        self.random = random
        self.book = book
        self.kinds, self.lengths = interests.kinds, interests.lengths
        self.day = random.choice(interests.epochs)
        self.times: list[str] = []
        self.spans: list[tuple[str, str]] = []
        self.exact = chance(random, 0.4)
        """Whether most acts have times of day."""

    def content(self) -> Content:
        random = self.random
        names = ["甲", "乙", "丙"][: random.choice([0, 2, 3, 3])]
        acts = self.acts(names)
        persons = [self.person(name) for name in names]
        found: Content = {
            "number": "示例〔2024〕1号",
            "kind": random.choice(["行政处罚", "行政处罚", "处罚", "行政强制", "行政许可"]),
            "agency": {"name": "示例市执法局", "facts": self.facts(AGENCY_FACTS, 0.4)},
            "parties": [self.party() for _ in range(random.choice([0, 1, 1, 1, 2]))],
            "persons": persons,
            "acts": acts,
            "facts": self.facts(CASE_FACTS, 0.4),
            "documents": self.papers(),
        }
        if chance(random, 0.8):
            found["facts"]["办案状态"] = random.choice(["已结", "已结", "已结", "在办"])
        if chance(random, 0.3):
            found["facts"]["记录截至"] = self.moment()[:10]
        if chance(random, 0.15):
            found["provides"] = self.provides()
        fields = {
            "procedure": ["普通程序", "一般程序", "简易程序"],
            "field": ["市场监管", "市监", "农业", "公安"],
        }
        fields["region"] = ["420100", "湖北省武汉市", "150000"]
        for name, words in fields.items():
            if chance(random, 0.7):
                found[name] = random.choice(words)
        if chance(random, 0.6):
            found["agency"]["level"] = random.choice(["市", "县", "县级", "省"])
        return found

    def as_of(self) -> Moment:
        random = self.random
        if chance(random, 0.5):
            return parse_moment(self.moment()[:10])
        return Moment(self.day.toordinal() + random.choice([0, 20, 60, 400, 800]))

    # Times

    def moment(self) -> str:
        """Return a time: one that is already there, the end of a term from one, or one near the day."""
        random = self.random
        roll = random.random()
        if self.times and roll < 0.2:
            time = random.choice(self.times)
        elif self.times and roll < 0.55:
            time = self.aimed(parse_moment(random.choice(self.times)))
        else:
            time = self.with_clock(day_near(random, self.day).isoformat(), 0.8 if self.exact else 0.2)
        self.times.append(time)
        return time

    def with_clock(self, day: str, share: float) -> str:
        clocks = [
            "09:00",
            "09:00",
            "09:30",
            "10:00",
            "10:01",
            "21:59",
            "22:00",
            "23:30",
            "00:00",
            "05:59",
            "06:00",
        ]
        return f"{day}T{self.random.choice(clocks)}" if chance(self.random, share) else day

    def aimed(self, start: Moment) -> str:
        """Return the last lawful moment of a term of the rules, or one just before or after it."""
        random = self.random
        length = length_of(random.choice(self.lengths))
        file = File(None, self.book, start)  # type: ignore[arg-type] # only the calendar is asked
        if chance(random, 0.5):
            term = count_term(file, start, [length], [], roll_over=chance(random, 0.8))
        else:
            term = latest_start(file, start, length)
        due = term.due or term.surely_until or term.surely_after
        assert due is not None
        shift = random.choice([-1, 0, 0, 0, 1, 1])
        if due.minute is not None and chance(random, 0.7):
            minute = due.day * 1440 + due.minute + shift
            return str(Moment(minute // 1440, minute % 1440))
        return self.with_clock((due.date + shift * DAY).isoformat(), 0.3)

    # Acts

    def acts(self, persons: list[str]) -> list[Content]:
        random = self.random
        found: list[Content] = []
        for number in range(random.choice([1, 2, 3, 4, 5, 6, 8, 10])):
            kind = random.choice(self.kinds if chance(random, 0.85) else KINDS)
            found.append(self.act(f"A{number}", kind, persons))
        if found and chance(random, 0.25):
            found.append(random.choice(found) | {"id": "A99"})
        if chance(random, 0.12):
            found.append({"id": "Z", "kind": random.choice(["结案", "归档", "办结"])})
        for act in found:
            others = [one["id"] for one in found if one is not act]
            if others and chance(random, 0.35):
                act["about"] = some(random, others, 2)
            if chance(random, 0.03):
                act["about"] = [*act.get("about", ()), act["id"]]
        return found

    def act(self, name: str, kind: str, persons: list[str]) -> Content:
        random = self.random
        found: Content = {"id": name, "kind": kind, "facts": self.facts(FACTS.get(kind, []), 0.75)}
        synonyms = WORDS.acts[kind].synonyms
        if synonyms and chance(random, 0.15):
            found["kind"] = random.choice(synonyms)
        first, last = self.span()
        roll = random.random()
        if roll < 0.93:
            found["starts"] = first
        if 0.55 < roll < 0.97:
            found["ends"] = last
        if persons and chance(random, 0.75):
            found["by"] = [self.part(person) for person in some(random, persons, 3)]
        return found

    def span(self) -> tuple[str, str]:
        if self.spans and chance(self.random, 0.4 if self.exact else 0.15):
            found = self.touching(*self.random.choice(self.spans))
        else:
            found = self.free_span()
        self.spans.append(found)
        return found

    def touching(self, first: str, last: str) -> tuple[str, str]:
        """Return the same span, one that begins where it ends, one that ends where it begins, or a part."""
        middle = self.ending(first)
        spans = [(first, last), (first, last), (last, self.ending(last)), (first, middle), (middle, last)]
        start = parse_moment(first)
        if start.minute:
            spans.append((str(Moment(start.day, start.minute - 1)), first))
        one, other = self.random.choice(spans)
        return (one, other) if parse_moment(one).earliest <= parse_moment(other).earliest else (other, one)

    def free_span(self) -> tuple[str, str]:
        first = self.moment()
        last = self.moment() if chance(self.random, 0.35) else self.ending(first)
        one, other = parse_moment(first), parse_moment(last)
        if (one.day, one.latest) > (other.day, other.earliest) and one.day != other.day:
            return last, first
        if one.day == other.day and one.minute is not None and other.minute is not None:
            return (first, last) if one.minute <= other.minute else (last, first)
        return first, last

    def ending(self, first: str) -> str:
        start = parse_moment(first)
        if start.minute is None:
            return (start.date + self.random.choice([0, 0, 1, 3]) * DAY).isoformat()
        minute = start.earliest + self.random.choice([0, 1, 30, 60, 60, 90, 1439, 1440])
        return str(Moment(minute // 1440, minute % 1440))

    def part(self, person: str) -> Content:
        found: Content = {"person": person}
        return found | ({"role": self.random.choice(ROLE_WORDS)} if chance(self.random, 0.5) else {})

    def facts(self, names: list[str], share: float) -> Content:
        chosen = [name for name in names if chance(self.random, share)]
        return {name: value_of(self.random, name, self.day) for name in chosen}

    # The head

    def person(self, name: str) -> Content:
        random = self.random
        found: Content = {"id": name, "name": random.choice([name, name, "同名"])}
        if chance(random, 0.8):
            found["roles"] = some(random, ROLE_WORDS, 2)
        if chance(random, 0.7):
            found["certificate"] = self.certificate()
        return found | {"facts": self.facts(PERSON_FACTS, 0.5)}

    def certificate(self) -> Content:
        random = self.random
        found: Content = {"number": "13010012345"}
        days = [parse_moment(time).date for time in self.times] or [self.day]
        first = date(2019, 1, 1) if chance(random, 0.7) else random.choice(days)
        last = date(2029, 1, 1) if chance(random, 0.4) else random.choice(days)
        first, last = min(first, last), max(first, last)
        if chance(random, 0.7):
            found["valid_from"] = first.isoformat()
        if chance(random, 0.85):
            found["valid_to"] = last.isoformat()
        return found

    def party(self) -> Content:
        found: Content = {"name": "示例商贸", "facts": self.facts(PARTY_FACTS, 0.5)}
        kinds = ["公民", "公民", "自然人", "法人"]
        return found | ({"kind": self.random.choice(kinds)} if chance(self.random, 0.8) else {})

    def papers(self) -> list[Content]:
        random = self.random
        names = some(random, PAPERS, 3) if chance(random, 0.35) else []
        return [{"id": f"W{number}", "kind": name} for number, name in enumerate(names)]

    def provides(self) -> list[str]:
        random = self.random
        found: list[str] = [kind for kind in dict.fromkeys(self.kinds) if chance(random, 0.75)]
        for kind in KINDS:
            if kind not in found and chance(random, 0.2):
                found += [f"{kind}.{name}" for name in some(random, FACTS[kind], 2)]
        if chance(random, 0.5):
            found.append("案卷")
        else:
            found += [f"案卷.{name}" for name in some(random, [*CASE_FACTS, *PARTY_FACTS], 3)]
        return found
