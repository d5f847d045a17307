"""The national report: the whole way, and the indicator of referrals from custody centres.

Outcome 2 of the Community Justice Performance Framework, “More people in police custody receive
support to address their needs”, has the indicator “number of referrals from custody centres”; who
counts is not settled there, so that people and referrals both are counted, by the area of the
custody centre and by the area where people live.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, func, select

from referral.db import db
from referral.directory.areas import SCOTLAND, Area, areas_of
from referral.directory.queries import councils, labels
from referral.journey.models import NeedFacts, ReferralFacts
from referral.published.audiences import Audience
from referral.published.tables import Column, Entry, Row, Share, Table
from referral.published.telling import Counted
from referral.reports.laying import PEOPLE, Laid, Tallies, inside, key_of
from referral.reports.losses_queries import LOST, lay_losses, lost_because
from referral.reports.rate_queries import lay_rates
from referral.reports.scopes_queries import NOT_KNOWN, by_area_held, by_area_of_home, held_in
from referral.reports.steps import STEPS
from referral.reports.steps_queries import EVERYBODY, Cuts, tallied
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import of_stays_in

NAME = "national"
TITLE = "Support after arrest: did it lead anywhere?"
BY_AREA = ("booked", "asked", "agreed", "referred", "accepted", "engaged")
RETURN = (
    "For the annual return, write beside these numbers: what worked well this year, and what did "
    "not; what was done on last year’s recommendations; what partners did together beyond this "
    "indicator; what is planned next."
)


def national(wanted: Wanted) -> Counted:
    """The report of Scotland, or of one area by its custody centres. Raises FactsNotMade."""
    laid = Laid(wanted.about(NAME, TITLE))
    place = wanted.area.code
    every = areas_of(councils())
    divisions = [area for area in every if area.kind == "Police division"]
    homes = [area for area in every if area.kind == "Council"]
    where = {"division": by_area_held(divisions), "home": by_area_of_home(homes)}
    cuts: Cuts = {**where, **lost_because(wanted.world)}
    found = tallied(
        wanted.period, wanted.world, held_in(wanted.area), cuts=cuts, by_furthest=(LOST,)
    )
    whole = found[EVERYBODY][""]
    laid.ladder(whole, place)
    lay_losses(laid, found[LOST], place)
    _indicator(laid, wanted)
    lay_rates(laid, wanted)
    few = wanted.audience is Audience.OWN and place != SCOTLAND[0]
    held_there = _parts(divisions, found["division"], "Elsewhere", few=few)
    laid.reached_by(DIVISIONS, held_there, BY_AREA, place, inside(place, "first:{}"))
    living_there = _parts(homes, found["home"], NOT_KNOWN)
    laid.reached_by(HOMES, living_there, ("referred",), place, inside(place, "home:{}"))
    _by_need(laid, wanted)
    definitions = {step.title: step.definition for step in STEPS}
    return laid.report(key_of("booked", place, wanted.period.name), definitions, [RETURN])


def _parts(
    areas: Sequence[Area], found: Mapping[str, Tallies], rest: str, *, few: bool = False
) -> Mapping[str, tuple[str, Tallies]]:
    """Each area with what was counted there, and last those in none of them.

    `few`: areas without anybody are left out.
    """
    parts = {area.code: (area.name, found.get(area.code, {})) for area in areas}
    parts[""] = rest, found.get("", {})
    return {code: of for code, of in parts.items() if of[1]} if few else parts


def _indicator(laid: Laid, wanted: Wanted) -> None:
    """People referred and referrals made."""
    period = wanted.period.name
    place = wanted.area.code
    people = key_of("referred", place, period)
    booked = key_of("booked", place, period)
    made = ("referral", "referrals", place, period)
    number = laid.counts[people]
    columns = (Column("number", "Number", ""),)
    entries: list[tuple[str, str, Entry]] = [
        ("people", "People referred", laid.count(people, number)),
        ("referrals", "Referrals sent", laid.count(made, _referrals(wanted), people)),
        (
            "share",
            "People referred, of everybody booked",
            Share(people, booked),
        ),
    ]
    laid.among(people, made)
    rows = tuple(Row(code, title, (entry,)) for code, title, entry in entries)
    laid.tables.append(
        Table("indicator", "Referrals from custody centres", INDICATOR, "count", columns, rows)
    )


def _referrals(wanted: Wanted) -> int:
    """How many referrals of the stays of a period were sent."""
    sent = of_stays_in(ReferralFacts, wanted.period, wanted.world, held_in(wanted.area))
    return db.session.scalar(sent.add_columns(func.count())) or 0


def _by_need(laid: Laid, wanted: Wanted) -> None:
    """Of those who named a need how many were referred for it, and met a service for it."""
    place = wanted.area.code
    booked = key_of("booked", place, wanted.period.name)
    names = labels("need")
    rows: list[Row[Entry]] = []
    for code, *numbers in _needs(wanted):
        keys = [(f"{code}/{step}", PEOPLE, place, wanted.period.name) for step in OF_A_NEED]
        cells = laid.each_among_the_last(booked, list(zip(keys, numbers, strict=True)))
        rows.append(Row(code, names.get(code, code), (*cells, Share(keys[1], keys[0]))))
    columns = [Column(code, title, PEOPLE) for code, title in OF_A_NEED.items()]
    columns.append(Column("share", "Referred for it, of those who named it", "%"))
    laid.tables.append(
        Table("needs", "By need", NEEDS, "need", tuple(columns), tuple(rows), (), "nested")
    )


def _needs(wanted: Wanted) -> list[Any]:
    """By need the people who named it, were referred for it, came to a service for it."""
    told = of_stays_in(NeedFacts, wanted.period, wanted.world, held_in(wanted.area))
    came_so_far = [
        func.max(case((column.is_not(None), 1), else_=0)).label(column.key)
        for column in (NeedFacts.referred_at, NeedFacts.came_at)
    ]
    by = NeedFacts.need, NeedFacts.person
    each = told.add_columns(*by, *came_so_far).group_by(*by).subquery("each_who_named")
    people = func.count(), func.sum(each.c.referred_at), func.sum(each.c.came_at)
    listed = select(each.c.need, *people).group_by(each.c.need).order_by(each.c.need)
    return list(db.session.execute(listed))


OF_A_NEED = {"told": "Named it", "referred": "Referred for it", "engaged": "Met a service for it"}
INDICATOR = (
    "The national indicator: “number of referrals from custody centres”. A person referred to two "
    "services is one person and two referrals."
)
NEEDS = "People, by what they or a worker named. One person can have several needs."
DIVISIONS: Table[Entry] = Table(
    "divisions",
    "By police division",
    "People by the division of the custody centre of their first stay in this time.",
    "division",
    (),
    (),
    (),
    "bars",
)
HOMES: Table[Entry] = Table(
    "homes",
    "Where the people live who were referred",
    "People referred, by the council where they live.",
    "council",
    (),
    (),
    (),
    "tiles",
)
