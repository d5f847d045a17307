"""Work is kept with its cause, done once, tried again, and never silently given up."""

from datetime import UTC, datetime, timedelta

import pytest
from conftest import EMAILS
from sqlalchemy import select

from referral.access.permissions import Permission, Role
from referral.accounts.users.models import User
from referral.db import db
from referral.jobs.actions import LEASE, claim, enqueue, held
from referral.jobs.kinds import Effect, JobKind, Owner, Undeliverable, work_of
from referral.jobs.models import Job
from referral.jobs.queries import undelivered
from referral.jobs.rhythms import every
from referral.jobs.runner import Halt, Worker

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
NEVER = Halt()


class Receiver:
    """Somebody outside who takes what is sent, or does not."""

    def __init__(self) -> None:
        self.got, self.error = [], None

    def act(self, task):
        """The work: to send the key."""

        def send() -> None:
            if self.error:
                raise self.error
            self.got.append(task.key)

        return Effect(send, note=lambda at: None)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


@pytest.fixture
def at_work(inside, receiver):
    """A worker at a moment, who sends things and is woken every hour."""
    kinds = (
        JobKind("post", "Post", receiver.act),
        JobKind("hourly", "Each hour", lambda task: None),
    )
    work = work_of(kinds, {"hourly": every(timedelta(hours=1))})
    return lambda at: Worker(work, lambda: at)


def post(key: str, at: datetime = AT, owner: Owner | None = None) -> None:
    enqueue("post", key, at, owner=owner)
    db.session.commit()


def job(key: str) -> Job:
    return db.session.scalars(select(Job).filter_by(key=key)).one()


def test_work_is_gone_when_its_cause_is(at_work, receiver):
    enqueue("post", "a", AT)
    db.session.rollback()
    at_work(AT).drain(NEVER)
    assert receiver.got == []


def test_work_is_done_once_and_one_key_is_one_effect(at_work, receiver):
    post("a")
    post("a")
    at_work(AT).drain(NEVER)
    at_work(AT + timedelta(hours=5)).drain(NEVER)
    assert receiver.got == ["a"]
    assert job("a").state == "done"


def test_work_waits_for_its_time(at_work, receiver):
    enqueue("post", "a", AT, due_at=AT + timedelta(minutes=1))
    db.session.commit()
    at_work(AT).drain(NEVER)
    assert receiver.got == []
    at_work(AT + timedelta(minutes=1)).drain(NEVER)
    assert receiver.got == ["a"]


def test_what_another_worker_has_is_left_alone_until_its_lease_is_over(at_work, receiver):
    post("a")
    claim("dead", AT)
    db.session.commit()
    at_work(AT + LEASE).drain(NEVER)
    assert receiver.got == []
    at_work(AT + LEASE + timedelta(seconds=1)).drain(NEVER)
    assert receiver.got == ["a"]
    assert job("a").lost == 1


def test_what_two_hundred_workers_died_over_is_tried_once_more_and_then_given_up(inside):
    post("a")
    claim("first", AT)
    job("a").lost = 199
    db.session.commit()
    claim("next", AT + timedelta(hours=1))
    assert (job("a").lost, job("a").state) == (200, "running")
    claim("last", AT + timedelta(hours=2))
    assert (job("a").state, job("a").error) == ("failed", "WorkersLost")


def test_a_late_worker_cannot_overwrite_what_another_did(inside):
    post("a")
    late = claim("late", AT).id
    db.session.commit()
    claim("next", AT + timedelta(hours=1))
    db.session.commit()
    assert held(late, "late") is None
    assert held(late, "next")


def test_what_a_job_did_in_the_database_is_undone_when_it_breaks(inside):
    def breaks(task):
        enqueue("post", "by-product", task.at)
        raise ValueError

    post("a")
    Worker(work_of((JobKind("post", "Post", breaks),), {}), lambda: AT).step()
    assert job("a").error == "ValueError"
    assert db.session.scalars(select(Job.key).order_by(Job.key)).all() == ["a"]


def test_a_receiver_that_comes_back_gets_everything_within_five_minutes(at_work, receiver):
    post("a")
    receiver.error = ConnectionRefusedError()
    for minute in range(30):
        at_work(AT + timedelta(minutes=minute)).drain(NEVER)
    assert job("a").failures > 5
    receiver.error = None
    at_work(AT + timedelta(minutes=34)).drain(NEVER)
    assert receiver.got == ["a"]


def test_what_fails_for_half_a_day_becomes_visible_to_its_owner_and_to_no_other(
    at_work, receiver, app
):
    users = {u.email: u for u in db.session.scalars(select(User).order_by(User.email))}
    worker = users[EMAILS[Role.WORKER]].actor
    post("a", owner=Owner(worker.organisation_id, Permission.WORK_CASES))
    receiver.error = TimeoutError()
    for minute in range(0, 13 * 60, 4):
        at_work(AT + timedelta(minutes=minute)).drain(NEVER)
    assert job("a").state == "failed"
    seers = {Role.WORKER, Role.TEAM_LEAD, Role.ADMINISTRATOR}
    for role in Role:
        assert len(undelivered(users[EMAILS[role]].actor, 1).rows) == (role in seers), role


def test_what_can_never_be_delivered_is_given_up_at_once(at_work, receiver):
    post("a")
    receiver.error = Undeliverable()
    at_work(AT).step()
    assert (job("a").state, job("a").failures) == ("failed", 1)


def test_one_of_many_workers_writes_down_what_comes_again_and_what_was_missed_comes_once(at_work):
    for _ in range(3):
        at_work(AT).drain(NEVER)  # the first learns the rhythm
    for _ in range(3):
        at_work(AT + timedelta(hours=9)).drain(NEVER)
    done = db.session.scalars(select(Job).filter_by(kind="hourly").order_by(Job.key)).all()
    assert [(row.key, row.state) for row in done] == [("hourly:2026-11-24T10:00Z", "done")]


def test_what_comes_again_does_not_fill_the_table_for_ever(at_work, receiver):
    post("kept")
    for hour in range(0, 24 * 9, 8):
        at_work(AT + timedelta(hours=hour)).drain(NEVER)
    rounds = db.session.scalars(select(Job).filter_by(kind="hourly").order_by(Job.made_at)).all()
    assert min(job.ended_at for job in rounds) >= AT + timedelta(days=1, hours=16)
    assert len(rounds) > 10
    assert db.session.scalars(select(Job.key).filter_by(kind="post")).all() == ["kept"]


@pytest.fixture
def failed(app) -> dict[str, str]:
    """The numbers of two jobs that could not be done."""

    def never(task):
        raise Undeliverable

    with app.app_context():
        post("a")
        post("b")
        Worker(work_of((JobKind("post", "Post", never),), {}), lambda: AT).drain(NEVER)
        return {key: str(job(key).id) for key in "ab"}


def test_the_administrator_sees_what_failed_sends_it_again_or_settles_it(app, as_role, failed):
    administrator = as_role(Role.ADMINISTRATOR)
    assert "Could not be delivered" in administrator.get("/jobs").text
    for key, act in (("a", "send-again"), ("b", "settle")):
        path = f"/undelivered/{failed[key]}/{act}"
        assert path in administrator.get("/undelivered").text
        assert administrator.submit(path, {}, "/undelivered").status_code == 303
        assert administrator.submit(path, {}, "/access").status_code == 409
    assert "Nothing: everything" in administrator.get("/undelivered").text
    with app.app_context():
        assert (job("a").state, job("b").state) == ("waiting", "settled")


def test_a_stranger_to_the_work_cannot_touch_it(as_role, failed):
    service = as_role(Role.SERVICE_WORKER)
    assert failed["a"] not in service.get("/undelivered").text
    path = f"/undelivered/{failed['a']}/settle"
    assert service.submit(path, {}, "/access").status_code == 404


def test_the_command_takes_the_time_that_it_is_told(app, inside, receiver):
    app.extensions["work"] = work_of((JobKind("post", "Post", receiver.act),), {})
    enqueue("post", "a", AT)
    db.session.commit()
    run = app.test_cli_runner().invoke
    assert run(args=["worker", "--once", "--now", "2026-11-24T08:59:59Z"]).exit_code == 0
    assert receiver.got == []
    assert run(args=["worker", "--once", "--now", "2026-11-24T09:00"]).exit_code == 0
    assert receiver.got == ["a"]
    assert job("a").ended_at == AT
    assert run(args=["worker", "--once", "--now", "noon"]).exit_code == 2
