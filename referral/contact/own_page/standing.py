"""Where a referral stands, in words for the person that anybody may read over their shoulder."""

from collections.abc import Mapping

from referral.handoff.referrals.states import ReferralState

S = ReferralState

IN_WORDS: Mapping[ReferralState, str] = {
    S.DRAFT: "Nothing has been sent to them yet.",
    S.REQUESTED: "They have been asked, and have not answered yet.",
    S.ACCEPTED: "They said yes and expect you.",
    S.IN_PROGRESS: "You are in touch with them.",
    S.ON_HOLD: "This is paused.",
    S.REJECTED: "They could not help this time.",
    S.CANCELLED: "This was stopped.",
    S.FAILED: "This has ended.",
    S.COMPLETED: "This has ended.",
}
HELPED = (("yes", "Yes"), ("partly", "A little"), ("no", "No"), ("notsay", "I’d rather not say"))
