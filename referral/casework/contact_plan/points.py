"""When a person is asked how they are, and what a try to reach them leads to."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from referral.directory.deadlines import Amount, Deadlines, Stay, Unit, due


class Point(StrEnum):
    """A review point, by how long after the release it is."""

    H72 = "72h"
    D7 = "7d"
    D28 = "28d"
    W12 = "12w"
    W26 = "26w"
    W52 = "52w"


class PointState(StrEnum):
    """Where a review point stands."""

    PLANNED = "planned"
    REACHED = "reached"
    NOT_REACHED = "not reached"
    DROPPED = "dropped"


class Consequence(StrEnum):
    """The consequence of an attempt for its review point."""

    REACHED = "reached"
    AGAIN = "try again"
    HOLD = "wait until they are back"
    END = "stop"


LABELS: Mapping[Point, str] = {
    Point.H72: "first contact",
    Point.D7: "7 days",
    Point.D28: "28 days",
    Point.W12: "12 weeks",
    Point.W26: "26 weeks",
    Point.W52: "52 weeks",
}
AFTER: Mapping[Point, Amount] = {
    Point.D7: Amount(7, Unit.DAYS),
    Point.D28: Amount(28, Unit.DAYS),
    Point.W12: Amount(12, Unit.WEEKS),
    Point.W26: Amount(26, Unit.WEEKS),
    Point.W52: Amount(52, Unit.WEEKS),
}
ALWAYS = tuple(point for point in Point if point is not Point.W52)
ASKS_WORTH = frozenset({Point.D28, Point.W12})
MEASURED = frozenset({Point.W12, Point.W26, Point.W52})  # the short measures are asked again
EFFECTS: Mapping[str, Consequence] = {
    "reached": Consequence.REACHED,
    "REMAND": Consequence.HOLD,
    "HOSP": Consequence.HOLD,
    "MOVED": Consequence.END,
    "DECEASED": Consequence.END,
}
TRIES = 3  # then the point is over, as not reached, and the next one stands


def due_of(
    point: Point, released_at: datetime, stay: Stay, deadlines: Deadlines, at: datetime
) -> datetime:
    """When a person is to be asked, counted from the release; the first contact by its deadline."""
    if point is Point.H72:
        return deadlines.first_contact(released_at, stay, at)
    return due(AFTER[point], released_at, deadlines.calendar)


def effect_of(result: str) -> Consequence:
    """The consequence of a result, by its code; an unknown code means: try again."""
    return EFFECTS.get(result, Consequence.AGAIN)
