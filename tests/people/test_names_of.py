"""Each name that somebody has or goes by, also in the records that were joined into theirs."""

from support.said import HEARD

from referral.db import db
from referral.people.actions import goes_by, identify
from referral.people.identity import Identity
from referral.people.queries import ever_called


def test_each_name_of_each_person_is_theirs_and_of_nobody_else(app):
    with app.app_context():
        ann, bea, cat, dot = (
            identify(Identity(name, "Ray"), None, HEARD) for name in ("Ann", "Bea", "Cat", "Dot")
        )
        goes_by(cat, Identity("Kit", "Ray"), None)
        cat.merged_into_id, bea.merged_into_id = bea.id, ann.id
        db.session.flush()
        assert ever_called([ann, dot]) == {
            ann.id: {"Ann Ray", "Bea Ray", "Cat Ray", "Kit Ray"},
            dot.id: {"Dot Ray"},
        }
