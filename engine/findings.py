"""Findings: what the check says about one rule and one act, with everything that supports it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from msgspec import Struct, field, structs
from msgspec.structs import replace

from casefiles.model import Location, Path
from casefiles.moments import Moment


class Outcome(StrEnum):
    """The seven outcomes (结论), from the best to the worst."""

    MET = "met"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    PENDING = "pending"
    UNDETERMINED = "undetermined"
    BREACHED = "breached"
    ERROR = "error"

    @property
    def chinese(self) -> str:
        """The word that users read."""
        return _OUTCOME_WORDS[self]


_OUTCOME_WORDS = {
    Outcome.MET: "合规",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.WAIVED: "已豁免",
    Outcome.PENDING: "未到期",
    Outcome.UNDETERMINED: "无法判定",
    Outcome.BREACHED: "不合规",
    Outcome.ERROR: "执行出错",
}


class Severity(StrEnum):
    """How much a broken duty weighs; a note (提示) is no broken duty at all."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"
    NOTE = "note"

    @property
    def chinese(self) -> str:
        """The word that users read."""
        return {"veto": "一票否决", "major": "严重", "minor": "一般", "note": "提示"}[self.value]


class Basis(Struct, frozen=True):
    """Where the law says so (依据).

    ``mark`` tells how well that was read: V in the full text, V2 in part or at second hand, M from
    memory, I by inference. Up to ``note_until`` a breach is only a note.
    """

    law: str
    article: str
    since: date
    verified: date
    until: date | None = None
    mark: str = "V"
    note_until: date | None = None

    def in_force(self, day: int) -> bool:
        """Tell whether the article applied on a day, given as ordinal."""
        return self.since.toordinal() <= day and (self.until is None or day <= self.until.toordinal())


class Confirmation(StrEnum):
    """What the second engine says of a finding."""

    YES = "yes"
    NOT_EXPRESSIBLE = "not expressible"
    DISAGREE = "disagree"
    UNAVAILABLE = "unavailable"

    @property
    def chinese(self) -> str:
        """The word that users read."""
        return {"yes": "一致", "not expressible": "不能表达", "disagree": "不一致", "unavailable": "不可用"}[
            self.value
        ]


class Role(StrEnum):
    """What a piece of evidence is to its finding."""

    SUBJECT = "subject"
    COMPARED = "compared"
    MISSING = "missing"
    CONDITION = "condition"

    @property
    def chinese(self) -> str:
        """The word that users read."""
        return {
            "subject": "审查对象",
            "compared": "对照",
            "missing": "应有而未见",
            "condition": "适用条件",
        }[self.value]


class Evidence(Struct, frozen=True):
    """A place in the file that a finding rests on; ``text`` says in words what stands there."""

    role: Role
    text: str
    path: Path = ()
    location: Location | None = None


class Settlement(Struct, frozen=True):
    """What would settle an open question: a paper, and what it would have to tell.

    ``with_time``: nothing is missing, the case is only not closed yet.
    """

    document: str
    tells: str
    with_time: bool = False

    def __str__(self) -> str:
        return f"{self.document}（{self.tells}）"


class DerivationStep(Struct, frozen=True):
    """One line of the derivation of a date: the day, what happened to the count, and why.

    ``counted`` is the running number of the day, or of the hour where ``unit`` says so.
    """

    day: date
    text: str
    counted: int | None = None
    unit: str = "日"


class Cure(Struct, frozen=True):
    """What can lawfully be done now (补救); ``kind`` is 补正, 说明, 自行纠正 or 不可补正."""

    kind: str
    do: str


class WaiverNote(Struct, frozen=True):
    """The waiver (豁免) under which a finding stands, with the outcome it would have otherwise."""

    reason: str
    approver: str
    until: date
    expired: bool
    without: Outcome


class Finding(Struct, frozen=True):
    """What was found for one rule and, where the rule has one, one subject act.

    ``due`` is the last lawful moment where a period is involved; ``derivation`` is only filled on
    demand; ``settled_by`` lists what would decide an undetermined one. ``confirmed`` is what the second
    engine says, ``None`` where it was not asked.
    """

    rule: str
    version: str
    title: str
    outcome: Outcome
    severity: Severity
    effect: str
    subject: str | None
    message: str
    basis: tuple[Basis, ...]
    evidence: tuple[Evidence, ...] = ()
    due: Moment | None = None
    derivation: tuple[DerivationStep, ...] = ()
    settled_by: tuple[Settlement, ...] = ()
    cure: Cure | None = None
    fingerprint: str = ""
    values: dict[str, str] = field(default_factory=dict)
    waiver: WaiverNote | None = None
    remarks: tuple[str, ...] = ()
    confirmed: Confirmation | None = None


def located(finding: Finding, locate: Callable[[Path], Location]) -> Finding:
    """Return the finding with a location for each piece of evidence that stands somewhere."""
    if not any(item.path for item in finding.evidence):
        return finding
    placed = tuple(
        structs.replace(item, location=locate(item.path)) if item.path else item for item in finding.evidence
    )
    return replace(finding, evidence=placed)
