"""Write down what somebody answers when the same measures are asked again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.assessment.instruments import Answered, answered, instruments, totalled
from referral.casework.change.models import MeasureAgain
from referral.casework.change.queries import is_to_measure, to_ask_again
from referral.casework.contact_plan.models import ReviewPoint
from referral.db import db
from referral.errors import RuleBroken


class NotReachedThen(RuleBroken):
    """The measures are asked when the person was reached after 12, 26 or 52 weeks. Say so first."""

    status = 409


class AnswerOne(RuleBroken):
    """Answer at least one measure, or leave this page."""


class NotAskedAtFirst(RuleBroken):
    """This measure was not answered in the assessment, so nothing can be compared with it."""


@dataclass(frozen=True)
class AgainDetails:
    """The points of each question of a measure, by its code; of a licensed one the total."""

    points: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)


def ask_again(point: ReviewPoint, details: AgainDetails, by: Actor, at: datetime) -> None:
    """Write down the measures as they are answered now; what was answered before is kept.

    Raises CaseClosed, NotReachedThen, AnswerOne, NotAskedAtFirst.
    """
    case = point.plan.case
    case.check_open()
    if not is_to_measure(point):
        raise NotReachedThen
    said = _answers(details, {one.id for one in to_ask_again(case)})
    rows = [
        MeasureAgain(
            point_id=point.id,
            instrument=code,
            pack_version=instruments()[code].version,
            items=list(one.items),
            score=one.score,
            positive=one.positive,
            asked_at=at,
            by_id=by.user_id,
        )
        for code, one in said.items()
    ]
    db.session.add_all(rows)
    record(Tag.MEASURED_AGAIN, by, at, subject_id=case.person_id, record_id=point.id)


def _answers(details: AgainDetails, known: Collection[str]) -> dict[str, Answered]:
    """What was answered of each measure. Raises AnswerOne, NotAskedAtFirst."""
    codes = {*details.points, *details.totals}
    if not codes:
        raise AnswerOne
    if not codes <= set(known):
        raise NotAskedAtFirst
    packs = instruments()
    found = {code: answered(packs[code], points) for code, points in details.points.items()}
    return found | {code: totalled(packs[code], total) for code, total in details.totals.items()}
