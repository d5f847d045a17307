"""Open a booking, record how the offer was answered, who was warned, and the release."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.custody.asking_actions import heard_in, when_asked
from referral.custody.leg_actions import LegDetails, end_leg, first_leg, go_on, own_centre
from referral.custody.models import Booking, Offer, SafetyWarning
from referral.custody.offers import OfferAnswer
from referral.custody.places import AT_DESK, LEADS_TO, Place
from referral.db import db
from referral.directory.bounds import AGAIN, BOUNDS, STAY
from referral.directory.queries import must_be_listed
from referral.errors import RuleBroken, StaleEdit
from referral.known.actions import Saying, observe
from referral.known.now import About
from referral.people.actions import identify
from referral.people.detail_actions import Heard
from referral.people.details import HeardIn
from referral.people.identity import Identity

REASON_FIELDS = {
    OfferAnswer.DECLINED: "declined_reason",
    OfferAnswer.NOT_ASKED: "not_asked_reason",
}


class AuthorisedLater(RuleBroken):
    """Custody cannot be authorised in the future. Check the time."""

    fields = ("authorised_at",)


class AuthorisedLongAgo(RuleBroken):
    """That is more than 40 days ago. Check the date."""

    fields = ("authorised_at",)


class SayWhy(RuleBroken):
    """Choose why the person was not asked."""

    fields = ("not_asked_reason",)


class SayWhen(RuleBroken):
    """Say when to ask again."""

    fields = ("ask_again_at",)


class AskAgainWhen(RuleBroken):
    """Choose a time from now on and within this stay, like +1 for in an hour."""

    fields = ("ask_again_at",)


class NotAskedYet(RuleBroken):
    """First say whether the person was asked, or why not. Then record the release."""


class ReleasedWhen(RuleBroken):
    """Choose a release time after they came there and not later than now."""

    fields = ("released_at",)


class SayNaloxone(RuleBroken):
    """Say whether they took naloxone home."""

    fields = ("naloxone",)


class NobodyToTell(RuleBroken):
    """You ticked no danger, so there is nobody to tell. Tick one first."""


@dataclass(frozen=True)
class BookingDetails:
    """A person who came in, since when, and the earlier record they are said to be (`same_as`)."""

    identity: Identity
    authorised_at: datetime
    same_as: UUID | None = None
    custody_reference: str = ""
    cell: str = ""


@dataclass(frozen=True)
class OfferDetails:
    """The answer to one offer, what was said of needs and dangers, the version that was seen.

    `needs` and `dangers` are codes that the person said yes to, `otherwise` has answers with their
    kind. What is not named was not spoken of, and what was said of it before still counts.
    `asker` is the code of who asked; `contact_anyway` that who declined wants to be contacted;
    `asked_at` when that was, where it is entered later than it was said.
    """

    answer: OfferAnswer
    seen_version: int
    reason: str | None = None
    ask_again_at: datetime | None = None
    needs: frozenset[str] = frozenset()
    dangers: frozenset[str] = frozenset()
    otherwise: Sequence[Saying] = ()
    contact_anyway: bool = False
    asker: str = "custody"
    asked_at: datetime | None = None

    @property
    def said(self) -> list[Saying]:
        """Every answer, the needs first."""
        needs = [Saying(About.NEED, code) for code in sorted(self.needs)]
        dangers = [Saying(About.DANGER, code) for code in sorted(self.dangers)]
        return [*needs, *dangers, *self.otherwise]


@dataclass(frozen=True)
class WarningDetails:
    """The person who was told of the dangers: by code, and by name if the officer gives one.

    `told_at` is when, where it is entered later.
    """

    told: str
    name: str = ""
    told_at: datetime | None = None


@dataclass(frozen=True)
class ReleaseDetails:
    """How and when the person left, and what became of take-home naloxone; both by code.

    A route that leads to court, hospital or prison is no release: `expected_at` says when the court
    sits, `note` which one it is.
    """

    route: str
    released_at: datetime
    naloxone: str
    seen_version: int
    expected_at: datetime | None = None
    note: str = ""

    @property
    def leads_to(self) -> Place | None:
        """Where they are held on; None for who is free."""
        return LEADS_TO.get(self.route)


def open_booking(details: BookingDetails, by: Actor, at: datetime) -> Booking:
    """A booking at the officer's own centre.

    Raises NoCentre, AuthorisedLater, AuthorisedLongAgo, NotInList, NoSuchPerson.
    """
    centre = own_centre(by)
    if details.authorised_at > at:
        raise AuthorisedLater
    if BOUNDS["authorised_at"].too_early(details.authorised_at, at):
        raise AuthorisedLongAgo
    must_be_listed(at, language=details.identity.language)
    heard = Heard(HeardIn.BOOKING, by, at)
    person = identify(details.identity, details.same_as, heard, centre.council_code)
    booking = Booking(
        person_id=person.id,
        centre_id=centre.id,
        authorised_at=details.authorised_at,
        custody_reference=details.custody_reference,
        cell=details.cell,
        opened_by_id=by.user_id,
        recorded_at=at,
        version=1,
    )
    db.session.add(booking)
    first_leg(booking, centre, by, at)
    db.session.flush()  # the audit names it by its number
    record(Tag.BOOKING_OPENED, by, at, subject_id=person.id, record_id=booking.id)
    return booking


def record_offer(booking: Booking, details: OfferDetails, by: Actor, at: datetime) -> Offer:
    """Add an answer. A refusal is counted, never lost, and needs no reason.

    Raises StaleEdit when somebody else wrote first, SayWhy for not asking without a reason, SayWhen
    for putting off without a time, AskAgainWhen for one out of this stay, AskedWhen, NotInList.
    """
    if booking.version != details.seen_version:
        raise StaleEdit
    if details.answer is OfferAnswer.NOT_ASKED and not details.reason:
        raise SayWhy
    if details.answer in {OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT}:
        _check_when(booking, details.ask_again_at, at)
    why = REASON_FIELDS.get(details.answer)
    must_be_listed(at, asker=details.asker, **({why: details.reason} if why else {}))
    offer = Offer(
        booking_id=booking.id,
        number=len(booking.offers) + 1,
        answer=details.answer,
        reason=details.reason or None,
        ask_again_at=details.ask_again_at,
        asker=details.asker,
        asked_by_id=by.user_id,
        asked_at=when_asked(booking, details.asked_at, at),
        recorded_at=at,
    )
    booking.version += 1
    booking.offers.append(offer)
    db.session.flush()  # the audit names it by its number, and so does what was said
    observe(booking, details.said, heard_in(offer), by, at)
    record(Tag.OFFER_RECORDED, by, at, subject_id=booking.person_id, record_id=offer.id)
    return offer


def _check_when(booking: Booking, again: datetime | None, at: datetime) -> None:
    if again is None:
        raise SayWhen
    bound = BOUNDS["ask_again_at"]
    later = bound.too_late(again, max(at, booking.authorised_at + STAY - AGAIN))
    if later or bound.too_early(again, at, booking.authorised_at):
        raise AskAgainWhen


def warn(booking: Booking, details: WarningDetails, by: Actor, at: datetime) -> SafetyWarning:
    """Log that somebody was told of what nobody had been told of yet.

    Raises NobodyToTell, NotInList.
    """
    untold = booking.untold(at)
    if not untold:
        raise NobodyToTell
    must_be_listed(at, told=details.told)
    warning = SafetyWarning(
        booking_id=booking.id,
        dangers=tuple(untold),
        told=details.told,
        told_name=details.name,
        told_at=details.told_at or at,
        by_id=by.user_id,
        recorded_at=at,
    )
    booking.warnings.append(warning)
    db.session.flush()  # the audit names it by its number
    record(Tag.WARNING_GIVEN, by, at, subject_id=booking.person_id, record_id=warning.id)
    return warning


def release(booking: Booking, details: ReleaseDetails, by: Actor, at: datetime) -> Booking:
    """The person leaves where they are: free, or to a place in which their stay goes on.

    Who leaves the cells for good has a line on the offer, so that reach can be counted. Raises
    StaleEdit, StayOver, NotAskedYet, ReleasedWhen, LeftWhen, CourtWhen, SayNaloxone, NotInList.
    """
    if booking.version != details.seen_version:
        raise StaleEdit
    from_cells = booking.leg.place is Place.CENTRE
    if from_cells and not booking.offers and details.leads_to not in AT_DESK:
        raise NotAskedYet
    if details.leads_to:
        _hold_on(booking, details.leads_to, details, by, at)
    else:
        _set_free(booking, details, by, at)
    booking.naloxone = details.naloxone or booking.naloxone
    return booking


def _set_free(booking: Booking, details: ReleaseDetails, by: Actor, at: datetime) -> None:
    if not booking.released_at and not booking.leg.since <= details.released_at <= at:
        raise ReleasedWhen
    here = booking.leg.place is Place.CENTRE
    must_be_listed(at, route=details.route if here else None, naloxone=details.naloxone)
    if here and not details.naloxone:
        raise SayNaloxone
    end_leg(booking, details.released_at, details.seen_version, at)
    booking.release_route = details.route
    booking.released_at = details.released_at
    booking.version += 1
    record(Tag.RELEASED, by, at, subject_id=booking.person_id, record_id=booking.id)


def _hold_on(
    booking: Booking, place: Place, details: ReleaseDetails, by: Actor, at: datetime
) -> None:
    left, expected = details.released_at, details.expected_at
    go_on(booking, LegDetails(place, left, details.seen_version, expected, details.note), by, at)
