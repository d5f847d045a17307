"""Who comes by another door than custody goes the same way from there, and nothing leaks."""

from datetime import date, timedelta

import pytest
from crowd import actor
from sqlalchemy import select
from support.html import read, words

from referral.access.permissions import Role
from referral.casework.cases.actions import continue_case
from referral.casework.cases.models import Case
from referral.casework.doors.models import FamilyMessage
from referral.clock import now
from referral.consent.purposes import Purpose
from referral.consent.queries import latest_answers, stands
from referral.custody.actions import BookingDetails, open_booking
from referral.custody.doors import Door, Sure
from referral.db import db
from referral.desk.queries import suggested
from referral.people.identity import Identity
from referral.people.models import Person
from referral.people.queries import identity_of

ANN = {"forename": "Ann", "surname": "Quenneville", "phone": "07700 900881",
       "date_of_birth": "3 5 1985", "talk": "yes", "contact": "yes"}  # fmt: skip
SOON = {"due_at": "tomorrow 10:00"}


@pytest.fixture
def before(app, desk):
    """Ann Quenneville was booked at Govan, agreed, and left: an own case of the West team."""
    who = {"forename": "Ann", "surname": "Quenneville", "date_of_birth": "3 5 1985",
           "phone": "07700 900881"}  # fmt: skip
    stay = desk.submit("/custody/bookings/new", who | {"authorised_at": "now"}).location
    desk.submit(stay, {"answer": "accepted", "contact": "yes", "phone": "07700 900881",
                       "needs": ["HOUS"]})  # fmt: skip
    gone = {"route": "NOCHARGE", "released_at": "now", "naloxone": "has"}
    assert desk.submit(f"{stay}/release", gone).status_code == 303
    with app.app_context():
        return db.session.scalars(select(Case).join(Case.person).filter_by(forename="Ann")).one().id


def came(worker, way, **typed):
    """Somebody comes this way; the page that follows."""
    answer = worker.submit(f"/cases/came/{way}", typed)
    assert answer.status_code == 303, words(read(answer.text).main)
    return answer.location


def only_case(app, door):
    """The case of who came by a door, as it stands."""
    return db.session.scalars(select(Case).join(Case.booking).filter_by(door=door)).one()


def test_who_rings_is_written_down_apart_and_neither_told_nor_shown_anything(app, worker, before):
    page = came(worker, "call", **ANN, **SOON, needs=["DRUG"])
    shown = words(read(worker.get(page).text).main)
    assert str(before) not in page
    assert "Nobody has met them yet" in shown
    assert "Housing" not in shown
    with app.app_context():
        case = only_case(app, Door.SELF)
        assert case.person_id != db.session.get_one(Case, before).person_id
        assert case.booking.unmet
        assert [(a.purpose, a.provisional) for a in latest_answers(case.person_id)] == [
            (Purpose.TALK, True), (Purpose.CONTACT, True)]  # fmt: skip
        assert not stands(case.person_id, Purpose.TALK, now())
    asked = worker.get(f"{page}/earlier")
    assert asked.status_code == 303  # who they may be is not shown yet


def test_nothing_is_shown_of_who_they_may_be_on_the_page_where_they_are_written_down(
    worker, before
):
    answer = worker.submit("/cases/came/call", {**ANN, "due_at": ""})
    assert answer.status_code == 422
    assert "here before" not in answer.text.lower()
    assert str(before) not in answer.text


def test_rung_back_on_a_number_held_before_they_are_one_record_if_the_worker_says_so(
    app, worker, before
):
    page = came(worker, "call", **ANN, **SOON, needs=["DRUG"])
    answer = worker.submit(f"{page}/sure", {"how": Sure.RUNG})
    assert answer.location == f"{page}/earlier"
    form = read(worker.get(answer.location).text).select_one("main form")
    assert "Ann Quenneville, born 3 May 1985" in words(form)
    chosen = form.select_one("[name=same_as]")["value"]
    joined = worker.submit(answer.location, {"same_as": chosen})
    assert joined.location == f"/cases/{before}"
    shown = words(read(worker.get(joined.location).text).main)
    assert "Drugs" in shown
    with app.app_context():
        case = db.session.get_one(Case, before)
        assert stands(case.person_id, Purpose.TALK, now())
        assert case.booking.door is Door.SELF
        assert not case.booking.unmet


def test_a_number_that_nobody_had_given_proves_nothing(worker):
    page = came(worker, "call", **ANN, **SOON)
    form = read(worker.get(f"{page}/sure").text).select_one("main form")
    assert [one["value"] for one in form.select("[name=how]")] == [Sure.MET]
    assert worker.submit(f"{page}/sure", {"how": Sure.RUNG}).status_code == 422


def test_a_number_that_two_callers_gave_proves_nothing_either(worker):
    came(worker, "call", **ANN, **SOON)
    page = came(worker, "call", **ANN | {"forename": "Anna"}, **SOON)
    assert worker.submit(f"{page}/sure", {"how": Sure.RUNG}).status_code == 422


@pytest.mark.parametrize("path", ["seen", "confirm-agreements", "reached"])
def test_no_hidden_button_makes_a_voice_sure(worker, path):
    page = came(worker, "call", **ANN, **SOON)
    assert worker.submit(f"{page}/{path}", {}, page="/cases/came").status_code == 409
    assert "Nobody has met them yet" in worker.get(page).text


def test_what_was_said_by_telephone_has_run_out_after_fourteen_days(app, worker):
    page = came(worker, "call", **ANN, **SOON)
    with app.app_context():
        case = only_case(app, Door.SELF)
        ends = {a.expires_on for a in latest_answers(case.person_id)}
        assert {(end - case.opened_at.date()).days for end in ends} <= {13, 14, 15}
        for answer in latest_answers(case.person_id):
            answer.expires_on = case.opened_at.date() - timedelta(days=1)
        db.session.commit()
    assert "has run out" in worker.get(page).text
    worker.submit(f"{page}/sure", {"how": Sure.MET})
    with app.app_context():
        assert not stands(only_case(app, Door.SELF).person_id, Purpose.TALK, now())


def test_met_in_the_cells_of_a_court_they_are_in_the_cells_now(app, worker):
    page = came(worker, "court", **ANN, place="Glasgow Sheriff Court", needs=["ALC"])
    case = page.removesuffix("/earlier")
    shown = words(read(worker.get(case).text).main)
    assert "Kept for court, Glasgow Sheriff Court" in shown
    assert "Nobody has met them" not in shown
    assert "Ann Quenneville" in worker.get("/cases?tab=cells").text
    ways = read(worker.get(f"{case}/where").text).select("[name=route]")
    assert {"FROMCOURT", "REMAND"} <= {one["value"] for one in ways}
    assert "BACK" not in {one["value"] for one in ways}  # no desk has them back
    assert (
        worker.submit(f"{case}/where", {"route": "FROMCOURT", "released_at": "now"}).status_code
        == 303
    )
    assert "Released" in worker.get(case).text
    with app.app_context():
        assert stands(only_case(app, Door.COURT).person_id, Purpose.TALK, now())


def test_booked_after_the_court_they_are_not_there_any_more(app, worker):
    came(worker, "court", **ANN)
    with app.app_context():
        court, officer = only_case(app, Door.COURT).booking, actor(Role.CUSTODY_OFFICER)
        who = identity_of(court.person)
        stay = open_booking(BookingDetails(who, now(), court.person_id), officer, now())
        assert continue_case(stay, officer, now()).booking is stay
        assert not court.goes_on
        db.session.commit()


def test_the_police_are_not_told_that_somebody_asked_for_help(app, worker, before):
    came(worker, "visit", **ANN | {"surname": "Quinlivan", "phone": "07700 900882"})
    known = Identity("Ann", "Quenneville", date(1985, 5, 3), phone="07700 900881")
    asked = Identity("Ann", "Quinlivan", date(1985, 5, 3), phone="07700 900882")
    with app.app_context():
        assert [one.name for one in suggested(known)] == ["Ann Quenneville"]
        assert "Ann Quinlivan" not in [one.name for one in suggested(asked)]


def test_an_agency_says_who_states_that_they_agreed(app, worker):
    unsaid = worker.submit("/cases/came/agency", ANN | SOON)
    assert unsaid.status_code == 422
    assert "Say who told you" in unsaid.text
    page = came(worker, "agency", **ANN, **SOON, stated_by="Shelter, Jo Reid")
    assert "Sent by another agency" in worker.get(page).text
    assert "Shelter, Jo Reid" in worker.get(page).text
    with app.app_context():
        assert only_case(app, Door.AGENCY).booking.unmet


def test_without_a_yes_nothing_is_kept(app, worker):
    answer = worker.submit("/cases/came/call", ANN | SOON | {"talk": "no"})
    assert answer.status_code == 422
    assert "Without their yes nothing is written down" in answer.text
    with app.app_context():
        assert not db.session.scalars(select(Person).filter_by(surname="Quenneville")).all()


@pytest.mark.parametrize("when", ["", "yesterday 10:00", "31 Dec 2030 10:00"])
def test_by_when_is_asked_at_its_field_and_what_was_typed_stays(worker, when):
    answer = worker.submit("/cases/came/call", ANN | {"due_at": when})
    assert answer.status_code == 422
    assert read(answer.text).select_one("#due_at-error")
    assert read(answer.text).select_one("#forename")["value"] == "Ann"


def test_family_leaves_a_message_and_nobody_gets_a_record_by_it(app, worker):
    said = {"caller": "Deirdre, a sister", "phone": "0141 496 0700", "whom": "Ann Quenneville",
            "words": "She can stay with me", **SOON}  # fmt: skip
    assert worker.submit("/cases/messages/new", said).location == "/cases"
    assert "1 message from family" in words(read(worker.get("/cases").text).main)
    with app.app_context():
        assert not db.session.scalars(select(Person).filter_by(surname="Quenneville")).all()
    again = worker.get("/cases/messages/new").text
    assert "Deirdre" not in again
    assert "stay with me" not in again
    shown = worker.get("/cases/messages").text
    assert "She can stay with me" in shown
    left = read(shown).select_one("main form")["action"]
    assert worker.submit(left, {}, page="/cases/messages").location == "/cases/messages"
    assert "Deirdre" not in worker.get("/cases/messages").text
    with app.app_context():
        message = db.session.scalars(select(FamilyMessage)).one()
        assert {message.caller, message.phone, message.whom, message.words} == {""}


def test_who_is_reached_after_a_message_comes_by_that_door_and_its_words_are_gone(app, worker):
    said = {"caller": "Karen", "phone": "0141 496 0700", "whom": "Ann", "words": "Ring her", **SOON}
    worker.submit("/cases/messages/new", said)
    [way] = read(worker.get("/cases/messages").text).select("a[href*='came/family']")
    answer = worker.submit(way["href"], ANN | SOON)
    assert answer.status_code == 303
    with app.app_context():
        assert only_case(app, Door.FAMILY).booking.unmet
        assert db.session.scalars(select(FamilyMessage.words)).one() == ""
    assert worker.submit(way["href"], ANN | SOON).status_code in {409, 422}


def test_a_message_is_its_own_teams(app, worker):
    worker.submit(
        "/cases/messages/new", {"caller": "K", "phone": "0141 496 0700", "whom": "A"} | SOON
    )
    with app.app_context():
        message = db.session.scalars(select(FamilyMessage)).one()
        number, message.team_id = message.id, actor(Role.SERVICE_WORKER).organisation_id
        db.session.commit()
    assert "0141 496 0700" not in worker.get("/cases/messages").text
    gone = worker.submit(f"/cases/messages/{number}/over", {}, page="/cases/came")
    assert gone.status_code == 404


def test_of_another_teams_person_only_initials_and_the_reason_are_shown(app, worker, before):
    with app.app_context():
        case = db.session.get_one(Case, before)
        case.worker_id, case.team_id = None, actor(Role.SERVICE_WORKER).organisation_id
        db.session.commit()
    page = came(worker, "visit", **ANN)
    form = words(read(worker.get(page).text).select_one("main form"))
    assert "A.Q., not known to your team" in form
    assert "Quenneville" not in form


def test_whom_the_desk_booked_no_worker_knows_again_alone(app, worker, before):
    with app.app_context():
        count = db.session.query(Person).count()
    for answer in (
        worker.get(f"/cases/{before}/earlier"),
        worker.submit(f"/cases/{before}/earlier", {"same_as": "nobody"}, page="/access"),
    ):
        assert answer.status_code == 409
        assert "Ask your team lead" in answer.text
    with app.app_context():
        assert db.session.query(Person).count() == count
