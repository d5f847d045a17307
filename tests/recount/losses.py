"""Where people were lost, and why, by hand: by the stay in which each came furthest."""

from recount.asked_for import Cells
from recount.custody import why_nobody_asked
from recount.recorded import Stay
from recount.way import NO, Crowd

ALONE = {"referred": "closed", "outcome": "late"}


def losses(crowd: Crowd) -> Cells:
    """Of each who stands at a no, what was written down of it; the reasons make up the loss."""

    def lost(stay: Stay) -> str | None:
        way = crowd.ways[stay.row.id]
        step = list(crowd.steps)[len(way) - 1]
        return f"{step}:{why(stay, step)}" if way[-1] == NO else None

    cells: Cells = {}
    for reason, tally in crowd.by_furthest(lost).items():
        if reason is not None:
            step = reason.partition(":")[0]
            cells["losses", reason, "people"] = tally.at[step][NO]
    whole = crowd.everybody
    for step in list(crowd.steps)[1:]:
        mine = [number for key, number in cells.items() if key[1].startswith(f"{step}:")]
        assert sum(mine) == whole.at[step][NO]
    return cells


def why(stay: Stay, step: str) -> str | None:
    """The reason at a step."""
    if step in ALONE:
        return ALONE[step]
    if step == "asked":
        return why_nobody_asked(stay)
    if step == "agreed":
        return why_no(stay)
    if step == "accepted":
        return why_refused(stay)
    return "late" if stay.came is not None else "never"


def why_no(stay: Stay) -> str | None:
    """What was written down last where they were asked and did not agree."""
    if stay.asked is None:
        return None
    last = stay.offers[-1]
    return (last.reason or "no_reason") if last.answer == "declined" else "left"


def why_refused(stay: Stay) -> str:
    """What ended the last of the referrals."""
    last = max(stay.sent, key=lambda one: (one.refused or 0, one.row.order))
    return "withdrawn" if last.row.state == "cancelled" else last.why_not or "no_reason"
