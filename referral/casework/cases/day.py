"""A worker's day: who is in a cell now, what is due, and what came back from services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from referral.casework.cases.next_steps import NextStep
from referral.clock import day_of, midnight

# a service asked, said no, or has closed
BACK = frozenset({NextStep.ANSWER, NextStep.REFUSED, NextStep.ANEW})


class Part(StrEnum):
    """One part of the day, in the order of the page."""

    CELLS = "In the cells now"
    DUE = "Due today"
    BACK = "Came back from services"


class Task(Protocol):
    """A row of the day, as far as its part cares."""

    @property
    def here(self) -> bool: ...
    @property
    def next_act(self) -> NextStep: ...
    @property
    def due_at(self) -> datetime: ...


T = TypeVar("T", bound=Task)


def end_of(at: datetime) -> datetime:
    """The first moment of the day after, in Scotland."""
    return midnight(day_of(at) + timedelta(days=1))


def in_parts(rows: Iterable[T], at: datetime) -> dict[Part, list[T]]:
    """The rows by part, each in the order in which it came; parts with nothing are left out."""
    parts: dict[Part, list[T]] = {part: [] for part in Part}
    for row in rows:
        parts[_part_of(row, at)].append(row)
    return {part: found for part, found in parts.items() if found}


def _part_of(row: Task, at: datetime) -> Part:
    if row.here:
        return Part.CELLS
    return Part.BACK if row.next_act in BACK or row.due_at >= end_of(at) else Part.DUE
