"""The invented half year: every state is there, no referral is lost, shares are as published."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from referral.audit import trail
from referral.custody.models import Booking
from referral.db import db
from referral.demo.story import play
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import ReferralState
from referral.overdue.escalation.queries import check

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_the_half_year_holds_every_state_loses_nobody_and_has_the_published_shares(app):
    with app.app_context():
        play(400, 1, NOW)
        db.session.commit()
        every_state_of_a_referral_is_there_and_none_is_on_nobodys_list()
        disclosed_needs_fall_near_the_published_shares()
        people_return_and_some_are_here_now()


def every_state_of_a_referral_is_there_and_none_is_on_nobodys_list():
    states = set(db.session.scalars(select(Referral.state).order_by(Referral.id)))
    assert states == set(ReferralState)
    found = check(NOW)
    assert found.sound
    assert found.all.open > 40
    assert trail.verify() is None


def disclosed_needs_fall_near_the_published_shares():
    asked = select(func.count()).where(Booking.drugs.is_not(None))
    total = db.session.scalar(asked)
    for column, share in ((Booking.drugs, 0.16), (Booking.alcohol, 0.14)):
        found = db.session.scalar(asked.where(column.is_(True)))
        assert abs(found / total - share) < 0.06
    minds = db.session.scalar(asked.where(Booking.mental_health.is_(True)))
    assert abs(minds / total - 0.43) < 0.08


def people_return_and_some_are_here_now():
    people = db.session.scalar(select(func.count(Booking.person_id.distinct())))
    stays = db.session.scalar(select(func.count()).select_from(Booking))
    here = db.session.scalar(select(func.count()).where(Booking.released_at.is_(None)))
    assert stays > people > stays / 2
    assert here >= 5
