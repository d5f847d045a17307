"""Who is here, for custody healthcare; and what it may take back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask import abort

from referral.access.actor import Actor
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import acts_about, last_acts
from referral.custody.models import Booking
from referral.custody.queries import everybody_here
from referral.desk.health import Patient, patient_of

TENDED = (ActKind.TENDED,)


def patients(actor: Actor, at: datetime) -> list[Patient]:
    """Everybody for whom the actor's custody centre answers now, longest held first."""
    here: Sequence[Booking] = everybody_here(actor)
    last: Mapping[UUID | None, Act] = last_acts([booking.id for booking in here], TENDED)
    return [patient_of(booking, last.get(booking.id), at) for booking in here]


def tended_act(booking: Booking, act_id: UUID) -> Act:
    """Something that healthcare said in a stay; 404 for anything else."""
    found = [act for act in acts_about(booking.id, TENDED) if act.id == act_id]
    return found[0] if found else abort(404)
