"""The person says before an appointment that they cannot come, and its service agrees another."""

from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.errors import RuleBroken
from referral.handoff.followup.models import Appointment
from referral.handoff.followup.queries import cannot_come_to
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.promise_actions import note_next
from referral.handoff.referrals.promises import due_of
from referral.handoff.referrals.states import TAKEN_ON
from referral.handoff.referrals.telling_actions import CANNOT, ask_by_link
from referral.post.links.purposes import LinkPurpose


class TimeIsOver(RuleBroken):
    """That appointment is over, or was changed. Ring them."""

    status = 409


def cannot_come(appointment: Appointment, by: Actor, at: datetime) -> None:
    """The person says beforehand that they cannot come: their service is to agree another time.

    It is told at once by link, where it has an address. To say it twice is to say it once. Raises
    TimeIsOver.
    """
    referral = _still_to_come(appointment, at)
    if appointment.cannot_since:
        return
    appointment.cannot_since = at
    stay = referral.case.booking
    referral.due_at = due_of(referral.state, referral.urgent, stay, deadlines_at(at), at)
    number = appointment.id
    record(Tag.APPOINTMENT_CANNOT, by, at, subject_id=referral.person_id, record_id=number)
    ask_by_link(referral, LinkPurpose.SEE, f"{CANNOT}:{number}", at)
    note_next(referral.case, at)


def can_come(appointment: Appointment, by: Actor, at: datetime) -> None:
    """They can come after all, while nobody has made another appointment. Raises TimeIsOver."""
    referral = _still_to_come(appointment, at)
    if appointment.cannot_since is None:
        return
    appointment.cannot_since = None
    stay = referral.case.booking
    referral.due_at = deadlines_at(at).due(Kind.ATTENDANCE, appointment.starts_at, stay)
    subject = referral.person_id
    record(Tag.APPOINTMENT_CAN, by, at, subject_id=subject, record_id=appointment.id)
    note_next(referral.case, at)


def _still_to_come(appointment: Appointment, at: datetime) -> Referral:
    referral = appointment.referral
    if appointment.said_at or appointment.starts_at <= at or referral.state not in TAKEN_ON:
        raise TimeIsOver
    return referral


def note_moved(referral: Referral, by: Actor, at: datetime) -> None:
    """Another time is agreed: what they could not come to was moved, by the person."""
    for earlier in cannot_come_to(referral.id):
        earlier.took_place = False
        earlier.moved_by = "person"
        earlier.said_at = at
        earlier.said_by_id = by.user_id
        subject = referral.person_id
        record(Tag.ATTENDANCE_SAID, by, at, subject_id=subject, record_id=earlier.id)
