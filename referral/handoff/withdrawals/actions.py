"""Write down that a service was told to stop, and that it has stopped."""

from dataclasses import dataclass
from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.errors import RuleBroken
from referral.handoff.referrals.models import Stop
from referral.handoff.referrals.stops import StopState
from referral.post.links.actions import use
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import live_links


class NotThen(RuleBroken):
    """Choose a time after the person withdrew consent and not later than now."""

    fields = ("happened_at",)


@dataclass(frozen=True)
class CallDetails:
    """A call to a service: who was told, when, and whether they say it is done."""

    spoken_to: str
    happened_at: datetime
    stopped: bool = False


def note_call(stop: Stop, details: CallDetails, by: Actor, at: datetime) -> None:
    """Somebody has told the service by telephone.

    Who learns of it only now has as long to confirm it as anybody; a further call gains no time.
    Raises NotThen, StopOver.
    """
    asked = stop.asked_at.replace(second=0, microsecond=0)
    if not asked <= details.happened_at <= at:
        raise NotThen
    stay = stop.referral.case.booking
    if stop.state == StopState.TO_TELL:
        stop.due_at = deadlines_at(at).due(Kind.STOP, details.happened_at, stay)
    stop.tell(by.name, details.spoken_to, details.happened_at)
    record(Tag.STOP_TOLD, by, at, subject_id=stop.referral.person_id, record_id=stop.id)
    if details.stopped:
        confirm(stop, by, at)


def confirm(stop: Stop, by: Actor, at: datetime) -> None:
    """They have stopped; to say it twice is to say it once. Raises StopOver where it was lifted."""
    if stop.state == StopState.CONFIRMED:
        return
    stop.confirm(by.name, at)
    for link in live_links(stop.referral_id, at):
        if link.purpose == LinkPurpose.STOPPED:
            use(link, LinkPurpose.STOPPED.value, by, at)
    record(Tag.STOP_CONFIRMED, by, at, subject_id=stop.referral.person_id, record_id=stop.id)
