"""Who is booked again, by how far they came: a description, and no proof of anything.

People stand by the first of their stays in the time, and so does whether they came back after it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal

from referral.journey.models import StayFacts
from referral.published.tables import Code, Column, Entry, Key, Measured, Row, Share, Table
from referral.published.telling import FEWEST_FOR_A_SHARE, Counted
from referral.reports.chance import between
from referral.reports.laying import PEOPLE, Laid, key_of
from referral.reports.scopes_queries import held_in
from referral.reports.steps import OVER_FOR, STEPS, Standing
from referral.reports.steps_queries import tallied
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import second_of
from referral.web.filters import counted

NAME = "return"
TITLE = "Who comes back into custody"
DAYS = (30, 90, 180)
RETURNED, DID_NOT, NOT_YET = "R", "N", "Y"
# how far they came, by one letter; each is a part of those before it, or of its other part
UNASKED, NO, AGREED, ENGAGED = "u", "n", "a", "e"
GROUPS: Mapping[str, tuple[str, str]] = {
    "booked": ("Everybody booked", UNASKED + NO + AGREED + ENGAGED),
    "unasked": ("Not asked, for all we know", UNASKED),
    "offered": ("Asked", NO + AGREED + ENGAGED),
    "declined": ("Asked, and did not agree", NO),
    "agreed": ("Agreed", AGREED + ENGAGED),
    "unengaged": ("Agreed, and did not engage for all we know", AGREED),
    "engaged": ("Engaged within 28 days", ENGAGED),
}
MADE_UP_OF = {
    "booked": ("unasked", "offered"),
    "offered": ("declined", "agreed"),
    "agreed": ("unengaged", "engaged"),
}
Many = Mapping[str, int]  # people by the letter of how far, and one for each length of time


def returned(wanted: Wanted) -> Counted:
    """The report of the custody centres of an area. Raises FactsNotMade."""
    laid = Laid(wanted.about(NAME, TITLE))
    at = second_of(wanted.world)
    cuts = {"came_back": _how_far(at).concat(_came_back(at))}
    found = tallied(wanted.period, wanted.world, held_in(wanted.area), cuts=cuts)["came_back"]
    many = {code: tally["booked"].people[Standing.REACHED] for code, tally in found.items() if code}
    for place, days in enumerate(DAYS, 1):
        _lay(laid, wanted, days, _of(many, place))
    _bind(laid, wanted)
    definitions = {step.title: step.definition for step in STEPS} | {"Returned": DEFINITION}
    people = key_of("booked", wanted.area.code, wanted.period.name)
    return laid.report(people, definitions, (CAVEAT, SELECTED))


def _how_far(at: Any) -> ColumnElement[Any]:
    """How far somebody came in a stay."""
    reached = [step.reached(StayFacts, at) for step in STEPS[1:]]
    asked, agreed, *to_engaged = reached[:ENGAGED_IS]
    return case(
        (and_(asked, agreed, *to_engaged), ENGAGED),
        (and_(asked, agreed), AGREED),
        (asked, NO),
        else_=UNASKED,
    )


def _came_back(at: Any) -> ColumnElement[Any]:
    """Whether somebody was booked again after a stay, by one letter for each length of time."""
    found: ColumnElement[Any] = literal("")
    for days in DAYS:
        until = StayFacts.booked_at + int(timedelta(days=days).total_seconds())
        came = StayFacts.next_at <= until
        found = found.concat(case((until > at, NOT_YET), (came, RETURNED), else_=DID_NOT))
    return found


def _of(many: Many, place: int) -> Mapping[tuple[str, str], int]:
    """People by the letter of how far, and by whether they came back within one length of time."""
    found = Counter[tuple[str, str]]()
    for letters, number in many.items():
        found[letters[0], letters[place]] += number
    return found


def _lay(laid: Laid, wanted: Wanted, days: int, many: Mapping[tuple[str, str], int]) -> None:
    """The table of one length of time: a row for each group."""
    place = wanted.area.code
    rows: list[Row[Entry]] = []
    keys = {group: _keys(group, place, laid.about.period, days) for group in GROUPS}
    for group, (title, letters) in GROUPS.items():
        numbers = [
            sum(many[how_far, how] for how_far in letters for how in standing)
            for standing in STANDINGS
        ]
        rows.append(Row(group, title, _cells(laid, keys[group], numbers)))
    for whole, parts in MADE_UP_OF.items():
        for number, key in enumerate(keys[whole]):
            laid.makes_up(key, [keys[part][number] for part in parts])
    title = f"Booked again within {counted(days, 'day')}"
    laid.tables.append(
        Table(f"within_{days}", title, WORDS, "group", COLUMNS, tuple(rows), (CAVEAT,), "bars")
    )


def _bind(laid: Laid, wanted: Wanted) -> None:
    """Who has not come back in a longer time has not in a shorter one; nor is that over later."""
    for group in GROUPS:
        every = [_keys(group, wanted.area.code, laid.about.period, days) for days in DAYS]
        for shorter, longer in pairwise(every):
            _, over, _, did_not, not_yet = shorter
            laid.among(longer[1], over)
            laid.among(longer[3], did_not)
            laid.among(not_yet, longer[4])


def _keys(group: str, place: str, period: str, days: int) -> list[Key]:
    """The names of the counts of a group, in the order of the columns."""
    everybody: Key = (f"return:{group}", PEOPLE, place, period)
    if group == "booked":
        everybody = key_of("booked", place, period)
    parts = (f"return:{group}/{days}/{part}" for part in ("over", "returned", "did_not", "not_yet"))
    return [everybody, *((part, PEOPLE, place, period) for part in parts)]


def _cells(laid: Laid, keys: Sequence[Key], numbers: Sequence[int]) -> tuple[Entry, ...]:
    """The counts of a group, the share of those for whom the time is over, and how sure it is."""
    people, over, came, did_not, not_yet = keys
    everybody = laid.count(people, numbers[0])
    rest = [laid.count(key, many, people) for key, many in zip(keys, numbers, strict=True)][1:]
    laid.makes_up(people, (over, not_yet))
    laid.makes_up(over, (came, did_not))
    why_not = Code.TOO_EARLY if numbers[1] < OVER_FOR * numbers[0] else Code.TOLD
    few = why_not or (Code.NOT_KNOWN if numbers[1] < FEWEST_FOR_A_SHARE else Code.TOLD)
    low, high = between(numbers[2], numbers[1]) if numbers[1] else (None, None)
    sure = [Measured(percent, (came, over), few) for percent in (low, high)]
    return everybody, *rest, Share(came, over, None, why_not), *sure


ENGAGED_IS = [step.code for step in STEPS].index("engaged")
EVERY_WAY = RETURNED + DID_NOT + NOT_YET
STANDINGS = (EVERY_WAY, RETURNED + DID_NOT, RETURNED, DID_NOT, NOT_YET)
COLUMNS = (
    Column("of", "People, of whom", PEOPLE),
    Column("over", "The time is over for", PEOPLE),
    Column("returned", "Booked again", PEOPLE),
    Column("did_not", "Not booked again", PEOPLE),
    Column("not_yet", "Not yet: the time still runs", PEOPLE),
    Column("share", "Booked again, of those for whom it is over", "%"),
    Column("low", "95% interval from", "%"),
    Column("high", "95% interval to", "%"),
)
DEFINITION = (
    "Booked again, in any custody centre that uses this, within so many days of 24 hours after the "
    "first of their stays in this time began. Only those are counted for whom the time is over; of "
    "the others it is “not yet”, though some of them were booked again already."
)
WORDS = (
    "People, each counted once, by how far they came in the first of their stays in this time. The "
    "interval is where the share lies 95 times in 100 if it was off by chance alone (Wilson 1927)."
)
CAVEAT = (
    "Only a description. It does not show that the offer, a worker or a service made anybody come "
    "back more or less often."
)
SELECTED = (
    "The groups are not alike to begin with. Who is offered help, who agrees and who keeps an "
    "appointment chose that, or were chosen, by what also decides who is booked again: their "
    "health, their home, why they were arrested, how long they were held. Who is booked again "
    "soon, or is in prison, has less time to engage. No difference between two groups is an effect."
)
