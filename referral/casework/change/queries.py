"""The measures of a case: what was first answered, and what again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.casework.assessment.instruments import Instrument, instruments
from referral.casework.assessment.models import Assessment, Screen
from referral.casework.assessment.queries import usable
from referral.casework.cases.models import Case
from referral.casework.change.models import MeasureAgain
from referral.casework.change.travelled import Travelled, change_of
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.casework.contact_plan.points import MEASURED, PointState
from referral.db import db


@dataclass(frozen=True)
class Scored:
    """A score that counts, and when it was given."""

    score: int
    at: datetime


@dataclass(frozen=True)
class Distance:
    """How far somebody has come by each measure; the review points that still have none."""

    travelled: Sequence[Travelled]
    to_measure: Sequence[ReviewPoint]


def first_scores(case_id: UUID) -> Mapping[str, Scored]:
    """The first score of each measure in the assessments of a case, by the measure's code."""
    wanted = (
        select(Screen.instrument, Screen.score, Assessment.finished_at)
        .join(Assessment, Assessment.id == Screen.assessment_id)
        .where(Assessment.case_id == case_id, Screen.score.is_not(None))
        .where(Assessment.finished_at.is_not(None))
        .order_by(Assessment.finished_at.desc(), Assessment.order.desc())
    )
    return {
        code: Scored(score, at)
        for code, score, at in db.session.execute(wanted)
        if score is not None and at is not None
    }


def to_ask_again(case: Case) -> list[Instrument]:
    """The measures that were answered at first and may be asked today, in their order."""
    first = first_scores(case.id)
    return [one for one in usable() if one.id in first]


def distance_of(case: Case, plan: ContactPlan | None) -> Distance:
    """What the page of a case says of it."""
    first = first_scores(case.id)
    again = _again(case.id) if first else []
    known = instruments()
    last = {row.instrument: row for row in again if row.score is not None}
    found = [
        Travelled(
            title=known[code].title,
            then=first[code].score,
            then_at=first[code].at,
            now=last[code].score or 0,
            now_at=last[code].asked_at,
            change=change_of(known[code], first[code].score, last[code].score or 0),
        )
        for code in known
        if code in first and code in last
    ]
    asked = {row.point_id for row in again}
    points = plan.points if plan and first else []
    return Distance(found, [p for p in points if is_to_measure(p) and p.id not in asked])


def is_to_measure(point: ReviewPoint) -> bool:
    """Whether the measures are asked then, and the person was reached."""
    return point.point in MEASURED and point.state is PointState.REACHED


def _again(case_id: UUID) -> Sequence[MeasureAgain]:
    """What was answered again in a case, the latest last."""
    wanted = (
        select(MeasureAgain)
        .join(MeasureAgain.point)
        .join(ReviewPoint.plan)
        .where(ContactPlan.case_id == case_id)
    )
    return db.session.scalars(wanted.order_by(MeasureAgain.order)).all()
