"""The ladder of people to tell when something is late, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from referral.directory.deadlines import Deadlines, Kind, Stay


class Step(IntEnum):
    """How far something late has gone."""

    OWNER = 1
    LEAD = 2
    MANAGERS = 3


WORDS: Mapping[int, str] = {
    Step.OWNER: "owner told",
    Step.LEAD: "team lead told",
    Step.MANAGERS: "managers told",
}


@dataclass(frozen=True)
class Course:
    """The steps that are due by a moment, each with its own time; and when it goes further."""

    steps: tuple[tuple[Step, datetime], ...]
    next_at: datetime | None
    taken: int  # before these

    @property
    def reached(self) -> int:
        """How far it has gone with them."""
        return max([self.taken, *(int(step) for step, _ in self.steps)])


def course(
    due_at: datetime,
    taken: int,
    at: datetime,
    deadlines: Deadlines,
    stay: Stay | None,
    *,
    urgent: bool = False,
) -> Course:
    """The steps to take at `at` for work that was due and has taken some steps already.

    The owner is told when the time is over, and each further step follows the one before.
    """
    moment = due_at
    steps = list[tuple[Step, datetime]]()
    for step in Step:
        if moment >= at:
            return Course(tuple(steps), moment, taken)
        if step > taken:
            steps.append((step, moment))
        moment = deadlines.due(Kind.NEXT_STEP, moment, stay, urgent=urgent)
    return Course(tuple(steps), None, taken)
