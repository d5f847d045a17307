"""The person reads when they meet a service; where, with whom and its number after Show."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.html import read, words

from referral import clock
from referral.accounts.users.models import User
from referral.db import db
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.web.filters import hour, weekday

PLACE = "12 High Street"


def meets(site, ahead, *, said=False, handler=True):
    """The service has taken them on and made an appointment."""
    with site.app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        someone = db.session.scalars(
            select(User).filter_by(organisation_id=referral.service.organisation_id)
        ).first()
        if referral.handler is None:
            yes = MoveDetails(Move.ACCEPT, referral.version)
            move(referral, yes, Side.TARGET, someone.actor, clock.now())
        referral.handler = someone if handler else None
        referral.service.phone = "0141 496 0200"
        starts_at = clock.now() + ahead
        made = Appointment(referral_id=referral.id, starts_at=starts_at, place=PLACE)
        made.by_id, made.recorded_at = someone.id, clock.now()
        if said:
            made.took_place, made.came, made.said_at = True, True, clock.now()
        db.session.add(made)
        db.session.commit()
        return f"{weekday(starts_at)}, {hour(starts_at)}", someone.name


def words_of(page):
    return words(read(page))


def test_when_is_told_at_once_and_the_rest_after_show(site, phone):
    when, whom = meets(site, timedelta(days=3))
    assert f"You meet them {when}" in words_of(phone.look())
    for hidden in (PLACE, whom, "0141 496 0200"):
        assert hidden not in phone.look()
    shown = words_of(phone.press("names").text)
    told = f"You meet them {when}. Where: {PLACE}. With: {whom}. If you cannot come, ring 0141 496"
    assert told in shown.replace(" .", ".")


@pytest.mark.parametrize(
    ("ahead", "said"), [(timedelta(days=-2), False), (timedelta(days=2), True)]
)
def test_what_is_over_or_answered_is_not_to_come(site, phone, ahead, said):
    meets(site, ahead, said=said)
    assert "You meet them" not in phone.look()


def test_of_two_the_next_is_told(site, phone):
    meets(site, timedelta(days=9))
    when, _ = meets(site, timedelta(days=3))
    assert f"You meet them {when}" in words_of(phone.look())
    assert words_of(phone.look()).count("You meet them") == 1


def test_whom_was_stopped_they_do_not_meet(site, phone):
    meets(site, timedelta(days=3))
    phone.press("stop", about=phone.about())
    assert "You meet them" not in phone.look()
