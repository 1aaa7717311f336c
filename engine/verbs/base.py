"""What all verbs (谓词) share: a sentence, a judgement, and the verdict they give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from msgspec import Struct

from casefiles.model import Act
from casefiles.moments import Moment
from engine.facts import CaseFacts
from engine.findings import DerivationStep, Evidence, Outcome, Role, Settlement
from engine.scope import Scope, act_words


class Verdict(Struct, frozen=True):
    """What a verb says of one subject.

    ``values`` fill the message; ``evidence`` holds what was compared or looked for besides the
    subject itself; ``derive`` yields the derivation of the due date on demand.
    """

    outcome: Outcome
    values: Mapping[str, str] = {}
    evidence: tuple[Evidence, ...] = ()
    due: Moment | None = None
    settled_by: tuple[Settlement, ...] = ()
    derive: Callable[[], tuple[DerivationStep, ...]] | None = None


MET = Verdict(Outcome.MET)


class Verb:
    """A verb: a sentence, the values it gives to messages, and a judgement.

    Each verb is also a class of options; how rules write it is derived from the types of its fields.
    """

    __slots__ = ()

    __struct_fields__: ClassVar[tuple[str, ...]]
    VALUES: ClassVar[frozenset[str]] = frozenset({"problem"})

    def sentence(self) -> str:
        """Return what the verb demands, in words that follow the name of the subject."""
        raise NotImplementedError

    def judge(self, scope: Scope) -> Verdict:
        """Return the verdict on the subject of the scope."""
        raise NotImplementedError


def unsettled(*settlements: Settlement, **values: str) -> Verdict:
    """Return an undetermined verdict that names what would settle it."""
    return Verdict(Outcome.UNDETERMINED, values, settled_by=tuple(dict.fromkeys(settlements)))


def compared(facts: CaseFacts, act: Act, text: str = "") -> Evidence:
    """Return an act of the file as evidence of what the subject was compared with."""
    return Evidence(Role.COMPARED, text or act_words(facts, act), facts.path_of(act))


def missing(text: str) -> Evidence:
    """Return as evidence what was looked for and is not in the file."""
    return Evidence(Role.MISSING, text)
