"""Read what happened in earlier stays of a person, as far as they agreed that it is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.casework.contact_plan.queries import attempts_for
from referral.clock import day_of
from referral.consent.models import Consent
from referral.consent.purposes import Answer as Yes
from referral.consent.purposes import Purpose
from referral.consent.queries import latest_answers, may
from referral.custody.models import Booking
from referral.custody.places import GOES
from referral.custody.queries import COUNTS
from referral.db import db
from referral.directory.queries import labels
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import NeedOutcome, Referral
from referral.handoff.referrals.sight import WRITTEN_UP
from referral.handoff.referrals.states import MOVES, Move, ReferralState
from referral.history.answer import Answer, Earlier, Worth, answer_of
from referral.history.handed import Handed
from referral.web.filters import day

NEVER_WAS = frozenset({ReferralState.ENTERED_IN_ERROR, ReferralState.DRAFT})
BY_MISTAKE = frozenset({"MISTAKE", "ERR"})


def answer_for(actor: Actor, case: Case, answers: Sequence[Consent], at: datetime) -> Answer | None:
    """What happened to the person of an open case before this stay, as an answer.

    None for who was never here, and just so for who did not agree that workers see it. `answers`
    are their latest answers to each question.
    """
    if case.closed_at or not may(actor, Purpose.HISTORY, case.person_id, None, at):
        return None
    stays = _stays_before(case.booking)
    if not stays:
        return None
    told = may(actor, Purpose.OUTCOME, case.person_id, None, at)
    counted = [case.booking_id, *(stay.id for stay in stays)]
    handed: dict[UUID, list[Handed]] = {stay: [] for stay in counted}
    worth = worth_of(case.person_id) if told else {}
    for one in handed_of(case.person_id, answers, worth, told, at):
        if one.stay_id in handed:
            handed[one.stay_id].append(one)
    earlier = [_earlier(stay, handed[stay.id], worth.get(stay.id)) for stay in stays]
    return answer_of(earlier, handed[case.booking_id], told, lambda moment: day(day_of(moment)))


def _stays_before(stay: Booking) -> Sequence[Booking]:
    """The stays of the same person before this one, the latest first."""
    wanted = (
        select(Booking)
        .where(Booking.person_id == stay.person_id, Booking.id != stay.id, COUNTS)
        .where(Booking.authorised_at <= stay.authorised_at)
        .options(joinedload(Booking.centre))
        .options(selectinload(Booking.offers), selectinload(Booking.observations))
    )
    newest = wanted.order_by(Booking.authorised_at.desc(), Booking.order.desc())
    return db.session.scalars(newest).all()


def _earlier(stay: Booking, handed: Sequence[Handed], worth: Worth | None) -> Earlier:
    needs = labels("need")
    routes = {**labels("release"), **GOES}
    left = routes.get(stay.release_route or "", "") if stay.released_at else stay.leg.words
    wanted = [needs.get(code, code) for code in stay.needs]
    answer = stay.last_offer.answer if stay.last_offer else ""
    return Earlier(stay.authorised_at, stay.began, left, wanted, answer, handed, worth)


def came_of(person_id: UUID, told: bool, at: datetime) -> Mapping[UUID, Sequence[str]]:
    """What came of each hand-off, in a few words, by the stay that it was made in."""
    worth = worth_of(person_id) if told else {}
    found: dict[UUID, list[str]] = {}
    for one in handed_of(person_id, latest_answers(person_id), worth, told, at):
        found.setdefault(one.stay_id, []).append(one.came_of_it)
    return found


def handed_of(
    person_id: UUID,
    answers: Sequence[Consent],
    worth: Mapping[UUID, Worth],
    told: bool,
    at: datetime,
) -> list[Handed]:
    """All hand-offs of a person, the oldest first; what was a mistake never was."""
    wanted = (
        select(Referral)
        .join(Booking, Booking.id == Referral.booking_id)
        .where(Referral.person_id == person_id, COUNTS)
        .where(Referral.state.not_in(NEVER_WAS), Referral.sent_at <= at)
        .options(joinedload(Referral.service), selectinload(Referral.events))
    )
    referrals = db.session.scalars(wanted.order_by(Referral.sent_at, Referral.order)).all()
    gone = {row.service_id for row in answers if row.purpose == Purpose.SHARE and not _yes(row)}
    went = _went(referrals, told, at)
    found = [
        replace(went[one.id], worth=_worth(one, worth), taken_back=one.service_id in gone)
        for one in referrals
    ]
    return [one for one in found if one.reason not in BY_MISTAKE]


def ends_of(
    actor: Actor, case: Case, referrals: Sequence[Referral], at: datetime
) -> Mapping[UUID, Handed]:
    """How each referral of a case that has ended went, by its number, also in a first case.

    Whether they came and what changed is in it only where the person lets it come back.
    """
    ended = [one for one in referrals if one.ended_at and one.state not in NEVER_WAS]
    if not ended:
        return {}
    return _went(ended, may(actor, Purpose.OUTCOME, case.person_id, None, at), at)


def _went(referrals: Sequence[Referral], told: bool, at: datetime) -> Mapping[UUID, Handed]:
    """How far each of these got, by its number; with what services said where that is told."""
    ids = [referral.id for referral in referrals]
    meetings = _meetings(ids, at) if told else {}
    changes = _changes(ids) if told else {}
    reached = _reached(ids) if told else {}
    return {
        one.id: replace(
            _met(_handed(one, told, at), meetings.get(one.id, []), reached.get(one.id)),
            changes=[words for words, _ in changes.get(one.id, [])],
            helped=any(better for _, better in changes.get(one.id, [])),
        )
        for one in referrals
    }


def _worth(referral: Referral, worth: Mapping[UUID, Worth]) -> str:
    """What they said of a stay is about the services that took them on then, and about no other."""
    said = worth.get(referral.booking_id)
    taken_on = any(event.move == Move.ACCEPT for event in referral.said)
    return said.code if said and taken_on else ""


def _yes(answer: Consent) -> bool:
    return answer.answer == Yes.GRANTED


def _handed(referral: Referral, told: bool, at: datetime) -> Handed:
    """What its own row and events say; how it went is left out where it may not be known."""
    said = referral.said
    ruled = [event for event in said if MOVES[event.move].reason_list]
    last = ruled[-1] if ruled and ruled[-1].state == referral.state else None
    if last and not told and referral.state in WRITTEN_UP:
        last = None
    words = labels(MOVES[last.move].reason_list or "") if last else {}
    reason = (last.reason or "") if last else ""
    return Handed(
        referral.booking_id,
        referral.service_id,
        referral.service.name,
        referral.state,
        referral.sent_at or at,  # a draft is none of these
        told,
        taken_on=any(event.move == Move.ACCEPT for event in said),
        started=any(event.move == Move.START for event in said),
        ended_at=referral.ended_at,
        reason=reason,
        why=words.get(reason, ""),
        shut=not referral.service.is_open(day_of(at)),
    )


def _met(handed: Handed, meetings: Sequence[Appointment], reached: datetime | None) -> Handed:
    came = [meeting for meeting in meetings if meeting.came]
    seen = [*(meeting.starts_at for meeting in came), *([reached] if reached else [])]
    return replace(
        handed,
        came=len(came),
        missed=sum(1 for meeting in meetings if meeting.came is False),
        unsaid=sum(1 for meeting in meetings if meeting.came is None),
        seen_at=max(seen, default=None),
    )


def _meetings(referral_ids: Collection[UUID], at: datetime) -> Mapping[UUID, list[Appointment]]:
    """The meetings that are over, and that took place as far as is known."""
    wanted = select(Appointment).where(
        Appointment.referral_id.in_(referral_ids),
        Appointment.starts_at <= at,
        Appointment.took_place.is_not(False),
    )
    found: dict[UUID, list[Appointment]] = {}
    for row in db.session.scalars(wanted.order_by(Appointment.starts_at, Appointment.order)):
        found.setdefault(row.referral_id, []).append(row)
    return found


def _reached(referral_ids: Collection[UUID]) -> Mapping[UUID, datetime]:
    """When each service reached the person last."""
    tries = attempts_for(referral_ids).items()
    when = {one: [t.happened_at for t in tried if t.result == "reached"] for one, tried in tries}
    return {one: max(moments) for one, moments in when.items() if moments}


def _changes(referral_ids: Collection[UUID]) -> Mapping[UUID, list[tuple[str, bool]]]:
    """What changed, in words, the last of each need, and whether for the better.

    What is not known is left out.
    """
    needs, words = labels("need"), labels("need_change")
    wanted = select(NeedOutcome).where(NeedOutcome.referral_id.in_(referral_ids))
    last: dict[UUID, dict[str, str]] = {}
    for row in db.session.scalars(wanted.order_by(NeedOutcome.order)):
        last.setdefault(row.referral_id, {})[row.need] = row.change
    return {
        one: [
            (f"{needs.get(need, need)} {words.get(change, change).lower()}", change == "better")
            for need, change in said.items()
            if change != "unknown"
        ]
        for one, said in last.items()
    }


def worth_of(person_id: UUID) -> Mapping[UUID, Worth]:
    """What the person said last of what came of each stay, with or without an opinion."""
    wanted = (
        select(ReviewPoint, ContactPlan.booking_id)
        .join(ReviewPoint.plan)
        .join(Booking, Booking.id == ContactPlan.booking_id)
        .where(Booking.person_id == person_id)
        .options(joinedload(ReviewPoint.word))
        .order_by(ReviewPoint.due_at, ReviewPoint.point)
    )
    found: dict[UUID, Worth] = {}
    for point, stay in db.session.execute(wanted):
        said_at = point.word.said_at if point.word else point.closed_at
        if point.worth and said_at:
            found[stay] = Worth(point.worth, point.word.changed if point.word else "", said_at)
    return found
