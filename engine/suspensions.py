"""Times that do not count towards a period (中止、扣除), such as hearing, testing or appraisal.

A suspension takes the days from its start up to the day before its end out of the count.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from casefiles.moments import Moment

Stretch = tuple[int, int]
"""Suspended days as ordinals: the first, and the first that counts again."""


class Suspension(Struct, frozen=True):
    """One suspension as the file tells it; ``None`` where the file does not tell the day.

    The day of ``ends`` counts again. ``ground`` is the Chinese word for why, such as 鉴定.
    """

    starts: Moment | None
    ends: Moment | None
    ground: str

    @property
    def doubt(self) -> str | None:
        """Why the suspended days cannot be known, in Chinese; ``None`` if they are known."""
        if self.starts is None:
            return f"“{self.ground}”的开始日期不明，不能确定应当扣除的天数"
        if self.ends is None:
            return f"“{self.ground}”尚未结束或者结束日期不明，不能确定应当扣除的天数"
        if self.ends.day < self.starts.day:
            return f"“{self.ground}”的结束日期 {self.ends} 早于开始日期 {self.starts}"
        return None

    @property
    def days(self) -> Stretch:
        """The widest stretch that this can suspend; an open end reaches beyond all dates."""
        known = [moment.day for moment in (self.starts, self.ends) if moment]
        first = 0 if self.starts is None else min(known)
        stop = _NEVER if self.ends is None else max(known)
        return first, stop

    def covers(self, day: int) -> bool:
        """Tell whether a day is among ``days``."""
        first, stop = self.days
        return first <= day < stop


_NEVER = 1 << 40


def certain_stretches(suspensions: Sequence[Suspension]) -> tuple[Stretch, ...]:
    """Return the days suspended for certain, in order; stretches that touch are merged."""
    merged: list[Stretch] = []
    for first, stop in sorted(one.days for one in suspensions if one.doubt is None):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], stop)
        else:
            merged.append((first, stop))
    return tuple(merged)


def doubt_between(suspensions: Sequence[Suspension], start: int, end: int) -> str | None:
    """Return why the count after *start* up to *end* is in doubt; ``None`` if it is not."""
    for one in suspensions:
        first, stop = one.days
        if one.doubt and first <= end and stop - 1 > start:
            return one.doubt
    return None


def grounds_on(suspensions: Sequence[Suspension], day: int) -> str:
    """Return the grounds (joined by 、) that suspend a day for certain; empty if it counts."""
    found = (one.ground for one in suspensions if one.doubt is None and one.covers(day))
    return "、".join(dict.fromkeys(found))
