"""What was said of dangers in the stays of a timeline: each answer, in the order of saying."""

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import select

from referral.db import db
from referral.directory.queries import labels
from referral.history.timeline import Happening, Sort
from referral.known.models import Observation
from referral.known.names import SOURCES
from referral.known.now import ANSWERED, About, Said, SaidIn


def dangers_told(stay_ids: Collection[UUID]) -> Iterator[Happening]:
    """Each yes and no to a danger in these stays, who said it, and why one was lifted.

    A yes, and that it applies no more, are read first.
    """
    names = labels("danger")
    wanted = select(Observation).where(
        Observation.booking_id.in_(stay_ids),
        Observation.kind == About.DANGER,
        Observation.answer.in_(ANSWERED),
    )
    for row in db.session.scalars(wanted.order_by(Observation.order)):
        lifted = row.act is SaidIn.LIFTED
        answer = f"does not apply any more, “{row.reason}”" if lifted else row.answer.value
        yield Happening(
            row.happened_at,
            Sort.STAY,
            "Safety",
            f"{names.get(row.code, row.code).capitalize()}: {answer}, said by "
            f"{SOURCES[row.said_by]}",
            recorded_at=row.recorded_at,
            stay_id=row.booking_id,
            matters=lifted or row.answer is Said.YES,
        )
