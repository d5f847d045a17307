"""One story with a word in each field that stands nowhere else.

The person was here before and is here again. The recovery hub is told all, the Forth team what the
person needs, the housing service only how to reach them, and a fourth service nothing.
"""

from datetime import date, timedelta

from crowd import actor
from sqlalchemy import select

from referral.access.permissions import OrganisationKind, Role
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import User
from referral.casework.assessment.actions import AssessmentDetails, Need, Use, finish
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.clock import now
from referral.consent.actions import Agreement, Circumstances, ContactRules, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.custody.actions import (
    BookingDetails,
    OfferDetails,
    ReleaseDetails,
    WarningDetails,
    open_booking,
    release,
    warn,
)
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.directory.models import Code, Organisation, Service
from referral.handoff.followup.actions import (
    AppointmentDetails,
    AttemptDetails,
    AttendanceDetails,
    attempt,
    book,
    say,
)
from referral.handoff.referrals.actions import (
    HandOffDetails,
    hand_off,
    move,
    note_unmet,
    withdraw_sharing,
)
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.people.identity import Identity

WHO = Identity(
    "Zebedee", "Quillfeather", date(1971, 2, 3), None, "M", "G12 8QQ", False, "S12000049",
    "07700 900555", "S7654321", "pl", True, number="07700 900666",
)  # fmt: skip
FULL, SUMMARY, CONTACT = "Recovery hub", "Forth drug and alcohol team", "Housing first"
LEVELS = {FULL: Level.FULL, SUMMARY: Level.SUMMARY, CONTACT: Level.CONTACT}
REFERENCES = {FULL: "R-HUBHUB", SUMMARY: "R-FORTHS", CONTACT: "R-HOUSES"}
AGREED = (Purpose.TALK, Purpose.CONTACT, Purpose.DESK, Purpose.HISTORY, Purpose.OUTCOME)


def by_email(start: str) -> User:
    """The account whose address begins so."""
    return db.session.scalars(select(User).where(User.email.startswith(start))).one()


def service(name: str) -> Service:
    """A service of the demo by its name."""
    return db.session.scalars(select(Service).filter_by(name=name)).one()


def strangers() -> None:
    """A second team and a provider that have nothing to do with the person."""
    for name, kind, role in (
        ("Far team", OrganisationKind.TEAM, Role.WORKER),
        ("Far provider", OrganisationKind.PROVIDER, Role.SERVICE_MANAGER),
    ):
        organisation = Organisation(name=name, kind=kind)
        db.session.add(organisation)
        db.session.flush()
        user = User(
            name=f"Wren {kind.value}", email=f"far.{kind.name.lower()}@example.org", role=role.value
        )
        user.password_hash = by_email("service.worker").password_hash
        user.organisation_id = organisation.id
        db.session.add(user)


def tell() -> str:
    """Write the story down; returns the text of the hub's program's key."""
    strangers()
    for code, label in (("DRUG", "Dragonfly"), ("HOUS", "Houseleek")):
        for row in db.session.scalars(select(Code).filter_by(list_name="need", code=code)):
            row.label = label
    at = now() - timedelta(days=20)
    case = first_stay(at)
    assessed(case, at + timedelta(hours=2))
    for name in LEVELS:
        handed(case, name, at + timedelta(hours=3))
    second_stay(case, now() - timedelta(hours=2))
    make_token(KeyDetails("Program of the linnet", None), by_email("service.manager").actor, now())
    _, token = make_token(
        KeyDetails("Program of the tern", None), by_email("service.worker").actor, now()
    )
    db.session.commit()
    return token


def first_stay(at) -> Case:
    """Booked, not fit at first, then says yes to all, is warned about, and released."""
    officer = actor(Role.CUSTODY_OFFICER)
    booking = open_booking(BookingDetails(WHO, at, None, "CUST-77Q"), officer, at)
    later = OfferDetails(OfferAnswer.NOT_FIT, booking.version, ask_again_at=at, asker="nurse")
    answer_offer(booking, later, [], Circumstances(), officer, at)
    rules = ContactRules(("text",), "after the heron sings", True, True)
    yes = [
        Agreement(purpose, Answer.GRANTED, rules=rules if purpose is Purpose.CONTACT else NO_RULES)
        for purpose in AGREED
    ]
    needs, dangers = frozenset({"DRUG", "HOUS"}), frozenset({"overdose"})
    said = OfferDetails(OfferAnswer.ACCEPTED, booking.version, needs=needs, dangers=dangers)
    how = Circumstances(language="pl", capacity_note="kestrel")
    case = answer_offer(booking, said, yes, how, officer, at)
    assert case
    warn(booking, WarningDetails("both", "Nurse Wagtail"), officer, at)
    left = at + timedelta(hours=5)
    release(
        booking, ReleaseDetails("UNDERTAKING", left, "supplied", booking.version), officer, left
    )
    return case


NO_RULES = ContactRules()


def assessed(case: Case, at) -> None:
    """The worker and the person find out together what is the matter."""
    details = AssessmentDetails(
        0, "cells", [Need("DRUG", "high", True)], ["goal of a goldcrest"], "strong as a stonechat",
        [Use("HEROIN", 27, "INJECT")],
    )  # fmt: skip
    finish(case, details, actor(Role.WORKER), at)
    note_unmet(case, ["MH"], "none", actor(Role.WORKER), at)


def handed(case: Case, name: str, at) -> None:
    """One service is asked, asks back, takes the person on, and meets them."""
    to, worker = service(name), actor(Role.WORKER)
    said = select(User).filter_by(
        organisation_id=to.organisation_id, role=Role.SERVICE_WORKER.value
    )
    theirs = db.session.scalars(said).one().actor
    details = HandOffDetails({to.id: LEVELS[name]}, note=f"note of a nuthatch to {name}")
    [referral] = hand_off(case, details, worker, at)
    referral.reference = REFERENCES[name]
    for side, by, step, note in (
        (Side.TARGET, theirs, Move.ASK, f"ask of an avocet at {name}"),
        (Side.REQUESTER, worker, Move.REPLY, f"reply of a redstart to {name}"),
        (Side.TARGET, theirs, Move.ACCEPT, ""),
    ):
        move(referral, MoveDetails(step, referral.version, note=note), side, by, at)
    meeting = book(referral, AppointmentDetails(at, f"place of a plover, {name}"), theirs, at)
    say(meeting, AttendanceDetails(True, meeting.version, came=True), theirs, at)
    attempt(referral, AttemptDetails("text", "reached", at), theirs, at)
    ending = dict.fromkeys(referral.needs, "better")
    if name != FULL:  # those two wait, and say how it goes
        done = MoveDetails(Move.HOLD, referral.version, "ASKED", changes=ending)
        move(referral, done, Side.TARGET, theirs, at)


def second_stay(case: Case, at) -> None:
    """The same person is in the cells again, and says yes again."""
    officer = actor(Role.CUSTODY_OFFICER)
    booking = open_booking(BookingDetails(WHO, at, case.person_id, "CUST-78Q"), officer, at)
    needs, dangers = frozenset({"DRUG", "HOUS"}), frozenset({"injecting"})
    said = OfferDetails(OfferAnswer.ACCEPTED, booking.version, needs=needs, dangers=dangers)
    answer_offer(booking, said, [], Circumstances(), officer, at)


def withdraw_all() -> None:
    """The person takes back everything that they agreed to."""
    worker = actor(Role.WORKER)
    for referral in db.session.scalars(select(Referral).order_by(Referral.id)).all():
        withdraw_sharing(referral, worker, now())
    person = db.session.scalars(select(Booking).order_by(Booking.id)).first().person
    back = [Agreement(purpose, Answer.WITHDRAWN) for purpose in AGREED]
    record_agreements(person, back, Circumstances(), worker, now())
    db.session.commit()
