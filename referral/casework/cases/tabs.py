"""The views of the case list."""

from collections.abc import Mapping
from enum import StrEnum


class Tab(StrEnum):
    """One view of the case list."""

    DAY = "My day"
    CELLS = "In the cells now"
    WAITING = "Waiting"
    MINE = "Mine"
    OVERDUE = "Overdue"
    TEAM = "Team"
    CLOSED = "Closed"
    ALL = "Everything"


def tab_named(name: str | None) -> Tab:
    """The tab of a name; else one's own day."""
    return next((tab for tab in Tab if tab.name.lower() == name), Tab.DAY)


EMPTY: Mapping[Tab, str] = {
    Tab.DAY: "Nobody waits for you now. Take somebody under Waiting, or look at all of the Team.",
    Tab.CELLS: "Nobody who said yes is in a cell now.",
    Tab.WAITING: "Everybody has a worker.",
    Tab.MINE: "You have no case. Take one under Waiting.",
    Tab.OVERDUE: "Nothing is late.",
    Tab.TEAM: "No case here.",
    Tab.CLOSED: "No case has been closed.",
    Tab.ALL: "Your team has no case.",
}
