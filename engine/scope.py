"""The scope in which a rule judges one subject, and the words for what it sees there."""

from __future__ import annotations

from msgspec import Struct

from casefiles.model import Act
from casefiles.moments import Moment
from engine.calendar import WorkingCalendar
from engine.facts import CaseFacts
from engine.laws import Laws
from engine.limits import Limits


class Scope(Struct, frozen=True):
    """Everything a verb may look at: the file, the subject, and the reference data."""

    facts: CaseFacts
    subject: Act
    limits: Limits
    calendar: WorkingCalendar
    laws: Laws

    @property
    def as_of(self) -> Moment:
        """The day of the check."""
        return self.facts.as_of


def begin_of(act: Act) -> Moment | None:
    """Return when an act began, or its only moment."""
    return act.starts or act.ends


def end_of(act: Act) -> Moment | None:
    """Return when an act was over, or its only moment."""
    return act.ends or act.starts


def act_words(facts: CaseFacts, act: Act) -> str:
    """Return an act as users read it: kind, number and day."""
    number = act.facts.get("文号")
    moment = begin_of(act)
    parts = [str(number)] if number else []
    parts.append(moment_words(moment) if moment else "日期不明")
    return f"{facts.kind_of(act)}（{'，'.join(parts)}）"


def moment_words(moment: Moment) -> str:
    """Return a moment as users read it."""
    return str(moment).replace("T", " ")
