"""Two shares beside each other: each with how sure it is, and the difference of both."""

from dataclasses import dataclass

from referral.published.tables import Code, Count, Entry, Key, Measured, Share
from referral.published.telling import FEWEST_FOR_A_SHARE
from referral.reports.chance import between, more_by


@dataclass(frozen=True)
class Part:
    """So many of so many."""

    reached: int
    asked: int

    @property
    def share(self) -> float:
        """From 0 to 1. Raises ZeroDivisionError of nobody."""
        return self.reached / self.asked


@dataclass(frozen=True)
class Found:
    """One share of one place and time: its counts by name and number, and why none is told."""

    reached: Key
    asked: Key
    part: Part
    why_not: Code

    @property
    def of(self) -> tuple[Key, Key]:
        """What everything that is said of it is made of."""
        return self.reached, self.asked


def too_few(part: Part) -> Code:
    """Why no share is told of so few."""
    if part.asked >= FEWEST_FOR_A_SHARE:
        return Code.TOLD
    return Code.NOT_KNOWN if part.asked else Code.NONE


def share_of(found: Found) -> tuple[Entry, ...]:
    """The counts, the share, and between which it is 95 times in 100."""
    low: int | None = None
    high: int | None = None
    if not found.why_not:
        low, high = between(found.part.reached, found.part.asked)
    return (
        Count(found.asked, found.part.asked),
        Count(found.reached, found.part.reached),
        Share(found.reached, found.asked, None, found.why_not),
        Measured(low, found.of, found.why_not),
        Measured(high, found.of, found.why_not),
    )


def change_of(before: Found, after: Found) -> tuple[Entry, ...]:
    """By how many points a share is greater afterwards, and between which that lies."""
    of = before.of + after.of
    why_not = before.why_not or after.why_not
    if why_not:
        return (Measured(None, of, why_not),) * 3
    low, high = more_by(
        after.part.reached, after.part.asked, before.part.reached, before.part.asked
    )
    more = round(100 * (after.part.share - before.part.share))
    return tuple(Measured(one, of) for one in (more, low, high))
