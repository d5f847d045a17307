"""Assessments of invented people by invented workers, and the same measures again later."""

from datetime import datetime
from random import Random

from referral.access.actor import Actor
from referral.casework.assessment.actions import AssessmentDetails, Need, Use, finish
from referral.casework.assessment.instruments import LOWER, Instrument, instruments
from referral.casework.cases.models import Case
from referral.casework.change.actions import AgainDetails, ask_again
from referral.casework.change.queries import is_to_measure, to_ask_again
from referral.casework.contact_plan.models import ReviewPoint
from referral.demo.people import found_with, who_it_is

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
    who = who_it_is(case.person)
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
        points={SCREENS[need]: _first(dice, SCREENS[need]) for need in told if need in SCREENS},
        ethnicity=who.ethnicity,
        disability=who.disability,
    )
    finish(case, details, by, at)


def _first(dice: Random, screen: str) -> list[int]:
    return [dice.choice(question.answers)[1] for question in instruments()[screen].questions]


def measure_again(point: ReviewPoint, by: Actor, at: datetime) -> None:
    """Whoever was reached after 12, 26 or 52 weeks answers again; most are better, some are not."""
    asked = to_ask_again(point.plan.case) if is_to_measure(point) else []
    if not asked:
        return
    aside = Random(f"{who_it_is(point.plan.case.person).name} {point.point}")  # noqa: S311
    points = {
        one.id: [_later(aside, one, number) for number in range(len(one.questions))]
        for one in asked
    }
    ask_again(point, AgainDetails(points), by, at)


def _later(aside: Random, asked: Instrument, number: int) -> int:
    """The points of an answer, the better one of two."""
    drawn = [aside.choice(asked.questions[number].answers)[1] for _ in range(2)]
    return min(drawn) if asked.better == LOWER else max(drawn)
