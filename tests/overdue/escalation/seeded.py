"""Invented cases and referrals, for the tests of what is late."""

from datetime import datetime, timedelta

from sqlalchemy import select

from referral.accounts.users.models import User
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.casework.cases.owner_actions import take
from referral.consent.actions import Agreement, Circumstances
from referral.consent.purposes import Answer, Level, Purpose
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails, open_booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.directory.models import Service
from referral.handoff.referrals.actions import HandOffDetails, hand_off
from referral.handoff.referrals.leaving_actions import leave
from referral.handoff.referrals.models import Referral
from referral.people.identity import Identity


def named(name: str) -> User:
    return db.session.scalars(select(User).filter_by(name=name)).one()


def arrive(number: int, at: datetime, overdose: bool = False) -> Case:
    """One person, booked and asked, who accepted and may be contacted."""
    officer = named("Kirsty Ross").actor
    identity = Identity(f"Fore{number}", f"Sur{number}", None, phone="07700 900123")
    booking = open_booking(BookingDetails(identity, at), officer, at)
    dangers = frozenset({"overdose"} if overdose else ())
    said = OfferDetails(
        OfferAnswer.ACCEPTED, booking.version, needs=frozenset({"DRUG"}), dangers=dangers
    )
    agreed = [Agreement(Purpose.CONTACT, Answer.GRANTED)]
    case = answer_offer(booking, said, agreed, Circumstances(), officer, at)
    assert case
    return case


def let_go(case: Case, out: datetime) -> None:
    """They leave custody."""
    details = ReleaseDetails("UNDERTAKING", out, "has", case.booking.version)
    leave(case.booking, details, named("Kirsty Ross").actor, out)


def open_case(number: int, at: datetime, overdose: bool = False) -> Case:
    """The same, released eight hours later."""
    case = arrive(number, at, overdose)
    let_go(case, at + timedelta(hours=8))
    return case


def refer(
    case: Case,
    at: datetime,
    *,
    urgent: bool = False,
    taken: bool = True,
    to: str = "Recovery hub",
) -> Referral:
    """The case handed to a service by the worker, who took it or left it to the team."""
    worker = named("Morag Sim").actor
    if taken:
        take(case, case.version, worker, at)
    service = db.session.scalars(select(Service).filter_by(name=to)).one()
    return hand_off(case, HandOffDetails({service.id: Level.SUMMARY}, urgent), worker, at)[0]
