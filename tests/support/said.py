"""What somebody says where it does not matter to whom: nobody of the staff wrote it down."""

from uuid import uuid4

from sqlalchemy import select
from support.stories import moment

from referral.access.actor import Oneself
from referral.db import db
from referral.people.detail_actions import Heard
from referral.people.detail_queries import details_of
from referral.people.details import UNSAID, HeardIn, columns
from referral.people.models import Person

AT = moment("2026-08-07 09:00")
HEARD = Heard(HeardIn.BOOKING, Oneself(uuid4(), "The person themselves", uuid4()), AT)
WORKED_OUT = {*map(str, UNSAID), "words"}  # the columns of a person that say again what was said


def everybody_is_as_was_said():
    """The columns of each record that stands for itself are the rule, applied to its words."""
    standing = select(Person).filter_by(merged_into_id=None).order_by(Person.id)
    for person in db.session.scalars(standing):
        shown = {detail: getattr(person, detail.value) for detail in UNSAID}
        assert shown == columns(details_of(person.id)), person.name
