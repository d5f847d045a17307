"""Open a booking of somebody new or known, tell two people apart, confirm what was kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.acts.actions import Remembered, remembering
from referral.acts.kinds import ActKind
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import continue_case
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.casework.contact_plan.actions import resume
from referral.custody.actions import BookingDetails, open_booking
from referral.custody.leg_actions import bring, end_unseen
from referral.custody.models import Booking
from referral.custody.places import Place
from referral.custody.queries import stay_of
from referral.db import db
from referral.desk.already import GOES_ON, Already
from referral.desk.models import CarriedOver, Suggestion
from referral.desk.queries import SITE, unconfirmed
from referral.desk.still_true import DETAILS, kept
from referral.desk.suggestions import Suggested
from referral.errors import RuleBroken
from referral.handoff.referrals.actions import HandOffDetails, hand_off
from referral.handoff.referrals.models import Referral
from referral.people.actions import NoSuchPerson, now_says, tell_apart
from referral.people.detail_actions import Heard
from referral.people.details import Detail, HeardIn, Value
from referral.people.models import Person
from referral.people.queries import identity_of, standing_record


class WorkerOnSite(RuleBroken):
    """A worker comes to this custody centre and hands people on. Ask them."""

    fields = ("service",)


class HereAlready(RuleBroken):
    """This person's stay has not ended yet. Say what is true of it."""


@dataclass(frozen=True)
class Arrival:
    """A booking to be opened, and the earlier records that the officer had before them.

    `already` is what they said of somebody whose stay has not ended.
    """

    booking: BookingDetails
    offered: Sequence[Suggested] = ()
    already: Already | None = None


@dataclass(frozen=True)
class StillTrue:
    """The person's word on details kept from last time; None for one that stands as it was.

    `all_right` where they were asked about each of them.
    """

    sex: str | None = None
    postcode: str | None = None
    no_fixed_abode: bool | None = None
    phone: str | None = None
    language: str | None = None
    interpreter: bool | None = None
    all_right: bool = True

    @property
    def changed(self) -> dict[str, Value]:
        """What they said otherwise, by the name of the field."""
        said = asdict(self)
        return {name: said[name] for name in DETAILS if said[name] is not None}

    @property
    def words(self) -> dict[Detail, Value]:
        """The same, of where they live and how to speak with them."""
        return {Detail(name): value for name, value in self.changed.items() if name != "sex"}


def arrive(details: Arrival, by: Actor, at: datetime) -> Booking:
    """Open the booking of somebody new, or of the known person whom the officer chose.

    Who comes back keeps what was not asked again, marked as such, and goes on with their open case,
    and who was in prison or in hospital is not any more. Where the stay of the person goes on, none
    is begun beside it: it comes here, it ends, it is opened, or this is somebody else. Raises
    NoCentre, AuthorisedLater, NoSuchPerson, HereAlready.
    """
    if details.booking.same_as is None:
        return _book(details, None, by, at)
    known = standing_record(details.booking.same_as)
    if known is None:
        raise NoSuchPerson
    stay = stay_of(known.id)
    if stay is None:
        return _book(details, known, by, at)
    if details.already is None:
        raise HereAlready
    if details.already in GOES_ON:
        return go_on_here(stay, details.booking.authorised_at, by, at)
    if details.already is Already.SOMEBODY_ELSE:
        return _book(details, None, by, at)
    end_unseen(stay, details.booking.authorised_at, by, at)
    return _book(details, known, by, at)


def _book(details: Arrival, known: Person | None, by: Actor, at: datetime) -> Booking:
    """A stay of its own; all that it brings to the record is remembered, and what was typed."""
    typed = details.booking.identity
    with remembering(Remembered(ActKind.ARRIVED, said=asdict(typed)), by, at) as act:
        fields = tuple(kept(typed, identity_of(known))) if known else ()
        chosen = known.id if known else None
        opened = replace(details.booking, same_as=chosen)
        booking = open_booking(opened, by, at)
        act.concerns(booking.id)
        if fields:
            db.session.add(CarriedOver(booking_id=booking.id, fields=fields))
        remember_choice(details.offered, chosen, booking, by, at)
        if known:
            come_back(booking, by, at)
    return booking


def come_back(booking: Booking, by: Actor, at: datetime) -> None:
    """They go on where they stopped, and nobody waits any more for them to leave a prison."""
    continue_case(booking, by, at)
    if case := open_case_of(booking.person_id):
        resume(case, booking.authorised_at, by, at)


def go_on_here(stay: Booking, came: datetime, by: Actor, at: datetime) -> Booking:
    """It is one stay: the person was brought here, or it is on the screen already."""
    if stay.leg.place is not Place.CENTRE or stay.leg.centre_id != by.centre_id:
        bring(stay, came, by, at)
    record(Tag.PERSON_RECOGNISED, by, at, subject_id=stay.person_id, record_id=stay.id)
    return stay


def note_suggestions(offered: Sequence[Suggested], by: Actor, at: datetime) -> None:
    """To be shown an earlier record is to consult it, chosen or not."""
    for one in offered:
        record(Tag.PERSON_SUGGESTED, by, at, subject_id=one.number)


def confirm(booking: Booking, details: StillTrue, by: Actor, at: datetime) -> None:
    """The person has said what is still true of what was kept from the last time.

    It belongs to the stay: what it changed goes, if this was somebody else after all.
    """
    person = booking.person
    asked = Remembered(ActKind.ASKED, booking.id, "Asked what is still true", said=details.changed)
    with remembering(asked, by, at):
        now_says(person, details.words, Heard(HeardIn.STAY, by, at), details.sex)
    carried = db.session.get(CarriedOver, booking.id)
    if details.all_right and carried and unconfirmed(booking.id):
        carried.confirmed_at = at
        carried.confirmed_by_id = by.user_id
    record(Tag.PERSON_CONFIRMED, by, at, subject_id=person.id, record_id=booking.id)


def remember_choice(
    offered: Sequence[Suggested], chosen: UUID | None, booking: Booking, by: Actor, at: datetime
) -> None:
    """Keep what was suggested and chosen. Only "none of these" says that two records differ."""
    for one in offered:
        row = Suggestion(
            booking_id=booking.id,
            person_id=one.number,
            confident=one.confident,
            why=", ".join(one.why),
            chosen=one.number == chosen,
            by_id=by.user_id,
            recorded_at=at,
        )
        db.session.add(row)
        if chosen is None:
            tell_apart(booking.person_id, one.number, by, at)
    if chosen:
        record(Tag.PERSON_RECOGNISED, by, at, subject_id=chosen, record_id=booking.id)


def hand_off_here(case: Case, details: HandOffDetails, by: Actor, at: datetime) -> list[Referral]:
    """Hand somebody on from the desk. Raises WorkerOnSite, and what `hand_off` raises."""
    centre = case.booking.leg.centre
    if centre is None or centre.access_model == SITE:
        raise WorkerOnSite
    return hand_off(case, details, by, at)
