"""The ground of a history: who acts, at which moment, upon which row; and how a refusal ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from histories.told import Sent, Stay, Told
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import exists, select
from support.stories import centre, moment, staff

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.custody.models import Booking
from referral.db import db
from referral.directory.models import Service
from referral.errors import RuleBroken
from referral.handoff.referrals.models import Referral
from referral.people.models import Person

START = moment("2026-06-25 12:00")
PLACES = {"Govan": True, "Clydebank": True, "London_Road": False}
PHONES = ("", "07700 900123", "07700 900456")
SERVICES = ("Recovery hub", "Open door counselling")


class Playing(RuleBasedStateMachine):
    """Two desks of the team and one of nobody's, a worker, a lead and two services."""

    app: Any = None  # the application, given by the test

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        self.at, self.told = START, Told()
        officer = staff("Kirsty Ross")
        self.desks = {name: replace(officer, centre_id=centre(name).id) for name in PLACES}
        self.supervisor = staff("Alan Petrie")
        self.worker, self.lead = staff("Morag Sim"), staff("Ruth Kerr")
        named = select(Service.id).where(Service.name.in_(SERVICES)).order_by(Service.name)
        self.services = db.session.scalars(named).all()
        self.service = staff("Ian Low")

    def teardown(self) -> None:
        """Nothing of it is left."""
        db.session.rollback()
        db.session.remove()
        self.context.pop()

    @contextmanager
    def doing(self) -> Iterator[None]:
        """As a page does it: seven minutes later, all of it, or nothing where a rule forbids it.

        What the block tells after its act is told of what was done. Each act reads everything anew.
        """
        self.at += timedelta(minutes=7)
        try:
            with db.session.begin_nested():
                yield
                db.session.flush()
            note(f"{self.at:%d %b %H:%M} done")
        except RuleBroken as refused:
            note(f"{self.at:%d %b %H:%M} refused: {type(refused).__name__}")
        db.session.expire_all()

    def pick(self, data: st.DataObject, found: list) -> Any:
        """One of these, or None where there is none."""
        return found[data.draw(st.integers(0, len(found) - 1))] if found else None

    def is_some(self, *which: Any) -> bool:
        """Whether there is any row that is so."""
        return db.session.scalar(select(exists().where(*which)))

    def who(self, data: st.DataObject) -> UUID | None:
        """A record that stands for itself."""
        wanted = select(Person.id).where(Person.id.in_(self.told.people))
        apart = set(db.session.scalars(wanted.where(Person.merged_into_id.is_(None))))
        return self.pick(data, [one for one in self.told.people if one in apart])

    def stay(self, data: st.DataObject, *which: Any) -> Booking | None:
        """A stay that is no mistake, of all or of those that are so."""
        wanted = select(Booking).where(Booking.voided_at.is_(None), *which)
        return self.pick(data, db.session.scalars(wanted.order_by(Booking.order)).all())

    def case(self, data: st.DataObject) -> Case | None:
        """An open case."""
        wanted = select(Case).where(Case.closed_at.is_(None)).order_by(Case.order)
        return self.pick(data, db.session.scalars(wanted).all())

    def referral(self, data: st.DataObject, *which: Any) -> tuple[Referral, Sent] | None:
        """A referral, of all or of those that are so, and what was told of it."""
        wanted = select(Referral).where(*which).order_by(Referral.order)
        row = self.pick(data, db.session.scalars(wanted).all())
        return row and (row, self.told.sent[row.id])

    def told_of(self, booking_id: UUID) -> Stay:
        """What was told of a stay."""
        return self.told.stays[booking_id]

    def desk_of(self, stay: Booking) -> Actor:
        """The desk that answers for a stay; elsewhere that of Govan."""
        mine = [one for one in self.desks.values() if one.centre_id == stay.leg.centre_id]
        return (mine or [self.desks["Govan"]])[0]
