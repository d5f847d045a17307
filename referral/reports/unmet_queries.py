"""The needs that nobody could take: by need, by month, by the reason that was written down.

They go the same way as every count of people: who is counted here is counted among the booked.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from referral.db import db
from referral.directory.queries import labels
from referral.handoff.referrals.models import UnmetNeed
from referral.journey.facts import whole_seconds
from referral.journey.models import StayFacts
from referral.published.cells import people
from referral.published.periods import Period, period_of
from referral.published.tables import Column, Count, Entry, Key, Row, Table
from referral.published.telling import Counted
from referral.reports.laying import PEOPLE, Laid, key_of
from referral.reports.scopes_queries import held_in
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import as_of, stays_in

NAME = "unmet"
TITLE = "Needs that nobody could take"


@dataclass(frozen=True)
class Unmet:
    """How many people had such a need: by month and need, and by reason; "" is all of them.

    `booked` has by month how many people were booked at all.
    """

    by_need: dict[tuple[str, str], int] = field(default_factory=dict)
    by_reason: dict[str, int] = field(default_factory=dict)
    booked: dict[str, int] = field(default_factory=dict)

    @property
    def needs(self) -> list[str]:
        """The needs in the order of their codes."""
        return sorted({need for _, need in self.by_need} - {""})


def unmet(wanted: Wanted) -> Counted:
    """The report of the custody centres of an area. Raises FactsNotMade, BeforeFacts."""
    laid = Laid(wanted.about(NAME, TITLE))
    place = wanted.area.code
    held = held_in(wanted.area)
    laid.ladder(tallied(wanted.period, wanted.world, held)[EVERYBODY][""], place)
    months = months_of(wanted.period)
    found = unmet_in(wanted, held, months)
    lay_needs(laid, found, place)
    if len(months) > 1:
        _lay_months(laid, found, place, months)
    return laid.report(key_of("booked", place, wanted.period.name), NOBODY)


def months_of(period: Period) -> list[Period]:
    """The months of a period, the earliest first."""
    names = []
    day = period.first.replace(day=1)
    while day <= period.last:
        names.append(f"{day:%Y-%m}")
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return [period_of(name) for name in names]


def lay_needs(laid: Laid, found: Unmet, place: str) -> None:
    """How many people by need, and by reason; one can have several of either."""
    period = laid.about.period
    booked = key_of("booked", place, period)
    whole: Key = ("unmet", PEOPLE, place, period)
    every = laid.count(whole, found.by_need.get(("", ""), 0), booked)
    laid.among(whole, booked)
    needs = {need: found.by_need["", need] for need in found.needs}
    parts = (
        ("unmet", "What nobody could take", "need", labels("need"), needs),
        ("unmet_reasons", "Why nobody could", "reason", labels("unmet"), found.by_reason),
    )
    for code, title, of, names, numbers in parts:
        cells = {one: _part(laid, whole, f"{of}/{one}", many) for one, many in numbers.items()}
        _bounded(laid, whole, [cell.key for cell in cells.values()])
        rows = [Row[Entry]("", "All of them", (every,))]
        rows += [Row[Entry](one, names[one], (cell,)) for one, cell in cells.items()]
        columns = (Column("people", "People", PEOPLE),)
        laid.tables.append(Table(code, title, HERE, of, columns, tuple(rows), (SEVERAL,), "bars"))


def _lay_months(laid: Laid, found: Unmet, place: str, months: Collection[Period]) -> None:
    """The same by the month in which a stay began; somebody can come in several months."""
    cells = {
        (one.name, need): cell for one in months for need, cell in _month(laid, found, place, one)
    }
    names = {"": "All of them"} | {need: labels("need")[need] for need in found.needs}
    rows: list[Row[Entry]] = []
    for need, title in names.items():
        of_it = tuple(cells[one.name, need] for one in months)
        rows.append(Row(need, title, of_it))
        _bounded(laid, (*of_it[0].key[:-1], laid.about.period), [cell.key for cell in of_it])
    booked = [key_of("booked", place, one.name) for one in months]
    _bounded(laid, key_of("booked", place, laid.about.period), booked)
    columns = tuple(Column(one.name, f"{one.first:%B %Y}", PEOPLE) for one in months)
    laid.tables.append(
        Table("unmet_months", "Month by month", BEGAN, "need", columns, tuple(rows), (SEVERAL,))
    )


def _month(laid: Laid, found: Unmet, place: str, month: Period) -> list[tuple[str, Count]]:
    """All of a month, and those by need."""
    booked = key_of("booked", place, month.name)
    laid.count(booked, found.booked.get(month.name, 0), key_of("booked", place, laid.about.period))
    whole: Key = ("unmet", *booked[1:])
    every = laid.count(whole, found.by_need.get((month.name, ""), 0), booked)
    laid.among(whole, booked)
    parts = [
        (need, _part(laid, whole, f"need/{need}", found.by_need.get((month.name, need), 0)))
        for need in found.needs
    ]
    _bounded(laid, whole, [cell.key for _, cell in parts])
    return [("", every), *parts]


def _part(laid: Laid, whole: Key, of: str, many: int) -> Count:
    return laid.count((f"{whole[0]}/{of}", *whole[1:]), many, whole)


def _bounded(laid: Laid, whole: Key, parts: list[Key]) -> None:
    """One person may stand in several parts."""
    if parts:
        laid.bounds += people(whole, parts)


def unmet_in(wanted: Wanted, scope: ColumnElement[bool], months: Iterable[Period] = ()) -> Unmet:
    """What nobody could take of the stays of a period within a scope; by months where given."""
    found = Unmet()
    every = list(months)
    for row in _counted(wanted, scope, _month_of(every).label("month"), bool(every)):
        if row.what == "need":
            found.by_need[row.month, row.code] = row.many
        elif row.what == "reason":
            found.by_reason[row.code] = row.many
        else:
            found.booked[row.month] = row.many
    return found


def _counted(wanted: Wanted, scope: ColumnElement[bool], month: Any, by_month: bool) -> list[Any]:
    """All of it in one statement; by month and need, and how many were booked, if it is wanted."""
    stays = stays_in(wanted.period, wanted.world, scope)
    booked = stays.with_only_columns(StayFacts.person, month).cte("booked")
    noted = (
        stays.with_only_columns(StayFacts.person, month, UnmetNeed.need, UnmetNeed.reason)
        .join(UnmetNeed, UnmetNeed.booking_id == StayFacts.booking_id)
        .where(as_of(wanted.world, lambda known: _stands(known or wanted.world.at)))
        .cte("noted")
        .prefix_with("MATERIALIZED")
    )
    none = literal("")
    parts = [
        _people("need", noted, none, none),
        _people("need", noted, none, noted.c.need),
        _people("reason", noted, none, noted.c.reason),
    ]
    if by_month:
        parts += [
            _people("need", noted, noted.c.month, none),
            _people("need", noted, noted.c.month, noted.c.need),
            _people("booked", booked, booked.c.month, none),
        ]
    return list(db.session.execute(union_all(*parts).order_by("what", "month", "code")))


def _people(what: str, of: CTE, month: Any, code: Any) -> Select[Any]:
    names = [literal(what).label("what"), month.label("month"), code.label("code")]
    many = func.count(of.c.person.distinct()).label("many")
    columns = [one for one in (month, code) if one.key is not None and one in set(of.c)]
    return select(*names, many).group_by(*columns) if columns else select(*names, many)


def _month_of(months: Iterable[Period]) -> ColumnElement[str]:
    """The name of the month in which a stay began; "" where none is asked for."""
    cases = [(StayFacts.booked_at < whole_seconds(one.ends), literal(one.name)) for one in months]
    return case(*cases, else_="") if cases else literal("")


def _stands(moment: datetime) -> ColumnElement[bool]:
    """Written down by a moment, and taken on by no service until then."""
    unmet_yet = or_(UnmetNeed.met_at.is_(None), UnmetNeed.met_at > moment)
    return and_(UnmetNeed.recorded_at <= moment, unmet_yet)


HERE = "People of whom it was written down that no service could take a need of theirs."
BEGAN = "People, by the month in which the stay began."
SEVERAL = "One person can have several needs, and several reasons, and is one in the first row."
NOBODY = {
    "What nobody could take": "A need of a stay in custody for which a worker found no service, or "
    "that every service which was asked has turned down, and that no service has taken on since.",
}
