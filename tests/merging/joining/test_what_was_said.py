"""What was said in a stay goes with the stay, whose ever it turns out to be."""

from datetime import timedelta

from sqlalchemy import select

from referral.db import db
from referral.known.models import Observation
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.parting.actions import PartDetails, part

BEFORE = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined telling DRUG
2026-08-03 10:00 Ann released
2026-08-04 09:00 Bob booked at Govan
2026-08-04 09:30 Bob declined telling MH
2026-08-04 10:00 Bob released
"""
MEANWHILE = """
2026-08-05 09:00 Ann booked at Govan
2026-08-05 09:30 Ann declined telling HOUS
"""


def said(person_id) -> list[str]:
    """What somebody spoke of, by code, in order."""
    db.session.flush()
    mine = select(Observation.code).filter_by(person_id=person_id)
    return list(db.session.scalars(mine.order_by(Observation.order)))


def test_what_was_said_while_two_were_taken_for_one_goes_back_with_its_stay(stories):
    came = stories.play(BEFORE).came
    ann, bob = came["Ann"].person_id, came["Bob"].person_id
    at = came["Bob"].released_at + timedelta(hours=1)
    joining = join(JoinDetails(ann, bob), stories.lead, at)
    assert said(ann) == ["DRUG", "MH"]
    stay = stories.play(MEANWHILE).came["Ann"]
    other = PartDetails(joining.version, frozenset({stay.id}))
    part(joining, other, stories.lead, at + timedelta(days=1))
    assert said(ann) == ["DRUG"]
    assert said(bob) == ["MH", "HOUS"]
