"""Read the history of a person, as far as they agreed that it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.consent.purposes import Purpose
from referral.consent.queries import latest_answers, may
from referral.custody.models import Booking, Offer
from referral.custody.offers import OfferAnswer
from referral.custody.queries import COUNTS
from referral.db import db
from referral.directory.models import CustodyCentre
from referral.history.earlier_queries import handed_of, worth_of
from referral.history.timeline import EarlierOffer, Known, known_services


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

    Nothing of earlier stays is told, not even that there were any, where they do not let custody
    staff see it. Who was only found not fit yet was not asked.
    """
    if not may(actor, Purpose.DESK, booking.person_id, None, at):
        return []
    told = [OfferAnswer.DECLINED, OfferAnswer.NOT_NOW, OfferAnswer.ACCEPTED]
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
