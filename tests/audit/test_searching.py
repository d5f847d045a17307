"""A search of the trail takes whole days in Scotland, and each filter by itself."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from conftest import EMAILS
from support.stories import staff

from referral.access.permissions import Role
from referral.audit.trail import Tag, record
from referral.clock import midnight
from referral.db import db
from referral.oversight.queries import TrailSearch, deeds

FIRST, LAST = date(2026, 5, 1), date(2026, 5, 2)  # they begin at 23:00 in UTC
BEGINS, ENDS = midnight(FIRST), midnight(LAST + timedelta(days=1))
MOMENT = timedelta(microseconds=1)
BEFORE, LATEST = BEGINS - MOMENT, ENDS - MOMENT
PERSON, CASE = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def looked(app):
    """Looks at a person and a case, on both sides of where two days begin and end."""
    with app.app_context():
        worker, lead = staff("Morag Sim"), staff("Ruth Kerr")
        record(Tag.CARD_SEEN, worker, BEFORE, subject_id=PERSON)
        record(Tag.CARD_SEEN, lead, BEGINS, subject_id=PERSON, record_id=CASE)
        record(Tag.TIMELINE_SEEN, worker, LATEST, subject_id=uuid4(), record_id=CASE)
        record(Tag.CARD_SEEN, worker, ENDS, subject_id=uuid4(), record_id=uuid4())
        db.session.commit()
        yield


@pytest.mark.parametrize(
    ("sought", "moments"),
    [
        (TrailSearch(), [ENDS, LATEST, BEGINS, BEFORE]),
        (TrailSearch(first=FIRST), [ENDS, LATEST, BEGINS]),
        (TrailSearch(last=LAST), [LATEST, BEGINS, BEFORE]),
        (TrailSearch(first=FIRST, last=LAST), [LATEST, BEGINS]),
        (TrailSearch(first=LAST, last=FIRST), []),
        (TrailSearch(email=EMAILS[Role.TEAM_LEAD].upper()), [BEGINS]),
        (TrailSearch(tag=Tag.TIMELINE_SEEN), [LATEST]),
        (TrailSearch(record_id=PERSON), [BEGINS, BEFORE]),
        (TrailSearch(record_id=CASE), [LATEST, BEGINS]),
        (TrailSearch(record_id=CASE, tag=Tag.CARD_SEEN, first=FIRST), [BEGINS]),
    ],
)
def test_each_filter_leaves_what_it_names_newest_first(sought, moments):
    found: list[datetime] = [deed.event.at for deed in deeds(sought, 1)]
    assert [at for at in found if BEFORE <= at <= ENDS] == moments
