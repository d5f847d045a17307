"""The invented half year: every state is there, no referral is lost, shares are as published."""

import pytest
from sqlalchemy import func, select
from support.databases import PLAYED_AT

from referral.audit import trail
from referral.custody.models import Booking
from referral.db import db
from referral.directory.queries import choices
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import ReferralState
from referral.known.models import Observation
from referral.known.now import Said, SaidIn
from referral.overdue.escalation.queries import check

pytestmark = pytest.mark.xdist_group("a played year")


@pytest.fixture
def database(year_played):
    return year_played


def test_the_half_year_holds_every_state_loses_nobody_and_has_the_published_shares(app):
    with app.app_context():
        every_state_of_a_referral_is_there_and_none_is_on_nobodys_list()
        workers_hear_of_needs_that_no_desk_asked_about()
        disclosed_needs_fall_near_the_published_shares()
        people_return_and_some_are_here_now()


def every_state_of_a_referral_is_there_and_none_is_on_nobodys_list():
    states = set(db.session.scalars(select(Referral.state).order_by(Referral.id)))
    assert states == set(ReferralState)
    found = check(PLAYED_AT)
    assert found.sound
    assert found.all.open > 40
    assert trail.verify() is None


def disclosed_needs_fall_near_the_published_shares():
    asked = select(Observation.booking_id).where(Observation.act == SaidIn.OFFER)
    total = len(set(db.session.scalars(asked)))
    for need, share, near in (("DRUG", 0.16, 0.06), ("ALC", 0.14, 0.06), ("MH", 0.43, 0.08)):
        told = asked.where(Observation.code == need, Observation.answer == Said.YES)
        assert abs(len(set(db.session.scalars(told))) / total - share) < near


def workers_hear_of_needs_that_no_desk_asked_about():
    heard = select(Observation.code).where(Observation.act == SaidIn.ASSESSMENT)
    at_desk = {code for code, _ in choices("desk_need", PLAYED_AT.date())}
    assert {"BEN", "PHYS", "EMP"} <= set(db.session.scalars(heard)) - at_desk


def people_return_and_some_are_here_now():
    people = db.session.scalar(select(func.count(Booking.person_id.distinct())))
    stays = db.session.scalar(select(func.count()).select_from(Booking))
    here = db.session.scalar(select(func.count()).where(Booking.released_at.is_(None)))
    assert stays > people > stays / 2
    assert here >= 5
