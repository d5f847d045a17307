"""What a person stopped on their own page, and may take back there as long as it may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import NextStep
from referral.casework.facts.meanings import Sender
from referral.casework.facts.queries import stopped_for
from referral.clock import day_of
from referral.consent.models import Consent, ConsentWords
from referral.consent.purposes import Answer, Purpose
from referral.consent.queries import last_yeses, latest_answers, words_in
from referral.contact.own_page.models import PersonCard
from referral.contact.own_page.queries import referrals_to
from referral.db import db
from referral.people.ages import Young
from referral.people.models import Person

# whose words tell nobody who reads along where the card came from; a worker asks the others
SAYABLE = (Purpose.CONTACT, Purpose.OUTCOME)


@dataclass(frozen=True)
class Stopped:
    """What was stopped: `words` are those of the yes that takes it back.

    For a service there are none, but its referral: the team talks to them before it is told
    anything, and `asked` says that it is to.
    """

    answer: Consent
    words: ConsentWords | None = None
    referral_id: UUID | None = None
    asked: bool = False


def stopped_here(person: Person, at: datetime) -> list[Stopped]:
    """What may be taken back; nothing of who is said to have died, until that is found out."""
    if stopped_for([person.id], Sender.CARD):
        return []
    taken = _withdrawn_here(person.id)
    return [*_sayable(person, taken, at), *_services(person.id, taken)]


def of_services(stopped: Sequence[Stopped]) -> Mapping[UUID | None, Stopped]:
    """Those of them that are about a referral, by its number."""
    return {one.referral_id: one for one in stopped if one.referral_id}


def _withdrawn_here(person_id: UUID) -> list[Consent]:
    """The last words that took something back with a card of theirs, also one lost since."""
    printed = select(PersonCard.id).filter_by(person_id=person_id)
    cards = set(db.session.scalars(printed.order_by(PersonCard.order)))
    last = latest_answers(person_id)
    return [row for row in last if row.answer == Answer.WITHDRAWN and row.explained_by_id in cards]


def _sayable(person: Person, taken: Sequence[Consent], at: datetime) -> list[Stopped]:
    """Only a yes that was sure and would stand today is said again by pressing a button.

    Under 16 nobody says it alone.
    """
    if person.young_on(day_of(at)) is Young.UNDER_16:
        return []
    before = last_yeses(person.id)
    words = words_in(person.language, at)
    return [
        Stopped(row, words[row.purpose])
        for row in taken
        if row.purpose in SAYABLE
        and (yes := before.get((row.purpose, None)))
        and not yes.provisional
        and yes.expires_on > day_of(at)
    ]


def _services(person_id: UUID, taken: Sequence[Consent]) -> list[Stopped]:
    referrals = {one.service_id: one.id for one in referrals_to(person_id) if one.sent_at}
    asked = select(Promise.about_id).join(Promise.case).where(Case.person_id == person_id)
    still = asked.where(Promise.act == NextStep.AGAIN, Promise.ended_at.is_(None))
    wanted = set(db.session.scalars(still.order_by(Promise.order)))
    shared = [row for row in taken if row.service_id in referrals]
    return [
        Stopped(row, referral_id=number, asked=number in wanted)
        for row in shared
        if row.service_id and (number := referrals[row.service_id])
    ]
