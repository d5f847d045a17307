"""A test neither loses work unnoticed nor reaches beyond this machine."""

import socket
from uuid import uuid4

import pytest
from pytest_socket import SocketConnectBlockedError
from sqlalchemy import func, select, update
from uncommitted import Lost

from referral.access.permissions import OrganisationKind, Role
from referral.accounts.users.models import User
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag, record
from referral.clock import now
from referral.db import db
from referral.directory.models import Organisation

sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def add() -> None:
    db.session.add(Organisation(name=str(uuid4()), kind=OrganisationKind.TEAM))


def add_and_flush() -> None:
    add()
    db.session.flush()


def change() -> None:
    db.session.query(User).first().name = "Ann Ray"


def change_in_one_statement() -> None:
    db.session.execute(update(User).values(failures=1))


def delete() -> None:
    db.session.add(made := Organisation(name=str(uuid4()), kind=OrganisationKind.TEAM))
    db.session.commit()
    db.session.delete(made)


def note_an_event() -> None:
    record(Tag.CASE_SEEN, None, now())


WAYS = [add, add_and_flush, change, change_in_one_statement, delete]


@pytest.fixture
def app(own_app):
    """One to add a page to."""
    return own_app


@sqlite_alone
@pytest.mark.parametrize("deed", WAYS, ids=lambda deed: deed.__name__)
@pytest.mark.parametrize("answer", [200, 303, 404])
def test_a_request_that_ends_well_without_its_commit_fails_its_test(app, deed, answer):
    def page():
        deed()
        return "", answer

    page.permission = None
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/planted", "planted", page, methods=["POST"])
    if answer >= 400:  # what is refused is undone, and rightly so
        assert app.test_client().post("/planted").status_code == answer
        return
    with pytest.raises(Lost):
        app.test_client().post("/planted")


@sqlite_alone
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_was_noted_without_a_commit_is_in_the_trail_when_the_answer_leaves(app, method):
    def page():
        note_an_event()
        return ""

    def noted() -> int:
        seen = select(func.count()).select_from(AuditEvent).filter_by(tag=Tag.CASE_SEEN.value)
        with app.app_context():
            return db.session.scalar(seen) or 0

    page.permission = None
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/planted", "planted", page, methods=["GET", "POST"])
    before = noted()
    assert app.test_client().open("/planted", method=method).status_code == 200
    assert noted() == before + 1


@sqlite_alone
def test_a_request_that_commits_or_undoes_all_ends_well(app, as_role):
    def page(ending):
        add_and_flush()
        note_an_event()
        getattr(db.session, ending)()
        return {"planted": ending}

    page.permission = None
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/planted/<ending>", "planted", page, methods=["POST"])
    for ending in ("commit", "rollback"):
        assert app.test_client().post(f"/planted/{ending}").status_code == 200
    assert as_role(Role.WORKER).get("/access").status_code == 200


def test_nothing_beyond_this_machine_is_reached():
    blocked = (SocketConnectBlockedError, UserWarning)  # a warning first, and warnings are errors
    with socket.socket() as outward, pytest.raises(blocked, match=r"192\.0\.2\.1"):
        outward.connect(("192.0.2.1", 80))


def test_this_machine_is_reached_by_its_addresses_and_by_a_file(tmp_path):
    for family, address in (
        (socket.AF_INET, ("127.0.0.1", 0)),
        (socket.AF_UNIX, str(tmp_path / "door")),
    ):
        with socket.socket(family) as waits, socket.socket(family) as comes:
            waits.bind(address)
            waits.listen()
            comes.connect(waits.getsockname())
