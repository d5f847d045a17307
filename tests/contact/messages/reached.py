"""People who may be reached, for the tests of what reaches them."""

from datetime import UTC, datetime, timedelta

from overdue.escalation.seeded import named, open_case, refer

from referral.casework.cases.models import Case
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.consent.actions import PLAINLY, Agreement, ContactRules, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.db import db
from referral.handoff.followup.actions import AppointmentDetails, book
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.jobs.runner import Halt, Worker

START = datetime(2026, 10, 5, 8, tzinfo=UTC)  # a Monday in summer time
OUT = START + timedelta(hours=8)
BY_TEXT = ContactRules(("call", "text"), "")
DETAILS = PlanDetails("text", "readback", email="own@example.org", address="1 Some Street\nG1 1AA")


def agree(case: Case, rules: ContactRules, at: datetime) -> None:
    """The person says how they may be reached."""
    yes = Agreement(Purpose.CONTACT, Answer.GRANTED, rules=rules)
    record_agreements(case.person, [yes], PLAINLY, named("Morag Sim").actor, at)


def reachable(number: int = 1, rules: ContactRules = BY_TEXT, details=DETAILS) -> Case:
    """Somebody who is out, and has agreed and planned how to be reached."""
    case = open_case(number, START)
    agree(case, rules, OUT)
    make(case, details, 0, named("Morag Sim").actor, OUT)
    return case


def taken_on(case: Case, at: datetime) -> Referral:
    """The recovery hub says yes."""
    referral = refer(case, at, taken=False)
    yes = MoveDetails(Move.ACCEPT, referral.version)
    return move(referral, yes, Side.TARGET, named("Ian Low").actor, at)


def expected(referral: Referral, starts: datetime, at: datetime) -> Appointment:
    """An appointment with the hub."""
    return book(referral, AppointmentDetails(starts, "Front desk"), named("Ian Low").actor, at)


def work(app, at: datetime):
    """Let a worker work at a moment; what has reached people so far, the newest first."""
    db.session.commit()
    Worker(app.extensions["work"], lambda: at).drain(Halt())
    letters = app.extensions["mailbox"].letters()
    return [one for one in letters if one.channel != "email" or one.to == "own@example.org"]
