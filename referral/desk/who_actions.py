"""Say whom a register has booked: somebody known, or none of those; and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.audit.trail import Tag, record
from referral.casework.cases.undo_actions import unpromise
from referral.custody.leg_actions import end_unseen
from referral.custody.models import Booking
from referral.custody.places import Mistake
from referral.custody.queries import stay_of
from referral.custody.stay_actions import MistakeDetails
from referral.db import db
from referral.desk.actions import HereAlready, come_back, go_on_here, remember_choice
from referral.desk.already import GOES_ON, Already
from referral.desk.mistake_actions import AnswersHere, call_mistake
from referral.desk.models import CarriedOver, FromRegister
from referral.desk.still_true import kept
from referral.desk.suggestions import Suggested
from referral.desk.who_queries import as_typed, came_unasked, carried_over
from referral.errors import RuleBroken
from referral.merging.joining.actions import (
    AlreadyJoined,
    JoinDetails,
    JoinedSince,
    OneUnmet,
    OtherTeam,
    SameService,
    join,
)
from referral.merging.joining.models import Joining
from referral.merging.parting.actions import (
    DraftOpen,
    PartDetails,
    PartLaterFirst,
    TwoOpenCases,
    part,
)
from referral.people.actions import NoSuchPerson, no_longer_apart, reindex
from referral.people.detail_actions import take_back
from referral.people.detail_queries import details_of
from referral.people.models import Person
from referral.people.queries import identity_of, standing_record
from referral.people.sources import Source


class WhoIsSaid(RuleBroken):
    """It has been said who this is, or nobody looks like them any more. Look at the booking."""

    status = 409


class NotAtTheDesk(RuleBroken):
    """The desk cannot make one record of these two. Tell the arrest referral team who it is."""

    status = 409


@dataclass(frozen=True)
class WhoDetails:
    """The records that the officer had before them, the one that they chose, or none of them.

    `already` is what they said of somebody whose stay has not ended.
    """

    offered: Sequence[Suggested]
    same_as: UUID | None = None
    already: Already | None = None


def say_who(booking: Booking, details: WhoDetails, by: Actor, at: datetime) -> Booking:
    """Somebody known, whose record takes in what the file made; or none of these.

    Comes back with the stay that goes on: another one, where they are booked twice. Raises
    WhoIsSaid, NoSuchPerson, HereAlready, AnswersHere, NotAtTheDesk, what `call_mistake` does.
    """
    came = came_unasked(booking.id)
    if came is None or came.said_at or not details.offered:
        raise WhoIsSaid
    if details.same_as is None:
        return _nobody_known(booking, came, details, by, at)
    known = standing_record(details.same_as)
    if known is None:
        raise NoSuchPerson
    stay = stay_of(known.id)
    if stay and stay is not booking:
        if details.already is None:
            raise HereAlready
        if details.already is Already.SOMEBODY_ELSE:
            return _nobody_known(booking, came, details, by, at)
        if details.already in GOES_ON:
            return _booked_twice(booking, stay, details, by, at)
        end_unseen(stay, booking.authorised_at, by, at)
    joining = _one_record(booking, known, details, by, at)
    came.said(at, joining.id if joining else None)
    return booking


def _nobody_known(
    booking: Booking, came: FromRegister, details: WhoDetails, by: Actor, at: datetime
) -> Booking:
    with remembering(Remembered(ActKind.RECOGNISED, booking.id, "Said to be new"), by, at):
        remember_choice(details.offered, None, booking, by, at)
    came.said(at)
    return booking


def _booked_twice(
    booking: Booking, stay: Booking, details: WhoDetails, by: Actor, at: datetime
) -> Booking:
    """The stay that was there goes on, here; the one of the file was a mistake."""
    if booking.offers and not stay.offers:
        raise AnswersHere
    since = booking.authorised_at
    remember_choice(details.offered, stay.person_id, booking, by, at)
    call_mistake(booking, MistakeDetails(Mistake.TWICE, booking.version), by, at)
    return go_on_here(stay, since, by, at)


def _one_record(
    booking: Booking, known: Person, details: WhoDetails, by: Actor, at: datetime
) -> Joining | None:
    """Both records are one, and who comes back goes on; None where they became one meanwhile."""
    fields = tuple(kept(as_typed(booking), identity_of(known)))
    assumed = _assumed(booking.person)
    joining = None if known.id == booking.person_id else _join(known, booking.person, by, at)
    with remembering(Remembered(ActKind.RECOGNISED, booking.id, "Said to be known"), by, at):
        remember_choice(details.offered, known.id, booking, by, at)
        if joining:
            take_back(assumed, at)
            reindex(known)
            come_back(booking, by, at)
    if joining and fields:
        db.session.add(CarriedOver(booking_id=booking.id, fields=fields))
    return joining


def _join(known: Person, new: Person, by: Actor, at: datetime) -> Joining:
    """Why it is not possible, is for the team alone. Raises NotAtTheDesk."""
    try:
        return join(JoinDetails(known.id, new.id), by, at)
    except (AlreadyJoined, OneUnmet, OtherTeam, SameService):
        raise NotAtTheDesk from None


def _assumed(person: Person) -> set[UUID]:
    """The words that nobody said of somebody new: who is known lives where they said."""
    said = details_of(person.id)
    return {one.id for one in said if one.said_by is Source.OFFICER and not one.taken_back_at}


def take_back_who(booking: Booking, act: Act, why: str, by: Actor, at: datetime) -> None:
    """What was said of who it is was wrong: both records stand as they did, and it is asked again.

    Raises Undone, JoinedSince.
    """
    came = came_unasked(booking.id)
    put_back(act, why, by, at)
    unpromise(act, at)
    if came and came.joining_id:
        _two_records(booking, db.session.get_one(Joining, came.joining_id), by, at)
    no_longer_apart(booking.person_id, act.done_at)
    if came:
        came.ask_again()
    booking.changed()
    record(Tag.STAY_PUT_BACK, by, at, subject_id=booking.person_id, record_id=booking.id)


def _two_records(booking: Booking, joining: Joining, by: Actor, at: datetime) -> None:
    if carried := carried_over(booking.id):
        db.session.delete(carried)
    if joining.parted_at:
        return  # the team has done it
    try:
        part(joining, PartDetails(joining.version), by, at)
    except (PartLaterFirst, TwoOpenCases, DraftOpen):
        raise JoinedSince from None
