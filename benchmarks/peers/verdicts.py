"""What every engine answers with: for each rule and act, whether it is met or breached.

A pair that is not there does not apply. Sets are compared, so the order is free.
"""

from __future__ import annotations

from collections.abc import Callable

Verdict = tuple[str, str, bool]
"""The id of the rule, the id of the act, and whether the duty was kept."""

Verdicts = list[Verdict]
Check = Callable[[bytes], Verdicts]
"""From the bytes of one file to its verdicts; what can be prepared once is prepared when it is made."""


def differences(expected: Verdicts, found: Verdicts, limit: int = 5) -> list[str]:
    """Return the first differences in words; empty if both are the same."""
    wanted, given = set(expected), set(found)
    missing = [f"lacks {one}" for one in sorted(wanted - given)]
    added = [f"adds {one}" for one in sorted(given - wanted)]
    twice = [f"repeats {one}" for one in sorted({one for one in found if found.count(one) > 1})]
    return (missing + added + twice)[:limit]
