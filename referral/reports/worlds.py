"""The moment as of which each stay is counted, so that all editions speak of one world.

What was published of a quarter stays as it was published: the quarter is counted as it stood at
the moment of its edition, in its year too, until a later edition revises it as a whole. Else the
difference of two editions would be a number of its own, and a small one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from referral.published.periods import Period


@dataclass(frozen=True)
class Settled:
    """A period that was published, and the moment as of which it was counted."""

    period: Period
    as_at: datetime


@dataclass(frozen=True)
class World:
    """At which moment it is judged what is over, and what was known then.

    `known` is None for what holds now, which is found sooner. What lies in a settled period is
    counted as of its moment instead.
    """

    at: datetime
    known: datetime | None = None
    settled: Sequence[Settled] = ()


def known_at(moment: datetime, now: datetime) -> World:
    """The world as it was known at a moment, all of it."""
    return World(moment, moment if moment < now else None)
