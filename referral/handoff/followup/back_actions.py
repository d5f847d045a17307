"""What was said of whether somebody came, and as long as it can be taken back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.acts.kinds import ActKind
from referral.acts.models import Act, ActValue
from referral.acts.queries import last_acts, left_as, values_of_each
from referral.errors import RuleBroken, allows
from referral.handoff.followup.models import Appointment
from referral.handoff.followup.queries import appointments_of
from referral.handoff.referrals.answer_actions import GoneOnSince, check_said
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import Side


class NothingSaid(RuleBroken):
    """Nobody has said yet what came of this appointment."""

    status = 409


@dataclass(frozen=True)
class Attendances:
    """What was said of some appointments of a referral, or that they came without one.

    `acts` by what each is about, `values` by the act; `said` are the appointments of which somebody
    has said what came of them.
    """

    referral: Referral
    acts: Mapping[UUID | None, Act]
    values: Mapping[UUID, Sequence[ActValue]]
    said: Collection[UUID]

    def to_take_back(self, about_id: UUID, side: Side, by: Actor, at: datetime) -> Act:
        """What was said, as long as a side may take it back.

        Raises NothingSaid, TheirOwnAnswer, TooLateToTakeBack, GoneOnSince.
        """
        act = self.acts.get(about_id)
        if act is None:
            raise NothingSaid
        check_said(act, side, by, at)
        later = [event for event in self.referral.said if event.recorded_at > act.done_at]
        left = left_as(self.values[act.id], self.referral.id)
        moved_on = self.referral.state != left.get("state", self.referral.state)
        if later or moved_on or self._said_of_the_next(act):
            raise GoneOnSince
        return act

    def _said_of_the_next(self, act: Act) -> bool:
        """Whether somebody has said already what came of the appointment that it was moved to."""
        added = {value.row_id for value in self.values[act.id] if not value.column}
        return not added.isdisjoint(self.said)


def attendances(
    referral: Referral,
    about: Collection[UUID],
    appointments: Sequence[Appointment] | None = None,
) -> Attendances:
    """What was last said about each of these, to take back; `appointments` where they are known."""
    acts = last_acts(about, (ActKind.ATTENDED,))
    meetings = appointments_of(referral.id) if appointments is None else appointments
    said = {row.id for row in meetings if row.said_at}
    return Attendances(referral, acts, values_of_each([act.id for act in acts.values()]), said)


def to_take_back(
    referral: Referral, appointments: Sequence[Appointment], side: Side, by: Actor, at: datetime
) -> set[UUID]:
    """Those of a referral's appointments of which a side may take back what was said."""
    said = [row.id for row in appointments if row.said_at]
    if not said:
        return set()
    found = attendances(referral, said, appointments)
    return {one for one in said if allows(found.to_take_back, one, side, by, at)}
