"""The first day of each role as a walk through its own pages, with invented people.

A step is over when the trail has what it asks for, done by the user since the walk began; one that
only shows a page, when its reader goes on from there or has done what comes later.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from referral.access.permissions import Role
from referral.audit.tags import Tag


@dataclass(frozen=True)
class TourStep:
    """What to do, why, the name of the page where it begins, and what proves that it was done."""

    title: str
    words: str
    why: str
    page: str
    proof: Tag | None = None


@dataclass(frozen=True)
class Standing:
    """Where somebody is in the walk of their role; `began` is False before the first time."""

    steps: Sequence[TourStep]
    here: int
    seen: frozenset[Tag]
    running: bool
    began: bool = True

    @property
    def step(self) -> TourStep | None:
        """What is to be done now; None when all of it is over."""
        return self.steps[self.here] if self.here < len(self.steps) else None

    @property
    def just_proved(self) -> TourStep | None:
        """The step before this one, where the trail has it."""
        before = self.steps[self.here - 1] if self.here else None
        return before if before and before.proof in self.seen else None

    @property
    def skipped(self) -> Sequence[TourStep]:
        """What was to be done, and was passed over."""
        passed = self.steps[: self.here]
        return [step for step in passed if step.proof and step.proof not in self.seen]


def first_open(steps: Sequence[TourStep], passed: int, seen: Collection[Tag]) -> int:
    """The place of the first step that is not over; as many as there are when all of them are.

    `passed` steps were left behind by their reader, `seen` is what they did since it began.
    """
    done = max((n for n, step in enumerate(steps, 1) if step.proof in seen), default=0)
    for number, step in enumerate(steps):
        over = step.proof in seen if step.proof else number < done
        if number >= passed and not over:
            return number
    return len(steps)


def shipped() -> Mapping[Role, Sequence[TourStep]]:
    """The walk of each role, as it ships. Raises KeyError for a step or an event that is not."""
    found = tomllib.loads((Path(__file__).parent / "tours.toml").read_text(encoding="utf-8"))
    steps = {name: _step(**said) for name, said in found["steps"].items()}
    return {Role(role): [steps[name] for name in names] for role, names in found["tours"].items()}


def _step(proof: str = "", **said: str) -> TourStep:
    return TourStep(**said, proof=Tag[proof] if proof else None)


TOURS = shipped()
