"""What a rule requires: one verb, or ``all_of``, ``any_of`` or ``not`` of verbs, once and not nested.

The tables by which verdicts combine stand in ``docs/truth-tables.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, create_model, model_validator

from engine.findings import Outcome
from engine.options import Options
from engine.scope import Scope
from engine.verbs import VERBS
from engine.verbs.base import MET, Verb, Verdict
from engine.verbs.content import StatesOption

_WORST_FIRST = (Outcome.BREACHED, Outcome.UNDETERMINED, Outcome.PENDING, Outcome.MET)
_BEST_FIRST = (Outcome.MET, Outcome.UNDETERMINED, Outcome.PENDING, Outcome.BREACHED)
_OPPOSITE = {Outcome.MET: Outcome.BREACHED, Outcome.BREACHED: Outcome.MET}


class AllOf(Verb):
    """Every verb must be kept: one breach breaks it, else one open verb leaves it open."""

    verbs: tuple[Verb, ...]

    def sentence(self) -> str:
        """Return the demands in words."""
        return "；并且".join(verb.sentence() for verb in self.verbs)

    def judge(self, scope: Scope) -> Verdict:
        """Judge all, and tell the worst."""
        return _chosen([verb.judge(scope) for verb in self.verbs], _WORST_FIRST)


class AnyOf(Verb):
    """One verb kept is enough: it is broken only if all are."""

    verbs: tuple[Verb, ...]

    def sentence(self) -> str:
        """Return the demands in words."""
        return "；或者".join(verb.sentence() for verb in self.verbs)

    def judge(self, scope: Scope) -> Verdict:
        """Judge all, and tell the best."""
        return _chosen([verb.judge(scope) for verb in self.verbs], _BEST_FIRST)


class Not(Verb):
    """The verb must not be kept; what is open stays open."""

    verb: Verb

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"不得出现下列情形：{self.verb.sentence()}"

    def judge(self, scope: Scope) -> Verdict:
        """Judge, and turn it round."""
        verdict = self.verb.judge(scope)
        outcome = _OPPOSITE.get(verdict.outcome, verdict.outcome)
        if outcome is not Outcome.BREACHED:
            return MET if outcome is Outcome.MET else verdict
        values = {**verdict.values, "problem": f"出现了不应有的情形：{self.verb.sentence()}"}
        return replace(verdict, outcome=outcome, values=values)


def _chosen(verdicts: Sequence[Verdict], order: Sequence[Outcome]) -> Verdict:
    outcome = min((verdict.outcome for verdict in verdicts), key=order.index)
    if outcome is Outcome.MET:
        return MET
    told = [verdict for verdict in verdicts if verdict.outcome is outcome]
    problems = dict.fromkeys(verdict.values.get("problem", "") for verdict in told)
    dues = [verdict for verdict in told if verdict.due]
    return Verdict(
        outcome,
        {"problem": "；".join(problem for problem in problems if problem)},
        tuple(dict.fromkeys(item for verdict in told for item in verdict.evidence)),
        due=dues[0].due if dues else None,
        settled_by=tuple(dict.fromkeys(item for verdict in told for item in verdict.settled_by)),
        derive=dues[0].derive if dues else None,
    )


class _OneOf(Options):
    """A mapping in which exactly one key is given."""

    @model_validator(mode="after")
    def _exactly_one(self) -> _OneOf:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"应写且只写一个谓词，现有 {len(given)} 个｜多个谓词用 all_of 或 any_of 合并")
        return self

    @property
    def verb(self) -> Verb:
        """The only verb given."""
        found = next(value for name in type(self).model_fields if (value := getattr(self, name)) is not None)
        return _combined(self, found)


_OPTIONS: dict[str, Any] = {
    name: (StatesOption | None if name == "states" else verb | None, None) for name, verb in VERBS.items()
}

SingleRequirement = create_model("SingleRequirement", __base__=_OneOf, **_OPTIONS)
"""One verb with its options, by its name."""


Singles = Annotated[tuple[SingleRequirement, ...], Field(min_length=2)]

RequirementDocument = create_model(
    "RequirementDocument",
    __base__=_OneOf,
    all_of=(Singles | None, None),
    any_of=(Singles | None, None),
    not_=(SingleRequirement | None, Field(None, alias="not")),
    **_OPTIONS,
)
"""What stands under ``require``."""


def _combined(document: Any, found: Any) -> Verb:
    if isinstance(found, Verb):
        return found
    if isinstance(found, tuple):
        verbs = tuple(one.verb for one in found)
        return AllOf(verbs=verbs) if document.all_of is not None else AnyOf(verbs=verbs)
    return Not(verb=found.verb)
