"""The doors by which people come, each with its own way: custody, the court, by themselves.

Who comes by another door than custody was asked by nobody at a desk and stood in no custody centre:
their way begins when they come, goes on when somebody of the team has met them, and they are
counted where they live.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func

from referral.custody.doors import CAME
from referral.directory.areas import SCOTLAND, Area
from referral.journey.models import StayFacts
from referral.published.tables import Column, Count, Entry, Row, Table
from referral.published.telling import Counted
from referral.reports.laying import PEOPLE, Laid, Tallies, inside, key_of
from referral.reports.scopes_queries import IN_CUSTODY, held_in
from referral.reports.steps import BY_OTHER_DOORS, STEPS, Standing, Step, Tally
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.wanted import Wanted

NAME = "doors"
TITLE = "By which door people come"
FAR: Mapping[str, str] = {
    "referred": "Referred",
    "accepted": "Taken on",
    "engaged": "Engaged",
    "outcome": "Outcome known",
}


def doors(wanted: Wanted) -> Counted:
    """The report of an area: of its custody centres, and of those who live there.

    Raises FactsNotMade.
    """
    laid = Laid(wanted.about(NAME, TITLE))
    place = wanted.area.code
    held = tallied(wanted.period, wanted.world, held_in(wanted.area))[EVERYBODY][""]
    laid.ladder(held, place, HELD, "by_custody")
    rows = [_row(laid, "custody", HELD, place, STEPS)]
    came = {} if wanted.area.centres else _came(wanted)
    for door, title in CAME.items() if not wanted.area.centres else ():
        there = inside(place, f"door:{door}")
        laid.ladder(came.get(door, NOBODY), there, title, f"by_{door}", BY_OTHER_DOORS)
        rows.append(_row(laid, door, title, there, BY_OTHER_DOORS))
    laid.tables.insert(0, Table("doors", "Each door", EACH, "door", OF_DOORS, tuple(rows)))
    definitions = {step.title: step.definition for step in (*STEPS, *BY_OTHER_DOORS)}
    notes = (OF_A_TEAM,) if wanted.area.centres else ()
    return laid.report(key_of("booked", place, wanted.period.name), definitions, notes)


def _came(wanted: Wanted) -> Mapping[str, Tallies]:
    """Who came by another door and lives in an area; in Scotland all, wherever they live."""
    scope = _lives_in(wanted.area)
    found = tallied(
        wanted.period,
        wanted.world,
        scope,
        cuts={"door": func.nullif(StayFacts.door, "")},
        steps=BY_OTHER_DOORS,
    )
    return found["door"]


def _lives_in(area: Area) -> ColumnElement[bool]:
    if area.code == SCOTLAND[0]:
        return ~IN_CUSTODY
    return and_(~IN_CUSTODY, StayFacts.home.in_(area.councils))


def _row(laid: Laid, code: str, title: str, place: str, steps: Sequence[Step]) -> Row[Entry]:
    """How many came by a door, and how far; the same counts as in the table of its way."""
    keys = [key_of(step, place, laid.about.period) for step in (steps[0].code, *FAR)]
    return Row(code, title, tuple(Count(key, laid.counts[key]) for key in keys))


NOBODY: Tallies = {
    step.code: Tally(dict.fromkeys(Standing, 0), dict.fromkeys(Standing, 0))
    for step in BY_OTHER_DOORS
}
HELD = "Booked into custody"
OF_DOORS = (
    Column("came", "People who came", PEOPLE),
    *(Column(code, title, PEOPLE) for code, title in FAR.items()),
)
EACH = (
    "People. Who came into custody is counted by the custody centre; who came by other doors where "
    "they live, by the first of these doors in this time. Somebody who came into custody and by "
    "another door is counted at both."
)
OF_A_TEAM = "Who came by other doors is counted where they live, and not by team."
