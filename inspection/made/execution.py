"""Lawful files of execution: a fine that was not paid, an order that was not obeyed."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.execution_fine import Fine
from inspection.made.execution_order import (
    CLEARANCES,
    DEMOLITIONS,
    HARMS,
    Clearance,
    Demolition,
    Substitute,
)
from inspection.made.execution_steps import END, LONG, Execution
from inspection.made.setting import Setting


def execution_file(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Return a lawful file of a fine or an order and its execution as plain data."""
    story = _story(setting, dice)(setting, dice, calendar, words)
    story.tell()
    return story.draft.case(procedure=story.procedure)


def _story(setting: Setting, dice: Random) -> type[Execution]:
    """Return a kind of execution that a law lets the unit carry out."""
    found: list[type[Execution]] = [Fine]
    if setting.field in HARMS:
        found += [Substitute, Substitute]
    if setting.field in DEMOLITIONS and setting.first < END - LONG - timedelta(60):
        found += [Demolition, Demolition]
    if setting.field in CLEARANCES:
        found.append(Clearance)
    return dice.choice(found)
