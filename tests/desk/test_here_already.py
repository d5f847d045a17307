"""Nobody is in two cells at a time: who is booked again while their stay goes on is asked about."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from support.html import read
from support.stories import centre, moment

from referral.access.permissions import Role
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.custody.actions import BookingDetails, ReleaseDetails
from referral.custody.models import Booking
from referral.db import db
from referral.desk.actions import Arrival, HereAlready, arrive
from referral.desk.already import Already
from referral.handoff.referrals.leaving_actions import leave
from referral.people.identity import Identity
from referral.people.models import ToldApart

BOOKED = "2026-08-07 09:00 Ann booked at Govan\n2026-08-07 10:00 Ann agreed telling DRUG"
AGAIN = moment("2026-08-07 18:00")
NEW = "/custody/bookings/new"


def comes(stories, already, place="Govan"):
    known = stories.came["Ann"].person_id
    details = BookingDetails(Identity("Ann", "Example"), AGAIN, known)
    here = replace(stories.officer, centre_id=centre(place).id)
    return arrive(Arrival(details, already=already), here, AGAIN)


def stays(stories):
    found = select(Booking).where(Booking.person_id == stories.came["Ann"].person_id)
    return list(db.session.scalars(found.order_by(Booking.order)))


@pytest.mark.parametrize("place", ["Govan", "Clydebank"])
def test_nobody_is_booked_beside_a_stay_that_goes_on_without_a_word(stories, place):
    stories.play(BOOKED)
    with pytest.raises(HereAlready):
        comes(stories, None, place)
    assert len(stays(stories)) == 1


def test_booked_twice_opens_the_booking_that_is_there(stories):
    stay = stories.play(BOOKED).came["Ann"]
    assert comes(stories, Already.TWICE) is stay
    assert stays(stories) == [stay]
    assert len(stay.legs) == 1


def test_who_was_brought_here_goes_on_in_the_same_stay(stories):
    stay = stories.play(BOOKED).came["Ann"]
    assert comes(stories, Already.MOVED, "Clydebank") is stay
    assert [leg.centre.name for leg in stay.legs] == ["Govan", "Clydebank"]
    assert stay.leg.arrived_at
    assert len(stays(stories)) == 1
    assert stories.case("Ann").booking_id == stay.id


def test_a_stay_that_ended_unseen_ends_before_the_new_one(stories):
    first = stories.play(BOOKED).came["Ann"]
    second = comes(stories, Already.ENDED, "Clydebank")
    assert stays(stories) == [first, second]
    assert (first.released_at, first.release_route) == (AGAIN, "UNSEEN")
    assert second.released_at is None
    assert stories.case("Ann").booking_id == second.id


def test_somebody_else_has_a_record_of_their_own(stories):
    first = stories.play(BOOKED).came["Ann"]
    second = comes(stories, Already.SOMEBODY_ELSE)
    assert second.person_id != first.person_id
    assert first.released_at is None


def test_a_new_stay_lifts_in_prison(stories):
    stay = stories.play(BOOKED).came["Ann"]
    at = moment("2026-08-07 12:00")
    plan = make(stories.case("Ann"), PlanDetails("call", "no"), 0, stories.worker, at)
    leave(stay, ReleaseDetails("REMAND", at, "has", stay.version), stories.officer, at)
    assert plan.held_why == "REMAND"
    comes(stories, Already.ENDED, "Clydebank")
    assert plan.held_why is None


def test_the_page_says_where_they_are_and_asks_what_is_true(as_role, app):
    desk = as_role(Role.CUSTODY_OFFICER)
    who = {
        "surname": "Twice",
        "forename": "Ann",
        "date_of_birth": "3 5 1985",
        "authorised_at": "2026-11-20T10:00",
        "language": "en",
    }
    desk.submit(NEW, who)
    offered = read(desk.submit(NEW, who).text)
    known = offered.select_one("input[name=same_as]")["value"]
    asked = desk.submit(NEW, who | {"same_as": known})
    assert asked.status_code == 422
    assert "stay has not ended" in asked.text
    said = {one["value"] for one in read(asked.text).select("input[name=already]")}
    assert said == {"twice", "ended", "else"}
    with app.app_context():
        before = len(db.session.scalars(select(Booking.id)).all())
    other = desk.submit(NEW, who | {"same_as": known, "already": "else"})
    assert other.status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(Booking.id)).all()) == before + 1
        apart = db.session.scalars(select(ToldApart)).all()
        assert any(known in {str(one.one_id), str(one.other_id)} for one in apart)
