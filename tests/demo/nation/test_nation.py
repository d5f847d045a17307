"""A nation is written past the actions, and is all the same what they would have written."""

import pytest
from browser.places import NO_PAGES, PAGES, furnish, may_enter
from conftest import EMAILS
from flask import url_for
from journey.facts_kept import facts_kept, facts_made_anew
from sqlalchemy import func, inspect, select
from support.databases import PLAYED_AT

from referral import clock
from referral.access.permissions import Role
from referral.audit import trail
from referral.audit.models import AuditEvent
from referral.audit.tags import Tag
from referral.cli.nation import fill
from referral.custody.models import Booking
from referral.db import Model, Numbered, db
from referral.demo.nation.loading import end
from referral.demo.organisations import PASSWORD
from referral.people.actions import reindex
from referral.people.models import Person, PersonKey, PersonTraits

MANY = 3_000
# What nearly every story of the small demo leaves behind. It leaves more, which one life in some
# dozens has, as a stop: a nation of this size is written out of too few lives to have all of them.
USUAL = {
    Tag.BOOKING_OPENED, Tag.OFFER_RECORDED, Tag.CONSENT_RECORDED, Tag.RELEASED, Tag.STAY_MOVED,
    Tag.PERSON_RECOGNISED, Tag.WARNING_GIVEN, Tag.CASE_OPENED, Tag.CASE_TAKEN, Tag.CASE_CLOSED,
    Tag.ASSESSED, Tag.REFERRAL_MADE, Tag.REFERRAL_SENT, Tag.REFERRAL_MOVED, Tag.LINK_SENT,
    Tag.APPOINTMENT_BOOKED, Tag.ATTENDANCE_SAID, Tag.ATTEMPT_MADE, Tag.PLAN_MADE, Tag.ESCALATED,
    Tag.NOTE_WRITTEN, Tag.UNMET_NOTED, Tag.PERSON_JOINED, Tag.PERSON_PARTED, Tag.CASE_CAME,
    Tag.ALERT_POSTED, Tag.ALONG_ASKED, Tag.MESSAGE_LEFT, Tag.PERSON_TOLD_APART,
}  # fmt: skip


@pytest.fixture
def nation(app, monkeypatch):
    """An application with a nation at a given moment."""
    monkeypatch.setattr(clock, "source", lambda: PLAYED_AT)
    written = []
    with app.app_context():
        held = fill(MANY, 1, PLAYED_AT, written.append)
        end(1, PLAYED_AT, held)
        db.session.commit()
    assert sum(written) == MANY
    return app


def test_a_nation_is_as_the_actions_would_have_left_it(nation):
    with nation.app_context():
        assert trail.verify() is None
        _the_trail_is_in_time_order()
        assert set(db.session.scalars(select(AuditEvent.tag).distinct())) >= USUAL
        assert facts_kept() == facts_made_anew()
        _nothing_points_at_nothing()
        _the_next_rows_are_numbered_above_all()
        _everybody_is_found_by_what_they_are()
        db.session.rollback()
    _every_page_answers(nation)


def _the_trail_is_in_time_order():
    moments = db.session.scalars(select(AuditEvent.at).order_by(AuditEvent.seq)).all()
    told = select(func.count()).where(AuditEvent.tag == Tag.DIRECTORY_CHANGED)
    assert db.session.scalar(told) > 0  # what the last day says stands among it
    assert moments == sorted(moments)


def _nothing_points_at_nothing():
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":  # PostgreSQL looks at each row that comes
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
    there = {index["name"] for t in inspect(connection).get_table_names()
             for index in inspect(connection).get_indexes(t)}  # fmt: skip
    assert {i.name for t in Model.metadata.sorted_tables for i in t.indexes} <= there


def _the_next_rows_are_numbered_above_all():
    for mapper in Model.registry.mappers:
        if issubclass(mapper.class_, Numbered):
            numbers = db.session.scalars(select(mapper.class_.order)).all()
            assert len(numbers) == len(set(numbers))
    by_time = select(Booking.person_id, Booking.order).order_by(
        Booking.person_id, Booking.authorised_at
    )
    orders: dict = {}
    for person, order in db.session.execute(by_time):
        assert order > orders.get(person, 0)
        orders[person] = order


def _everybody_is_found_by_what_they_are():
    """Whoever is read anew is found by the same words, traits and keys."""
    some = select(Person).where(Person.merged_into_id.is_(None)).order_by(Person.words)
    for person in db.session.scalars(some.limit(150)).all():
        before = _found_by(person)
        reindex(person)
        db.session.flush()
        assert _found_by(person) == before


def _found_by(person):
    traits = select(PersonTraits.number, PersonTraits.line).filter_by(person_id=person.id)
    number, line = db.session.execute(traits).one()
    keys = set(db.session.scalars(select(PersonKey.key).filter_by(number=number)))
    said = person.phone, person.council_code, person.no_fixed_abode, person.language
    return person.words, line, keys, said


def _every_page_answers(app):
    for role in Role:
        browser = app.test_client()
        browser.post("/sign-in", data={"email": EMAILS[role], "password": PASSWORD})
        with app.app_context():
            records = furnish(role)
            db.session.rollback()
        for endpoint, wanted in PAGES.items():
            allowed = endpoint not in NO_PAGES and role in may_enter(app, endpoint)
            if allowed and all(records.get(name) for name in wanted.values()):
                with app.test_request_context():
                    path = url_for(endpoint, **{k: str(records[n]) for k, n in wanted.items()})
                assert browser.get(path).status_code in {200, 302}, (role, path)
