"""Many records at once, made by the actions that the pages use: for counts of statements."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from conftest import EMAILS
from sqlalchemy import inspect, select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.users.actions import UserDetails, add_user
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import User
from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.casework.notes.actions import NoteDetails, write
from referral.casework.notes.spoken import Whom, Words
from referral.clock import now
from referral.consent.actions import PLAINLY, Agreement
from referral.consent.purposes import Answer, Level, Purpose
from referral.contact.own_page.actions import code_for
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails, open_booking
from referral.custody.actions import release as let_go
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import Model, db
from referral.directory.actions import CapacityDetails, ServiceDetails, save_service
from referral.directory.code_actions import add_code
from referral.directory.models import Service
from referral.handoff.followup.actions import AppointmentDetails, AttemptDetails, attempt, book
from referral.handoff.referrals.actions import HandOffDetails, hand_off, move, note_unmet
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.people.identity import Identity

DEEP = 12
GRANTED = (Purpose.CONTACT, Purpose.DESK, Purpose.HISTORY, Purpose.OUTCOME)


def actor(role: Role) -> Actor:
    """The demo's actor of a role."""
    return db.session.scalars(select(User).filter_by(email=EMAILS[role])).one().actor


def hub() -> Service:
    """The service of the demo's service worker."""
    return db.session.scalars(select(Service).filter_by(name="Recovery hub")).one()


def agreed(booking: Booking, by: Actor, at: datetime) -> Case:
    """The person says yes to all, and speaks of drugs and housing."""
    needs, dangers = frozenset({"DRUG", "HOUS"}), frozenset({"overdose"})
    phone = booking.person.phone or "07700 900123"
    yes = [Agreement(purpose, Answer.GRANTED, phone=phone) for purpose in GRANTED]
    details = OfferDetails(OfferAnswer.ACCEPTED, booking.version, needs=needs, dangers=dangers)
    case = answer_offer(booking, details, yes, PLAINLY, by, at)
    assert case
    return case


def walk(number: int, at: datetime) -> Referral:
    """Somebody is booked, agrees, is handed to the hub, which books them in."""
    officer, worker = actor(Role.CUSTODY_OFFICER), actor(Role.WORKER)
    service = actor(Role.SERVICE_WORKER)
    born = date(1980, 1, 1) + timedelta(days=number)
    booking = open_booking(
        BookingDetails(Identity("Ann", f"Reid{number}", born, phone="07700 900123"), at),
        officer,
        at,
    )
    case = agreed(booking, officer, at)
    [referral] = hand_off(case, HandOffDetails({hub().id: Level.FULL}), worker, at)
    move(referral, MoveDetails(Move.ACCEPT, referral.version), Side.TARGET, service, at)
    referral.handler_id = service.user_id
    book(referral, AppointmentDetails(at + timedelta(days=1)), service, at)
    return referral


def deepen(referral: Referral, at: datetime) -> None:
    """One more of all that one case can have many of."""
    worker, service = actor(Role.WORKER), actor(Role.SERVICE_WORKER)
    case = referral.case
    again(case, at)
    finish(case, AssessmentDetails(0, needs=[Need("DRUG", "high", True)]), worker, at)
    note_unmet(case, ["MH"], "none", worker, at)
    elsewhere = save_service(None, _service(hub().organisation_id), 0, worker, at)
    [other] = hand_off(case, HandOffDetails({elsewhere.id: Level.FULL}), worker, at)
    other.suggested_id = save_service(None, _service(hub().organisation_id), 0, worker, at).id
    ask = MoveDetails(Move.ASK, referral.version, note="When?")
    move(referral, ask, Side.TARGET, service, at)
    book(referral, AppointmentDetails(at + timedelta(days=2)), service, at)
    attempt(referral, AttemptDetails("call", "reached", at), service, at)
    write(case, NoteDetails(Whom.NOBODY, None, at, Words(said="Sleeps badly")), worker, at)


def again(case: Case, at: datetime) -> None:
    """The person of a case leaves, comes back, and says the same again."""
    officer, booking = actor(Role.CUSTODY_OFFICER), case.booking
    let_go(booking, ReleaseDetails("UNDERTAKING", at, "has", booking.version), officer, at)
    person = case.person
    who = Identity(person.forename, person.surname, person.date_of_birth)
    agreed(open_booking(BookingDetails(who, at, person.id), officer, at), officer, at)


def furnish(number: int, at: datetime) -> None:
    """One more account, key, service and code."""
    admin, manager = actor(Role.ADMINISTRATOR), actor(Role.SERVICE_MANAGER)
    details = UserDetails(f"Ann{number}", Role.SERVICE_WORKER, manager.organisation_id)
    add_user(f"ann{number}@example.org", details, admin, at)
    make_token(KeyDetails(f"Program {number}", None), manager, at)
    save_service(None, _service(manager.organisation_id), 0, admin, at)
    add_code("need", f"N{number}", f"Need {number}", admin, at)


_made = iter(range(100_000))


def _service(organisation_id: object) -> ServiceDetails:
    says = CapacityDetails("capacity")
    return ServiceDetails(
        organisation_id, f"Service {next(_made)}", ["DRUG"], ["S12000049"], "", None, None, "", "",
        None, says,
    )  # fmt: skip


def eldest() -> Referral:
    """The first person's referral to the hub, which has most of everything."""
    mine = select(Referral).join(Referral.person).filter_by(surname="Reid0")
    to_hub = mine.where(Referral.service_id == hub().id).order_by(Referral.sent_at, Referral.id)
    return db.session.scalars(to_hub.limit(1)).one()


def copies(row: Model, number: int, changed: Callable[[int], dict]) -> list:
    """So many rows that say the same as this one, apart from their number and what is changed."""
    columns = [column.key for column in inspect(type(row)).column_attrs if column.key != "id"]
    said = {name: getattr(row, name) for name in columns}
    made = [type(row)(**said | changed(n)) for n in range(number)]
    db.session.add_all(made)
    db.session.flush()  # each has its id
    return made


def gather(first: int, last: int) -> None:
    """As many people, a directory as long; the first person has a dozen of everything."""
    at = now()
    for number in range(first, last):
        given = walk(number, at)
        code_for(given.person, given.case.team_id, actor(Role.WORKER), at)  # each has their card
        furnish(number, at)
        if 0 < number < DEEP:
            deepen(eldest(), at)
    db.session.commit()
