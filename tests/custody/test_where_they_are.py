"""One stay, wherever the person is: court, hospital, prison, another centre."""

from dataclasses import replace
from datetime import timedelta

import pytest
from crowd import actor, agreed
from support.stories import centre, moment
from werkzeug.exceptions import NotFound

from referral.access.permissions import Role
from referral.casework.cases.actions import note_danger
from referral.casework.cases.queries import Sought, cases_in
from referral.casework.cases.tabs import Tab
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.casework.contact_plan.held_actions import StillHeld, come_back
from referral.clock import SCOTLAND, now
from referral.custody.actions import (
    BookingDetails,
    NotAskedYet,
    ReleaseDetails,
    SayNaloxone,
    open_booking,
    release,
)
from referral.custody.leg_actions import (
    CourtWhen,
    LeftWhen,
    NotOnTheWay,
    SameCentre,
    StayOver,
    TransferDetails,
    arrive_at_centre,
    transfer,
)
from referral.custody.places import Place
from referral.custody.queries import booking_for, everybody_here
from referral.custody.queue import Queue, in_queues
from referral.db import db
from referral.errors import StaleEdit
from referral.handoff.referrals.leaving_actions import AtDesk, leave, tell_where
from referral.known.actions import Saying
from referral.known.now import About
from referral.people.identity import Identity

BOOKED = "2026-08-07 09:00 Ann booked at Govan"  # a Friday
ASKED = "2026-08-07 10:00 Ann agreed telling DRUG"
SITS = moment("2026-08-10 10:00")
LEFT = moment("2026-08-07 15:00")
HOUR = timedelta(hours=1)
OVERDOSE = Saying(About.DANGER, "overdose")


@pytest.fixture
def stay(stories):
    return stories.play(f"{BOOKED}\n{ASKED}").came["Ann"]


def goes(stories, stay, route, at, **said):
    details = ReleaseDetails(route, at, said.pop("naloxone", "has"), stay.version, **said)
    return leave(stay, details, stories.officer, at)


def kept(stories, stay):
    return goes(stories, stay, "COURT", LEFT, expected_at=SITS, note="Glasgow Sheriff Court")


def at_desk(stories, name="Govan"):
    return replace(stories.officer, centre_id=centre(name).id)


def test_kept_for_court_is_a_place_and_no_release(stories, stay):
    kept(stories, stay)
    case = stories.case("Ann")
    assert stay.released_at is None
    assert stay.leg.words == "Kept for court, Glasgow Sheriff Court"
    assert case.window_ends == SITS == stories.see_by("Ann") == case.due_at
    found = cases_in(stories.worker, Tab.CELLS, Sought(), 1, LEFT)
    assert [one.id for one in found] == [case.id]


def test_who_is_kept_for_court_can_still_be_asked_at_the_desk(stories, stay):
    kept(stories, stay)
    assert booking_for(at_desk(stories), stay.id) is stay
    assert [one.id for one in everybody_here(at_desk(stories))] == [stay.id]
    stories.play("2026-08-07 16:00 Ann declined")
    assert stay.last_offer.answer == "declined"


def test_the_time_to_first_contact_runs_from_the_release_and_not_from_the_cells(stories, stay):
    kept(stories, stay)
    freed = SITS + HOUR
    goes(stories, stay, "FROMCOURT", freed, naloxone="")
    assert (stay.released_at, stay.release_route, stay.naloxone) == (freed, "FROMCOURT", "has")
    assert stories.see_by("Ann") == freed + timedelta(hours=72)


def test_who_is_remanded_waits_and_goes_on_when_they_are_free(stories, stay):
    case = stories.case("Ann")
    plan = make(case, PlanDetails("call", "readback", "07700 900123"), 0, stories.worker, LEFT)
    kept(stories, stay)
    assert plan.held_why is None
    goes(stories, stay, "REMAND", SITS, note="Barlinnie")
    assert (plan.held_why, stay.leg.words) == ("REMAND", "In prison, Barlinnie")
    with pytest.raises(StillHeld):
        come_back(case, SITS, stories.worker, SITS)
    freed = SITS + timedelta(days=20)
    goes(stories, stay, "FROMPRISON", freed, naloxone="")
    assert (plan.held_why, plan.counts_from) == (None, freed)
    with pytest.raises(NotFound):
        booking_for(at_desk(stories), stay.id)


def test_a_plan_that_is_made_in_prison_waits_too(stories, stay):
    goes(stories, stay, "REMAND", LEFT)
    case = stories.case("Ann")
    plan = make(case, PlanDetails("call", "readback", "07700 900123"), 0, stories.worker, LEFT)
    assert plan.held_why == "REMAND"
    assert plan.look_at


def test_who_comes_back_from_hospital_goes_on_in_the_same_stay(stories, stay):
    goes(stories, stay, "HOSP", LEFT, naloxone="", note="Queen Elizabeth")
    queues = in_queues(everybody_here(at_desk(stories)), LEFT)
    assert queues[Queue.HOSPITAL] == [stay]
    assert stories.see_by("Ann") > LEFT
    assert not cases_in(stories.worker, Tab.CELLS, Sought(), 1, LEFT)
    back = LEFT + HOUR
    goes(stories, stay, "BACK", back, naloxone="")
    assert [leg.place for leg in stay.legs] == [Place.CENTRE, Place.HOSPITAL, Place.CENTRE]
    assert in_queues([stay], back)[Queue.ACCEPTED] == [stay]


def test_a_transfer_takes_the_stay_to_the_other_desk(stories, stay):
    away = at_desk(stories, "Clydebank")
    details = TransferDetails(away.centre_id, LEFT, stay.version)
    transfer(stay, details, stories.officer, LEFT)
    with pytest.raises(NotFound):
        booking_for(at_desk(stories), stay.id)
    assert in_queues(everybody_here(away), LEFT)[Queue.ON_THE_WAY] == [stay]
    assert stay.leg.words == "On the way to Clydebank"
    arrive_at_centre(stay, away, LEFT + HOUR)
    assert stay.leg.words == "Clydebank"
    assert stories.case("Ann").window_ends == stay.authorised_at + timedelta(hours=12)
    with pytest.raises(NotOnTheWay):
        arrive_at_centre(stay, away, LEFT + HOUR)


def test_nobody_is_late_to_look_outside_for_who_is_kept_for_court(stories):
    """The twelve hours are over on Friday evening; the court sits on Monday."""
    stay = stories.play(f"{BOOKED}\n{ASKED}").came["Ann"]
    note_danger(stories.case("Ann"), OVERDOSE, stories.worker, LEFT - HOUR)
    assert stories.case("Ann").outreach_by == moment("2026-08-07 21:00")
    kept(stories, stay)
    assert stories.case("Ann").outreach_by == SITS


def test_what_is_refused_of_a_stay_that_goes_on(stories, stay):
    here, away = stay.leg.centre_id, centre("Clydebank").id
    with pytest.raises(CourtWhen):
        goes(stories, stay, "COURT", LEFT)
    with pytest.raises(CourtWhen):
        goes(stories, stay, "COURT", LEFT, expected_at=LEFT - HOUR)
    with pytest.raises(SayNaloxone):
        goes(stories, stay, "UNDERTAKING", LEFT, naloxone="")
    with pytest.raises(AtDesk):
        tell_where(
            stories.case("Ann"),
            ReleaseDetails("REMAND", LEFT, "", stay.version),
            stories.worker,
            LEFT,
        )
    for centre_id, at, seen, rule in (
        (here, LEFT, stay.version, SameCentre),
        (away, LEFT, stay.version + 1, StaleEdit),
        (away, stay.authorised_at - HOUR, stay.version, LeftWhen),
        (away, LEFT + HOUR, stay.version, LeftWhen),
    ):
        with pytest.raises(rule):
            transfer(stay, TransferDetails(centre_id, at, seen), stories.officer, LEFT)
    goes(stories, stay, "UNDERTAKING", LEFT)
    with pytest.raises(StayOver):
        transfer(stay, TransferDetails(away, LEFT, stay.version), stories.officer, LEFT)
    with pytest.raises(StayOver):
        goes(stories, stay, "UNDERTAKING", LEFT)


@pytest.mark.parametrize(("route", "refused"), [("REMAND", True), ("HOSP", False)])
def test_who_leaves_for_good_has_a_line_on_the_offer(stories, route, refused):
    unasked = stories.play(BOOKED).came["Ann"]
    details = ReleaseDetails(route, LEFT, "has", unasked.version)
    if refused:
        with pytest.raises(NotAskedYet):
            release(unasked, details, stories.officer, LEFT)
    else:
        assert release(unasked, details, stories.officer, LEFT).released_at is None


def test_a_worker_says_where_somebody_is_who_left_the_cells(as_role, app):
    at = now() - HOUR
    with app.app_context():
        officer = actor(Role.CUSTODY_OFFICER)
        who = Identity("Ann", "Ray", phone="07700 900123")
        booking = open_booking(BookingDetails(who, at), officer, at)
        case = agreed(booking, officer, at).id
        details = ReleaseDetails("COURT", at, "has", booking.version, at + 2 * HOUR, "Paisley")
        leave(booking, details, officer, at)
        db.session.commit()
    worker = as_role(Role.WORKER)
    page = worker.get(f"/cases/{case}").text
    assert "Kept for court, Paisley" in page
    assert "Released" not in page
    since = {"released_at": now().astimezone(SCOTLAND).strftime("%Y-%m-%dT%H:%M")}
    typed = {"route": "REMAND", "note": "Barlinnie", **since}
    assert worker.submit(f"/cases/{case}/where", typed).status_code == 303
    assert "In prison, Barlinnie" in worker.get(f"/cases/{case}").text
    worker.submit(f"/cases/{case}/where", {"route": "FROMPRISON", **since})
    assert "Released" in worker.get(f"/cases/{case}").text
