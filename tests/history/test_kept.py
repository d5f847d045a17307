"""What an earlier case left is at hand in the new one, as they agreed; custody reads none of it."""

import pytest
from support.html import press, read, words
from support.stories import Stories, moment

from referral import clock
from referral.access.permissions import Role
from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.actions import note_danger
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.custody.models import Booking
from referral.db import db
from referral.known.actions import Saying
from referral.known.now import About, Said

BEFORE = """
2026-07-06 09:00 Ann booked at Govan
2026-07-06 09:30 Ann agreed telling DRUG
"""
THEN = """
2026-07-06 13:00 Ann referred to hub
2026-07-06 14:00 Ann released
2026-07-07 09:00 Ann accepted by hub
2026-07-07 10:00 Ann expected by hub 2026-07-10 10:00
2026-07-10 11:00 Ann came to hub
2026-08-01 10:00 Ann completed hub DRUG=better HOUS=same
"""
BACK = """
2026-08-02 10:00 Ann closed DONE
2026-09-01 09:00 Ann booked at Govan
2026-09-01 09:30 Ann agreed telling DRUG
"""
NOW = moment("2026-09-01 10:00")
LOOKED = (Purpose.DESK, Purpose.HISTORY, Purpose.OUTCOME)
HARM = "Self-harm : said by a worker, 6 Jul 2026, 12:00"
FOUND_BY = "through Jean, her sister, 07700 900777. Usually: The library on Langlands Road."


class Ann:
    """Somebody with a past, as her worker and the desk read of her."""

    def __init__(self, app) -> None:
        with app.app_context():
            self.stories = Stories().play(BEFORE)
            self.say(Answer.GRANTED, "2026-07-06 11:00")
            self.found_out()
            self.stories.play(THEN)
            db.session.commit()
            self.stay = self.stories.came["Ann"].id
        self.app = app

    def found_out(self) -> None:
        case, then = self.stories.case("Ann"), moment("2026-07-06 12:00")
        plan = PlanDetails("call", "readback", "07700 900123", *PEOPLE)
        make(case, plan, 0, self.stories.worker, then)
        note_danger(case, Saying(About.DANGER, "self_harm"), self.stories.worker, then)
        wanted = ["A room of her own", "To see her son"]
        details = AssessmentDetails(0, "cells", [Need("HOUS", "high", True)], wanted)
        finish(case, details, self.stories.worker, then)

    def say(self, answer: Answer, at: str, *purposes: Purpose) -> None:
        person = self.stories.came["Ann"].person
        answers = [Agreement(purpose, answer) for purpose in purposes or LOOKED]
        record_agreements(person, answers, PLAINLY, self.stories.worker, moment(at))

    def goes_on(self, lines: str = "", answer: Answer | None = None, *purposes: Purpose) -> str:
        """The lines happen, then she says this; the address of her open case."""
        with self.app.app_context():
            self.stories = Stories()
            self.stories.came["Ann"] = db.session.get_one(Booking, self.stay)
            self.stories.play(lines)
            if answer:
                self.say(answer, "2026-09-01 09:50", *purposes)
            db.session.commit()
            self.stay = self.stories.came["Ann"].id
            return f"/cases/{self.stories.case('Ann').id}"


PEOPLE = ("Jean, her sister, 07700 900777", "The library on Langlands Road")


@pytest.fixture
def ann(app, monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: NOW)
    return Ann(app)


def test_the_new_case_shows_who_could_find_them_and_what_they_were_in_danger_of(ann, worker):
    page = words(read(worker.get(ann.goes_on(BACK)).text))
    assert f"In the plan of 6 Jul 2026, 12:00, not asked again yet: {FOUND_BY}" in page
    assert HARM in page
    assert "At risk: self-harm" not in page  # of then, and nobody has asked yet how it is now


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.WITHDRAWN])
def test_without_their_yes_nothing_of_an_earlier_stay_is_shown(ann, worker, answer):
    page = words(read(worker.get(ann.goes_on(BACK, answer, Purpose.HISTORY)).text))
    for told in ("Jean", "Langlands", "Self-harm", "In an earlier stay"):
        assert told not in page


def test_who_wants_no_contact_is_not_looked_for_by_others(ann, worker):
    page = words(read(worker.get(ann.goes_on(BACK, Answer.REFUSED, Purpose.CONTACT)).text))
    assert "Jean" not in page
    assert HARM in page


def test_what_is_said_again_in_this_stay_stands_once(ann, worker):
    case = ann.goes_on(BACK)
    with ann.app.app_context():
        stories = Stories()
        stories.came["Ann"] = db.session.get_one(Booking, ann.stay)
        said = Saying(About.DANGER, "self_harm")
        note_danger(stories.case("Ann"), said, stories.worker, NOW)
        db.session.commit()
    page = words(read(worker.get(case).text))
    assert "At risk: self-harm" in page
    assert "In an earlier stay" not in page


@pytest.mark.parametrize("role", [Role.CUSTODY_OFFICER, Role.HEALTHCARE])
def test_custody_reads_none_of_it(ann, as_role, role):
    case = ann.goes_on(BACK)
    seat = as_role(role)
    pages = {Role.CUSTODY_OFFICER: ["/custody/", f"/custody/bookings/{ann.stay}"]}
    for page in pages.get(role, ["/custody/healthcare"]):
        shown = seat.get(page)
        assert shown.status_code == 200, page
        for told in ("Jean", "Langlands", "elf-harm : said", "A room of her own"):
            assert told not in words(read(shown.text))
    assert seat.get(case).status_code in {403, 404}


def test_the_timeline_has_needs_with_their_severity_safety_and_the_service_by_name(ann, worker):
    case = ann.goes_on(BACK)
    every = words(read(worker.get(f"{case}/timeline?show=everything").text))
    assert "Assessed Housing or homelessness: high need , Morag Sim" in every
    assert HARM_TOLD in every
    assert "Share with a service (Recovery hub): granted" in every
    matters = words(read(worker.get(f"{case}/timeline").text))
    assert HARM_TOLD in matters
    assert "Housing or homelessness: high need" in matters


HARM_TOLD = "Safety Self-harm: yes, said by a worker"


def test_that_a_danger_applies_no_more_stands_in_the_timeline_with_the_reason(ann, worker):
    case = ann.goes_on()
    with ann.app.app_context():
        stories = Stories()
        stories.came["Ann"] = db.session.get_one(Booking, ann.stay)
        lifted = Saying(About.DANGER, "self_harm", Said.NO, reason="She is well")
        note_danger(stories.case("Ann"), lifted, stories.worker, NOW)
        db.session.commit()
    page = words(read(worker.get(f"{case}/timeline").text))
    assert "Self-harm: does not apply any more, “She is well”, said by a worker" in page


def test_the_case_says_what_they_want_and_leads_to_the_assessment(ann, worker):
    page = worker.get(ann.goes_on())
    [part] = read(page.text).select("section[aria-labelledby=assessed]")
    assert [words(goal) for goal in part.select("li")] == [
        "“A room of her own”",
        "“To see her son”",
    ]
    led = press(worker, page, "The assessment of 6 Jul 2026, 12:00, Morag Sim")
    assert "Going well" in led.text or "Their goal" in led.text


def test_a_first_case_says_how_each_ended_referral_went(ann, worker):
    row = hub(worker.get(case := ann.goes_on()).text)
    assert "Met once. Came to 1 of 1 meeting. Objectives met. Drugs better" in row
    assert (
        press(worker, worker.get(f"{case}/withdraw/outcome"), "Yes, they took it back").status_code
        == 303
    )
    row = hub(worker.get(case).text)
    for told in ("Met once", "Came to", "Objectives met", "better"):
        assert told not in row


def hub(page: str) -> str:
    rows = [words(row) for row in read(page).select(".app-rows tr")]
    return next(row for row in rows if row.startswith("Recovery hub"))
