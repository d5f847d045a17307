"""Who was offered and chosen at the desk, and what that says of two records."""

from sqlalchemy import select
from support.stories import moment

from referral.custody.actions import BookingDetails
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.desk.already import Already
from referral.desk.models import Suggestion
from referral.desk.suggestions import Suggested
from referral.people.identity import Identity
from referral.people.models import ToldApart

AT = moment("2026-08-10 09:00")
TWO = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:10 Bob booked at Govan
"""


def shown(stories, name) -> Suggested:
    person = stories.came[name].person
    fields = dict.fromkeys(Suggested.__dataclass_fields__, None)
    return Suggested(**fields | {"number": person.id, "confident": False, "why": ("same name",)})


def comes(stories, same_as=None):
    known = stories.came[same_as].person_id if same_as else None
    details = BookingDetails(Identity("Ann", "Example", None), AT, known)
    offered = [shown(stories, "Ann"), shown(stories, "Bob")]
    booking = arrive(Arrival(details, offered, Already.ENDED), stories.officer, AT)
    db.session.flush()
    return booking


def apart() -> set[frozenset]:
    rows = db.session.scalars(select(ToldApart)).all()
    return {frozenset((row.one_id, row.other_id)) for row in rows}


def test_none_of_these_tells_the_new_one_apart_from_each(stories):
    new = comes(stories.play(TWO)).person_id
    old = {stories.came[name].person_id for name in ("Ann", "Bob")}
    assert apart() == {frozenset((new, one)) for one in old}


def test_to_choose_one_says_nothing_of_the_others(stories):
    booking = comes(stories.play(TWO), same_as="Ann")
    assert booking.person_id == stories.came["Ann"].person_id
    assert apart() == set()
    rows = db.session.scalars(select(Suggestion).filter_by(booking_id=booking.id)).all()
    assert {row.person_id: row.chosen for row in rows} == {
        stories.came["Ann"].person_id: True,
        stories.came["Bob"].person_id: False,
    }
