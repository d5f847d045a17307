"""Assessments of invented people by invented workers."""

from datetime import datetime
from random import Random

from referral.access.actor import Actor
from referral.casework.assessment.actions import AssessmentDetails, Need, Use, finish
from referral.casework.assessment.instruments import instruments
from referral.casework.cases.models import Case
from referral.demo.people import found_with

GOALS = {
    "DRUG": ("Get on a script and stay on it", "Stop buying pills", "Be steady for my kids"),
    "ALC": ("Cut down to weekends", "A week without a drink"),
    "MH": ("Sleep through the night", "Talk to someone about what happened"),
    "HOUS": ("A place of my own", "Off my pal's couch by Christmas"),
    "DEBT": ("Know what I owe", "Keep the lights on"),
}
STRENGTHS = (
    "Close to a sister who helps. Wants to work with dogs again.",
    "Kept every appointment at the pharmacy last month.",
    "Plays in the five-a-sides on Thursdays.",
    "",
)
SUBSTANCES = {"DRUG": ("HEROIN", "BENZO", "COCAINE", "CANNABIS"), "ALC": ("ALCOHOL",)}
SEVERITIES = ("some", "some", "high", "urgent")
SCREENS = {"ALC": "audit-c", "MH": "phq-2"}


def assess(dice: Random, case: Case, by: Actor, at: datetime) -> None:
    """Finish an assessment of what the person spoke of at the desk, and of what comes up beside."""
    told = case.booking.needs_at_desk
    also = found_with(dice)
    details = AssessmentDetails(
        seen_version=0,
        place="LATER" if case.booking.released_at else "CELL",
        needs=[Need(need, dice.choice(SEVERITIES), True) for need in (*told, *also)],
        goals=[dice.choice(GOALS[need]) for need in told],
        strengths=dice.choice(STRENGTHS),
        uses=[
            Use(substance, dice.randint(1, 28), None)
            for need in told
            if need in SUBSTANCES
            for substance in dice.sample(SUBSTANCES[need], 1)
        ],
        points={
            SCREENS[need]: [
                dice.choice(question.answers)[1]
                for question in instruments()[SCREENS[need]].questions
            ]
            for need in told
            if need in SCREENS
        },
    )
    finish(case, details, by, at)
