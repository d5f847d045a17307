"""Before and after: how shares changed where arrest referral started, place by place.

For recommendations 4 and 5 of HMICS, on the value of police in alcohol and drug partnerships and
in projects. It describes: who started early is no random choice, and other things changed too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement

from referral.clock import day_of
from referral.directory.areas import SCOTLAND, areas_of
from referral.directory.queries import centres, councils
from referral.journey.models import StayFacts
from referral.published.cells import people
from referral.published.tables import (
    Code,
    Column,
    Entry,
    Given,
    Key,
    Row,
    Table,
)
from referral.published.telling import Counted
from referral.reports.comparing import Found, Part, change_of, share_of, too_few
from referral.reports.laying import PEOPLE, Laid, Tallies, inside, key_of
from referral.reports.scopes_queries import by_area_held, by_centre, held_in
from referral.reports.shares import why_none
from referral.reports.starts_queries import Starts, start, starts_of
from referral.reports.steps import STEPS, Standing
from referral.reports.steps_queries import EVERYBODY, LookedUp, tallied
from referral.reports.wanted import Wanted

NAME = "evaluation"
TITLE = "Before and after arrest referral started"
NONE_HELD: Starts = MappingProxyType({})
TIMES = {"before": "before", "after": "after"}
REST = "elsewhere"  # in none of the places
MEASURES = {"agreed": "asked", "referred": "booked", "engaged": "accepted"}  # each, and of whom
WINDOWS = {"agreed", "engaged"}  # what may still come leaves some out


@dataclass(frozen=True)
class Place:
    """A part of the area: its name, and since when arrest referral is there."""

    code: str
    name: str
    since: int | None


def evaluation(wanted: Wanted, held: Starts = NONE_HELD) -> Counted:
    """The report of an area: by police division in Scotland, else by custody centre.

    `held` are starts that are known otherwise, by centre. Raises FactsNotMade, BeforeFacts.
    """
    laid = Laid(wanted.about(NAME, TITLE))
    starts = starts_of(wanted, held)
    places, cut = _places(wanted, starts)
    counted = _by_time(wanted, start(starts), cut)
    laid.ladder(_at_any_time(wanted, counted), wanted.area.code)
    found: dict[tuple[str, str, str], Found] = {}
    for time, parts in counted.items():
        by_place = dict(parts["place"])
        by_place[REST] = by_place.pop("", {})
        by_place[""] = parts[EVERYBODY][""]
        found |= _count(laid, wanted, time, places, by_place)
    _relate(laid, wanted.area.code)
    for measure in MEASURES:
        _lay_shares(laid, measure, places, found)
    _lay_differences(laid, places, found)
    definitions = {step.title: step.definition for step in STEPS} | HOW
    booked = key_of("booked", wanted.area.code, wanted.period.name)
    return laid.report(booked, definitions, (CAVEAT,))


def _by_time(
    wanted: Wanted, began: ColumnElement[int], cut: LookedUp
) -> Mapping[str, Mapping[str, Mapping[str, Tallies]]]:
    """How far those came who were booked before the start, and after it: all, and by place."""
    here = held_in(wanted.area)
    scopes = {"before": StayFacts.booked_at < began, "after": StayFacts.booked_at >= began}
    return {
        time: tallied(wanted.period, wanted.world, here, scope, cuts={"place": cut})
        for time, scope in scopes.items()
    }


def _at_any_time(
    wanted: Wanted, counted: Mapping[str, Mapping[str, Mapping[str, Tallies]]]
) -> Tallies:
    """How far all came; where all were booked at one time, they are those of that time."""
    times = [
        parts[EVERYBODY][""]
        for parts in counted.values()
        if parts[EVERYBODY][""][STEPS[0].code].asked_of
    ]
    if len(times) == 1:
        return times[0]
    return tallied(wanted.period, wanted.world, held_in(wanted.area))[EVERYBODY][""]


def _places(wanted: Wanted, starts: Starts) -> tuple[list[Place], LookedUp]:
    """All of it first, then its parts; and what tells the part in which a stay was."""
    inside_it = [
        one
        for one in centres()
        if one.council_code in wanted.area.councils or one.id in wanted.area.centres
    ]
    if wanted.area.code != SCOTLAND[0]:
        parts = [Place(str(one.id), one.name, starts.get(one.id)) for one in inside_it]
        return [_whole(wanted, parts), *parts], by_centre([one.id for one in inside_it])
    divisions = [one for one in areas_of(councils()) if one.kind == "Police division"]
    parts = []
    for area in divisions:
        theirs = [
            starts[c.id] for c in inside_it if c.council_code in area.councils and c.id in starts
        ]
        parts.append(Place(area.code, area.name, min(theirs, default=None)))
    return [_whole(wanted, parts), *parts], by_area_held(divisions)


def _whole(wanted: Wanted, parts: Sequence[Place]) -> Place:
    first = min((one.since for one in parts if one.since is not None), default=None)
    return Place("", f"All of {wanted.area.name}", first)


def name_of(area: str, time: str, code: str) -> str:
    """The name of the counts of a part of an area, before or after its start."""
    return inside(area, f"{time}:{code}")


def _count(
    laid: Laid,
    wanted: Wanted,
    time: str,
    places: Sequence[Place],
    by_place: Mapping[str, Tallies],
) -> dict[tuple[str, str, str], Found]:
    found = {}
    for place in places:
        name = name_of(wanted.area.code, time, place.code)
        tallies = by_place.get(place.code, {})
        _count_steps(laid, tallies, name)
        for measure, asked in MEASURES.items():
            found[measure, place.code, time] = _found(laid, measure, asked, tallies, name)
    rest = name_of(wanted.area.code, time, REST)
    _count_steps(laid, by_place[REST], rest)
    names = [name_of(wanted.area.code, time, one.code) for one in places]
    for step in STEPS:
        keys = [key_of(step.code, name, wanted.period.name) for name in (*names, rest)]
        laid.makes_up(keys[0], keys[1:])
    return found


def _count_steps(laid: Laid, tallies: Tallies, place: str) -> None:
    """How many people came as far as each step, each among those of the step before."""
    steps = [step.code for step in STEPS]
    numbers = [tallies[step].people[Standing.REACHED] if tallies else 0 for step in steps]
    keys = [key_of(step, place, laid.about.period) for step in steps]
    laid.count(keys[0], numbers[0])
    laid.each_among_the_last(keys[0], list(zip(keys[1:], numbers[1:], strict=True)))


def _found(laid: Laid, measure: str, asked: str, tallies: Tallies, place: str) -> Found:
    """A share without those of whom it may still come; those are counted for themselves."""
    period = laid.about.period
    whole = key_of(asked, place, period)
    reached = key_of(measure, place, period)
    if measure not in WINDOWS:
        part = Part(laid.counts[reached], laid.counts[whole])
        return Found(reached, whole, part, too_few(part))
    waiting = tallies[measure].people[Standing.NOT_YET] if tallies else 0
    unknown = tallies[measure].people[Standing.UNKNOWN] if tallies else 0
    over: Key = (f"{measure}/over", PEOPLE, place, period)
    not_yet = key_of(measure, place, period, Standing.NOT_YET)
    laid.count(not_yet, waiting, whole)
    laid.count(over, laid.counts[whole] - waiting, whole)
    laid.makes_up(whole, (over, not_yet))
    laid.among(reached, over)
    part = Part(laid.counts[reached], laid.counts[over])
    return Found(
        reached, over, part, too_few(part) or why_none(laid.counts[whole], waiting, unknown)
    )


def _relate(laid: Laid, area: str) -> None:
    """Somebody can have come before the start and after it."""
    for step in STEPS:
        keys = [key_of(step.code, name_of(area, time, ""), laid.about.period) for time in TIMES]
        laid.bounds += people(key_of(step.code, area, laid.about.period), keys)


def _lay_shares(
    laid: Laid,
    measure: str,
    places: Sequence[Place],
    found: Mapping[tuple[str, str, str], Found],
) -> None:
    rows = []
    for place in places:
        for time, words in TIMES.items():
            cells = share_of(found[measure, place.code, time])
            rows.append(Row(f"{place.code}|{time}", f"{place.name}, {words}", cells))
    titles = {step.code: step.title for step in STEPS}
    of = OF[measure]
    columns = (
        Column("asked", of, PEOPLE),
        Column("reached", titles[measure], PEOPLE),
        Column("share", "Share", "%"),
        Column("low", "At least", "%"),
        Column("high", "At most", "%"),
    )
    laid.tables.append(
        Table(
            measure,
            f"{titles[measure]}, of {of.lower()}",
            SHARES,
            "place",
            columns,
            tuple(rows),
            NOTES,
        )
    )


def _lay_differences(
    laid: Laid, places: Sequence[Place], found: Mapping[tuple[str, str, str], Found]
) -> None:
    rows = []
    for place in places:
        cells: list[Entry] = [_since(place)]
        for measure in MEASURES:
            cells += change_of(*(found[measure, place.code, time] for time in TIMES))
        rows.append(Row(place.code, place.name, tuple(cells)))
    titles = {step.code: step.title for step in STEPS}
    columns = [Column("since", "Since", "")]
    for measure in MEASURES:
        for code, words in (("more", "more by"), ("low", "at least"), ("high", "at most")):
            columns.append(Column(f"{measure}_{code}", f"{titles[measure]}: {words}", "points"))
    laid.tables.append(
        Table("differences", "What changed", CHANGED, "place", tuple(columns), tuple(rows), NOTES)
    )


def _since(place: Place) -> Given:
    """The month: the day of a first referral could be somebody's."""
    if place.since is None:
        return Given(None, Code.NONE)
    return Given(f"{day_of(datetime.fromtimestamp(place.since, UTC)):%B %Y}")


OF = {
    "agreed": "Asked, and answered by now",
    "referred": "Booked",
    "engaged": "Taken on, and 28 days over",
}
SHARES = "People, in the stays before the start at their custody centre, and in those after it."
CHANGED = "By how many points in a hundred a share is greater after the start than before it."
CAVEAT = (
    "This describes and proves no cause: places did not start by chance, other things changed at "
    "the same time, and somebody who came before and after is counted in both."
)
NOTES = (CAVEAT,)
HOW = {
    "Start": "Where none is entered, the first stay that a team of that custody centre referred: "
    "before it nobody was, by that very rule, so that only a start that is entered makes "
    "“Referred” and “Engaged” compare.",
    "At least, at most": "Intervals that hold the true share 95 times in 100 (Wilson 1927), and "
    "the true difference (Newcombe 1998, method 10), rounded outwards. From twenty people on.",
}
