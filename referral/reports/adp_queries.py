"""The pack of an ADP: what arrest sent to the services of those who live there.

Annual reports of ADPs say little of policing (HMICS, paragraph 153), and one police division can
have several ADPs: so this tells of those who live in the councils of one, wherever they were held.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, func

from referral.db import db
from referral.directory.areas import SCOTLAND, Area, areas_of
from referral.directory.queries import councils
from referral.journey.models import StayFacts
from referral.published.tables import Column, Count, Entry, Key, Row, Share, Table
from referral.published.telling import Counted
from referral.reports.bridge_queries import BRIDGED, Officially, lay_bridge
from referral.reports.homes import check_home, code_of, place_of
from referral.reports.laying import PEOPLE, Laid, inside, key_of
from referral.reports.lengths_queries import grouped, together
from referral.reports.losses_queries import LOST, lay_losses, lost_because
from referral.reports.scopes_queries import NOT_KNOWN, by_area_of_home, of_those_who_live_in
from referral.reports.sent_queries import ANSWERED, ANSWERS, answer, sent_in
from referral.reports.steps import STEPS
from referral.reports.steps_queries import EVERYBODY, Cuts, tallied
from referral.reports.unmet_queries import NOBODY, lay_needs, unmet_in
from referral.reports.waits_queries import WAITED, lay_hours, lay_waits
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import second_of, stays_in

NAME = "adp"
TITLE = "What custody sent to local services, and what became of it"
BY_AREA = ("booked", "asked", "agreed", "referred", "accepted", "engaged")
BY_CUSTODY = "custody"
WAS_OFFERED = ("offered", "supplied", "declined")


def adp(wanted: Wanted, officially: Officially) -> Counted:
    """The report of those who live in an ADP, a council or Scotland.

    `officially` finds what Public Health Scotland publishes of an ADP. Raises FactsNotMade,
    BeforeFacts, NotWhereTheyLive.
    """
    check_home(wanted.area)
    laid = Laid(wanted.about(NAME, TITLE))
    place = place_of(wanted.area)
    live_there = of_those_who_live_in(wanted.area)
    parts = _parts_of(wanted.area)
    where = {"home": by_area_of_home(parts)} if parts else {}
    cuts: Cuts = {**where, **lost_because(wanted.world)}
    found = tallied(wanted.period, wanted.world, live_there, cuts=cuts, by_furthest=(LOST,))
    laid.ladder(found[EVERYBODY][""], place)
    lay_losses(laid, found[LOST], place)
    if parts:
        _by_part(laid, parts, found["home"], place)
    _lay_referrals(laid, wanted, place)
    lay_waits(laid, wanted, place)
    lay_hours(laid, wanted, place)
    lay_needs(laid, unmet_in(wanted, live_there), place)
    _lay_police(laid, wanted, place)
    lay_bridge(laid, wanted, place, officially)
    definitions = {step.title: step.definition for step in STEPS}
    definitions |= ANSWERED | WAITED | NOBODY | POLICE | BRIDGED
    return laid.report(key_of("booked", place, wanted.period.name), definitions)


def _parts_of(area: Area) -> list[Area]:
    """The ADPs of Scotland, or the councils of an ADP that has several; of a team none."""
    kind = "ADP" if area.kind == "Scotland" else "Council"
    parts = [one for one in areas_of(councils()) if one.kind == kind]
    within = [one for one in parts if set(one.councils) <= set(area.councils)]
    return within if len(within) > 1 and not area.centres else []


def _by_part(laid: Laid, parts: list[Area], found: Mapping[str, Any], place: str) -> None:
    """A row for each part; in Scotland one more for those of whom no home is known."""
    rows = {code_of(one): (one.name, found.get(one.code, {})) for one in parts}
    every = place == SCOTLAND[0]
    rest = {"": (NOT_KNOWN, found.get("", {}))} if every else {}
    table = Table[Entry](
        "adps" if every else "councils",
        "By ADP" if every else "By council",
        "People, by where they live.",
        "ADP" if every else "council",
        (),
        (),
        (),
        "bars",
    )
    laid.reached_by(table, rows | rest, BY_AREA, place, inside(SCOTLAND[0], "home:{}"))


def _lay_referrals(laid: Laid, wanted: Wanted, place: str) -> None:
    """How the referrals were answered."""
    period = wanted.period.name
    rows = grouped(
        sent_in(wanted, of_those_who_live_in(wanted.area)), answer=answer(second_of(wanted.world))
    )
    answers = together(rows, "answer")
    sent: Key = ("referral", "referrals", place, period)
    people = key_of("referred", place, period)
    cells = {"sent": laid.count(sent, sum(answers.values()), people)}
    laid.among(people, sent)
    for code in ANSWERS:
        key = (f"referral/{code}", "referrals", place, period)
        cells[code] = laid.count(key, answers.get(code, 0), sent)
    laid.makes_up(sent, [cells[code].key for code in ANSWERS])
    laid.among(key_of("accepted", place, period), cells["accepted"].key)
    share = Share(cells["accepted"].key, sent, cells["waiting"].key)
    titles = {"sent": "Referrals sent"} | ANSWERS
    listed: list[Row[Entry]] = [Row(code, titles[code], (cell,)) for code, cell in cells.items()]
    listed.append(Row("share", "Taken on, of those answered or withdrawn, %", (share,)))
    columns = (Column("number", "Number", ""),)
    laid.tables.append(
        Table("referrals", "Referrals and their answers", SENT, "answer", columns, tuple(listed))
    )


def _lay_police(laid: Laid, wanted: Wanted, place: str) -> None:
    """What police gave: who asked, which dangers they passed on, naloxone."""
    booked = key_of("booked", place, wanted.period.name)
    found = _police(wanted)
    flagged: Key = ("flagged", *booked[1:])
    cells: list[Count] = []
    for parts in (("asked/by_custody",), ("naloxone/offered", "naloxone/supplied")):
        keys: list[Key] = [(one, *booked[1:]) for one in parts]
        numbers = [getattr(found, one.partition("/")[2]) for one in parts]
        cells += laid.each_among_the_last(booked, list(zip(keys, numbers, strict=True)))
    cells.insert(1, Count(flagged, laid.counts[flagged]))
    rows = tuple(
        Row[Entry](cell.key[0].rpartition("/")[2], title, (cell, Share(cell.key, booked)))
        for title, cell in zip(POLICE, cells, strict=True)
    )
    columns = (Column("people", "People", PEOPLE), Column("share", "Of everybody booked", "%"))
    laid.tables.append(Table("police", "What police gave", GAVE, "contribution", columns, rows))


def _police(wanted: Wanted) -> Any:
    """How many people custody staff asked, and how many were offered, and given, naloxone."""
    facts = StayFacts
    asked = (facts.asker == BY_CUSTODY) & (facts.asked_at <= second_of(wanted.world))
    offered = facts.naloxone.in_(WAS_OFFERED)
    supplied = facts.naloxone == "supplied"
    columns = [
        func.count(case((holds, facts.person)).distinct()).label(name)
        for name, holds in (("by_custody", asked), ("offered", offered), ("supplied", supplied))
    ]
    stays = stays_in(wanted.period, wanted.world, of_those_who_live_in(wanted.area))
    return db.session.execute(stays.with_only_columns(*columns)).one()


SENT = "Referrals of the stays in custody of those who live here; two services are two referrals."
GAVE = "People, each once, for the annual report of the ADP."
POLICE = {
    "Asked by custody staff": "Somebody was asked whether they want help, and it was custody staff "
    "who asked last.",
    "Overdose flags passed on": "People of whom custody noted an overdose in the last 30 days, or "
    "naloxone at arrest.",
    "Naloxone offered": "It was supplied, declined or offered. Who has it already was not counted.",
    "Naloxone supplied": "They left with a kit.",
}
