"""The building blocks of verbs: options with their types, and the choice of acts.

How rules write them is derived from these types by ``engine.written``.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from msgspec import Meta, Struct

from engine.conditions import Conditions
from engine.selection import Concern, Selector

Words = Annotated[tuple[str, ...], Meta(min_length=1)]
"""One word or several."""


class Options(Struct, frozen=True, kw_only=True, dict=True, tag=True, omit_defaults=True):
    """Options of a verb, by keyword; frozen."""


class ActChoice(Options, frozen=True, kw_only=True):
    """Which acts are looked for: kinds, facts, and whether they must concern the subject."""

    act: Words
    where: Conditions = Conditions()
    about: Concern = Concern.SUBJECT

    @cached_property
    def selector(self) -> Selector:
        """The choice, ready to be asked."""
        return Selector(self.act, self.where, self.about)
