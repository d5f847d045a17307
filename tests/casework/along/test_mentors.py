"""A peer mentor meets who agreed to it: by first name, place and time, and nothing else."""

from datetime import timedelta

import pytest
from access.along import asked
from crowd import actor, agreed
from sqlalchemy import select
from support.html import read, words

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.casework.along.goings import Became
from referral.casework.along.models import Going
from referral.casework.along.queries import own_list
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.clock import now
from referral.consent.actions import withdraw
from referral.consent.purposes import Purpose
from referral.custody.actions import BookingDetails, open_booking
from referral.db import db
from referral.handoff.referrals.actions import close_case
from referral.people.identity import Identity
from referral.reports.queries import team_report

MET = {"became": Became.MET}


@pytest.fixture
def case(app):
    """Ann Quenneville is at Govan after an overdose, and said yes to everything."""
    with app.app_context():
        officer = actor(Role.CUSTODY_OFFICER)
        who = Identity("Ann", "Quenneville", phone="07700 900881")
        stay = open_booking(BookingDetails(who, now()), officer, now())
        made = agreed(stay, officer, now())
        made.worker_id = actor(Role.WORKER).user_id
        db.session.commit()
        return made.id


@pytest.fixture
def mentor(as_role):
    """Dougie Hay."""
    return as_role(Role.PEER)


def ask(app, case, worker, **other):
    """The worker asks the team's mentor to be at the gate."""
    with app.app_context():
        number = str(actor(Role.PEER).user_id)
    typed = {"errand": "gate", "mentor": number, "place": "Main door", "agrees": "y",
             "starts_at": "tomorrow 10:00"}  # fmt: skip
    return worker.submit(f"/cases/{case}/along", typed | other)


def tick(mentor, **said):
    """The mentor says what came of the first on the list."""
    page = mentor.get("/along").text
    form = read(page).select_one("main .app-item form")
    return mentor.submit(form["action"], said, page="/along")


def test_the_mentor_reads_a_first_name_a_place_and_a_time_and_nothing_else(
    app, case, worker, mentor
):
    assert ask(app, case, worker).status_code == 303
    shown = words(read(mentor.get("/along").text).select_one("main"))
    assert "Ann" in shown
    assert "Main door" in shown
    for secret in ("Quenneville", "Drugs", "Housing", "07700", "Overdose", "Govan"):
        assert secret not in shown, secret
    for path in ("/cases", f"/cases/{case}", f"/cases/{case}/timeline", "/custody/", "/inbox"):
        assert mentor.get(path).status_code == 403, path


@pytest.mark.parametrize("became", list(Became))
def test_what_they_ticked_stands_in_the_case_and_in_the_timeline(app, case, worker, mentor, became):
    ask(app, case, worker)
    assert tick(mentor, became=became).location == "/along"
    said = {Became.MET: "Met", Became.NOT_THERE: "Not there", Became.NOT_WANTED: "Did not want to"}
    assert said[became] in worker.get(f"/cases/{case}").text
    happened = words(read(worker.get(f"/cases/{case}/timeline").text).select_one("main"))
    assert f"Meet them at the gate: {said[became].lower()}" in happened


def test_to_be_met_ends_the_search_after_an_overdose_and_is_no_meeting_of_a_worker(
    app, case, worker, mentor
):
    with app.app_context():
        before = team_report("2026-Q4", actor(Role.TEAM_LEAD), now()).ladder
        assert db.session.get_one(Case, case).has_promised(NextStep.OUTREACH)
    ask(app, case, worker)
    tick(mentor, **MET)
    with app.app_context():
        found = db.session.get_one(Case, case)
        assert not found.has_promised(NextStep.OUTREACH)
        assert found.has_promised(NextStep.SEE)
        assert team_report("2026-Q4", actor(Role.TEAM_LEAD), now()).ladder == before


@pytest.mark.parametrize("became", [Became.NOT_THERE, Became.NOT_WANTED])
def test_who_was_not_met_is_still_looked_for(app, case, worker, mentor, became):
    ask(app, case, worker)
    tick(mentor, became=became)
    with app.app_context():
        assert db.session.get_one(Case, case).has_promised(NextStep.OUTREACH)


def test_a_wrong_tick_is_put_right_the_same_day(app, case, worker, mentor):
    ask(app, case, worker)
    tick(mentor, became=Became.NOT_THERE)
    assert "You said: not there" in mentor.get("/along").text
    tick(mentor, **MET)
    assert "<strong>Met</strong>" in worker.get(f"/cases/{case}").text


def test_without_the_persons_yes_no_mentor_is_asked(app, case, worker, mentor):
    answer = ask(app, case, worker, agrees="")
    assert answer.status_code == 422
    assert "Ask the person: a mentor meets them only if they agree" in answer.text
    assert read(answer.text).select_one("#place")["value"] == "Main door"
    assert "Nobody now" in mentor.get("/along").text


def taken_back(case, by):
    """They want to talk to nobody any more."""
    withdraw(case.person, Purpose.TALK, by, now())


def closed(case, by):
    """The case is over."""
    close_case(case, "DONE", case.version, by, now())


@pytest.mark.parametrize("over", [taken_back, closed])
def test_what_ends_takes_it_off_the_list_at_the_next_look(app, case, worker, mentor, over):
    ask(app, case, worker)
    page = read(mentor.get("/along").text).select_one("main .app-item form")["action"]
    with app.app_context():
        over(db.session.get_one(Case, case), actor(Role.WORKER))
        db.session.commit()
    assert "Ann" not in words(read(mentor.get("/along").text).select_one("main"))
    assert mentor.submit(page, MET, page="/along").status_code == 409


def test_it_is_called_off_after_asking_once(app, case, worker, mentor):
    ask(app, case, worker)
    stop = read(worker.get(f"/cases/{case}").text).select_one("a[href*='/along/']")["href"]
    assert worker.submit(stop, {}).status_code == 303
    assert "Nobody now" in mentor.get("/along").text
    assert "Called off" in worker.get(f"/cases/{case}").text


def test_another_mentors_list_is_their_own(app, case, worker, mentor):
    with app.app_context():
        going = asked(
            db.session.get_one(Case, case), db.session.get_one(User, actor(Role.WORKER).user_id)
        )
        going.mentor_id = actor(Role.WORKER).user_id
        number = going.id
        db.session.commit()
    assert "Nobody now" in mentor.get("/along").text
    assert mentor.submit(f"/along/{number}", MET, page="/along").status_code == 404


def test_what_was_never_said_is_off_the_list_after_three_days(app, case, worker):
    ask(app, case, worker)
    with app.app_context():
        going = db.session.scalars(select(Going)).one()
        assert own_list(actor(Role.PEER), going.starts_at + timedelta(days=3))
        assert not own_list(actor(Role.PEER), going.starts_at + timedelta(days=3, minutes=1))
