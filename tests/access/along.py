"""A peer mentor of a place of world.py, and somebody whom they are to meet."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.casework.along.actions import GoingDetails, ask_mentor
from referral.casework.along.goings import Errand
from referral.casework.along.models import Going
from referral.casework.cases.models import Case
from referral.clock import now
from referral.db import db


def mentor_of(worker: User) -> User:
    """The peer mentor of a worker's team, who signs in as everybody does."""
    mine = {"organisation_id": worker.organisation_id, "role": Role.PEER}
    known = db.session.scalars(select(User).filter_by(**mine).order_by(User.name)).first()
    if known is None:
        known = User(name="Far mentor", email="far.mentor@example.org", role=Role.PEER.value)
        known.organisation = worker.organisation
        known.organisation_id = worker.organisation_id
        known.password_hash = worker.password_hash
        db.session.add(known)
        db.session.flush()
    return known


def asked(case: Case, worker: User, place: str = "Main door") -> Going:
    """The mentor meets them at the gate tomorrow."""
    when = now() + timedelta(days=1)
    details = GoingDetails(mentor_of(worker).id, Errand.GATE, place, when, agrees=True)
    return ask_mentor(case, details, worker.actor, now())


def goes_along(name: str, case: Case, worker_id) -> Iterator[tuple[str, object]]:
    """What the mentor is to do, the case of it, and the mentor."""
    worker = db.session.get_one(User, worker_id)
    going = asked(case, worker, f"Door{name}")
    yield "case_id-met", case.id
    yield "going_id", going.id
    yield "mentor", going.mentor_id
