"""How long people waited: for their first meeting, and for the first try after an overdose flag."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from referral.journey.models import ReferralFacts, StayFacts
from referral.published.tables import Column, Entry, Key, Measured, Row, Share, Table
from referral.reports.laying import PEOPLE, Laid, key_of
from referral.reports.lengths_queries import (
    BEFORE,
    DAY,
    HOUR,
    NEVER,
    NOT_YET,
    UNKNOWN,
    length,
    lengths_of,
    of_first,
)
from referral.reports.middles import within_which
from referral.reports.scopes_queries import of_those_who_live_in
from referral.reports.sent_queries import sent_in, to_drugs_or_alcohol
from referral.reports.shares import why_none
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import second_of, stays_in
from referral.web.filters import counted

MARKER = 21  # days: Scotland's standard for treatment is three weeks from referral, for nine in ten
IN_TIME = 24  # hours: our marker for MAT standard 3, which names none
STANDS = {
    "within": f"Within {counted(MARKER, 'day')}",
    "later": "Later",
    "never": "Ended without one",
    "not_yet": "Not yet",
    "unknown": "Unknown",
}
HOURS = {
    "0-6": ("Within 6 hours", range(7)),
    "6-12": ("Over 6 to 12 hours", range(7, 13)),
    "12-24": ("Over 12 to 24 hours", range(13, IN_TIME + 1)),
    "24+": ("Over 24 hours", range(IN_TIME + 1, BEFORE)),
    "before": ("Before it was noted", range(BEFORE, BEFORE + 1)),
    "not_yet": ("Not yet", range(NOT_YET, NOT_YET + 1)),
    "unknown": ("No try is known", range(UNKNOWN, UNKNOWN + 1)),
}


def lay_waits(laid: Laid, wanted: Wanted, place: str) -> None:
    """How many days from a referral to the first meeting: of all, and for drugs or alcohol."""
    booked = key_of("booked", place, wanted.period.name)
    found = {"all": _days(wanted), "drug_alcohol": _days(wanted, to_drugs_or_alcohol())}
    keys: dict[str, Key] = {code: (f"wait/{code}", *booked[1:]) for code in found}
    laid.each_among_the_last(
        booked, [(key, sum(found[code].values())) for code, key in keys.items()]
    )
    laid.among(key_of("referred", place, wanted.period.name), keys["all"])
    took = [_took(laid, Row(one, FROM[one], ()), key, found[one]) for one, key in keys.items()]
    stand = [_stand(laid, Row(one, FROM[one], ()), key, found[one]) for one, key in keys.items()]
    of = "meeting"
    laid.tables += [
        Table("waits", "How long they waited", WAITS, of, DAYS, tuple(took), (CAVEAT,), "waits"),
        Table("waits_marker", WITHIN, MARKED, of, WAYS, tuple(stand), (CAVEAT,)),
    ]


def _days(wanted: Wanted, *also: ColumnElement[bool]) -> Mapping[int, int]:
    """How many people by the days from the first such referral of a stay to the first meeting.

    Each stands where the first of their stays stands.
    """
    facts = ReferralFacts
    at = second_of(wanted.world)
    ended = (facts.over_at <= at) & facts.unsaid_from.is_(None)
    stays = sent_in(wanted, of_those_who_live_in(wanted.area), *also).add_columns(
        facts.person,
        func.min(facts.sent_at).label("began"),
        func.min(case((facts.came_at <= at, facts.came_at))).label("met"),
        func.min(case((ended, 1), else_=0)).label("ended"),
        func.min(case((facts.sent_at > at - MARKER * DAY, 1), else_=0)).label("soon"),
    )
    each = stays.group_by(facts.person, facts.booking_id).subquery()
    code = case(
        (each.c.met.is_not(None), length(each.c.began, each.c.met, DAY)),
        (each.c.ended == 1, NEVER),
        (each.c.soon == 1, NOT_YET),
        else_=UNKNOWN,
    )
    return of_first(select().select_from(each), each.c.person, each.c.began, code)


def _took(laid: Laid, row: Row[Entry], whole: Key, found: Mapping[int, int]) -> Row[Entry]:
    met: Key = (f"{whole[0]}/met", *whole[1:])
    lengths = lengths_of(found)
    count = laid.count(met, sum(lengths.values()), whole)
    half = Measured(within_which(lengths, 50), (met,))
    most = Measured(within_which(lengths, 90), (met,))
    return Row(row.code, row.title, (count, half, most))


def _stand(laid: Laid, row: Row[Entry], whole: Key, found: Mapping[int, int]) -> Row[Entry]:
    lengths = lengths_of(found)
    within = sum(many for days, many in lengths.items() if days <= MARKER)
    numbers = {
        "within": within,
        "later": sum(lengths.values()) - within,
        "never": found.get(NEVER, 0),
        "not_yet": found.get(NOT_YET, 0),
        "unknown": found.get(UNKNOWN, 0),
    }
    keys = {code: (f"{whole[0]}/{code}", *whole[1:]) for code in STANDS}
    counts = [laid.count(keys[code], number, whole) for code, number in numbers.items()]
    laid.makes_up(whole, keys.values())
    laid.makes_up((f"{whole[0]}/met", *whole[1:]), (keys["within"], keys["later"]))
    every = laid.count(whole, laid.counts[whole])
    why_not = why_none(laid.counts[whole], numbers["not_yet"], numbers["unknown"])
    share = Share(keys["within"], whole, keys["not_yet"], why_not)
    return Row(row.code, row.title, (every, *counts, share))


def lay_hours(laid: Laid, wanted: Wanted, place: str) -> None:
    """How many hours from an overdose flag to the first try to reach them (MAT standard 3)."""
    found = _hours(wanted)
    booked = key_of("booked", place, wanted.period.name)
    flagged: Key = ("flagged", PEOPLE, place, wanted.period.name)
    laid.count(flagged, sum(found.values()), booked)
    laid.among(flagged, booked)
    rows: list[Row[Entry]] = []
    for code, (title, hours) in HOURS.items():
        key = (f"tried/{code}", *flagged[1:])
        many = sum(many for hour, many in found.items() if hour in hours)
        rows.append(Row(code, title, (laid.count(key, many, flagged), Share(key, flagged))))
    laid.makes_up(flagged, [(f"tried/{code}", *flagged[1:]) for code in HOURS])
    columns = (Column("people", "People", PEOPLE), Column("share", "Share", "%"))
    title = "From the overdose flag to the first try"
    laid.tables.append(Table("hours", title, TRIED, "time", columns, tuple(rows), (MAT,), "bars"))


def _hours(wanted: Wanted) -> Mapping[int, int]:
    facts = StayFacts
    at: Any = second_of(wanted.world)
    code = case(
        ((facts.tried_at <= at) & (facts.tried_at < facts.flagged_at), BEFORE),
        (facts.tried_at <= at, length(facts.flagged_at, facts.tried_at, HOUR)),
        (facts.flagged_at > at - IN_TIME * HOUR, NOT_YET),
        else_=UNKNOWN,
    )
    stays = stays_in(
        wanted.period,
        wanted.world,
        of_those_who_live_in(wanted.area),
        facts.flagged_at <= at,
    )
    return of_first(stays.with_only_columns(), facts.person, facts.flagged_at, code)


FIRST = "First meeting"
TREATED = "First meeting, services for drugs or alcohol"
FROM = {"all": FIRST, "drug_alcohol": TREATED}
WITHIN = f"Met within {counted(MARKER, 'day')}"
DAYS = (
    Column("met", "People met", PEOPLE),
    Column("median", "Half within", "days"),
    Column("p90", "Nine in ten within", "days"),
)
WAYS = (
    Column("sent", "People referred", PEOPLE),
    *(Column(code, title, PEOPLE) for code, title in STANDS.items()),
    Column("share", f"Within {counted(MARKER, 'day')}, of those whose time is over", "%"),
)
WAITS = "People who were met, by whole days from the first referral of a stay to the meeting."
MARKED = "People, by their first stay of this time with a referral; who was not met is counted too."
TRIED = "People, by the first stay of this time with a flag; hours until the first try of anybody."
CAVEAT = (
    "This is not the official waiting-times statistic: that is published by Public Health Scotland "
    "and stops its clock at treatment. 21 days is a marker."
)
MAT = (
    "For MAT standard 3: people at high risk are identified, prioritised and contacted. The "
    f"{counted(IN_TIME, 'hour')} are a marker of ours; the standard names none."
)
WAITED = {
    FIRST: "Whole days from the first referral of a stay until the person came to an "
    "appointment, whichever service it was with; of several stays, the first. Half and nine in ten "
    "are of those who were met. Ended without one: all its referrals ended, and of no appointment "
    "is it unsaid whether they came. Not yet: 21 days are not over. Unknown: they are, and nobody "
    "said.",
    TREATED: "The same of referrals to services that meet needs of drugs or alcohol.",
    "Overdose flag": "Custody noted an overdose in the last 30 days, or naloxone at arrest. The "
    "first try is of the team or of a service; no try is known: 24 hours are over and none was "
    "written down.",
}
