"""A report of those who live somewhere: of which areas, and how its counts are named."""

from referral.directory.areas import SCOTLAND, Area
from referral.errors import RuleBroken
from referral.reports.laying import inside

KINDS = ("ADP", "Council", "Scotland")


class NotWhereTheyLive(RuleBroken):
    """This report tells of those who live somewhere. Choose an ADP, a council or Scotland."""

    fields = ("area",)


def check_home(area: Area) -> None:
    """A team asks for all that it works with. Raises NotWhereTheyLive."""
    if area.kind not in KINDS and not area.centres:
        raise NotWhereTheyLive


def place_of(area: Area) -> str:
    """How the counts of those who live there are named, alike in every report.

    An ADP of one council is that council: both are one number. A team is what it works with.
    """
    if area.code == SCOTLAND[0] or area.centres:
        return area.code
    return inside(SCOTLAND[0], f"home:{code_of(area)}")


def code_of(area: Area) -> str:
    """The code of an area, and of an ADP of one council that of the council."""
    return area.councils[0] if len(area.councils) == 1 else area.code
