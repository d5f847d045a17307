"""Two people who were booked under two names each: one pair to be found, one joined and parted."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.consent.actions import PLAINLY
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.handoff.referrals.leaving_actions import leave
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.parting.actions import PartDetails, part
from referral.people.identity import Identity

WOLSKA = Identity("Magdalena", "Wolska", date(1991, 8, 14), sex="F", phone="07700 900555")
GILLIES = Identity("Rory", "Gillies", date(1979, 2, 3), sex="M", phone="07700 900556")


def booked_twice(officer: Actor, worker: Actor, now: datetime) -> None:
    """Magdalena Wolska waits in the list of possible duplicates; the two Gillies were a mistake."""
    lead = (
        select(User)
        .filter_by(role=Role.TEAM_LEAD, organisation_id=worker.organisation_id)
        .order_by(User.email)
    )
    by = db.session.scalars(lead).one().actor
    _accepts(WOLSKA, officer, now - timedelta(days=40))
    _accepts(replace(WOLSKA, forename="Magda", surname="Wolski"), officer, now - timedelta(days=3))
    first = _accepts(GILLIES, officer, now - timedelta(days=30))
    brother = _accepts(replace(GILLIES, forename="Rob"), officer, now - timedelta(days=21))
    at = now - timedelta(days=20)
    joining = join(JoinDetails(first.person_id, brother.person_id), by, at)
    seen = at + timedelta(hours=2)
    record(Tag.CASE_SEEN, worker, seen, subject_id=first.person_id, record_id=first.id)
    part(joining, PartDetails(joining.version), by, at + timedelta(days=1))


def _accepts(identity: Identity, officer: Actor, at: datetime) -> Case:
    booking = arrive(Arrival(BookingDetails(identity, at)), officer, at)
    said = OfferDetails(OfferAnswer.ACCEPTED, booking.version, needs=frozenset({"ALC"}))
    case = answer_offer(booking, said, [], PLAINLY, officer, at)
    gone = ReleaseDetails("UNDERTAKING", at + timedelta(hours=9), "has", booking.version)
    leave(booking, gone, officer, at + timedelta(hours=9))
    assert case  # noqa: S101 - who accepts has one
    return case
