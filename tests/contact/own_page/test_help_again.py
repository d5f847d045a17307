"""Whoever wants help again says so on their own page, and the team promises to reach them."""

import pytest
from sqlalchemy import select
from support.html import press

from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import Ending, NextStep
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.db import db

ASKED = "You asked for help again."
SPOKEN = "We have spoken to them"


def promises(app):
    """What was promised of it: how each ended, None where it is open."""
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        return [one.ending for one in case.promises if one.act is NextStep.ASKED]


def close(app):
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        case.close("REACH", case.opened_at)
        db.session.commit()


def test_to_ask_is_promised_to_be_reached_once(app, site, phone):
    assert "Ask for help again" in phone.look()
    assert phone.press("again").status_code == 303
    assert ASKED in phone.look()
    phone.press("again")
    assert promises(app) == [None]
    page = site.worker.get(site.case).text
    assert "They ask for help again: reach them" in page
    assert SPOKEN in page


def test_it_is_a_yes_to_talk_to_a_worker(app, phone):
    phone.press("again")
    with app.app_context():
        talk = select(Consent).filter_by(purpose=Purpose.TALK).order_by(Consent.order.desc())
        latest = db.session.scalars(talk).first()
        assert (latest.answer, latest.given_how) == ("granted", "signed")


def test_a_worker_who_has_spoken_to_them_has_kept_it(app, site, phone):
    phone.press("again")
    assert press(site.worker, site.worker.get(site.case), SPOKEN).status_code == 303
    assert promises(app) == [Ending.KEPT]
    assert "Ask for help again" in phone.look()


def test_a_closed_case_goes_on_in_the_hands_of_the_team(app, site, phone):
    close(app)
    phone.press("again")
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert (case.closed_at, case.close_reason, case.worker_id) == (None, None, None)
        assert case.next_act in {NextStep.ASKED, NextStep.CHASE}
    assert promises(app) == [None]


def test_who_may_not_be_contacted_says_first_how(app, phone):
    phone.press("reach", wanted="no")
    refused = phone.press("again")
    assert refused.status_code == 422
    assert "Say first how we may reach you" in refused.text
    assert promises(app) == []


@pytest.mark.parametrize("closed", [False, True])
def test_to_stop_everything_takes_it_back(app, phone, closed):
    phone.press("again")
    if closed:
        close(app)
    assert phone.press("stop").status_code == 303
    assert promises(app) == [Ending.DROPPED]
