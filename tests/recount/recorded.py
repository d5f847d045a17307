"""All that was recorded, row by row, as plain SELECTs read it: what a recount counts by hand.

Nothing here knows the reports, the facts that are kept for them, or what is published: a word of
the field stands here as it is written in the rows.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from referral.db import Model, db

ORDERED = {
    "booking": ("order",),
    "offer": ("booking_id", "number"),
    "observation": ("order",),
    "assessment": ("finished_at", "order"),
    "referral_case": ("opened_at", "order"),
    "contact_plan": ("order",),
    "review_point": ("id",),
    "attempt": ("happened_at", "id"),
    "referral": ("order",),
    "referral_event": ("referral_id", "number"),
    "appointment": ("order",),
    "need_outcome": ("order",),
    "unmet_need": ("order",),
    "person": ("id",),
    "custody_centre": ("id",),
    "council": ("code",),
    "service": ("name", "id"),
    "service_need": ("service_id", "need"),
    "throughput": ("order",),
}
ASKED = {"accepted", "declined", "not now"}
NEAR_FATAL = {"overdose", "naloxone_given"}
Rows = dict[str, list[Any]]


def rows_now() -> Rows:
    """Every row of these tables, as it stands."""
    return {name: read(name) for name in ORDERED}


def read(name: str) -> list[Any]:
    """The rows of one table in the order in which they were recorded."""
    table = Model.metadata.tables[name]
    wanted = select(table).order_by(*(table.c[column] for column in ORDERED[name]))
    return [SimpleNamespace(**row) for row in db.session.execute(wanted).mappings()]


def second(moment: datetime | None) -> int | None:
    """A moment in whole seconds."""
    return None if moment is None else int(moment.timestamp())


def earliest(moments: Any) -> int | None:
    """The first of some moments in whole seconds; None of none."""
    return min((second(one) for one in moments if one is not None), default=None)


@dataclass
class Sent:
    """One referral that left and was no mistake: what its service and its meetings say of it."""

    row: Any
    sent: int
    over: int | None
    taken_on: int | None
    answered: int | None
    refused: int | None
    why_not: str | None
    contact: int | None
    came: list[int]
    unsaid: list[int]
    changed: int | None  # when something was first known to be better, the same or worse


@dataclass
class Stay:
    """One stay, or one visit by another door, with everything that hangs on it."""

    row: Any
    who: Any  # the row of the person
    began: int
    left: int | None
    closed: int | None  # when the case was closed in which it is
    again: int | None  # when the same person came into custody next
    offers: list[Any]
    said: list[Any]
    assessed: list[Any]
    tried: int | None
    reached: int | None
    sent: list[Sent] = field(default_factory=list)

    @property
    def asked(self) -> int | None:
        """When they first answered somebody who asked."""
        return earliest(one.asked_at for one in self.offers if one.answer in ASKED)

    @property
    def agreed(self) -> int | None:
        """When they first said yes."""
        return earliest(one.asked_at for one in self.offers if one.answer == "accepted")

    @property
    def flagged(self) -> int | None:
        """When an overdose, or naloxone at the arrest, was first written down."""
        return earliest(
            one.recorded_at
            for one in self.said
            if one.kind == "danger" and one.code in NEAR_FATAL and one.answer == "yes"
        )

    @property
    def assessed_at(self) -> int | None:
        """When the first assessment was finished."""
        return earliest(one.finished_at for one in self.assessed)

    def first(self, name: str) -> int | None:
        """The earliest of a moment of all its referrals."""
        return min(
            (at for one in self.sent if (at := getattr(one, name)) is not None), default=None
        )

    @property
    def came(self) -> int | None:
        """The first appointment that they came to, of any service."""
        return min((at for one in self.sent for at in one.came), default=None)

    @property
    def needs(self) -> set[str]:
        """What they, or a worker, named, by the latest yes or no on each."""
        latest: dict[str, str] = {}
        for one in self.said:
            if one.kind == "need" and one.answer in {"yes", "no"}:
                latest[one.code] = one.answer
        return {code for code, answer in latest.items() if answer == "yes"}


def by(rows: list[Any], name: str) -> dict[Any, list[Any]]:
    """Rows by one of their columns, in their order."""
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def stays_of(rows: Rows) -> list[Stay]:
    """All stays and visits but those that were booked by mistake."""
    lists = {
        name: by(rows[name], "booking_id")
        for name in ("offer", "observation", "assessment", "contact_plan", "referral")
    }
    people = {one.id: one for one in rows["person"]}
    cases = by(rows["referral_case"], "person_id")
    theirs = by(rows["booking"], "person_id")
    tries = tries_of(rows)
    referrals = referrals_of(rows)
    found = []
    for row in rows["booking"]:
        if row.voided_at is None:
            tried = tries[row.id]
            mine = [referrals[one.id] for one in lists["referral"][row.id] if one.id in referrals]
            found.append(
                Stay(
                    row, people[row.person_id], second(row.authorised_at), second(row.released_at),
                    closed_of(row, cases[row.person_id]), again_of(row, theirs[row.person_id]),
                    lists["offer"][row.id], lists["observation"][row.id],
                    [one for one in lists["assessment"][row.id] if one.finished_at],
                    earliest(one.happened_at for one in tried),
                    earliest(one.happened_at for one in tried if one.result == "reached"), mine,
                )
            )  # fmt: skip
    return found


def again_of(row: Any, theirs: list[Any]) -> int | None:
    """When the next stay in custody of the same person began."""
    return earliest(
        other.authorised_at
        for other in theirs
        if other.authorised_at > row.authorised_at
        and other.voided_at is None
        and other.door == "custody"
    )


def closed_of(row: Any, cases: list[Any]) -> int | None:
    """A stay is in the first case that was not closed before it began: when that was closed."""
    mine = [one for one in cases if not one.closed_at or one.closed_at >= row.authorised_at]
    return second(mine[0].closed_at) if mine else None


def tries_of(rows: Rows) -> dict[UUID, list[Any]]:
    """By stay all tries to reach somebody: of the team by its plan, of a service by referral."""
    plans = {one.id: one.booking_id for one in rows["contact_plan"]}
    stays = {one.id: plans[one.plan_id] for one in rows["review_point"]}
    stays |= {one.id: one.booking_id for one in rows["referral"]}
    found = defaultdict(list)
    for one in rows["attempt"]:
        found[stays[one.point_id or one.referral_id]].append(one)
    return found


def referrals_of(rows: Rows) -> dict[UUID, Sent]:
    """The referrals that left and were no mistake, by their number."""
    events = by(rows["referral_event"], "referral_id")
    meetings = by(rows["appointment"], "referral_id")
    calls = by(rows["attempt"], "referral_id")
    changes = by(rows["need_outcome"], "referral_id")
    return {
        one.id: sent_of(one, events[one.id], meetings[one.id], calls[one.id], changes[one.id])
        for one in rows["referral"]
        if one.sent_at and one.state != "entered-in-error"
    }


def sent_of(row: Any, events: Any, meetings: Any, calls: Any, changes: Any) -> Sent:
    """What became of one referral."""
    stands = [one for one in events if one.taken_back_at is None]
    taken_on = earliest(one.happened_at for one in stands if one.state == "accepted")
    ended_so = row.state in {"rejected", "cancelled"} and taken_on is None
    came = [second(one.starts_at) for one in meetings if one.came]
    spoken = [second(one.happened_at) for one in calls if one.result == "reached"]
    unsaid = [one for one in meetings if one.came is None and one.took_place is not False]
    why = [one.reason for one in stands if one.state in {"rejected", "cancelled"}]
    return Sent(
        row,
        second(row.sent_at),
        second(row.ended_at),
        taken_on,
        earliest(one.happened_at for one in stands if one.move in {"accept", "reject", "ask"}),
        second(row.ended_at) if ended_so else None,
        why[0] if why else None,
        min([*came, *spoken], default=None),
        came,
        [second(one.starts_at) for one in unsaid],
        earliest(one.recorded_at for one in changes if one.change != "unknown"),
    )
