"""Messages of a team, and whether a number was held before somebody rang from it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import Select, exists, func, select

from referral.access.actor import Actor
from referral.casework.cases.models import CLOSED, Case, Promise
from referral.casework.doors.models import FamilyMessage
from referral.clock import day_of
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.consent.queries import that_end
from referral.custody.doors import BY_WORD
from referral.custody.models import Booking
from referral.custody.queries import unmet_among
from referral.db import db
from referral.people.details import Detail
from referral.people.models import Person, SaidDetail
from referral.people.traits import phone, same_number
from referral.web.paging import Page, page_of

OPEN = FamilyMessage.over_at.is_(None)


def messages_of(actor: Actor, page: int) -> Page[FamilyMessage]:
    """One page of what the team still has to deal with, the most urgent first."""
    wanted = select(FamilyMessage).where(FamilyMessage.team_id == actor.organisation_id, OPEN)
    return page_of(wanted.order_by(FamilyMessage.due_at, FamilyMessage.order), page)


def messages_waiting(actor: Actor, at: datetime) -> tuple[int, int]:
    """How many messages the team has still to deal with, and how many of them are late."""
    mine = FamilyMessage.team_id == actor.organisation_id, OPEN
    late = func.count().filter(FamilyMessage.is_late(at))
    waiting, too_late = db.session.execute(select(func.count(), late).where(*mine)).one()
    return waiting, too_late


def message_for(actor: Actor, message_id: UUID) -> FamilyMessage:
    """A message left with the actor's own team, to change; 404 for any other."""
    wanted = select(FamilyMessage).where(
        FamilyMessage.id == message_id, FamilyMessage.team_id == actor.organisation_id
    )
    return db.session.scalars(wanted.with_for_update()).one_or_none() or abort(404)


def never_met_due(at: datetime) -> list[UUID]:
    """The open cases of callers whom nobody met before what they said had run out."""
    wanted = _never_met(at).with_only_columns(Case.id).order_by(Case.order)
    return list(db.session.scalars(wanted))


def never_met(case_ids: Sequence[UUID], at: datetime) -> Sequence[Case]:
    """Those of these that nobody else has seen to meanwhile, to change."""
    wanted = _never_met(at).where(Case.id.in_(case_ids)).order_by(Case.order)
    return db.session.scalars(wanted.with_for_update(of=Case)).all()


def _never_met(at: datetime) -> Select[Case]:
    """What somebody opened again after it had been closed is theirs to close."""
    over = that_end(day_of(at), provisional=True).where(
        Consent.person_id == Case.person_id, Consent.purpose == Purpose.TALK
    )
    before = exists().where(Promise.case_id == Case.id, Promise.how == CLOSED)
    return (
        select(Case)
        .join(Case.booking)
        .where(
            Case.closed_at.is_(None),
            Booking.door.in_(BY_WORD),
            Booking.sure_at.is_(None),
            exists(over.correlate(Case)),
            ~before,
        )
    )


def held_before(actor: Actor, stay: Booking) -> bool:
    """Whether the team held the number of who rang before that: of somebody whom it works with.

    It looks no farther than the team may: whom another team knows proves nothing here.
    """
    number = phone(stay.person.phone)
    if not number:
        return False
    known = select(Case.person_id).where(Case.team_id == actor.organisation_id)
    wanted = (
        select(SaidDetail)
        .join(Person, Person.id == SaidDetail.person_id)
        .where(Person.id.in_(known), Person.id != stay.person_id)
        .where(Person.words.contains(f" {number}", autoescape=True))
        .where(SaidDetail.detail == Detail.PHONE, SaidDetail.recorded_at < stay.recorded_at)
        .where(SaidDetail.taken_back_at.is_(None))
        .order_by(SaidDetail.order)
    )
    said = [word for word in db.session.scalars(wanted) if same_number(word.value, number)]
    return bool({word.person_id for word in said} - unmet_among([one.person_id for one in said]))


def team_people(actor: Actor, person_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these people with whom the actor's team works, or has worked."""
    wanted = select(Case.person_id).where(
        Case.person_id.in_(person_ids), Case.team_id == actor.organisation_id
    )
    return set(db.session.scalars(wanted.order_by(Case.person_id)))
