"""A limit as rules use it: by its id in the place of a number, and what is told if it is not set."""

from __future__ import annotations

from msgspec import Struct

from engine.findings import Settlement


class LimitUse(Struct, frozen=True, tag=True):
    """A limit named by a rule instead of a number."""

    id: str

    def __str__(self) -> str:
        return f"限值“{self.id}”"


class NotSet(Struct, frozen=True):
    """No value can be told; ``settlement`` names the missing parameter or the missing fact."""

    settlement: Settlement
