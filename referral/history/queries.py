"""Read the history of a person, as far as they agreed that it is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.casework.assessment.models import Assessment
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.casework.contact_plan.queries import attempts_for
from referral.consent.models import Consent
from referral.consent.names import PURPOSES
from referral.consent.purposes import Purpose
from referral.consent.queries import latest_answers, may
from referral.contact.messages.models import PersonMessage
from referral.contact.messages.queries import became, called
from referral.custody.doors import BY_WORD, MADE_SURE
from referral.custody.models import Booking, Offer
from referral.custody.offers import OfferAnswer
from referral.custody.places import GOES
from referral.custody.queries import COUNTS
from referral.db import db
from referral.directory.models import CustodyCentre
from referral.directory.queries import labels
from referral.handoff.followup.attendance import words_of
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import NeedOutcome, Referral, ReferralEvent
from referral.handoff.referrals.states import MOVE_LABELS
from referral.history.earlier_queries import handed_of, worth_of
from referral.history.timeline import EarlierOffer, Happening, Known, in_order, known_services
from referral.people.details import CALLED, HEARD, Detail
from referral.people.models import SaidDetail

TOLD = CALLED.keys() - {Detail.COUNCIL, Detail.S_NUMBER}  # a worker's business
NONE = {Detail.PHONE: "none", Detail.INTERPRETER: "no"}


@dataclass(frozen=True)
class Card:
    """What the desk may know of somebody who comes back: services, open case, earlier answers."""

    known: Sequence[Known] = ()
    case: Case | None = None
    asked: Sequence[EarlierOffer] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.known or self.case or self.asked)


def card_for(actor: Actor, booking: Booking, at: datetime) -> Card:
    """The returning person's card for the page of a booking; empty for who may not see it."""
    if not actor.may(Permission.SEE_CARD):
        return Card()
    return Card(
        services_known(actor, booking, at),
        case_to_continue(actor, booking.person_id, at) if not booking.offers else None,
        asked_before(actor, booking, at),
    )


def services_known(actor: Actor, booking: Booking, at: datetime) -> list[Known]:
    """With which services a person is or was; empty unless they let custody staff see that.

    Only what was there before this stay began is told, and never why. With one that said no they
    never were.
    """
    if not may(actor, Purpose.DESK, booking.person_id, None, at):
        return []
    told = may(actor, Purpose.OUTCOME, booking.person_id, None, at)
    worth = worth_of(booking.person_id) if told else {}
    answers = latest_answers(booking.person_id)
    handed = handed_of(booking.person_id, answers, worth, told, at)
    return known_services([one for one in handed if one.sent_at < booking.recorded_at], at)


def case_to_continue(actor: Actor, person_id: UUID, at: datetime) -> Case | None:
    """The person's open case, where they let custody staff see that they are with somebody."""
    return open_case_of(person_id) if may(actor, Purpose.DESK, person_id, None, at) else None


def asked_before(actor: Actor, booking: Booking, at: datetime) -> list[EarlierOffer]:
    """How the person answered in earlier stays, oldest first, so that they are asked differently.

    What custody itself asked and was refused is custody's to know. That somebody accepted says that
    they are with a worker, and is told only where they let custody staff see that. Who was only
    found not fit yet was not asked.
    """
    told = [OfferAnswer.DECLINED, OfferAnswer.NOT_NOW]
    if may(actor, Purpose.DESK, booking.person_id, None, at):
        told.append(OfferAnswer.ACCEPTED)
    wanted = (
        select(Offer, CustodyCentre.name)
        .join(Booking, Booking.id == Offer.booking_id)
        .join(CustodyCentre, CustodyCentre.id == Booking.centre_id)
        .where(Booking.person_id == booking.person_id, Booking.id != booking.id, COUNTS)
        .where(Offer.answer.in_(told))
        .order_by(Offer.asked_at, Offer.id)
    )
    rows = db.session.execute(wanted)
    return [
        EarlierOffer(row.answer, row.reason or "", row.asked_at, centre) for row, centre in rows
    ]


def timeline_of(actor: Actor, case: Case, at: datetime) -> tuple[list[Happening], bool]:
    """The lines of a case, or of all the person's cases where they agreed; and whether it is all.

    What services said of attendance and change is in it only where the person lets it come back.
    """
    everything = may(actor, Purpose.HISTORY, case.person_id, None, at)
    outcomes = may(actor, Purpose.OUTCOME, case.person_id, None, at)
    of_case = Referral.case_id == case.id
    referrals = _referrals(Referral.person_id == case.person_id if everything else of_case)
    lines = [*_stays(case, everything), *_assessments(case, everything), *_moves(referrals)]
    lines += _touch(case, everything)
    lines += _messages(case, everything)
    if may(actor, Purpose.CONTACT, case.person_id, None, at):
        lines += _details(case, everything)
    if everything:
        lines += _answers(case.person_id)
    if outcomes:
        lines += _followed({referral.id: referral.service.name for referral in referrals})
    return in_order(lines), everything


def _referrals(scope: object) -> Sequence[Referral]:
    wanted = (
        select(Referral)
        .where(scope)  # type: ignore[arg-type]
        .options(joinedload(Referral.service), selectinload(Referral.events))
    )
    return db.session.scalars(wanted.order_by(Referral.sent_at, Referral.id)).all()


def _stays(case: Case, everything: bool) -> Iterator[Happening]:
    wanted = select(Booking).options(joinedload(Booking.centre), selectinload(Booking.offers))
    scope = Booking.person_id == case.person_id if everything else Booking.id == case.booking_id
    routes = {**labels("release"), **GOES}
    stays = wanted.where(scope, COUNTS).order_by(Booking.authorised_at, Booking.id)
    for stay in db.session.scalars(stays):
        came = "Booked" if stay.centre else "Came"
        yield Happening(stay.authorised_at, came, stay.began, recorded_at=stay.recorded_at)
        if stay.sure_at and stay.sure_how and not stay.unmet:
            yield Happening(stay.sure_at, "Made sure", f"{MADE_SURE[stay.sure_how]}.")
        for offer in stay.offers:
            yield Happening(
                offer.asked_at, "Asked", offer.answer.capitalize(), "", offer.recorded_at
            )
        for leg in stay.legs[1:]:
            yield Happening(leg.since, "Moved", leg.words, recorded_at=leg.recorded_at)
        if stay.released_at and stay.door not in BY_WORD:
            words = routes.get(stay.release_route or "", "Released")
            yield Happening(stay.released_at, "Released", words)


def _assessments(case: Case, everything: bool) -> Iterator[Happening]:
    wanted = (
        select(Assessment)
        .join(Assessment.case)
        .where(Assessment.finished_at.is_not(None))
        .where(Case.person_id == case.person_id if everything else Case.id == case.id)
        .options(joinedload(Assessment.author), selectinload(Assessment.needs))
        .order_by(Assessment.finished_at, Assessment.id)
    )
    names = labels("need")
    for row in db.session.scalars(wanted):
        needs = ", ".join(names.get(need.need, need.need) for need in row.needs)
        if row.finished_at:
            yield Happening(
                row.finished_at, "Assessed", needs or "No need recorded", row.author.name
            )


def _moves(referrals: Sequence[Referral]) -> Iterator[Happening]:
    for referral in referrals:
        for event in referral.events:
            words = f"{referral.service.name}, {referral.reference}: {_said(event)}"
            yield Happening(event.happened_at, "Referral", words, event.by_name, event.recorded_at)


def _said(event: ReferralEvent) -> str:
    move = MOVE_LABELS[event.move]
    return f"{move}. “{event.note}”" if event.note else move


def _touch(case: Case, everything: bool) -> Iterator[Happening]:
    results, worth = labels("attempt"), labels("worth_it")
    wanted = (
        select(ReviewPoint)
        .join(ReviewPoint.plan)
        .join(ContactPlan.case)
        .where(Case.person_id == case.person_id if everything else Case.id == case.id)
        .options(selectinload(ReviewPoint.attempts), joinedload(ReviewPoint.word))
        .order_by(ReviewPoint.due_at, ReviewPoint.id)
    )
    for point in db.session.scalars(wanted):
        for tried in point.attempts:
            words = f"{point.label.capitalize()}: {results.get(tried.result, tried.result)}"
            yield Happening(
                tried.happened_at, "Stay in touch", words, tried.by_name, tried.recorded_at
            )
        said_at = point.word.said_at if point.word else point.closed_at
        if point.worth and said_at:
            words = f"Was it worth it? They say: {worth.get(point.worth, '').lower()}"
            yield Happening(said_at, "Stay in touch", words)


def _messages(case: Case, everything: bool) -> Iterator[Happening]:
    scope = Case.person_id == case.person_id if everything else Case.id == case.id
    wanted = select(PersonMessage).join(PersonMessage.case).where(scope)
    for row in db.session.scalars(wanted.order_by(PersonMessage.made_at, PersonMessage.id)):
        words = f"{called(row)}: {became(row)}"
        yield Happening(row.ended_at or row.made_at, "Message", words, row.by_name)


def _answers(person_id: UUID) -> Iterator[Happening]:
    wanted = select(Consent, User.name).outerjoin(User, User.id == Consent.explained_by_id)
    wanted = wanted.where(Consent.mistaken_at.is_(None))
    ordered = wanted.where(Consent.person_id == person_id).order_by(Consent.order)
    for row, name in db.session.execute(ordered):
        words = f"{PURPOSES[row.purpose]}: {row.answer}"
        yield Happening(row.given_at, "Agreed", words, name or "Themselves", row.recorded_at)


def _details(case: Case, everything: bool) -> Iterator[Happening]:
    """Each word on how to reach and speak with them, also those that gave way to another."""
    wanted = select(SaidDetail, User.name).outerjoin(User, User.id == SaidDetail.by_id)
    mine = wanted.where(SaidDetail.person_id == case.person_id, SaidDetail.detail.in_(TOLD))
    if not everything:
        mine = mine.where(SaidDetail.recorded_at >= case.booking.recorded_at)
    languages = labels("language")
    standing = mine.where(SaidDetail.taken_back_at.is_(None)).order_by(SaidDetail.order)
    for row, name in db.session.execute(standing):
        value = languages.get(row.value, row.value) or NONE.get(row.detail)
        if value:
            words = f"{CALLED[row.detail]}: {value}, {HEARD[row.heard_in]}"
            yield Happening(row.recorded_at, "Said", words, name or "")


def _followed(services: Mapping[UUID, str]) -> Iterator[Happening]:
    mine = select(Appointment).where(Appointment.referral_id.in_(services))
    for row in db.session.scalars(mine.order_by(Appointment.starts_at, Appointment.id)):
        words = f"{services[row.referral_id]}: {words_of(row)}"
        yield Happening(row.starts_at, "Appointment", words, "", row.said_at)
    results, changes, needs = labels("attempt"), labels("need_change"), labels("need")
    for referral_id, tries in attempts_for(services).items():
        for tried in tries:
            words = f"{services[referral_id]}: {results.get(tried.result, tried.result)}"
            yield Happening(
                tried.happened_at, "Tried to reach", words, tried.by_name, tried.recorded_at
            )
    changed = select(NeedOutcome).where(NeedOutcome.referral_id.in_(services))
    for outcome in db.session.scalars(changed.order_by(NeedOutcome.recorded_at, NeedOutcome.id)):
        need = needs.get(outcome.need, outcome.need)
        change = changes.get(outcome.change, "")
        words = f"{services[outcome.referral_id]}: {need}, {change.lower()}"
        yield Happening(outcome.recorded_at, "Outcome", words)
