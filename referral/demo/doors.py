"""Some who came by another door than custody, and a mentor who is asked to meet one of them."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.casework.along.actions import GoingDetails, ask_mentor
from referral.casework.along.goings import Errand
from referral.casework.doors.actions import Coming, MessageDetails, leave_message, write_down
from referral.custody.doors import Way
from referral.db import db
from referral.people.identity import Identity

AGNES = Identity("Agnes", "Laing", date(1988, 3, 9), sex="F", phone="07700 900571")
DEREK = Identity("Derek", "Orr", date(1974, 11, 30), sex="M", phone="07700 900572")


def by_other_doors(worker: Actor, now: datetime) -> None:
    """One rang and is to be rung back, one was met in the cells of a court, a mother left word."""
    soon = now + timedelta(hours=20)
    rang = Coming(Way.CALL, AGNES, talk=True, contact=True, due_at=soon)
    write_down(rang, worker, now - timedelta(hours=3))
    court = Coming(Way.COURT, DEREK, talk=True, contact=True, place="Glasgow Sheriff Court")
    case = write_down(court, worker, now - timedelta(hours=2))
    word = MessageDetails("Moira", "07700 900573", "my son Craig", "Ring after six, please.", soon)
    leave_message(word, worker, now - timedelta(hours=1))
    mentors = select(User).filter_by(role=Role.PEER, organisation_id=worker.organisation_id)
    mentor = db.session.scalars(mentors.order_by(User.email)).first()
    if mentor:
        gate = GoingDetails(mentor.id, Errand.GATE, "Front door of the court", soon, agrees=True)
        ask_mentor(case, gate, worker, now - timedelta(hours=1))
