"""What a peer mentor is asked to do, and what can come of it."""

from collections.abc import Mapping
from enum import StrEnum


class Errand(StrEnum):
    """What a mentor is asked to do."""

    GATE = "gate"
    ALONG = "along"


class Became(StrEnum):
    """What the mentor says of it."""

    MET = "met"
    NOT_THERE = "not there"
    NOT_WANTED = "not wanted"


ERRANDS: Mapping[Errand, str] = {
    Errand.GATE: "Meet them at the gate",
    Errand.ALONG: "Go along to the first appointment",
}
BECAME: Mapping[Became, str] = {
    Became.MET: "Met",
    Became.NOT_THERE: "Not there",
    Became.NOT_WANTED: "Did not want to",
}
