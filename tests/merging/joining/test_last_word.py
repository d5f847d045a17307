"""Whatever is joined and parted, the answer counts that was given last."""

from conftest import EMAILS
from releases.make import actor, said_again_between
from sqlalchemy import select

from referral.clock import now
from referral.consent.models import Consent
from referral.consent.queries import latest_answers
from referral.db import db
from referral.people.models import Person


def test_answers_between_joinings_are_never_given_one_number(app):
    """Found by `test_any_history`: numbers lent for a joining met those given meanwhile."""
    with app.app_context():
        said_again_between({role: actor(email) for role, email in EMAILS.items()}, now())
        fay = db.session.scalars(select(Person.id).filter_by(forename="JoH")).one()
        given = select(Consent).filter_by(person_id=fay).order_by(Consent.given_at, Consent.order)
        numbers = [answer.order for answer in db.session.scalars(given)]
        assert len(numbers) == 6
        assert numbers == sorted(set(numbers))
        latest = {row.purpose: row.answer for row in latest_answers(fay)}
        assert latest == {"talk": "granted", "desk": "refused"}
