"""Appointments and tries to reach somebody: what may be said, when, and only once."""

from datetime import timedelta

import pytest
from support.stories import moment, staff

from referral.accounts.users.models import User
from referral.casework.contact_plan.try_actions import InTheFuture
from referral.db import db
from referral.directory.bounds import FARTHEST
from referral.errors import StaleEdit
from referral.handoff.followup.actions import (
    AppointmentDetails,
    AttemptDetails,
    AttendanceDetails,
    NotTakenOn,
    NotYet,
    NotYourColleague,
    SaidAlready,
    TooFar,
    WhyNot,
    assign,
    attempt,
    book,
    say,
)

SENT = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:30 Ann agreed telling DRUG
2026-08-03 11:00 Ann referred to hub
"""
ACCEPTED = SENT + "2026-08-04 09:00 Ann accepted by hub\n"
AT = moment("2026-08-04 12:00")
SECOND = timedelta(seconds=1)


def hers(stories):
    referral = stories.referral("Ann", "hub")
    return referral, stories.theirs(referral)


def test_a_service_books_once_it_has_said_yes_and_up_to_two_years_ahead(stories):
    referral, service = hers(stories.play(SENT))
    with pytest.raises(NotTakenOn):
        book(referral, AppointmentDetails(AT), service, AT)
    stories.play("2026-08-04 09:00 Ann accepted by hub")
    with pytest.raises(TooFar):
        book(referral, AppointmentDetails(AT + FARTHEST + SECOND), service, AT)
    assert book(referral, AppointmentDetails(AT + FARTHEST), service, AT).said_at is None


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"took_place": True, "came": True, "at": AT - SECOND}, NotYet),
        ({"took_place": False}, WhyNot),
        ({"took_place": True, "came": True, "seen_version": 7}, StaleEdit),
    ],
)
def test_what_cannot_be_said_of_an_appointment(stories, said, refusal):
    referral, service = hers(stories.play(ACCEPTED))
    meeting = book(referral, AppointmentDetails(AT), service, AT - timedelta(hours=1))
    whole = {"seen_version": meeting.version, "at": AT} | said
    at = whole.pop("at")
    with pytest.raises(refusal):
        say(meeting, AttendanceDetails(**whole), service, at)


def test_what_happened_is_said_once_and_who_came_has_started(stories):
    referral, service = hers(stories.play(ACCEPTED))
    meeting = book(referral, AppointmentDetails(AT), service, AT)
    say(meeting, AttendanceDetails(True, meeting.version, came=True), service, AT)
    db.session.flush()
    assert referral.state == "in-progress"
    assert referral.events[-1].happened_at == AT
    with pytest.raises(SaidAlready):
        say(meeting, AttendanceDetails(True, meeting.version, came=False), service, AT)


def test_who_did_not_come_has_not_started_and_a_moved_one_is_booked_anew(stories):
    referral, service = hers(stories.play(ACCEPTED))
    meeting = book(referral, AppointmentDetails(AT, "Front desk"), service, AT)
    assert say(meeting, AttendanceDetails(True, meeting.version, came=False), service, AT) is None
    assert referral.state == "accepted"
    other = book(referral, AppointmentDetails(AT, "Front desk"), service, AT)
    moved = AttendanceDetails(
        False, other.version, not_held="ILL", moved_by="person", moved_to=AT + timedelta(days=1)
    )
    anew = say(other, moved, service, AT)
    assert (anew.starts_at, anew.place) == (AT + timedelta(days=1), "Front desk")


def test_a_try_was_made_by_now_at_somebody_whom_they_have_or_were_asked_about(stories):
    referral, service = hers(stories.play(SENT))
    assert attempt(referral, AttemptDetails("call", "NOANS", AT), service, AT)
    with pytest.raises(InTheFuture):
        attempt(referral, AttemptDetails("call", "NOANS", AT + SECOND), service, AT)
    stories.play("2026-08-04 09:00 Ann turned-away by hub because CAP")
    with pytest.raises(NotTakenOn):
        attempt(referral, AttemptDetails("call", "NOANS", AT), service, AT)


def test_a_referral_is_given_to_a_colleague(stories):
    referral, service = hers(stories.play(ACCEPTED))
    own, other = (db.session.get_one(User, staff(n).user_id) for n in ("Ian Low", "Eva Dow"))
    with pytest.raises(NotYourColleague):
        assign(referral, other, service, AT)
    assign(referral, own, service, AT)
    assert referral.handler_id == own.id
    own.state = "locked"
    with pytest.raises(NotYourColleague):
        assign(referral, own, service, AT)
    assign(referral, None, service, AT)
    assert referral.handler_id is None
