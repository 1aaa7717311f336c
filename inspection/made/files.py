"""Made case files of all stories, fields, regions and dates: lawful ones, and those with one defect.

The same seed gives the same files, and each can be made alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count as numbers
from random import Random

from msgspec import Struct

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.coercion import coercion_file
from inspection.made.customs import customs_file
from inspection.made.damage import Case
from inspection.made.defects import Defect
from inspection.made.execution import execution_file
from inspection.made.licence import licence_file
from inspection.made.penalty import penalty_file
from inspection.made.police import police_file
from inspection.made.setting import Setting, any_setting
from inspection.made.summary import summary_file
from inspection.made.unit import unit_file
from inspection.made.visits import visit_file

Story = Callable[[Setting, Random, WorkingCalendar, Vocabulary], Case]

STORIES: dict[str, tuple[Story, int]] = {
    "普通程序处罚": (penalty_file, 34),
    "简易程序处罚": (summary_file, 10),
    "治安处罚": (police_file, 10),
    "海关处罚": (customs_file, 4),
    "许可": (licence_file, 12),
    "检查": (visit_file, 10),
    "强制措施": (coercion_file, 10),
    "强制执行": (execution_file, 8),
    "执法主体自查": (unit_file, 4),
}
"""The stories, each with its share of the files."""
OWN_FIELDS = {"治安处罚": ("治安管理", "治安管理", "公安"), "海关处罚": ("海关",)}
"""The fields of stories that are told of no others; the others are told of all but these."""
RICH_FIELDS = (
    "市场监管", "农业", "交通运输", "住房城乡建设", "医疗保障", "民政", "自然资源", "生态环境", "卫生健康",
)  # fmt: skip
"""The fields with rules of their own; every other file is of one of them."""
RICH_REGIONS = ("内蒙古", "贵州", "四川")
"""The regions with rules of their own; three of ten files are from there."""
MOST_TRIES = 400
"""So many lawful files are looked at for one that has a place for some defect."""


class Made(Struct, frozen=True):
    """A made file as plain data; ``name`` tells it from all others of the same seed."""

    name: str
    story: str
    case: Case


class Planted(Struct, frozen=True):
    """A made file with one defect, and the rules that the defect breaks."""

    made: Made
    defect: str
    broken: frozenset[str]


def made_file(seed: int, number: int, calendar: WorkingCalendar, words: Vocabulary) -> Made:
    """Return the lawful file of a number."""
    dice = Random(f"{seed}-{number}")
    story = dice.choices(list(STORIES), [share for _, share in STORIES.values()])[0]
    fields = OWN_FIELDS.get(story) or (RICH_FIELDS if dice.random() < 0.5 else _other_fields(words))
    region = dice.choice(RICH_REGIONS) if dice.random() < 0.3 else None
    setting = any_setting(dice, number, words, field=dice.choice(fields), region=region)
    return Made(f"{story}-{number:06}", story, STORIES[story][0](setting, dice, calendar, words))


def _other_fields(words: Vocabulary) -> Sequence[str]:
    owned = {field for fields in OWN_FIELDS.values() for field in fields}
    return [field for field in words.heads["fields"] if field not in owned]


def lawful_files(count: int, seed: int, calendar: WorkingCalendar, words: Vocabulary) -> Iterator[Made]:
    """Yield so many lawful files."""
    return (made_file(seed, number, calendar, words) for number in range(1, count + 1))


def planted_files(
    count: int, seed: int, calendar: WorkingCalendar, words: Vocabulary, defects: Sequence[Defect]
) -> Iterator[Planted]:
    """Yield so many files with a defect that breaks something, every defect about as often as any other.

    Each file gets the defect that was planted least often until then and has a place in it. Files whose
    defect breaks no rule that applies to them come in between, and are not counted.
    """
    planted: Counter[str] = Counter()
    found = 0
    for number in numbers(1):
        if found == count or number > MOST_TRIES * count:
            return
        made = made_file(seed, number, calendar, words)
        for defect in sorted(defects, key=lambda one: planted[one.name]):
            damaged = defect.planted(made.case)
            if damaged is not None:
                planted[defect.name] += 1
                broken = defect.broken(made.case)
                found += bool(broken)
                yield Planted(Made(made.name, made.story, damaged), defect.name, broken)
                break
