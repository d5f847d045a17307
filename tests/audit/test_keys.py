"""Another AUDIT_KEY: a planned change is no break, and an old key is of no use to a forger."""

import pytest
from sqlalchemy import select, text

from referral.app import create_app
from referral.audit import trail
from referral.audit.models import AuditEvent, AuditHead
from referral.audit.trail import Tag, record
from referral.clock import now
from referral.db import db
from referral.settings import DEVELOPMENT_KEY, Settings

NEW, NEWEST = "n" * 32, "m" * 32


@pytest.fixture
def under(app, database):
    """The same installation after a restart with another AUDIT_KEY; three events are there."""
    with app.app_context():
        note(3)
        db.session.remove()
    made = []

    def begin(key, *before):
        one = create_app(Settings(database, audit_key=key, audit_key_fallbacks=before))
        made.append(one)
        return one.app_context()

    yield begin
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


def note(times) -> None:
    for _ in range(times):
        record(Tag.SIGN_IN_REFUSED, None, now())
        db.session.commit()


def change() -> None:
    trail.change_key(None, now())
    db.session.commit()


def test_a_planned_change_is_recorded_and_the_chain_stays_sound(under):
    with under(NEW, DEVELOPMENT_KEY):
        change()
        note(1)
        assert trail.verify() is None
        events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
        assert [e.tag for e in events][3:] == [Tag.KEY_CHANGED, Tag.SIGN_IN_REFUSED]
        assert events[3].reason == "planned"
        with pytest.raises(trail.KeyInUse):
            change()
        db.session.rollback()
    with under(NEWEST, NEW, DEVELOPMENT_KEY):
        change()
        note(1)
        assert trail.verify() is None
    with under(NEWEST, NEW):
        assert trail.verify() == 1


def test_nothing_is_written_under_a_key_that_nobody_announced(under):
    with under(NEW, DEVELOPMENT_KEY):
        with pytest.raises(trail.KeyNotTakenUp):
            note(1)
        db.session.rollback()
        assert trail.verify() == 4  # no event bears the new key yet
        change()
        db.session.remove()
    with under(DEVELOPMENT_KEY):  # a process that was not started again
        with pytest.raises(trail.KeyNotTakenUp):
            note(1)
        db.session.rollback()
    with under(NEW, DEVELOPMENT_KEY):
        assert trail.verify() is None


def test_a_trail_from_before_the_marks_tells_its_key_by_its_last_event(under):
    for key, good in ((NEW, False), (DEVELOPMENT_KEY, True)):
        with under(key):
            db.session.execute(text("UPDATE audit_head SET key_mark = ''"))
            db.session.commit()
            if good:
                note(1)
                assert db.session.get_one(AuditHead, 1).key_mark
                continue
            with pytest.raises(trail.KeyNotTakenUp):
                note(1)
            db.session.rollback()


def test_without_the_key_before_a_change_is_made_only_when_it_is_said_to_be_lost(under):
    with under(NEW):
        with pytest.raises(trail.KeyBeforeMissing):
            change()
        db.session.rollback()
        trail.change_key(None, now(), lost=True)
        db.session.commit()
        note(1)
        assert trail.verify() == 1
        assert trail.verify(since=4) is None
        assert trail.verify(since=5) is None


def forge(seq: int, key: str, **changes) -> None:
    """Put another event in the place of one, signed with a key, as who owns the database can."""
    drop = "DROP TRIGGER IF EXISTS audit_no_UPDATE"
    if db.engine.dialect.name == "postgresql":
        drop = "DROP TRIGGER IF EXISTS audit_is_append_only ON audit_event"
    db.session.execute(text(drop))
    event = db.session.get_one(AuditEvent, seq)
    for name, value in changes.items():
        setattr(event, name, value)
    event.digest = trail._digest(event, key)
    db.session.flush()


@pytest.mark.parametrize("seq", [1, 3, 4, 5])
def test_who_has_an_old_key_cannot_put_events_in_the_place_of_others(under, seq):
    with under(NEW, DEVELOPMENT_KEY):
        change()
        note(2)
        forge(seq, DEVELOPMENT_KEY, tag="offer:collected")
        db.session.expire_all()
        assert trail.verify() == (seq if seq > 4 else min(seq + 1, 5))
        db.session.rollback()


def test_who_has_an_old_key_cannot_cut_the_change_off_and_write_on(under):
    with under(NEW, DEVELOPMENT_KEY):
        change()
        note(1)
        last = db.session.get_one(AuditEvent, 3)
        head = db.session.get_one(AuditHead, 1)
        head.seq, head.digest = 3, last.digest
        drop = "DROP TRIGGER audit_no_DELETE"
        if db.engine.dialect.name == "postgresql":
            drop = "DROP TRIGGER audit_is_append_only ON audit_event"
        db.session.execute(text(drop))
        db.session.execute(text("DELETE FROM audit_event WHERE seq > 3"))
        db.session.flush()
        db.session.expire_all()
        assert trail.verify() == 4
        note(1)  # the application goes on, and what was cut off still shows
        assert trail.verify() == 4
