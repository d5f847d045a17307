"""Read what happened in a case, or in all of a person's stays, as far as they agreed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.casework.along.models import Going
from referral.casework.assessment.models import Assessment
from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.casework.notes.models import CaseNote
from referral.casework.notes.spoken import happened
from referral.consent.models import Consent
from referral.consent.names import PURPOSES
from referral.consent.purposes import Purpose
from referral.consent.queries import may
from referral.contact.messages.models import PersonMessage
from referral.contact.messages.queries import became, called
from referral.custody.doors import BY_WORD, MADE_SURE
from referral.custody.models import Booking
from referral.custody.places import GOES
from referral.custody.queries import COUNTS
from referral.db import db
from referral.directory.models import Service
from referral.directory.queries import labels
from referral.handoff.referrals.models import Referral, ReferralEvent
from referral.handoff.referrals.states import HAPPENED, MOVES, Move
from referral.history.coming_queries import appointments_to_come, promises_to_keep
from referral.history.earlier_queries import came_of
from referral.history.followed_queries import followed
from referral.history.timeline import Happening, Sort, Stay, Timeline, counted, in_order, in_parts
from referral.history.told_queries import dangers_told
from referral.people.details import CALLED, HEARD, Detail
from referral.people.models import SaidDetail

TOLD = CALLED.keys() - {Detail.COUNCIL, Detail.S_NUMBER}  # a worker's business
NONE = {Detail.PHONE: "none", Detail.INTERPRETER: "no"}
ENDS = frozenset({Move.COMPLETE, Move.FAIL})  # why, is for the person to let come back
TURNS = ENDS | {Move.SEND, Move.ACCEPT, Move.REJECT, Move.CANCEL, Move.START, Move.HOLD}
READ_FIRST = frozenset({"Came", "Asked", "Made sure", "Released"})
Scope = ColumnElement[bool]


def timeline_of(actor: Actor, case: Case, show: str, at: datetime) -> Timeline:
    """The timeline of a case, or of all the person's stays where they agreed to that.

    What services said of attendance and change is in it only where the person lets it come back.
    `show` is one of the filters, empty for what matters.
    """
    everything = may(actor, Purpose.HISTORY, case.person_id, None, at)
    outcomes = may(actor, Purpose.OUTCOME, case.person_id, None, at)
    scope = Case.person_id == case.person_id if everything else Case.id == case.id
    of_case = Referral.case_id == case.id
    referrals = _referrals(Referral.person_id == case.person_id if everything else of_case)
    bookings = _bookings(case, everything)
    lines = [*_stays(bookings), *_assessments(scope), *_moves(referrals, outcomes)]
    lines += dangers_told([stay.id for stay in bookings])
    lines += [*_touch(scope), *_messages(scope), *_notes(actor, scope), *_along(scope)]
    if may(actor, Purpose.CONTACT, case.person_id, None, at):
        lines += _details(case, everything)
    if everything:
        lines += _answers(case.person_id)
    by_number = {referral.id: referral for referral in referrals}
    coming = [*promises_to_keep(case, referrals, at)]
    if outcomes:
        lines += followed(by_number, at)
        coming += appointments_to_come(by_number, at)
    stays = _heads(bookings, came_of(case.person_id, outcomes, at))
    parts = in_parts(stays, lines, show)
    return Timeline(in_order(coming)[::-1], parts, counted(lines), everything)


def _heads(bookings: Sequence[Booking], came: Mapping[UUID, Sequence[str]]) -> list[Stay]:
    routes = {**labels("release"), **GOES}
    return [
        Stay(
            stay.id,
            stay.authorised_at,
            stay.began,
            _left(stay, routes),
            came.get(stay.id, ()),
        )
        for stay in bookings
    ]


def _left(stay: Booking, routes: Mapping[str, str]) -> str:
    """How they left, or where they are; who came by telephone or to a door was never held."""
    if stay.door in BY_WORD:
        return ""
    return routes.get(stay.release_route or "", "") if stay.released_at else stay.leg.words


def _referrals(scope: Scope) -> Sequence[Referral]:
    wanted = (
        select(Referral)
        .where(scope)
        .options(joinedload(Referral.service), selectinload(Referral.events))
    )
    return db.session.scalars(wanted.order_by(Referral.sent_at, Referral.id)).all()


def _bookings(case: Case, everything: bool) -> Sequence[Booking]:
    """The stays, the earliest first; of a case alone, the one that it is in."""
    wanted = select(Booking).options(joinedload(Booking.centre), selectinload(Booking.offers))
    scope = Booking.person_id == case.person_id if everything else Booking.id == case.booking_id
    return db.session.scalars(
        wanted.where(scope, COUNTS).order_by(Booking.authorised_at, Booking.order)
    ).all()


def _stays(bookings: Sequence[Booking]) -> Iterator[Happening]:
    routes = {**labels("release"), **GOES}
    why = labels("declined")
    for stay in bookings:
        came = "Booked" if stay.centre else "Came"
        yield _in_stay(stay, stay.authorised_at, came, stay.began, stay.recorded_at)
        if stay.sure_at and stay.sure_how and not stay.unmet:
            yield _in_stay(stay, stay.sure_at, "Made sure", f"{MADE_SURE[stay.sure_how]}.")
        for offer in stay.offers:
            reason = why.get(offer.reason or "", "").lower()
            words = f"{offer.answer.capitalize()}{': ' if reason else ''}{reason}"
            yield _in_stay(stay, offer.asked_at, "Asked", words, offer.recorded_at)
        for leg in stay.legs[1:]:
            yield _in_stay(stay, leg.since, "Moved", leg.words, leg.recorded_at)
        if stay.released_at and stay.door not in BY_WORD:
            words = routes.get(stay.release_route or "", "Released")
            yield _in_stay(stay, stay.released_at, "Released", words)


def _in_stay(
    stay: Booking, when: datetime, kind: str, words: str, recorded_at: datetime | None = None
) -> Happening:
    first = kind in READ_FIRST
    return Happening(when, Sort.STAY, kind, words, "", recorded_at, stay.id, matters=first)


def _along(scope: Scope) -> Iterator[Happening]:
    """What peer mentors said of whom they were to meet."""
    wanted = select(Going).join(Going.case).where(scope, Going.said_at.is_not(None))
    wanted = wanted.options(joinedload(Going.mentor)).order_by(Going.starts_at, Going.order)
    for going in db.session.scalars(wanted):
        words = f"{going.task}: {going.answer.lower()}"
        when = going.said_at or going.starts_at
        name = going.mentor.name
        yield Happening(when, Sort.CONTACTS, "Peer mentor", words, name, matters=True)


def _assessments(scope: Scope) -> Iterator[Happening]:
    wanted = (
        select(Assessment)
        .join(Assessment.case)
        .where(Assessment.finished_at.is_not(None), scope)
        .options(joinedload(Assessment.author), selectinload(Assessment.needs))
        .order_by(Assessment.finished_at, Assessment.id)
    )
    names, severities = labels("need"), labels("severity")
    for row in db.session.scalars(wanted):
        weighed = [(names.get(n.need, n.need), severities.get(n.severity, "")) for n in row.needs]
        needs = ", ".join(f"{need}: {severity.lower()}" for need, severity in weighed)
        if row.finished_at:
            yield Happening(
                row.finished_at,
                Sort.REVIEWS,
                "Assessed",
                needs or "No need recorded",
                row.author.name,
                stay_id=row.booking_id,
                about=("assessment", row.id),
                matters=True,
            )


def _moves(referrals: Sequence[Referral], outcomes: bool) -> Iterator[Happening]:
    for referral in referrals:
        for event in referral.events:
            yield Happening(
                event.happened_at,
                Sort.REFERRALS,
                "Referral",
                f"{referral.service.name}, {referral.reference}: {_said(event, outcomes)}",
                event.by_name,
                event.recorded_at,
                referral.booking_id,
                ("referral", referral.id),
                event.move in ENDS and not event.taken_back_at,
                event.move in TURNS and not event.taken_back_at,
            )


def _said(event: ReferralEvent, outcomes: bool) -> str:
    """A move in words with its reason, as far as the person lets it come back."""
    said = HAPPENED[event.move].lower()
    reasons = MOVES[event.move].reason_list
    if reasons and event.reason and (outcomes or event.move not in ENDS):
        reason = labels(reasons).get(event.reason, event.reason)
        said = f"{said}, {reason[:1].lower()}{reason[1:]}"
    said = f"{said}. “{event.note}”" if event.note else said
    return f"{said} (taken back: it does not count)" if event.taken_back_at else said


def _touch(scope: Scope) -> Iterator[Happening]:
    results, worth = labels("attempt"), labels("worth_it")
    wanted = (
        select(ReviewPoint, ContactPlan.booking_id)
        .join(ReviewPoint.plan)
        .join(ContactPlan.case)
        .where(scope)
        .options(selectinload(ReviewPoint.attempts), joinedload(ReviewPoint.word))
        .order_by(ReviewPoint.due_at, ReviewPoint.id)
    )
    for point, stay in db.session.execute(wanted):
        for tried in point.attempts:
            words = f"{point.label.capitalize()}: {results.get(tried.result, tried.result)}"
            kept = tried.by_name, tried.recorded_at, stay
            yield Happening(tried.happened_at, Sort.CONTACTS, "Stay in touch", words, *kept)
        said_at = point.word.said_at if point.word else point.closed_at
        if point.worth and said_at:
            words = f"Was it worth it? They say: {worth.get(point.worth, '').lower()}"
            if point.word and point.word.changed:
                words += f", “{point.word.changed}”"
            yield Happening(
                said_at, Sort.REVIEWS, "Stay in touch", words, stay_id=stay, outcome=True
            )


def _messages(scope: Scope) -> Iterator[Happening]:
    wanted = select(PersonMessage).join(PersonMessage.case).where(scope)
    for row in db.session.scalars(wanted.order_by(PersonMessage.made_at, PersonMessage.id)):
        words = f"{called(row)}: {became(row)}"
        yield Happening(row.ended_at or row.made_at, Sort.CONTACTS, "Message", words, row.by_name)


def _notes(actor: Actor, scope: Scope) -> Iterator[Happening]:
    """That somebody of the reader's own team spoke to somebody; what was said stands in the log."""
    wanted = (
        select(CaseNote)
        .join(CaseNote.case)
        .where(scope, Case.team_id == actor.organisation_id, CaseNote.taken_back_at.is_(None))
        .options(joinedload(CaseNote.author))
    )
    for note in db.session.scalars(wanted.order_by(CaseNote.order)):
        yield Happening(
            note.happened_at,
            Sort.CONTACTS,
            "Noted",
            happened(note.whom, note.how, ""),
            note.author.name,
            note.recorded_at,
            about=("notes", note.case_id),
        )


def _answers(person_id: UUID) -> Iterator[Happening]:
    """What they said to all the questions of one moment, as one line."""
    wanted = (
        select(Consent, User.name, Service.name)
        .outerjoin(User, User.id == Consent.explained_by_id)
        .outerjoin(Service, Service.id == Consent.service_id)
        .where(Consent.mistaken_at.is_(None), Consent.person_id == person_id)
    )
    together: dict[tuple[datetime, str, datetime], list[str]] = {}
    for row, name, service in db.session.execute(wanted.order_by(Consent.order)):
        asked = f"{PURPOSES[row.purpose]}{f' ({service})' if service else ''}"
        moment = row.given_at, name or "Themselves", row.recorded_at
        together.setdefault(moment, []).append(f"{asked}: {row.answer}")
    for (given_at, name, recorded_at), said in together.items():
        words = "; ".join(said)
        yield Happening(given_at, Sort.AGREEMENTS, "Agreed", words, name, recorded_at)


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
            yield Happening(row.recorded_at, Sort.CONTACTS, "Said", words, name or "")
