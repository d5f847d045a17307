"""What custody healthcare answers: that it knows of dangers, naloxone, that one does not apply."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import added_by
from referral.audit.trail import Tag, record
from referral.custody.models import Booking, SafetyWarning
from referral.custody.stay_actions import check_counts
from referral.db import db
from referral.directory.queries import must_be_listed
from referral.errors import RuleBroken
from referral.known.actions import Hearing, Saying, observe
from referral.known.models import Observation
from referral.known.now import About, Said, SaidIn
from referral.people.sources import Source

GIVEN = ("supplied", "declined")  # of naloxone, what healthcare can say


class NotInDanger(RuleBroken):
    """This danger does not stand any more. Look at the booking again."""


class KnownAlready(RuleBroken):
    """Healthcare has already said that it knows. Look at the list again."""

    status = 409


class SupplyOrDecline(RuleBroken):
    """Say whether naloxone was supplied or declined."""


def acknowledge(booking: Booking, dangers: Collection[str], by: Actor, at: datetime) -> Act:
    """Healthcare knows of these dangers, by code, as they stood on its screen.

    Raises NotInDanger for one that does not stand, KnownAlready where it knew of all of them.
    """
    standing = booking.dangers_at_desk(at)
    if not dangers or not set(dangers) <= set(standing):
        raise NotInDanger
    known = booking.known_to_healthcare(at)
    new = tuple(code for code in standing if code in dangers and code not in known)
    if not new:
        raise KnownAlready
    with remembering(Remembered(ActKind.TENDED, booking.id, "Healthcare knows"), by, at) as act:
        answer = SafetyWarning(
            booking_id=booking.id,
            dangers=new,
            told="healthcare",
            told_name=by.name,
            told_at=at,
            acknowledged=True,
            by_id=by.user_id,
            recorded_at=at,
        )
        booking.warnings.append(answer)
    record(Tag.DANGER_KNOWN, by, at, subject_id=booking.person_id, record_id=answer.id)
    return act


def say_naloxone(booking: Booking, given: str, by: Actor, at: datetime) -> Act:
    """Healthcare has supplied take-home naloxone, or they declined it; by code.

    Raises SupplyOrDecline, NotInList.
    """
    if given not in GIVEN:
        raise SupplyOrDecline
    must_be_listed(at, naloxone=given)
    what = Remembered(ActKind.TENDED, booking.id, f"Naloxone {given}")
    with remembering(what, by, at) as act:
        booking.naloxone = given
    record(Tag.NALOXONE_SAID, by, at, subject_id=booking.person_id, record_id=booking.id)
    return act


def lift(booking: Booking, danger: str, reason: str, by: Actor, at: datetime) -> None:
    """Custody healthcare says that a danger does not apply any more, and why.

    Raises NotInDanger, SayWhyLifted.
    """
    if danger not in booking.dangers_at_desk(at):
        raise NotInDanger
    said = Saying(About.DANGER, danger, Said.NO, reason=reason)
    observe(booking, [said], Hearing(SaidIn.OFFER, Source.HEALTHCARE), by, at)
    record(Tag.DANGER_LIFTED, by, at, subject_id=booking.person_id, record_id=booking.id)


def say_not_in_danger(booking: Booking, danger: str, reason: str, by: Actor, at: datetime) -> Act:
    """A danger does not apply any more, and why. Raises NotInDanger, SayWhyLifted."""
    what = Remembered(ActKind.TENDED, booking.id, "A danger does not apply", reason)
    with remembering(what, by, at) as act:
        lift(booking, danger, reason, by, at)
    return act


def take_back(booking: Booking, act: Act, by: Actor, at: datetime) -> None:
    """It was not so: healthcare does not know, naloxone is as it was, the danger stands.

    What was observed is kept: of a danger that was lifted healthcare says yes again, and its time
    runs anew. Raises Undone, MistakeAlready.
    """
    check_counts(booking)
    put_back(act, "", by, at, (SafetyWarning,))
    db.session.expire(booking, ["warnings"])
    standing = booking.dangers_at_desk(at)
    again = [Saying(About.DANGER, code) for code in _lifted_by(act) if code not in standing]
    observe(booking, again, Hearing(SaidIn.OFFER, Source.HEALTHCARE), by, at)
    record(Tag.STAY_PUT_BACK, by, at, subject_id=booking.person_id, record_id=booking.id)


def _lifted_by(act: Act) -> list[str]:
    """The dangers that an act lifted, by code."""
    rows: Collection[UUID] = added_by(act, Observation.__tablename__)
    wanted = select(Observation.code).where(Observation.id.in_(rows))
    return list(db.session.scalars(wanted.order_by(Observation.order)))
