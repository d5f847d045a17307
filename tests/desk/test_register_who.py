"""Whom a register has booked may be known: the desk asks, joins, and can take it back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from desk.test_register import ANN, look_over
from desk.test_register import take_in as press
from sqlalchemy import select
from support.html import fields, read, words
from support.state import state
from support.stories import centre, moment

from referral.access.permissions import Role
from referral.acts.kinds import ActKind
from referral.acts.queries import last_act
from referral.casework.cases.queries import open_case_of
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.custody.actions import BookingDetails
from referral.custody.models import Booking
from referral.db import db
from referral.desk import register_actions as register
from referral.desk.actions import HereAlready
from referral.desk.already import Already
from referral.desk.models import CarriedOver, FromRegister, Suggestion
from referral.desk.register import Coming
from referral.desk.register_actions import ASK, take_in
from referral.desk.stay_actions import somebody_else, undo
from referral.desk.who_actions import NotAtTheDesk, WhoDetails, WhoIsSaid, say_who
from referral.desk.who_queries import who_it_may_be
from referral.history.queries import card_for
from referral.merging.detaching.actions import DetachDetails
from referral.merging.joining.actions import JoinDetails, join
from referral.people.actions import now_says
from referral.people.detail_actions import Heard
from referral.people.details import Detail, HeardIn
from referral.people.identity import Identity
from referral.people.models import Person, ToldApart

KNOWN = """
2026-08-03 09:00 Ann booked at Govan S12000050
2026-08-03 10:00 Ann agreed telling DRUG
2026-08-03 13:00 Ann referred to homes
2026-08-03 20:00 Ann released
"""
AT = moment("2026-08-10 09:00")
LATER = AT + timedelta(hours=1)
WHO = Identity("Ann", "Example", number="07700 900123")


NEW = "/custody/bookings/new"


@pytest.fixture
def here(stories):
    """An officer of the centre to which the register books."""
    stories.play(KNOWN)
    return replace(stories.officer, centre_id=centre("Govan").id)


def line(here, who=WHO, reference="GV/1"):
    booking = BookingDetails(who, AT, None, reference)
    return Coming(2, reference, here.centre_id, booking)


def comes(stories, here, **more):
    """Somebody comes with the register; the stay that it made."""
    take_in([line(here, **more)], here, AT)
    stories.came["New"] = db.session.scalars(select(Booking).order_by(Booking.order)).all()[-1]
    return stories.came["New"]


def chooses(stay, here, number, already=None, at=LATER):
    return say_who(stay, WhoDetails(who_it_may_be(stay), number, already), here, at)


def undone(stay, here, at=LATER):
    act = last_act(stay.id, (ActKind.RECOGNISED,))
    undo(stay, act, "wrong one", here, at + timedelta(minutes=5))


def test_the_report_says_that_somebody_may_be_known_and_not_as_whom(here):
    stranger = line(here, Identity("Zoltan", "Quill"), "GV/2")
    looked = register.look_over([line(here), stranger], here, AT)
    assert [one.why for one in looked] == [ASK, ""]
    assert [one.why for one in take_in([line(here), stranger], here, AT)] == [ASK, ""]


def test_the_same_file_again_asks_nothing_anew(stories, here):
    stay = comes(stories, here)
    before = state()
    [again] = take_in([line(here)], here, LATER)
    assert again.why == ""
    assert state() == before
    chooses(stay, here, None)
    take_in([line(here)], here, LATER)
    assert who_it_may_be(stay) == []


def test_the_records_offered_are_the_earlier_ones_and_never_their_own(stories, here):
    stay = comes(stories, here)
    [offered] = who_it_may_be(stay)
    assert offered.number == stories.came["Ann"].person_id != stay.person_id
    assert offered.confident
    assert (offered.seen, offered.seen_at) == (None, "")
    assert who_it_may_be(stories.came["Ann"]) == []


def test_who_is_known_goes_on_with_their_record_and_their_case(stories, here):
    case = stories.case("Ann")
    ann = case.person_id
    now_says(case.person, {Detail.LANGUAGE: "pl"}, Heard(HeardIn.STAY, here, AT))
    stay = comes(stories, here)
    assert chooses(stay, here, ann) is stay
    assert (stay.person_id, case.booking_id) == (ann, stay.id)
    assert db.session.get_one(Person, ann).council_code == "S12000050"
    assert db.session.get_one(CarriedOver, stay.id).fields == ("language",)
    rows = db.session.scalars(select(Suggestion).filter_by(booking_id=stay.id)).all()
    assert [(row.person_id, row.chosen) for row in rows] == [(ann, True)]
    with pytest.raises(WhoIsSaid):
        chooses(stay, here, ann)


@pytest.mark.parametrize("agreed", [True, False])
def test_nothing_of_earlier_stays_shows_before_the_choice_nor_without_consent(
    stories, here, agreed
):
    ann = stories.came["Ann"].person
    answer = Answer.GRANTED if agreed else Answer.REFUSED
    record_agreements(ann, [Agreement(Purpose.DESK, answer)], PLAINLY, stories.worker, AT)
    stay = comes(stories, here)
    assert not card_for(here, stay, AT)
    chooses(stay, here, ann.id)
    assert bool(card_for(here, stay, LATER).known) is agreed


@pytest.mark.parametrize("way", ["undo", "somebody else"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_the_choice_taken_back_leaves_both_records_as_they_stood(stories, here, way, when):
    ann = stories.case("Ann").person_id
    polish = {Detail.LANGUAGE: "pl"}
    now_says(stories.case("Ann").person, polish, Heard(HeardIn.STAY, here, AT))
    stay = comes(stories, here)
    new = stay.person_id
    if when == "before":
        stories.play("2026-08-10 09:30 New agreed telling ALC")
    before = state("told_apart", "suggestion", "joining", "joined_value", "promise")
    chooses(stay, here, ann)
    if when == "after":
        stories.play("2026-08-10 10:02 New agreed telling ALC")
    if way == "undo":
        undone(stay, here)
    else:
        why = DetachDetails("her card", stay.version)
        somebody_else(stay, why, here, LATER + timedelta(minutes=5))
    assert stay.person_id == new
    assert db.session.get(CarriedOver, stay.id) is None
    assert open_case_of(new).booking_id == stay.id
    assert stories.case("Ann").booking_id == stories.came["Ann"].id
    if when == "before":
        after = state("told_apart", "suggestion", "joining", "joined_value", "promise")
        assert after == before
    assert who_it_may_be(stay) == []  # told apart from Ann
    assert db.session.get_one(FromRegister, stay.id).said_at is None


def test_to_be_nobody_known_is_taken_back_too(stories, here):
    stay = comes(stories, here)
    before = state("suggestion")
    chooses(stay, here, None)
    pair = db.session.scalars(select(ToldApart)).one()
    assert {pair.one_id, pair.other_id} == {stay.person_id, stories.came["Ann"].person_id}
    assert who_it_may_be(stay) == []
    undone(stay, here)
    assert state("suggestion") == before
    assert [one.number for one in who_it_may_be(stay)] == [stories.came["Ann"].person_id]
    chooses(stay, here, stories.came["Ann"].person_id, at=LATER + timedelta(hours=1))
    assert stay.person_id == stories.came["Ann"].person_id


def test_whose_record_was_joined_elsewhere_meanwhile_is_who_it_was_joined_into(stories, here):
    ann = stories.came["Ann"].person_id
    stay = comes(stories, here)
    offered = who_it_may_be(stay)
    bob = stories.play("2026-08-04 09:00 Bob booked at Govan").came["Bob"]
    join(JoinDetails(bob.person_id, ann), stories.lead, LATER)
    say_who(stay, WhoDetails(offered, ann, Already.ENDED), here, LATER)
    assert stay.person_id == bob.person_id


def test_what_the_team_joined_meanwhile_is_not_joined_again(stories, here):
    ann = stories.came["Ann"].person_id
    stay = comes(stories, here)
    offered = who_it_may_be(stay)
    join(JoinDetails(ann, stay.person_id), stories.lead, LATER)
    say_who(stay, WhoDetails(offered, ann), here, LATER)
    assert stay.person_id == ann
    assert db.session.get_one(FromRegister, stay.id).joining_id is None


def test_why_two_records_stay_two_is_not_told_to_the_desk(stories, here):
    stay = comes(stories, here)
    stories.play("2026-08-10 09:30 New agreed telling DRUG\n2026-08-10 09:40 New referred to homes")
    with pytest.raises(NotAtTheDesk) as refused:
        chooses(stay, here, stories.came["Ann"].person_id)
    assert "service" not in refused.value.sentence


@pytest.mark.parametrize("place", ["Govan", "Clydebank"])
def test_who_is_booked_twice_goes_on_in_the_stay_that_was_there(stories, here, place):
    there = stories.play(f"2026-08-10 08:00 Ann booked at {place}").came["Ann"]
    stay = comes(stories, here)
    with pytest.raises(HereAlready):
        chooses(stay, here, there.person_id)
    answer = Already.TWICE if place == "Govan" else Already.MOVED
    assert chooses(stay, here, there.person_id, answer) is there
    assert stay.voided_at
    assert there.leg.centre_id == here.centre_id
    assert take_in([line(here)], here, LATER)[0].came == "left out"


def test_a_stay_that_ended_unseen_ends_and_two_people_stay_two(stories, here):
    there = stories.play("2026-08-10 08:00 Ann booked at Clydebank").came["Ann"]
    other = comes(stories, here)
    chooses(other, here, there.person_id, Already.SOMEBODY_ELSE)
    assert other.person_id != there.person_id
    undone(other, here)
    chooses(other, here, there.person_id, Already.ENDED, LATER + timedelta(hours=1))
    assert (there.release_route, other.person_id) == ("UNSEEN", there.person_id)


def test_the_page_of_the_booking_asks_and_the_choice_can_be_undone(as_role, app):
    desk, supervisor = as_role(Role.CUSTODY_OFFICER), as_role(Role.CUSTODY_SUPERVISOR)
    known = {"surname": "Reid", "forename": "Ann", "date_of_birth": "3 5 1985"}
    desk.submit(NEW, known | {"authorised_at": "2026-11-20T10:00", "language": "en"})
    asked = look_over(supervisor, ANN)
    assert f"GV/1 : {ASK}" in words(read(asked.text).main)
    assert "1985" not in words(read(asked.text).main)
    press(supervisor, asked)
    with app.app_context():
        stay = db.session.scalars(select(Booking).filter_by(custody_reference="GV/1")).one()
        page = f"/custody/bookings/{stay.id}"
    shown = read(desk.get(page).text)
    [form] = [one for one in shown.select("main form") if one.get("action", "").endswith("/who")]
    [number] = [one["value"] for one in form.select("[name=same_as]") if one["value"] != "new"]
    assert desk.post(f"{page}/who", data=fields(form)).status_code == 422
    assert "stay has not ended" in desk.submit(f"{page}/who", {"same_as": number}).text
    chosen = {"same_as": number, "already": "ended", "shown": number}
    assert desk.submit(f"{page}/who", chosen).status_code == 303
    after = read(desk.get(page).text)
    assert not after.select("[name=same_as]")
    [back] = [one["href"] for one in after.select(".app-said a")]
    assert desk.submit(f"{page}/who", chosen).status_code == 422
    assert desk.submit(back, {"why": "wrong one"}).status_code == 303
    with app.app_context():
        stay = db.session.get_one(Booking, stay.id)
        assert str(stay.person_id) != number
        assert "nobody on record" in desk.get(f"{page}/who").text
