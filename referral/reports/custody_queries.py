"""What happens at the desk: who is asked, by hour and by centre, and if nobody asked, why not.

People stand once in each table, by the first of their stays in the time that says it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, case, cast, func

from referral.directory.queries import centres, labels
from referral.journey.models import StayFacts
from referral.published.audiences import Audience
from referral.published.tables import Column, Entry, Row, Table
from referral.published.telling import Counted
from referral.reports.grouping import Cut, cut_of, lay_parts, lay_step, regrouped, table_of
from referral.reports.hours_queries import PARTS, part_of_day
from referral.reports.instances_queries import lay_stays
from referral.reports.laying import PEOPLE, Laid, Tallies, inside, key_of
from referral.reports.scopes_queries import held_in
from referral.reports.seen_queries import lay_seen
from referral.reports.steps import STEPS, Standing
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.unasked_queries import lay_needs
from referral.reports.wanted import Wanted
from referral.reports.why_queries import NO_REASON, not_asked_because, why_nobody_asked

NAME = "custody"
TITLE = "At the desk: who is asked, and why not"
YEAR = 365
HOUR = 2  # letters by which the part of the day is told
# by the least number of stays in a year
SIZES: Mapping[str, tuple[int, str]] = {
    "under-100": (0, "Fewer than 100 stays a year"),
    "100-999": (100, "100 to 999 stays a year"),
    "1000-4999": (1000, "1,000 to 4,999 stays a year"),
    "5000-more": (5000, "5,000 stays a year or more"),
}


def custody(wanted: Wanted) -> Counted:
    """The report of the custody centres of an area. Raises FactsNotMade."""
    laid = Laid(wanted.about(NAME, TITLE))
    place = wanted.area.code
    scope = held_in(wanted.area)
    cuts: dict[str, ColumnElement[Any]] = {
        "why": why_nobody_asked(),
        "where": part_of_day(wanted.period).concat(_centre()),
        "naloxone": func.nullif(StayFacts.naloxone, ""),
        "risk": case(
            (StayFacts.flagged_at.is_not(None), func.coalesce(StayFacts.naloxone, NO_REASON))
        ),
    }
    found = tallied(wanted.period, wanted.world, scope, cuts=cuts, by_furthest=("why",))
    whole = found[EVERYBODY][""]
    lay_step(laid, ASKED, whole, _parts(found["where"], wanted), place)
    lay_step(laid, AGREED, whole, (), place)
    _lay_reasons(laid, found["why"], place)
    lay_needs(laid, wanted, scope)
    lay_seen(laid, wanted, scope)
    _lay_naloxone(laid, found, place)
    if wanted.audience is Audience.OWN:
        lay_stays(laid, wanted, scope, whole, _by_centre(found["where"]))
    told = {step.title: step.definition for step in STEPS[:3]}
    return laid.report(key_of("booked", place, wanted.period.name), told)


def _centre() -> ColumnElement[Any]:
    """The number of the centre of a stay, which each database writes in its own way."""
    return func.coalesce(cast(StayFacts.centre_id, String), "")


def _parts(found: Mapping[str, Tallies], wanted: Wanted) -> list[Cut]:
    """By the hour and by the size of the centre; each centre is told to no outsider."""
    by_hour = regrouped(found, lambda where: where[:HOUR])
    by_centre = _by_centre(found)
    sizes = {code: title for code, (_, title) in SIZES.items()}
    stays = {one: tally["booked"].stays[Standing.REACHED] for one, tally in by_centre.items()}
    by_size = regrouped(by_centre, lambda one: _size(wanted, stays[one]))
    cuts = [cut_of("hour", "", PARTS, by_hour), cut_of("size", "", sizes, by_size)]
    if wanted.audience is not Audience.PUBLIC:
        names = {str(one.id): one.name for one in centres() if str(one.id) in stays}
        cuts.append(cut_of("centre", "", names, by_centre))
    return cuts


def _by_centre(found: Mapping[str, Tallies]) -> Mapping[str, Tallies]:
    return regrouped(found, lambda where: str(UUID(where[HOUR:])))


def _size(wanted: Wanted, stays: int) -> str:
    """The size of a centre by how many stays a year those of the period come to."""
    days = max((min(wanted.period.ends, wanted.world.at) - wanted.period.starts).days, 1)
    return [code for code, (least, _) in SIZES.items() if stays * YEAR >= least * days][-1]


def _lay_reasons(laid: Laid, found: Mapping[str, Tallies], place: str) -> None:
    """Why nobody asked: people, and for those who work with them the stays as well."""
    cut = cut_of("why", "", not_asked_because(), {one: of for one, of in found.items() if one})
    counted = lay_parts(laid, cut, "asked", Standing.NOT_REACHED, place)
    rows: list[Row[Entry]] = []
    exact = laid.about.audience is Audience.OWN
    for group, people in counted:
        title, tallies = cut.groups[group]
        key = ("asked/not_reached", "stays", cut.place(place, group), laid.about.period)
        stays = tallies["asked"].stays[Standing.NOT_REACHED]
        rows.append(Row(group, title, (people, *([laid.count(key, stays)] if exact else []))))
    columns = (Column("people", "People not asked", PEOPLE), Column("stays", "Stays", "stays"))
    shown = columns if exact else columns[:1]
    laid.tables.append(
        Table("reasons", "Why nobody asked", REASONS, "reason", shown, tuple(rows), (), "bars")
    )


def _lay_naloxone(laid: Laid, found: Mapping[str, Mapping[str, Tallies]], place: str) -> None:
    """What is recorded of take-home naloxone: of everybody, and of those at risk."""
    booked = key_of("booked", place, laid.about.period)
    risk = key_of("booked", inside(place, "risk"), laid.about.period)
    named = labels("naloxone")
    every = cut_of("naloxone", "", named, found["naloxone"], UNSAID)
    flagged = {one if one != NO_REASON else "": of for one, of in found["risk"].items() if one}
    among = cut_of("risk", "", {**named, **every.titles}, flagged, UNSAID)
    at_risk = sum(tally["booked"].people[Standing.REACHED] for tally in flagged.values())
    first = (laid.count(booked, laid.counts[booked]), laid.count(risk, at_risk, booked))
    laid.among(risk, booked)
    of_all = lay_parts(laid, every, "booked", Standing.REACHED, place)
    of_risk = dict(lay_parts(laid, among, "booked", Standing.REACHED, place, risk))
    rows: list[Row[Entry]] = [Row("all", "Everybody", first)]
    rows += [Row(one or "unknown", every.groups[one][0], (n, of_risk[one])) for one, n in of_all]
    laid.tables.append(
        Table("naloxone", "Take-home naloxone", NALOXONE, "answer", OF_NALOXONE, tuple(rows))
    )


UNSAID = "Nothing recorded"
ASKED = table_of(
    "asked",
    "Who was asked",
    "People, by the first of their stays in this time: the part of the day in which it began, on "
    "the clock in Scotland, and its custody centre. Who was asked in any of their stays was asked. "
    "The size of a centre is how many stays a year it comes to by those of this time.",
)
AGREED = table_of("agreed", "Who agreed to speak with a worker", "People who were asked.")
REASONS = (
    "People whom nobody asked in any of their stays, by the reason that was given last in the "
    "first of these. Of who has left without a line nobody knows why: they are not in this table."
)
NALOXONE = (
    "People, by what was recorded first in this time. At risk are those of whom an overdose in the "
    "last 30 days, or naloxone at the arrest, was recorded; of them it is what the stay says in "
    "which that was recorded first."
)
OF_NALOXONE = (Column("people", "People booked", PEOPLE), Column("risk", "At risk", PEOPLE))
