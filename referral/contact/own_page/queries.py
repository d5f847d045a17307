"""The person's own view: who has their details, and the state of each withdrawal."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from referral.access.actor import Oneself
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import NextStep
from referral.clock import day_of, midnight
from referral.consent.actions import ContactRules, rules_of
from referral.consent.models import Consent
from referral.consent.purposes import Answer, Purpose
from referral.consent.queries import holds, latest_answers
from referral.contact.own_page.codes import code_of, typed_code
from referral.contact.own_page.models import OwnVisit, OwnWord, PersonCard
from referral.contact.own_page.standing import IN_WORDS
from referral.db import db
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.states import ReferralState
from referral.handoff.referrals.stops import StopState
from referral.handoff.withdrawals.queries import stops_of
from referral.web.sealing import fingerprint_by, link_keys

CARD = "card"


@dataclass(frozen=True)
class Holder:
    """One service that has, or had, somebody's details; told to stop and confirmed, since when."""

    referral: Referral
    words: str
    shares: bool
    sees: bool  # who they are and how to reach them; no more once it has ended
    helped: str | None
    told_at: datetime | None
    confirmed_at: datetime | None
    meets: Appointment | None = None  # the next one, of today or later

    @property
    def place(self) -> str:
        """Where they meet; empty where nobody has said."""
        return (self.meets and self.meets.place) or self.referral.service.address

    @property
    def whom(self) -> str:
        """The person at the service whom they meet; empty where nobody has said."""
        return self.referral.handler.name if self.referral.handler else ""

    @property
    def number(self) -> UUID:
        """Of the service, for the forms."""
        return self.referral.service_id


def oneself(card: PersonCard) -> Oneself:
    """The actor of the page: the card, for the team that gave it."""
    return Oneself(card.id, "The person themselves", card.team_id)


def hash_of(token: str) -> str:
    """The hash that is kept of a visit's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def card_with(typed: str) -> PersonCard | None:
    """The card of a code as it was typed, to change."""
    code = typed_code(typed)
    known = [fingerprint_by(key, CARD, code) for key in link_keys()]
    wanted = select(PersonCard).where(PersonCard.fingerprint.in_(known))
    return db.session.scalars(wanted.with_for_update()).one_or_none()


def code_on(card: PersonCard) -> str | None:
    """The code that was printed; None when the key that made it is gone."""
    made = ((key, code_of(card.id, key)) for key in link_keys())
    own = (code for key, code in made if fingerprint_by(key, CARD, code) == card.fingerprint)
    return next(own, None)


def cards_of(person_id: UUID, at: datetime) -> list[PersonCard]:
    """The cards of a person that still open something, newest first."""
    wanted = select(PersonCard).filter_by(person_id=person_id, revoked_at=None)
    newest = wanted.order_by(PersonCard.made_at.desc(), PersonCard.order.desc())
    return [card for card in db.session.scalars(newest) if card.lives(at)]


def last_card(person_id: UUID) -> PersonCard | None:
    """The card that was printed last, whether or not it opens anything still."""
    wanted = select(PersonCard).filter_by(person_id=person_id)
    return db.session.scalars(wanted.order_by(PersonCard.order.desc()).limit(1)).one_or_none()


def live_visit(token: str, at: datetime) -> OwnVisit | None:
    """The visit of a browser; None when it is over or its card opens nothing any more."""
    wanted = select(OwnVisit).filter_by(token_hash=hash_of(token))
    whose = joinedload(OwnVisit.card).joinedload(PersonCard.person)
    visit = db.session.scalars(wanted.options(whose)).one_or_none()
    return visit if visit and visit.lives(at) else None


def case_of(person_id: UUID) -> Case:
    """The open case of a person, or else the last one."""
    wanted = select(Case).filter_by(person_id=person_id).with_for_update()
    open_first = (Case.closed_at.is_not(None), Case.opened_at.desc(), Case.order.desc())
    return db.session.scalars(wanted.order_by(*open_first).limit(1)).one()


def wants_help(person_id: UUID) -> bool:
    """Whether they have asked for help again, and nobody has spoken to them yet."""
    asked = (
        select(Promise.id)
        .join(Promise.case)
        .where(
            Case.person_id == person_id, Promise.act == NextStep.ASKED, Promise.ended_at.is_(None)
        )
    )
    return db.session.scalars(asked.limit(1)).first() is not None


def referrals_to(person_id: UUID) -> list[Referral]:
    """To each service the one referral that counts: the open one, or else the last; to change."""
    wanted = select(Referral).where(
        Referral.person_id == person_id, Referral.state != ReferralState.ENTERED_IN_ERROR
    )
    named = joinedload(Referral.service, innerjoin=True), joinedload(Referral.handler)
    locked = wanted.options(*named).with_for_update(of=Referral)
    last_first = (Referral.ended_at.is_not(None), Referral.sent_at.desc(), Referral.order.desc())
    found: dict[UUID, Referral] = {}
    for referral in db.session.scalars(locked.order_by(*last_first)):
        found.setdefault(referral.service_id, referral)
    return list(found.values())


def standing_yes(person_id: UUID, at: datetime) -> list[Consent]:
    """All that the person agrees to at this moment, in their own eyes."""
    today = day_of(at)
    return [row for row in latest_answers(person_id) if _is_yes(row) and row.expires_on > today]


def _is_yes(row: Consent) -> bool:
    return holds(row) or (row.provisional and row.answer == Answer.GRANTED)


def holders(person_id: UUID, at: datetime) -> list[Holder]:
    """The services that have the person's details; whether each was told to stop, and stopped."""
    found = referrals_to(person_id)
    shared = {yes.service_id for yes in standing_yes(person_id, at)}
    ids = [referral.id for referral in found]
    stops = stops_of(ids)
    words = _words(ids)
    held = [
        _holder(one, one.service_id in shared, words.get(one.id), stops.get(one.id))
        for one in found
    ]
    to_come = _to_come([one.referral.id for one in held if one.sees], at)
    return [replace(one, meets=to_come.get(one.referral.id)) for one in held]


def _to_come(referral_ids: Sequence[UUID], at: datetime) -> dict[UUID, Appointment]:
    """Of each referral the next appointment: of today or later, and nobody has said how it went."""
    wanted = select(Appointment).where(
        Appointment.referral_id.in_(referral_ids),
        Appointment.said_at.is_(None),
        Appointment.starts_at >= midnight(day_of(at)),
    )
    last_first = wanted.order_by(Appointment.starts_at.desc(), Appointment.order.desc())
    return {row.referral_id: row for row in db.session.scalars(last_first)}


def _holder(referral: Referral, shares: bool, helped: str | None, stop: Stop | None) -> Holder:
    stop = stop if not shares else None
    told = stop.told_at if stop and stop.state != StopState.TO_TELL else None
    confirmed = stop.ended_at if stop and stop.state == StopState.CONFIRMED else None
    words = IN_WORDS[referral.state]
    sees = shares and referral.ended_at is None
    return Holder(referral, words, shares, sees, helped, told, confirmed)


def _words(referral_ids: Sequence[UUID]) -> dict[UUID, str]:
    wanted = select(OwnWord).where(OwnWord.referral_id.in_(referral_ids))
    rows = db.session.scalars(wanted.order_by(OwnWord.said_at, OwnWord.order))
    return {row.referral_id: row.helped for row in rows}


def own_word(referral_id: UUID) -> str | None:
    """The person's last answer to “Did it help?”, by code; None if they have not said."""
    return _words([referral_id]).get(referral_id)


def reached_how(person_id: UUID, at: datetime) -> ContactRules | None:
    """How the person agrees to be reached; None when they do not want to be."""
    for yes in standing_yes(person_id, at):
        if yes.purpose == Purpose.CONTACT:
            return rules_of(yes)
    return None
