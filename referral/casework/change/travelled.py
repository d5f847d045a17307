"""How far somebody has come: a measure then and now, by the direction that its pack gives."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from referral.casework.assessment.instruments import LOWER, Instrument


class Change(StrEnum):
    """What became of somebody by one measure."""

    BETTER = "Better"
    SAME = "The same"
    WORSE = "Worse"


@dataclass(frozen=True)
class Travelled:
    """A measure then and now; `change` is None where its pack does not say which way is better."""

    title: str
    then: int
    then_at: datetime
    now: int
    now_at: datetime
    change: Change | None


def change_of(instrument: Instrument, then: int, now: int) -> Change | None:
    """Whether a second score is better than the first; None where nobody has said which way."""
    if not instrument.better:
        return None
    if then == now:
        return Change.SAME
    return Change.BETTER if (now < then) == (instrument.better == LOWER) else Change.WORSE
