"""Going back before each word was kept and forward again: what stands, what was before, whose."""

from datetime import timedelta

from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text
from support.said import HEARD, everybody_is_as_was_said
from support.stories import moment, staff

from referral.db import db
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.joining.models import Joining
from referral.merging.parting.actions import PartDetails, part
from referral.people.actions import identify, new_phone
from referral.people.detail_actions import take_back
from referral.people.detail_queries import details_of
from referral.people.details import UNSAID, Detail, HeardIn, counting, ever_said
from referral.people.identity import Identity
from referral.people.models import Person

AT = moment("2026-08-07 12:00")
ANN = Identity("Ann", "Example", phone="07700 900001", language="pl")
BEA = Identity("Bea", "Example", postcode="G51 2AB", s_number="S123456/05K", interpreter=True)


def everything() -> list[tuple]:
    """What is repeated of each person, and the numbers and postcodes they are found by."""
    people = db.session.scalars(select(Person).order_by(Person.forename)).all()
    found = []
    for person in people:
        said = details_of(person.id)
        standing = tuple(getattr(person, detail.value) for detail in UNSAID)
        numbers = [sorted(set(ever_said(said, one)) - {""}) for one in (Detail.PHONE,)]
        found.append((person.name, *standing, *numbers))
    return found


def test_what_counts_and_what_was_before_survive_going_back_and_forward(app):
    with app.app_context():
        ann, _ = identify(ANN, None, HEARD), identify(BEA, None, HEARD)
        new_phone(ann, "07700 900002", HEARD)
        new_phone(ann, "07700 900003", HEARD)
        wrong = details_of(ann.id)[-1].id
        new_phone(ann, "07700 900004", HEARD)
        take_back([wrong], AT)
        db.session.commit()
        before = everything()
        for _ in range(2):
            db.session.remove()
            downgrade(revision="0033")
            former = text("SELECT phone FROM person_number WHERE phone <> '' ORDER BY phone")
            assert db.session.scalars(former).all() == ["07700 900001", "07700 900002"]
            db.session.remove()
            upgrade()
            assert everything() == before
        everybody_is_as_was_said()
        ann = db.session.scalars(select(Person).filter_by(forename="Ann")).one()
        now = counting(details_of(ann.id))
        assert now[Detail.PHONE].changed
        assert {one.heard_in for one in now.values()} == {HeardIn.BEFORE}
        assert not any(one.dated or one.said_by for one in now.values())


def test_two_records_that_were_joined_before_can_be_parted_after(app):
    with app.app_context():
        ann, bea = identify(ANN, None, HEARD), identify(BEA, None, HEARD)
        before = everything()
        join(JoinDetails(ann.id, bea.id), staff("Ruth Kerr"), AT)
        db.session.commit()
        db.session.remove()
        downgrade(revision="0033")
        db.session.remove()
        upgrade()
        joining = db.session.scalars(select(Joining)).one()
        part(joining, PartDetails(joining.version), staff("Ruth Kerr"), AT + timedelta(hours=1))
        assert everything() == before
        everybody_is_as_was_said()
