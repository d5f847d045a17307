"""Who lost app and codes is let in anew by two people who made sure that it is them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from accounts.credentials.post import PHRASE, WORKER, page_of, press, signs_in, subjects
from accounts.second_factor.test_second_factor import set_up, tags
from conftest import EMAILS, hidden_fields
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from referral import clock
from referral.access.permissions import Role
from referral.accounts.credentials.models import FactorReset
from referral.accounts.users.models import SecondFactor, User
from referral.accounts.users.passwords import HASHER
from referral.clock import now
from referral.db import db
from referral.demo.organisations import PASSWORD

SECOND = "second.administrator@example.org"


@pytest.fixture
def two(app, as_role):
    """Two administrators, and a worker who has an app; the paths of the worker's account."""
    with app.app_context():
        first = db.session.scalars(select(User).filter_by(email=EMAILS[Role.ADMINISTRATOR])).one()
        body = first.organisation_id
        mine = {"role": first.role, "organisation_id": body, "state": "active"}
        again = User(name="Ina Dow", email=SECOND, password_hash=HASHER.hash(PASSWORD), **mine)
        db.session.add(again)
        db.session.commit()
    worker, one = as_role(Role.WORKER), as_role(Role.ADMINISTRATOR)
    set_up(worker)
    other = app.test_client()
    assert other.submit("/sign-in", {"email": SECOND, "password": PASSWORD}).status_code == 303
    page = page_of(one, WORKER)
    return one, other, worker, page


def vouch(browser, page, how="met"):
    return press(browser, f"{page}/second-factor/reset", f"{page}/second-factor/reset", how=how)


def apps(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SecondFactor))


def test_one_asks_and_another_confirms_and_the_user_is_told_both_times(app, two, as_role):
    one, other, worker, page = two
    assert vouch(one, page).location == page
    assert worker.get("/cases").status_code == 200
    assert apps(app) == 1
    assert subjects(app, WORKER) == {"Your authenticator app"}
    assert "A second person must confirm" in other.get("/accounts").text
    assert vouch(other, page, "rang").status_code == 303
    assert apps(app) == 0
    assert worker.get("/cases").location == "/sign-in"
    assert "Your authenticator app was reset" in subjects(app, WORKER)
    as_role(Role.WORKER)
    told = tags(app)
    assert told.index("account:second-factor-reset-asked") < told.index(
        "account:second-factor-reset"
    )
    with app.app_context():
        reset = db.session.scalars(select(FactorReset)).one()
        assert reset.asked_by_id != reset.confirmed_by_id
    assert "A second person must confirm" not in other.get("/accounts").text


def test_one_person_cannot_do_both_however_they_send_it(app, two):
    one, other, _, page = two
    path = f"{page}/second-factor/reset"
    fields = hidden_fields(one.get(path).text)
    assert vouch(one, page).status_code == 303
    assert one.post(path, data=fields | {"how": "met"}).status_code in {303, 409}
    assert "Another administrator who makes sure" in one.get(path).text
    refused = press(one, page, path, how="met")
    assert refused.status_code == 409
    assert "Ask a second administrator" in refused.text
    assert apps(app) == 1
    assert vouch(other, page, how="").status_code == 422
    assert vouch(other, page, how="believed").status_code == 422
    assert apps(app) == 1


def test_nobody_does_it_for_themselves_and_nobody_without_the_permission(app, two):
    one, other, worker, page = two
    set_up(one)
    own = page_of(other, EMAILS[Role.ADMINISTRATOR])
    assert vouch(one, own).status_code == 409
    assert vouch(other, own).status_code == 303
    assert vouch(one, own).status_code == 409
    assert apps(app) == 2
    form = hidden_fields(worker.get("/password").text)
    path = f"{page}/second-factor/reset"
    assert worker.post(path, data=form | {"how": "met"}).status_code == 403


def test_what_was_asked_for_runs_out_after_a_day_and_can_be_taken_back(app, two, monkeypatch):
    one, other, _, page = two
    vouch(one, page)
    keep = f"{page}/second-factor/keep"
    assert press(other, page, keep).status_code == 303
    assert vouch(other, page).status_code == 303  # asks anew, and confirms nothing
    assert apps(app) == 1
    later = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "source", lambda: later)
    for browser, email in ((one, EMAILS[Role.ADMINISTRATOR]), (other, SECOND)):
        browser.submit("/sign-in", {"email": email, "password": PASSWORD})
    assert vouch(one, page).status_code == 303
    assert apps(app) == 1
    assert vouch(other, page).status_code == 303
    assert apps(app) == 0


def test_a_locked_account_and_one_without_an_app_have_nothing_to_reset(app, two):
    one, other, _, page = two
    vouch(one, page)
    press(one, page, f"{page}/locked")
    assert vouch(other, page).status_code == 409
    press(one, page, f"{page}/active")
    assert vouch(other, page).status_code == 303
    assert vouch(one, page).status_code == 409
    assert apps(app) == 0


def test_two_who_ask_at_once_are_one_who_asks_and_one_who_confirms(app, two):
    one, other, _, page = two
    path = f"{page}/second-factor/reset"
    forms = [(who, hidden_fields(who.get(path).text)) for who in (one, one, other)]
    with ThreadPoolExecutor(3) as threads:
        answers = threads.map(lambda f: f[0].post(path, data=f[1] | {"how": "met"}), forms)
        codes = [answer.status_code for answer in answers]
    assert set(codes) <= {303, 409}
    assert apps(app) == 0
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FactorReset)) == 1


@pytest.mark.parametrize("both", [True, False])
def test_the_database_refuses_a_reset_by_one_person_alone(app, both):
    with app.app_context():
        everybody = db.session.scalars(select(User).order_by(User.id).limit(2)).all()
        who, helper = everybody[0].id, everybody[0 if both else 1].id
        row = FactorReset(user_id=who, asked_by_id=helper, asked_at=now(), expires_at=now())
        row.confirmed_by_id, row.confirmed_at = helper, now()
        db.session.add(row)
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_the_password_still_counts_after_a_reset(app, two):
    one, other, _, page = two
    vouch(one, page)
    vouch(other, page)
    assert signs_in(app, WORKER, PASSWORD)
    assert not signs_in(app, WORKER, PHRASE)
