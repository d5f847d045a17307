"""Two of everything: what is of the demo's own people, and the same elsewhere in Scotland.

Own is the desk at Govan, the West team, the recovery hub and the West ADP. Foreign is the desk at
Falkirk with a team, a provider and an ADP that have nothing to do with them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from access.house import asked_elsewhere, failed_job, published, shipped
from access.locked_out import with_an_app
from access.stays import asked_at, elsewhere, noted, said_by_mistake, seen
from access.team import in_the_team
from crowd import GRANTED, actor
from flask import current_app
from sqlalchemy import select, update

from referral.access.actor import Actor
from referral.access.permissions import OrganisationKind, Role
from referral.accounts.credentials.actions import invite, vouch
from referral.accounts.users.actions import UserDetails
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import User
from referral.alerts.actions import AlertDetails
from referral.alerts.actions import post as post_alert
from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.casework.contact_plan.fact_actions import learn
from referral.casework.contact_plan.queries import plan_of
from referral.casework.contact_plan.waiting_actions import hold
from referral.casework.facts.actions import Said
from referral.casework.facts.queries import facts_of
from referral.clock import now, today
from referral.consent.actions import PLAINLY, Agreement, ContactRules, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.contact.messages.actions import ask_to_ring
from referral.contact.own_page.actions import code_for
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails, open_booking
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.directory.models import (
    Code,
    Council,
    CustodyCentre,
    Organisation,
    Service,
    ServiceNeed,
)
from referral.handoff.followup.actions import AppointmentDetails, book
from referral.handoff.referrals.actions import HandOffDetails, hand_off, move
from referral.handoff.referrals.actions import withdraw_sharing as take_back
from referral.handoff.referrals.leaving_actions import leave
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.merging.joining.actions import JoinDetails, join
from referral.people.identity import Identity
from referral.post.links.actions import make_link
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import text_to
from referral.post.links.signing import text_of

BORN = date(1985, 5, 3)
REACHED_BY = ContactRules(("text", "call", "email"), "", False, False)
Place = Mapping[str, str]


@dataclass(frozen=True)
class Staff:
    """Who works at one of the two places."""

    officer: Actor
    worker: Actor
    lead: Actor
    service: Actor
    manager: Actor
    adp: Actor
    target: Service


def build() -> dict[str, Place]:
    """Write both places down, with no worker on site; the numbers of all that addresses name."""
    at = now() - timedelta(days=3)
    db.session.execute(update(CustodyCentre).values(access_model="remote"))
    own = Staff(
        *(actor(role) for role in (Role.CUSTODY_OFFICER, Role.WORKER, Role.TEAM_LEAD)),
        *(_at_the_hub(role) for role in (Role.SERVICE_WORKER, Role.SERVICE_MANAGER)),
        actor(Role.ADP_ANALYST), _service("Recovery hub"),
    )  # fmt: skip
    places = {"own": _furnished("Own", own, at), "foreign": _furnished("Foreign", _far(), at)}
    db.session.commit()
    return places


def _service(name: str) -> Service:
    return db.session.scalars(select(Service).filter_by(name=name)).one()


def _at_the_hub(role: Role) -> Actor:
    user = db.session.get_one(User, actor(role).user_id)
    user.organisation = db.session.get_one(Organisation, _service("Recovery hub").organisation_id)
    user.organisation_id = user.organisation.id
    db.session.flush()
    return user.actor


def _far() -> Staff:
    """A desk, team, provider and ADP elsewhere; the West team does not cover that desk."""
    falkirk = db.session.scalars(select(CustodyCentre).filter_by(name="Falkirk")).one()
    west = db.session.get_one(Organisation, actor(Role.WORKER).organisation_id)
    west.centres = [centre for centre in west.centres if centre is not falkirk]
    team, provider, adp = (
        _organisation(f"Far {kind.name.lower()}", kind)
        for kind in (OrganisationKind.TEAM, OrganisationKind.PROVIDER, OrganisationKind.ADP)
    )
    team.centres = [falkirk]
    adp.councils = [db.session.get_one(Council, falkirk.council_code)]
    hub = Service(name="Far hub", organisation_id=provider.id, email="far.hub@example.org")
    hub.needs, hub.councils = [ServiceNeed(need="DRUG"), ServiceNeed(need="HOUS")], []
    hub.phone, hub.capacity, hub.capacity_as_at = "0141 496 0199", "capacity", now()
    db.session.add(hub)
    bain = db.session.scalars(select(User).filter_by(name="Gregor Bain")).one().actor
    return Staff(
        bain,
        _user(Role.WORKER, team),
        _user(Role.TEAM_LEAD, team),
        _user(Role.SERVICE_WORKER, provider),
        _user(Role.SERVICE_MANAGER, provider),
        _user(Role.ADP_ANALYST, adp),
        hub,
    )


def _organisation(name: str, kind: OrganisationKind) -> Organisation:
    made = Organisation(name=name, kind=kind, phone="0141 496 0124")
    db.session.add(made)
    db.session.flush()
    return made


def _user(role: Role, of: Organisation) -> Actor:
    email = f"far.{role.value.replace(' ', '.').lower()}@example.org"
    user = User(name=f"Far {role.value}", email=email, role=role.value, organisation=of)
    user.organisation_id = of.id
    user.password_hash = db.session.get_one(User, actor(Role.WORKER).user_id).password_hash
    db.session.add(user)
    db.session.flush()
    return user.actor


def _furnished(name: str, staff: Staff, at: datetime) -> dict[str, str]:
    """One record of each kind at a place; a name after a dash tells in which state it is."""
    found: dict[str, object] = dict(_at_the_desk(name, staff, at))
    found |= dict(elsewhere(name, staff, at, arrived, _agreed))
    found |= dict(_with_a_service(name, staff, at))
    found |= dict(_taken_back(name, staff, at))
    found |= dict(said_by_mistake(name, staff, at, _sent))
    found |= dict(_planned(name, staff, at))
    found |= dict(_two_people(name, staff, at))
    found |= dict(in_the_team(name, staff, _sent, at)) | dict(_of_the_house(name, staff, at))
    return {key: str(value) for key, value in found.items()}


def arrived(name: str, staff: Staff, at: datetime) -> Booking:
    """Somebody comes in, with all that a booking asks for."""
    who = Identity(f"Fore{name}", f"Sur{name}", BORN, phone="07700 900123")
    return open_booking(BookingDetails(who, at), staff.officer, at)


def _agreed(booking: Booking, staff: Staff, at: datetime) -> Case:
    needs, dangers = frozenset({"DRUG", "HOUS"}), frozenset({"overdose"})
    yes = [
        Agreement(p, Answer.GRANTED, rules=REACHED_BY if p is Purpose.CONTACT else ContactRules())
        for p in GRANTED
    ]
    said = OfferDetails(OfferAnswer.ACCEPTED, booking.version, needs=needs, dangers=dangers)
    case = answer_offer(booking, said, yes, PLAINLY, staff.officer, at)
    assert case
    return case


def _at_the_desk(name: str, staff: Staff, at: datetime) -> Iterator[tuple[str, object]]:
    unasked = arrived(f"{name}unasked", staff, at)
    agreed = arrived(f"{name}agreed", staff, at)
    case = _agreed(agreed, staff, at)
    finish(case, AssessmentDetails(0, needs=[Need("DRUG", "high", True)]), staff.worker, at)
    yield "booking_id", agreed.id
    yield "booking_id-unasked", unasked.id
    yield "case_id-here", case.id
    seen = arrived(f"{name}before", staff, at - timedelta(days=30))
    _agreed(seen, staff, at - timedelta(days=30))
    out = ReleaseDetails("UNDERTAKING", seen.authorised_at, "has", seen.version)
    leave(seen, out, staff.officer, seen.authorised_at)
    who = Identity(seen.person.forename, seen.person.surname, BORN)
    back = arrive(Arrival(BookingDetails(who, at, seen.person_id)), staff.officer, at)
    yield "booking_id-back", back.id


def _sent(name: str, staff: Staff, at: datetime) -> Referral:
    """Booked, agreed, out again, and handed to the service of the place."""
    booking = arrived(name, staff, at)
    case = _agreed(booking, staff, at)
    case.worker_id = staff.worker.user_id
    left = ReleaseDetails("UNDERTAKING", at, "has", booking.version)
    leave(booking, left, staff.officer, at)
    levels = {staff.target.id: Level.FULL}
    [referral] = hand_off(case, HandOffDetails(levels), staff.worker, at)
    return referral


def _with_a_service(name: str, staff: Staff, at: datetime) -> Iterator[tuple[str, object]]:
    waiting = _sent(f"{name}waiting", staff, at)
    yield "referral_id-requested", waiting.id
    yield "case_id-waiting", waiting.case_id
    yield "text-answer", _link(waiting.id, "requested", LinkPurpose.ANSWER)
    long_ago = at - timedelta(days=29)
    taken = _sent(f"{name}taken", staff, long_ago)
    case, key = taken.case, current_app.config["SECRET_KEY"]
    plan = make(case, PlanDetails("text", "rang", "07700 900123", email="a@example.org"), 0,
                staff.worker, long_ago)  # fmt: skip
    done = AssessmentDetails(0, needs=[Need("DRUG", "high", True)], points={"phq-2": [3, 2]})
    assessment = finish(case, done, staff.worker, at)
    move(taken, MoveDetails(Move.ACCEPT, taken.version), Side.TARGET, staff.service, long_ago)
    meeting = book(taken, AppointmentDetails(at), staff.service, long_ago)
    yield "case_id", case.id
    yield from asked_at(plan, at)
    yield "assessment_id", assessment.id
    yield "note_id", noted(case, staff, at)
    yield "referral_id", taken.id
    yield "appointment_id", meeting.id
    yield "text-see", _link(taken.id, "taken", LinkPurpose.SEE)
    yield "text-came", _link(taken.id, "came", LinkPurpose.CAME)
    begun = _sent(f"{name}begun", staff, at)
    for step in (Move.ACCEPT, Move.START):
        move(begun, MoveDetails(step, begun.version), Side.TARGET, staff.service, at)
    over = _sent(f"{name}over", staff, at)
    move(over, MoveDetails(Move.ACCEPT, over.version), Side.TARGET, staff.service, at)
    done = MoveDetails(Move.COMPLETE, over.version, "COMPL", changes={"every": "better"})
    move(over, done, Side.TARGET, staff.service, at)
    yield "referral_id-over", over.id
    yield "referral_id-asked", begun.id
    yield "text-changed", _link(begun.id, "changed", LinkPurpose.CHANGED)
    yield "message_id", ask_to_ring(case, staff.worker, now()).id
    yield "card", code_for(case.person, case.team_id, staff.worker, at)
    asked = next(p for p in plan_of(case).points if p.point == "28d")
    link = make_link(LinkPurpose.WORTH, asked.id, f"worth:{asked.id}", at)
    yield "text-worth", text_of(link.id, key)


def _planned(name: str, staff: Staff, at: datetime) -> Iterator[tuple[str, object]]:
    """Out again with a plan: one who may be written to, one in prison, one who agreed in doubt."""
    for state in ("free", "held", "doubted"):
        case = _sent(f"{name}{state}", staff, at).case
        details = PlanDetails("text", "rang", "07700 900123", email="a@example.org")
        make(case, details, 0, staff.worker, at)
        yield f"case_id-{state}", case.id
        if state == "free":
            yes = Agreement(Purpose.GROUP, Answer.GRANTED)
            record_agreements(case.person, [yes], PLAINLY, staff.worker, at)
        if state == "held":
            hold(case, "REMAND", staff.worker, at)
        if state == "doubted":
            doubt = [Agreement(p, Answer.GRANTED) for p in (Purpose.GROUP, Purpose.HISTORY)]
            record_agreements(
                case.person, doubt, replace(PLAINLY, provisional=True), staff.worker, at
            )


def _link(about: UUID, occasion: str, purpose: LinkPurpose) -> str:
    """The text of a fresh link."""
    link = make_link(purpose, about, f"{about}:{occasion}", now())
    return text_of(link.id, current_app.config["SECRET_KEY"])


def _taken_back(name: str, staff: Staff, at: datetime) -> Iterator[tuple[str, object]]:
    referral = _sent(f"{name}stopped", staff, at)
    take_back(referral, staff.worker, at)
    yield "stop_id", db.session.scalars(select(Stop.id).filter_by(referral_id=referral.id)).one()
    yield "text-stopped", _link(referral.id, "stopping", LinkPurpose.STOPPED)
    refused = _sent(f"{name}refused", staff, at)
    no = MoveDetails(Move.REJECT, refused.version, "CAP")
    move(refused, no, Side.TARGET, staff.service, at)
    yield "case_id-refused", refused.case_id
    learn(refused.case, Said("attempt", "MOVED", sure=False), staff.service, at)
    yield "fact_id", facts_of(refused.person_id)[0].id
    yield "promise_id", next(p.id for p in refused.case.promised if p.act is NextStep.REFUSED)


def _two_people(name: str, staff: Staff, at: datetime) -> Iterator[tuple[str, object]]:
    pair = [_agreed(arrived(f"{name}{x}", staff, at), staff, at) for x in ("one", "two")]
    yield "case_id-one", seen(pair[0], staff.worker, at)
    yield "other_id", pair[1].id
    joined = [_agreed(arrived(f"{name}{x}", staff, at), staff, at) for x in ("kept", "gone")]
    numbers = [case.person_id for case in joined]
    yield "joining_id", join(JoinDetails(*numbers), staff.lead, at).id


def _of_the_house(name: str, staff: Staff, at: datetime) -> Iterator[tuple[str, object]]:
    """What is no person's: accounts, keys, warnings, work that failed, lists."""
    admin = actor(Role.ADMINISTRATOR)
    details = UserDetails(f"{name} newcomer", Role.SERVICE_WORKER, staff.service.organisation_id)
    user, link = invite(f"{name.lower()}@example.org", details, admin, now())
    yield "user_id", user.id
    yield "text-join", text_to(link)
    yield "text-password", _link(staff.worker.user_id, "forgotten", LinkPurpose.PASSWORD)
    for state in ("lost", "vouched"):
        user = with_an_app(f"{name.lower()}.{state}@example.org", staff.worker, at)
        yield f"user_id-{state}", user.id
    vouch(user, "met", staff.lead, now())
    token, key = make_token(KeyDetails(f"{name} program", None), staff.manager, at)
    yield "token_id", token.id
    yield from (*shipped(name), *published(name))
    yield "change_id", asked_elsewhere(name, staff).id
    yield "bearer", key
    centre = db.session.get_one(CustodyCentre, staff.officer.centre_id)
    warning = AlertDetails("Strong", "Very", [centre.council_code], today() + timedelta(days=9))
    yield "alert_id", post_alert(warning, staff.adp, now()).id
    yield "job_id", failed_job(name, staff, at).id
    yield from ((name, staff.target.id) for name in ("service_id", "number-service"))
    provider = staff.target.organisation_id
    yield from (("number-organisation", provider), ("number-centre", centre.id))
    drug = select(Code.valid_from).filter_by(list_name="need", code="DRUG")
    yield "valid_from", db.session.scalars(drug).one()
