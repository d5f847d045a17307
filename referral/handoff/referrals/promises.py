"""By when a referral must move on."""

from collections.abc import Mapping
from datetime import datetime

from referral.directory.deadlines import Deadlines, Kind, Stay
from referral.handoff.referrals.states import ENDED_STATES, ReferralState

S = ReferralState
KINDS: Mapping[ReferralState, Kind] = {
    S.DRAFT: Kind.CONFIRM,
    S.REQUESTED: Kind.ACKNOWLEDGE,
    S.IN_PROGRESS: Kind.OUTCOME,
    S.ON_HOLD: Kind.PAUSED,
} | dict.fromkeys(ENDED_STATES, Kind.DECIDE)

NEXT_ACT: Mapping[ReferralState, str] = {
    S.DRAFT: "hand_off",
    S.REQUESTED: "chase",
    S.ACCEPTED: "follow_up",
    S.IN_PROGRESS: "follow_up",
    S.ON_HOLD: "follow_up",
}


def due_of(
    state: ReferralState, urgent: bool, stay: Stay, deadlines: Deadlines, at: datetime
) -> datetime:
    """By when a referral that came into a state at a moment must move on.

    First contact counts from the release where there was one, and a late yes from itself.
    """
    if state is S.ACCEPTED:
        return deadlines.first_contact(stay.released_at, stay, at)
    return deadlines.due(KINDS[state], at, stay, urgent=urgent)
