"""The steps from the desk to an outcome: when each is reached, and when it is known not to be.

Each step is asked of those alone who reached the step before. Whoever did not reach it either is
known not to have (somebody said so), or it may still come, or nobody knows: silence is never a no.
Where a step has a window, so that an old quarter and a new one compare, it is reached within the
window or not at all. All four together are those who reached the step before, always.

A step is told by the facts of one stay (`referral.journey.facts`), as conditions that hold for a
row of them: `facts` has its columns, and `at` is the second at which the report is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from referral.custody.offers import OfferAnswer
from referral.reports.shipped import SHIPPED

Holds = Callable[[Any, int], Any]

ENGAGED_WITHIN = timedelta(days=28)
OUTCOME_WITHIN = timedelta(weeks=12)
OVER_FOR = 0.9  # of the people a step must be over before a share is told
KNOWN_OF = 0.85  # and of those it must be known where they stand


class Standing(StrEnum):
    """Where somebody stands who reached the step before."""

    REACHED = "reached"
    NOT_YET = "not yet"
    UNKNOWN = "unknown"
    NOT_REACHED = "not reached"


@dataclass(frozen=True)
class Tally:
    """How many people, and how many stays, stand where at a step."""

    people: Mapping[Standing, int]
    stays: Mapping[Standing, int]

    @property
    def asked_of(self) -> int:
        """How many people reached the step before."""
        return sum(self.people.values())

    @property
    def share(self) -> int | None:
        """How many in a hundred of the people for whom it is over reached it.

        From exact counts. None while it is not over for nine in ten of them, and where it is known
        of too few of those: then `why_not` says which.
        """
        over = self.asked_of - self.people[Standing.NOT_YET]
        if self.why_not:
            return None
        return (200 * self.people[Standing.REACHED] + over) // (2 * over)  # half is rounded up

    @property
    def why_not(self) -> str:
        """Why no share is given; empty where one is."""
        over = self.asked_of - self.people[Standing.NOT_YET]
        if over == 0 or over < OVER_FOR * self.asked_of:
            return "too early"
        unknown = self.people[Standing.UNKNOWN]
        return "not enough known" if over - unknown < KNOWN_OF * over else ""


@dataclass(frozen=True)
class StepLine:
    """A step and how many stand where."""

    step: "Step"
    tally: Tally


@dataclass(frozen=True)
class Step:
    """A step: what it is called and counts, and its conditions, the first of which decides.

    Reached; else known not to be reached; else still to come; else nobody knows.
    """

    code: str
    title: str
    definition: str
    reached: Holds
    never: Holds
    to_come: Holds


def _moment(name: str) -> Holds:
    return lambda facts, at: getattr(facts, name) <= at


def _within(name: str, window: timedelta) -> Holds:
    length = int(window.total_seconds())
    return lambda facts, _at: getattr(facts, name) <= facts.referred_at + length


def _after(name: str, window: timedelta) -> Holds:
    length = int(window.total_seconds())
    return lambda facts, _at: getattr(facts, name) > facts.referred_at + length


def _still(window: timedelta) -> Holds:
    length = int(window.total_seconds())
    return lambda facts, at: facts.referred_at > at - length


def _not_asked(facts: Any, at: int) -> Any:
    return (facts.released_at <= at) & (facts.offers > 0)


def _said_no(facts: Any, at: int) -> Any:
    return (facts.answer == OfferAnswer.DECLINED) | (facts.released_at <= at)


def ended_without_them(facts: Any, at: int) -> Any:
    """Whether it has ended, and somebody said of each appointment that they did not come."""
    return (facts.over_at <= at) & facts.came_at.is_(None) & facts.unsaid_from.is_(None)


def _never_came(facts: Any, at: int) -> Any:
    """They came too late, or each service that took them on has ended it and said they did not."""
    return _after("came_at", ENGAGED_WITHIN)(facts, at) | ended_without_them(facts, at)


def _here(facts: Any, at: int) -> Any:
    return facts.released_at.is_(None) | (facts.released_at > at)


def _always(facts: Any, at: int) -> Any:
    del facts, at
    return True


def _no(facts: Any, at: int) -> Any:
    del facts, at
    return False


WORDS = {
    row["code"]: (row["title"], " ".join(row["definition"].split()))
    for row in (*SHIPPED["steps"], *SHIPPED["doors"])
}


def _step(code: str, reached: Holds, never: Holds, to_come: Holds) -> Step:
    return Step(code, *WORDS[code], reached, never, to_come)


STEPS = (
    _step("booked", _always, _no, _no),
    _step("asked", _moment("asked_at"), _not_asked, _here),
    _step("agreed", _moment("agreed_at"), _said_no, _always),
    _step("referred", _moment("referred_at"), _moment("case_closed_at"), _always),
    _step("accepted", _moment("accepted_at"), _moment("nobody_at"), _always),
    _step("engaged", _within("came_at", ENGAGED_WITHIN), _never_came, _still(ENGAGED_WITHIN)),
    _step(
        "outcome",
        _within("outcome_at", OUTCOME_WITHIN),
        _after("outcome_at", OUTCOME_WITHIN),
        _still(OUTCOME_WITHIN),
    ),
)
BY_OTHER_DOORS = (
    _step("came", _always, _no, _no),
    _step("met", _moment("sure_at"), _moment("case_closed_at"), _always),
    *STEPS[3:],
)
