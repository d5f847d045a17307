"""Who looks holds no lock while a page is drawn; the trail is written before the first byte."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from conftest import EMAILS, hidden_fields
from flask.signals import before_render_template
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError

from referral.access.permissions import Role
from referral.accounts.users.models import SignIn
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag, record, verify
from referral.clock import now
from referral.custody.models import Booking
from referral.db import db
from referral.jobs.actions import enqueue
from referral.locks import is_reading, reading, writing

NAME = "Reid"


@pytest.fixture
def booking(app, as_role) -> str:
    """The address of a booking's page."""
    desk = as_role(Role.CUSTODY_OFFICER)
    form = {"surname": NAME, "forename": "Ann", "authorised_at": "yesterday 10:00"}
    return desk.submit("/custody/bookings/new", form).location


@pytest.fixture
def impatient(app):
    """Nobody of this application waits for a lock longer than a moment."""
    with app.app_context():
        engine = db.engine

    def hurry(connection, record, proxy):
        if "sqlite" in type(connection).__module__:
            connection.execute("PRAGMA busy_timeout=50")
        else:
            connection.execute("SET lock_timeout = 50")
            connection.commit()

    event.listen(engine, "checkout", hurry)
    yield
    event.remove(engine, "checkout", hurry)


@contextmanager
def somebody_writes(database: str):
    """Another program holds what every writer needs: the lock of SQLite, the head of the trail."""
    engine = create_engine(database)
    with engine.connect() as connection:
        connection.execute(text("UPDATE audit_head SET seq = seq WHERE id = 1"))
        yield
        connection.rollback()
    engine.dispose()


def elsewhere(database: str, statement: str, **values: object) -> int:
    """Another program writes, and does not wait long; returns how many rows it changed."""

    def write() -> int:
        engine = create_engine(database)
        with engine.begin() as connection:
            number = connection.execute(text(statement), values).rowcount
        engine.dispose()
        return number

    with ThreadPoolExecutor(1) as another:  # a thread of its own is in no request
        return another.submit(write).result(timeout=5)


def events(app, tag: Tag) -> int:
    with app.app_context():
        counted = select(func.count()).select_from(AuditEvent).where(AuditEvent.tag == tag.value)
        return db.session.scalar(counted)


def test_others_write_while_a_recorded_page_is_drawn(app, as_role, booking, database):
    desk, seen, wrote = as_role(Role.CUSTODY_OFFICER), [], []
    number = booking.rsplit("/", 1)[1]
    number = number.replace("-", "") if database.startswith("sqlite") else number

    def interfere(sender, template, **_):
        seen.append(template.name)
        statement = "UPDATE booking SET version = version WHERE id = :id"
        wrote.append(elsewhere(database, statement, id=number))

    with before_render_template.connected_to(interfere, app):
        assert desk.get(booking).status_code == 200
    assert "desk/booking.html" in seen
    assert set(wrote) == {1}


def test_what_was_seen_is_in_the_trail_before_the_first_byte(app, as_role, booking):
    desk, before = as_role(Role.CUSTODY_OFFICER), events(app, Tag.BOOKING_SEEN)
    told = []

    def first_byte(status, headers, exc_info=None):
        told.append((status, events(app, Tag.BOOKING_SEEN)))
        return lambda body: None

    cookies = "; ".join(f"{c.key}={c.value}" for c in desk._cookies.values())
    environ = app.test_request_context(booking, headers={"Cookie": cookies}).request.environ
    body = app.wsgi_app(environ, first_byte)
    assert told == [("200 OK", before + 1)]
    assert NAME in b"".join(body).decode()


def test_what_cannot_be_recorded_is_not_shown(app, as_role, booking, database, impatient):
    desk, before = as_role(Role.CUSTODY_OFFICER), events(app, Tag.BOOKING_SEEN)
    with somebody_writes(database):
        refused = desk.get(booking)
    assert refused.status_code == 503
    assert "Somebody else is saving" in refused.text
    assert NAME not in refused.text
    assert refused.headers["Retry-After"]
    assert events(app, Tag.BOOKING_SEEN) == before
    assert desk.get(booking).status_code == 200


def test_what_could_not_be_written_is_kept_and_sent_again_by_one_press(
    app, as_role, booking, database, impatient
):
    desk = as_role(Role.CUSTODY_OFFICER)
    typed = {"answer": "not fit yet", "ask_again_at": "+2", "needs": ["MH", "DRUG"]}
    carried = hidden_fields(desk.get(booking).text)
    with somebody_writes(database):
        refused = desk.post(booking, data=carried | typed)
    assert refused.status_code == 503
    assert "Somebody else is saving" in refused.text
    assert refused.text.count('name="needs"') == 2
    assert 'value="+2"' in refused.text
    again = hidden_fields(refused.text) | {"needs": ["MH", "DRUG"]}
    assert again["submit_key"] == carried["submit_key"]
    assert desk.post(booking, data=again).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(Booking.version)) == 2


def test_a_password_is_never_kept_on_a_page(app, database, impatient):
    browser = app.test_client()
    carried = hidden_fields(browser.get("/sign-in").text)
    said = {"email": EMAILS[Role.WORKER], "password": "correct horse"}
    with somebody_writes(database):
        refused = browser.post("/sign-in", data=carried | said)
    assert refused.status_code == 503
    assert "horse" not in refused.text
    assert EMAILS[Role.WORKER] not in refused.text


def test_head_changes_nothing(app, as_role, booking):
    desk, before = as_role(Role.CUSTODY_OFFICER), events(app, Tag.BOOKING_SEEN)
    assert FlaskClient.open(desk, booking, method="HEAD").status_code == 200  # no page to validate
    assert events(app, Tag.BOOKING_SEEN) == before


def test_the_chain_is_sound_after_many_looked_and_wrote_at_once(app, as_role, booking):
    readers, turns = 8, 6
    desks = [as_role(Role.CUSTODY_OFFICER) for _ in range(readers)]
    before = events(app, Tag.BOOKING_SEEN)

    def look(desk) -> list[int]:
        return [desk.get(booking).status_code for _ in range(turns)]

    def write(number: int) -> None:
        with app.app_context():
            for _ in range(turns):
                record(Tag.SIGNED_OUT, None, now())
                db.session.commit()

    with ThreadPoolExecutor(readers + 2) as pool:
        writing_too = [pool.submit(write, number) for number in range(2)]
        assert {s for done in pool.map(look, desks) for s in done} == {200}
        for done in writing_too:
            done.result()
    assert events(app, Tag.BOOKING_SEEN) == before + readers * turns
    with app.app_context():
        assert verify() is None


def test_who_only_reads_cannot_write_by_mistake(app):
    with app.app_context(), reading():
        sign_in = select(SignIn).with_for_update()  # locks nothing, and is no mistake
        db.session.scalars(sign_in.order_by(SignIn.id)).all()
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            db.session.execute(text("UPDATE audit_head SET seq = seq"))


def test_writing_amid_reading_starts_from_what_is_newest(app, database):
    number = "SELECT count(*) FROM submit_key"
    spent = "INSERT INTO submit_key (key, user_id, location) VALUES (:k, :k, '')"
    with app.app_context(), reading():
        assert db.session.scalar(text(number)) == 0
        elsewhere(database, spent, k="0" * 32)
        with writing():
            assert db.session.scalar(text(number)) == 1
            record(Tag.SIGNED_OUT, None, now())
        assert is_reading()
        assert verify() is None


def test_work_that_is_written_down_already_takes_no_event_with_it(app):
    with app.app_context():
        enqueue("digest", "twin", now())
        db.session.commit()
        record(Tag.SIGNED_OUT, None, now())
        enqueue("digest", "twin", now())
        db.session.commit()
    assert events(app, Tag.SIGNED_OUT) == 1
