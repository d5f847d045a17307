"""The check before real people come in names each setting and each fact that is not fit."""

import json
from datetime import timedelta

import pytest
from safe import PRODUCTION
from sqlalchemy import delete, update

from referral import clock
from referral.app import create_app
from referral.cli.selfcheck import of_settings
from referral.db import db
from referral.demo.models import DemoMark
from referral.directory.models import CustodyCentre
from referral.jobs.actions import enqueue
from referral.jobs.models import Job
from referral.jobs.runner import Halt, Worker
from referral.post.messages.posts import SENDERS
from referral.settings import Settings

FIT = {
    **PRODUCTION,
    "data_keys": ("d" * 32,),
    "smtp_url": "smtps://mail.referral.test",
    "trusted_proxies": 1,
}


NEEDING_MORE = {sender.setting.upper() for sender in SENDERS.values() if sender.beside}


def named(settings: Settings) -> list[str]:
    """The settings that are named as unsafe or missing."""
    return [one.name for one in of_settings(settings) if one.wrong]


def test_nothing_is_said_of_settings_that_are_fit():
    assert named(Settings("sqlite://", **FIT)) == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"data_keys": ()}, "DATA_KEYS"),
        ({"second_factor": "optional"}, "SECOND_FACTOR"),
        ({"smtp_url": ""}, "SMTP_URL"),
        ({"trusted_hosts": ("other.test",)}, "TRUSTED_HOSTS"),
        ({"trusted_proxies": 0}, "TRUSTED_PROXIES"),
        ({"smtp_url": "smtps://user:password@mail.example.scot:465"}, "examples"),
        ({"mail_from": "Arrest referral <no-reply@desk.EXAMPLE>"}, "examples"),
        ({"trusted_hosts": ("referral.test", ".example.org")}, "examples"),
    ],
)
def test_each_setting_that_is_not_is_named(said, name):
    assert named(Settings("sqlite://", **FIT | said)) == [name]


@pytest.mark.parametrize("sender", [one for one in SENDERS.values() if one.beside])
def test_a_sender_that_is_half_set_is_named_with_all_that_lacks(sender):
    half = FIT | {sender.setting: "key"}
    [found] = [one for one in of_settings(Settings("sqlite://", **half)) if one.wrong]
    assert found.name == sender.setting.upper()
    assert {name.upper() for name in sender.beside} <= set(found.wrong.split())
    beside = {name: "t" for one in SENDERS.values() for name in one.beside}
    assert named(Settings("sqlite://", **half | beside)) == []


def test_in_development_everything_is_named():
    every = {one.name for one in of_settings(Settings("sqlite://"))}
    assert set(named(Settings("sqlite://"))) == every - {"TRUSTED_HOSTS", *NEEDING_MORE}


def test_each_example_that_was_left_is_named():
    host = "referral.example.scot"
    left = {"public_url": f"https://{host}", "trusted_hosts": (host,), "mail_from": f"no@{host}"}
    said = [one for one in of_settings(Settings("sqlite://", **FIT | left)) if one.wrong]
    assert [one.name for one in said] == ["examples"]
    assert said[0].wrong == " ".join(
        f"Set {name} to your own: {host} is an example."
        for name in ("PUBLIC_URL", "TRUSTED_HOSTS", "MAIL_FROM")
    )


def test_a_host_of_ones_own_is_no_example():
    own = {"mail_from": "desk@example.health.test", "smtp_url": "smtps://counterexample.test"}
    assert named(Settings("sqlite://", **FIT | own)) == []


def test_a_host_may_be_named_by_its_end():
    assert named(Settings("sqlite://", **FIT | {"trusted_hosts": (".test",)})) == []


@pytest.fixture
def fit(database):
    """An installation in which all is well."""
    app = create_app(Settings(database, **FIT))
    with app.app_context():
        db.session.execute(update(CustodyCentre).values(sample=False))
        db.session.execute(delete(DemoMark))
        db.session.commit()
        Worker(app.extensions["work"], clock.now).drain(Halt())
        yield app
        db.session.remove()
        db.engine.dispose()


def checked(app) -> dict[str, str]:
    """What the command names, and what it says of each."""
    said = app.test_cli_runner().invoke(args=["selfcheck", "--json"])
    found = {one["name"]: one["wrong"] for one in json.loads(said.output) if not one["ok"]}
    assert said.exit_code == bool(found)
    return found


def test_a_fit_installation_passes_and_the_probe_knows_its_worker(fit):
    assert checked(fit) == {}
    said = fit.test_cli_runner().invoke(args=["selfcheck"])
    assert "0 to fix" in said.output
    probe = fit.test_client().get("/readyz", base_url="https://referral.test")
    assert probe.json == {"status": "ok", "worker_lately": True}


def test_what_the_database_says_is_named(fit):
    with fit.app_context():
        db.session.execute(update(CustodyCentre).values(sample=True))
        db.session.add(DemoMark(id=1, loaded_at=clock.now()))
        db.session.execute(db.text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.execute(db.text("UPDATE user_account SET state = 'locked'"))
        db.session.commit()
    fit.extensions.pop("is_demo", None)
    assert set(checked(fit)) == {"custody centres", "demo", "migrations", "administrators"}


def test_a_worker_that_stopped_and_a_clock_that_is_off_are_named(fit, monkeypatch, database):
    monkeypatch.setattr(clock, "source", lambda: clock.system() + timedelta(hours=1))
    off = {"clock"} if database.startswith("postgresql") else set()
    assert set(checked(fit)) == {"workers"} | off
    probe = fit.test_client().get("/readyz", base_url="https://referral.test")
    assert probe.status_code == 200
    assert probe.json["worker_lately"] is False


def test_an_email_that_does_not_leave_is_named(fit):
    with fit.app_context():
        enqueue("message", "lost", clock.now())
        db.session.execute(update(Job).where(Job.key == "lost").values(failures=1))
        db.session.commit()
    assert checked(fit) == {
        "work": "1 pieces of work fail, such as an email: see SMTP_URL and the page /jobs."
    }
