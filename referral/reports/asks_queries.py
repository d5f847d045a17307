"""Who asked, and at which ask people agreed: by the stay in which they came furthest."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case

from referral.directory.queries import labels
from referral.journey.models import StayFacts
from referral.published.tables import Column, Entry, Row, Share, Table
from referral.published.telling import Counted
from referral.reports.grouping import Cut, cut_of, lay_parts, lay_step, table_of
from referral.reports.laying import PEOPLE, Laid, Tallies, inside, key_of
from referral.reports.scopes_queries import held_in
from referral.reports.steps import STEPS, Standing
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.wanted import Wanted
from referral.reports.why_queries import not_agreed_because, why_not_agreed

NAME = "asks"
TITLE = "Who asks, and at which ask people agree"
TIMES: Mapping[str, str] = {"1": "At the first", "2": "At the second", "3": "At the third or later"}


def asks(wanted: Wanted) -> Counted:
    """The report of the custody centres of an area. Raises FactsNotMade."""
    laid = Laid(wanted.about(NAME, TITLE))
    place = wanted.area.code
    cuts: dict[str, ColumnElement[Any]] = {
        "asker": _asker(),
        "ask": _ask(),
        "asker_ask": _asker().concat("|").concat(_ask()),
        "no": why_not_agreed(),
    }
    found = tallied(wanted.period, wanted.world, held_in(wanted.area), cuts=cuts, by_furthest=cuts)
    whole = found[EVERYBODY][""]
    lay_step(laid, ASKED, whole, (), place)
    askers = cut_of("asker", "", labels("asker"), _said(found["asker"]))
    lay_step(laid, AGREED, whole, (askers,), place)
    _lay_times(laid, found, askers, place)
    _lay_reasons(laid, found["no"], place)
    told = {step.title: step.definition for step in STEPS[:3]}
    return laid.report(key_of("booked", place, wanted.period.name), told)


def _asker() -> ColumnElement[Any]:
    """Who wrote the last line on the offer of a stay in which they were asked."""
    return case((StayFacts.asked_at.is_not(None), StayFacts.asker))


def _ask() -> ColumnElement[Any]:
    number = StayFacts.agreed_at_ask
    return case((number == 1, "1"), (number == 2, "2"), (number > 2, "3"))


def _said(found: Mapping[str, Tallies]) -> Mapping[str, Tallies]:
    """What was counted without those of whom the cut says nothing: they are in no number here."""
    return {value: tallies for value, tallies in found.items() if value}


def _lay_times(
    laid: Laid, found: Mapping[str, Mapping[str, Tallies]], askers: Cut, place: str
) -> None:
    """At which ask people agreed: everybody, and by who asked."""
    rows = [_times(laid, "all", "Everybody", _said(found["ask"]), place)]
    for asker, (title, _) in askers.groups.items():
        there = {
            time: found["asker_ask"][f"{asker}|{time}"]
            for time in TIMES
            if f"{asker}|{time}" in found["asker_ask"]
        }
        rows.append(_times(laid, asker, title, there, askers.place(place, asker)))
    for time in TIMES:
        parts = [_time(askers.place(place, asker), time) for asker in askers.groups]
        keys = [key_of("agreed", part, laid.about.period) for part in parts]
        laid.makes_up(key_of("agreed", _time(place, time), laid.about.period), keys)
    laid.tables.append(
        Table("times", "At which ask people agreed", TOLD, "group", OF_TIMES, tuple(rows))
    )


def _times(
    laid: Laid, code: str, title: str, found: Mapping[str, Tallies], place: str
) -> Row[Entry]:
    """Those of a place who agreed, and at which ask."""
    agreed = key_of("agreed", place, laid.about.period)
    cut = cut_of("ask", "", TIMES, found)
    counts = [count for _, count in lay_parts(laid, cut, "agreed", Standing.REACHED, place)]
    first = key_of("agreed", cut.place(place, "1"), laid.about.period)
    all_of_them = laid.count(agreed, laid.counts[agreed])
    return Row(code, title, (all_of_them, *counts, Share(first, agreed)))


def _time(place: str, time: str) -> str:
    return inside(place, f"ask:{time}")


def _lay_reasons(laid: Laid, found: Mapping[str, Tallies], place: str) -> None:
    """Why people did not agree."""
    cut = cut_of("no", "", not_agreed_because(), _said(found))
    counted = lay_parts(laid, cut, "agreed", Standing.NOT_REACHED, place)
    rows = tuple(Row(code, cut.groups[code][0], (people,)) for code, people in counted)
    columns = (Column("people", "People who did not agree", PEOPLE),)
    laid.tables.append(
        Table("reasons", "Why people did not agree", REASONS, "reason", columns, rows, (), "bars")
    )


ASKED = table_of("asked", "Who was asked", "People, each counted once.")
AGREED = table_of(
    "agreed",
    "Who agreed, by who asked",
    "People who were asked, by who asked them last in the stay in which they came furthest.",
)
TOLD = (
    "People who agreed, by the number of the line on the offer at which they first did so in that "
    "stay. A line that says that they were not fit yet, or that nobody asked and why, is one too."
)
REASONS = (
    "People who were asked and did not agree, by the answer that was written down last in the stay "
    "in which they came furthest."
)
OF_TIMES = (
    Column("of", "Agreed, of whom", PEOPLE),
    *(Column(f"ask_{time}", title, PEOPLE) for time, title in TIMES.items()),
    Column("share", "Agreed at the first, of those who agreed", "%"),
)
