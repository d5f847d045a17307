"""What is said twice of somebody is said once, whichever way it was heard."""

from support.stories import moment

from referral.casework.cases.next_steps import NextStep
from referral.casework.contact_plan.fact_actions import confirm
from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.casework.facts.queries import facts_of
from referral.handoff.followup.actions import attempt
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side

TAKEN_ON = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 10:00 Ann referred to hub
2026-08-04 09:00 Ann accepted by hub
"""


def test_that_somebody_died_is_found_out_once_by_whatever_number_they_were_rung(stories):
    stories.play(TAKEN_ON)
    case, referral = stories.case("Ann"), stories.referral("Ann", "hub")
    service, rung = stories.theirs(referral), moment("2026-08-05 09:00")
    attempt(referral, AttemptDetails("call", "DECEASED", rung), service, rung)
    [said] = facts_of(case.person_id)
    confirm(case, said, stories.worker, moment("2026-08-05 10:00"))
    end = MoveDetails(Move.COMPLETE, referral.version, "DIED", changes={"DRUG": "unknown"})
    move(referral, end, Side.TARGET, service, moment("2026-08-05 11:00"))
    assert facts_of(case.person_id) == [said]
    assert not case.has_any(NextStep.DIED)
