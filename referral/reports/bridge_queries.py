"""Between our referrals to treatment and those that Public Health Scotland counts.

*Source of Referrals* (from DAISy) has a column CriminalJustice: referrals to drug and alcohol
services from arrest referral, community payback and drug treatment orders, drug courts, police,
social work and youth justice, by ADP and quarter. Ours are one part of it, entered by services.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import case

from referral.custody.doors import Door
from referral.directory.areas import Area, areas_of
from referral.directory.queries import councils
from referral.journey.models import StayFacts
from referral.published.periods import Period
from referral.published.tables import Code, Column, Count, Entry, Given, Key, Measured, Row, Table
from referral.reports.laying import Laid
from referral.reports.lengths_queries import grouped, together
from referral.reports.scopes_queries import whoever_lives_in
from referral.reports.sent_queries import answer, sent_in, to_drugs_or_alcohol
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import second_of


@dataclass(frozen=True)
class Official:
    """What is published of an ADP in a period: none where it is hidden or not held; the source."""

    number: int | None
    source: str = ""


Officially = Callable[[str, Period], Official]


def none_held(adp_code: str, period: Period) -> Official:
    """Where no published figures are held."""
    del adp_code, period
    return Official(None)


def lay_bridge(laid: Laid, wanted: Wanted, place: str, officially: Officially) -> None:
    """From all that we sent to drug and alcohol services to what is published, step by step."""
    found = _ways(wanted)
    whole: Key = ("treatment", "referrals", place, wanted.period.name)
    rows = [Row[Entry]("sent", ALL_SENT, (laid.count(whole, sum(found.values())),))]
    keys: dict[str, Key] = {code: (f"treatment/{code}", *whole[1:]) for code in (*OFF, COUNTED)}
    for code, key in keys.items():
        laid.count(key, found.get(code, 0), whole)
    laid.makes_up(whole, keys.values())
    for code, title in OFF.items():
        rows.append(Row(code, title, (Count(keys[code], laid.counts[keys[code]], True),)))
    official = _official(wanted.area, wanted.period, officially)
    rows += _ends(keys[COUNTED], laid.counts[keys[COUNTED]], official)
    columns = (Column("referrals", "Referrals", "referrals"),)
    notes = (WHY, official.source or NONE_HELD)
    laid.tables.append(Table("bridge", GAP, BOTH, "step", columns, tuple(rows), notes, "bridge"))


def _ends(key: Key, counted: int, official: Official) -> list[Row[Entry]]:
    """What nothing of ours explains, and what is published."""
    number = official.number
    rest = Measured(None, (key,), Code.NOT_KNOWN)
    published = Given(None, Code.NOT_KNOWN)
    if number is not None:
        rest = Measured(number - counted, (key,))
        published = Given(number)
    return [Row("rest", NOT_EXPLAINED, (rest,)), Row("official", PUBLISHED, (published,))]


def _official(area: Area, period: Period, officially: Officially) -> Official:
    """What is published of the ADP that an area is; of a part of one, and of Scotland, nothing."""
    adps = [one for one in areas_of(councils()) if one.kind == "ADP"]
    same = [one.code for one in adps if set(one.councils) == set(area.councils)]
    return officially(same[0], period) if same else Official(None)


def _ways(wanted: Wanted) -> Mapping[str, int]:
    """How many referrals by the first reason for which they may not be counted there, or none."""
    door = StayFacts.door
    answered = answer(second_of(wanted.world))
    way = case(
        (door.in_((Door.SELF, Door.FAMILY)), "self"),
        (door == Door.AGENCY, "agency"),
        (answered == "waiting", "waiting"),
        (answered != "accepted", "ended"),
        else_=COUNTED,
    )
    sent = sent_in(wanted, whoever_lives_in(wanted.area), to_drugs_or_alcohol())
    return together(grouped(sent, way=way), "way")


COUNTED = "counted"
ALL_SENT = "Sent by arrest referral to drug and alcohol services"
OFF = {
    "self": "Came by themselves or after family called: there may count as “self” or “family”",
    "agency": "Sent by another agency: there may count as that agency",
    "waiting": "Not taken on yet: the service may not have entered them",
    "ended": "Said no or withdrawn: the service may not have entered them",
}
NOT_EXPLAINED = "Not explained by anything that we know"
PUBLISHED = "Published, column CriminalJustice"
GAP = "Our referrals beside the official figure"
BOTH = (
    "Referrals to services that meet needs of drugs or alcohol, of stays and visits by any door "
    "that began in this time, beside Public Health Scotland's Source of Referrals."
)
WHY = (
    "Theirs also counts community payback and drug treatment orders, drug courts, social work and "
    "youth justice, and what police sent in other ways; ours counts by when custody began, theirs "
    "by when the service had the referral. So what is not explained can lie on either side."
)
NONE_HELD = "No published figure is held for this area and time."
BRIDGED = {
    GAP: "Each referral stands in the first step that it fits. Drug and alcohol services are those "
    "that say in the directory that they meet such a need."
}
