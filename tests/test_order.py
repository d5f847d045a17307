"""Rows of which the later one counts are numbered as they are written."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from crowd import actor, walk
from sqlalchemy import select

from referral.access.permissions import OrganisationKind, Role
from referral.clock import now
from referral.db import Model, Numbered, db
from referral.directory.models import Organisation
from referral.handoff.by_link.queries import unsaid_meeting
from referral.handoff.followup.actions import AppointmentDetails, book


def test_of_two_appointments_at_one_minute_the_one_that_was_written_last_counts(app):
    with app.app_context():
        at = now()
        referral = walk(1, at - timedelta(days=2))
        for place in ("Front desk", "Back door", "Side door"):
            details = AppointmentDetails(at - timedelta(minutes=5), place)
            last = book(referral, details, actor(Role.SERVICE_WORKER), at - timedelta(hours=1))
        db.session.commit()
        assert unsaid_meeting(referral.id, at) == last


def test_rows_of_one_act_are_numbered_in_the_order_in_which_they_were_added(app):
    with app.app_context():
        names = [f"Organisation {letter}" for letter in "QCXAB"]
        db.session.add_all(
            Organisation(name=name, kind=OrganisationKind.PROVIDER) for name in names
        )
        db.session.commit()
        kept = select(Organisation.name).where(Organisation.name.in_(names))
        assert db.session.scalars(kept.order_by(Organisation.order)).all() == names


def test_who_writes_at_the_same_time_gets_other_numbers(app):
    def write(number):
        with app.app_context():
            for letter in "ABC":
                db.session.add(
                    Organisation(name=f"At once {number} {letter}", kind=OrganisationKind.PROVIDER)
                )
                db.session.flush()
            db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(4) as four:
        list(four.map(write, range(4)))
    with app.app_context():
        written = select(Organisation.order).where(Organisation.name.startswith("At once"))
        numbers = db.session.scalars(written.order_by(Organisation.name)).all()
        assert len(set(numbers)) == 12
        mine = [numbers[start : start + 3] for start in range(0, 12, 3)]
        assert all(three == sorted(three) for three in mine)


def test_every_number_is_unique_in_its_table(app):
    numbered = [m.local_table for m in Model.registry.mappers if issubclass(m.class_, Numbered)]
    assert len(numbered) > 10
    for table in numbered:
        assert any(i.unique and list(i.columns) == [table.c.order] for i in table.indexes), table
