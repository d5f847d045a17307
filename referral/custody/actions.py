"""Open a booking, and record how the offer was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.custody.models import Booking, Offer, OfferAnswer
from referral.db import db
from referral.errors import RuleBroken, StaleEdit
from referral.people.actions import Identity, identify
from referral.people.models import Person


class NoCentre(RuleBroken):
    """Your account is not tied to a custody centre. Ask your administrator."""


class AuthorisedLater(RuleBroken):
    """The time of authorisation cannot be later than now."""


class SayWhy(RuleBroken):
    """Choose why the person was not asked."""


@dataclass(frozen=True)
class BookingDetails:
    """Who came, since when, and whether the officer knows them (`same_as`)."""

    identity: Identity
    authorised_at: datetime
    same_as: UUID | None = None


@dataclass(frozen=True)
class OfferDetails:
    """The answer to one offer, what was said of needs, and the version that the officer saw."""

    answer: OfferAnswer
    seen_version: int
    reason: str | None = None
    ask_again_at: datetime | None = None
    needs: frozenset[str] = frozenset()


def open_booking(details: BookingDetails, by: Actor, at: datetime) -> Booking:
    """A booking at the officer's own centre. Raises NoCentre, AuthorisedLater, NoSuchPerson."""
    if by.centre_id is None:
        raise NoCentre
    if details.authorised_at > at:
        raise AuthorisedLater
    person = identify(details.identity, details.same_as)
    booking = Booking(
        person_id=person.id,
        centre_id=by.centre_id,
        authorised_at=details.authorised_at,
        recorded_at=at,
        version=1,
    )
    db.session.add(booking)
    db.session.flush()  # the audit names it by its number
    record(Tag.BOOKING_OPENED, by, at, subject_id=person.id, record_id=booking.id)
    return booking


def note_suggestions(known: Sequence[Person], by: Actor, at: datetime) -> None:
    """To be shown an earlier record is to consult it, chosen or not."""
    for person in known:
        record(Tag.PERSON_SUGGESTED, by, at, subject_id=person.id)


def record_offer(booking: Booking, details: OfferDetails, by: Actor, at: datetime) -> Offer:
    """Add an answer. A refusal is counted, never lost, and needs no reason.

    Raises StaleEdit when somebody else wrote first, SayWhy for not asking without a reason.
    """
    if booking.version != details.seen_version:
        raise StaleEdit
    if details.answer is OfferAnswer.NOT_ASKED and not details.reason:
        raise SayWhy
    booking.drugs, booking.alcohol = "DRUG" in details.needs, "ALC" in details.needs
    booking.mental_health, booking.housing = "MH" in details.needs, "HOUS" in details.needs
    booking.money = "DEBT" in details.needs
    booking.version += 1
    offer = Offer(
        booking_id=booking.id,
        number=len(booking.offers) + 1,
        answer=details.answer.value,
        reason=details.reason or None,
        ask_again_at=details.ask_again_at,
        asked_by_id=by.user_id,
        asked_at=at,
        recorded_at=at,
    )
    booking.offers.append(offer)
    db.session.flush()  # the audit names it by its number
    record(Tag.OFFER_RECORDED, by, at, subject_id=booking.person_id, record_id=offer.id)
    return offer
