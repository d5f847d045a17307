"""A forgotten password: by mail, to whom it belongs, and without telling who exists."""

from datetime import timedelta

import pytest
from accounts.credentials.post import (
    NEW,
    PHRASE,
    WORKER,
    ask,
    invite,
    letters,
    links_in,
    page_of,
    press,
    signs_in,
    subjects,
)
from accounts.second_factor.test_second_factor import set_up
from conftest import EMAILS, Browser, hidden_fields
from sqlalchemy import event, func, select, update
from support.html import read

from referral import clock
from referral.access.permissions import Role
from referral.accounts.credentials.models import PasswordAsked
from referral.accounts.users.models import SecondFactor, User
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.jobs.models import Job

ASKED = "Choose a new password"
STRANGER = "nobody@example.org"


@pytest.fixture
def clients(app):
    app.test_client_class = Browser
    return app


def test_a_link_changes_the_password_alone_and_tells_its_owner(clients, as_role):
    worker = as_role(Role.WORKER)
    set_up(worker)
    assert "on its way" in ask(clients, WORKER.upper()).text
    (link,) = links_in(clients, WORKER, ASKED)
    browser = clients.test_client()
    assert (
        "nothing that is easy to guess"
        in browser.submit(link, {"password": "policescotland", "again": "policescotland"}).text
    )
    assert browser.submit(link, NEW).status_code == 303
    assert worker.get("/cases").location == "/sign-in"
    assert not signs_in(clients, WORKER, PASSWORD)
    came = clients.test_client().submit("/sign-in", {"email": WORKER, "password": PHRASE})
    assert came.location == "/sign-in/code"
    assert "Your password was changed" in subjects(clients, WORKER)
    with clients.app_context():
        assert db.session.scalar(select(func.count()).select_from(SecondFactor)) == 1
        tags = db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.seq)).all()
        assert {"account:new-password-asked", "account:password-altered", "link:altered"} <= {*tags}


def test_a_link_works_once_and_for_half_an_hour(clients, monkeypatch):
    ask(clients, WORKER)
    ask(clients, WORKER)
    first, second = links_in(clients, WORKER, ASKED)
    assert clients.test_client().submit(first, NEW).status_code == 303
    for used in (first, second):
        answer = clients.test_client().get(used)
        assert answer.status_code == 404
        assert "Ask for a new one" in answer.text
    ask(clients, WORKER)
    (third,) = links_in(clients, WORKER, ASKED) - {first, second}
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "source", lambda: later)
    assert clients.test_client().get(third).status_code == 404


def test_two_who_hold_one_link_change_the_password_once(clients):
    ask(clients, WORKER)
    (link,) = links_in(clients, WORKER, ASKED)
    here, there = clients.test_client(), clients.test_client()
    forms = [hidden_fields(one.get(link).text) for one in (here, there)]
    assert here.post(link, data=forms[0] | NEW).status_code == 303
    late = {"password": "another phrase of mine", "again": "another phrase of mine"}
    assert there.post(link, data=forms[1] | late).status_code == 404
    assert signs_in(clients, WORKER, PHRASE)


@pytest.mark.parametrize("state", ["locked", "closed"])
def test_a_locked_or_closed_account_gets_nothing_and_an_open_link_dies(clients, as_role, state):
    administrator = as_role(Role.ADMINISTRATOR)
    ask(clients, WORKER)
    (link,) = links_in(clients, WORKER, ASKED)
    page = page_of(administrator, WORKER)
    press(administrator, page, f"{page}/{state}")
    assert clients.test_client().get(link).status_code == 404
    ask(clients, WORKER)
    assert links_in(clients, WORKER, ASKED) == {link}
    with clients.app_context():  # nor is there one that has not left yet
        made = select(func.count()).select_from(AuditEvent).filter_by(tag=Tag.PASSWORD_ASKED)
        assert db.session.scalar(made) == 1
    if state == "locked":
        press(administrator, page, f"{page}/active")
        assert clients.test_client().get(link).status_code == 404


def test_who_changes_the_password_otherwise_ends_the_link(clients, as_role):
    ask(clients, WORKER)
    (link,) = links_in(clients, WORKER, ASKED)
    as_role(Role.WORKER).submit("/password", NEW | {"old": PASSWORD})
    assert clients.test_client().get(link).status_code == 404
    assert "Your password was changed" in subjects(clients, WORKER)


def test_who_was_only_invited_gets_no_password_by_this_way(clients, as_role):
    invite(as_role(Role.ADMINISTRATOR))
    ask(clients, "gail@example.org")
    assert links_in(clients, "gail@example.org", ASKED) == set()


def page(answer) -> str:
    """What is shown, without what is made anew for each form."""
    shown = read(answer.text)
    for one in shown.select("[value]"):
        del one["value"]
    return str(shown)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other makes the same
def test_answer_statements_and_work_are_the_same_with_and_without_an_account(clients, as_role):
    """So there is nothing to time: who exists is looked at later, by a worker."""
    administrator = as_role(Role.ADMINISTRATOR)
    locked = page_of(administrator, EMAILS[Role.PEER])
    press(administrator, locked, f"{locked}/locked")
    seen = {}
    for email in (WORKER, STRANGER, EMAILS[Role.PEER]):
        browser = clients.test_client()
        fields = hidden_fields(browser.get("/sign-in/forgotten").text)
        statements = []
        with clients.app_context():
            event.listen(
                db.engine,
                "before_cursor_execute",
                note := (lambda c, u, statement, *_, to=statements: to.append(statement)),
            )
            answer = browser.post("/sign-in/forgotten", data=fields | {"email": email})
            event.remove(db.engine, "before_cursor_execute", note)
        seen[email] = (answer.status_code, page(answer), statements)
    assert seen[WORKER] == seen[STRANGER] == seen[EMAILS[Role.PEER]]
    assert not [s for s in seen[WORKER][2] if "user_account" in s]
    with clients.app_context():
        jobs = db.session.scalars(select(Job).filter_by(kind="forgotten").order_by(Job.id)).all()
        assert len(jobs) == 3
        assert {(job.title, job.owner_id) for job in jobs} == {("", None)}
    assert letters(clients, STRANGER) == []


def test_one_address_gets_three_in_an_hour_and_one_source_asks_for_twenty(clients, monkeypatch):
    answers = {page(ask(clients, WORKER)) for _ in range(5)}
    assert len(answers) == 1
    assert len(links_in(clients, WORKER, ASKED)) == 3
    for number in range(15):
        assert ask(clients, f"x{number}@example.org").status_code == 200
    refused = ask(clients, STRANGER)
    assert refused.status_code == 429
    assert "Too many people have asked" in refused.text
    letters(clients, WORKER)
    later = clock.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(clock, "source", lambda: later)
    assert ask(clients, WORKER).status_code == 200
    assert len(links_in(clients, WORKER, ASKED)) == 4
    with clients.app_context():  # what strangers asked for does not pile up
        assert db.session.scalar(select(func.count()).select_from(PasswordAsked)) == 1
        done = select(func.count()).select_from(Job).filter_by(kind="forgotten")
        assert db.session.scalar(done) == 1


def test_the_address_that_was_typed_is_readable_nowhere(clients):
    ask(clients, STRANGER)
    with clients.app_context():
        row = db.session.scalars(select(PasswordAsked)).one()
        assert STRANGER not in f"{row.email} {row.email_mark} {row.source_mark}"


def test_a_new_password_buys_no_guesses_at_the_second_factor(clients):
    with clients.app_context():
        wrong = {"failures": 9, "last_failure_at": clock.now()}
        db.session.execute(update(User).where(User.email == WORKER).values(wrong))
        db.session.commit()
    ask(clients, WORKER)
    (link,) = links_in(clients, WORKER, ASKED)
    assert clients.test_client().submit(link, NEW).status_code == 303
    with clients.app_context():
        assert db.session.scalars(select(User).filter_by(email=WORKER)).one().failures == 9
