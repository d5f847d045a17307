"""Where on the way people were lost, and why: the reasons of each loss make it up."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, literal

from referral.published.tables import Column, Count, Entry, Row, Table
from referral.reports.grouping import Cut, cut_of, lay_parts
from referral.reports.laying import PEOPLE, Laid, Tallies, key_of
from referral.reports.steps import STEPS, Standing
from referral.reports.steps_queries import why_lost
from referral.reports.why_queries import (
    CLOSED,
    LATE,
    NEVER,
    by_step,
    not_agreed_because,
    not_asked_because,
    not_taken_on_because,
)
from referral.reports.worlds import World
from referral.reports.worlds_queries import second_of

LOST = "lost"
BETWEEN = ":"


def lost_because(world: World) -> Mapping[str, ColumnElement[Any]]:
    """The cut that tells why a stay went no further, to be told by the furthest stay."""
    reasons = {
        step: literal(f"{step}{BETWEEN}").concat(why) for step, why in by_step(world).items()
    }
    return {LOST: why_lost(reasons, second_of(world))}


def lay_losses(laid: Laid, found: Mapping[str, Tallies], place: str) -> None:
    """Under each loss of the ladder its reasons, also how many said none: they make it up.

    The ladder must be laid already. `found` is what was counted by the cut of `lost_because`.
    """
    rows: list[Row[Entry]] = []
    for step in STEPS[1:]:
        for code, title, count in _reasons(laid, step.code, found, place):
            rows.append(Row(f"{step.code}{BETWEEN}{code}", title, (count,)))
    columns = (Column("people", "People who did not go on", PEOPLE),)
    laid.tables.append(Table("losses", TITLE, ABOUT, "loss", columns, tuple(rows), (), "losses"))


def _reasons(
    laid: Laid, step: str, found: Mapping[str, Tallies], place: str
) -> Iterator[tuple[str, str, Count]]:
    """The reasons of one loss: code, words, people. A loss of one reason is that reason."""
    if step in ONE_REASON:
        code, title = ONE_REASON[step]
        key = key_of(step, place, laid.about.period, Standing.NOT_REACHED)
        yield code, title, Count(key, laid.counts[key])
        return
    cut = _cut(step, found)
    for code, count in lay_parts(laid, cut, step, Standing.NOT_REACHED, place):
        yield code, cut.title(code), count


def _cut(step: str, found: Mapping[str, Tallies]) -> Cut:
    code, says, titles = {
        "asked": ("why", "Nobody asked", not_asked_because()),
        "agreed": ("no", "Did not agree", not_agreed_because()),
        "accepted": ("refused", "Not taken on", not_taken_on_because()),
        "engaged": ("gone", "Did not engage", NOT_ENGAGED),
    }[step]
    mine = {
        value.removeprefix(f"{step}{BETWEEN}"): tallies
        for value, tallies in found.items()
        if value.startswith(f"{step}{BETWEEN}")
    }
    return cut_of(code, says, titles, mine)


NOT_ENGAGED = {
    LATE: "came after more than 28 days",
    NEVER: "it ended, and they never came",
}
ONE_REASON = {
    "referred": (CLOSED, "Not referred: the case was closed with nothing sent"),
    "outcome": (LATE, "No outcome in time: known after more than twelve weeks"),
}
TITLE = "Where people were lost, and why"
ABOUT = (
    "Those who did not go on at each step, by what was written down last in the stay in which they "
    "came furthest. Whoever may still go on, or of whom nobody knows, is not lost."
)
