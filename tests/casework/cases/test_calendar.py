"""The calendar: what is arranged in a week or on a day, one's own or the team's."""

from datetime import date, timedelta

import pytest
from overdue.escalation.seeded import named
from sqlalchemy import select
from support.html import read, words
from support.stories import Stories, moment

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.casefile.span import called, span_of
from referral.casework.cover.actions import CoverDetails, arrange
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.db import db
from referral.people.models import Person

THURSDAY = moment("2026-08-06 12:00")
STORY = """
    2026-08-03 09:00 Ann booked at Govan
    2026-08-03 10:00 Ann agreed telling DRUG
    2026-08-03 11:00 Ann planned
    2026-08-03 12:00 Ann released
    2026-08-03 13:00 Ann referred to hub
    2026-08-03 14:00 Ann accepted by hub
    2026-08-03 15:00 Ann expected by hub 2026-08-06 10:00
"""


@pytest.fixture
def ann(app, monkeypatch):
    """Somebody of Morag Sim with an appointment and reviews; by name, the numbers."""
    with app.app_context():
        stories = Stories().play(STORY)
        case = stories.case("Ann")
        case.worker_id = stories.worker.user_id
        db.session.commit()
        found = {"case": case.id, "person": case.person_id}
    monkeypatch.setattr(clock, "source", lambda: THURSDAY)
    return found


def says(app, ann, answer: Answer) -> None:
    """They say whether the service may tell how it went."""
    with app.app_context():
        stories = Stories()
        person = db.session.get_one(Person, ann["person"])
        said = [Agreement(Purpose.OUTCOME, answer)]
        record_agreements(person, said, PLAINLY, stories.worker, THURSDAY)
        db.session.commit()


def days(browser, query: str = "") -> dict[str, list[str]]:
    """The rows of the calendar by their day, as a reader has them."""
    page = read(browser.get(f"/calendar{query}").text)
    return {
        words(body.select_one(".app-cal__day")): [words(row) for row in body.select("tr")[1:]]
        for body in page.select("table.app-cal tbody")
    }


@pytest.mark.parametrize(
    ("day", "week", "said"),
    [(date(2026, 11, 26), True, "23 to 29 November 2026"),
     (date(2026, 11, 30), True, "30 November to 6 December 2026"),
     (date(2026, 12, 31), True, "28 December 2026 to 3 January 2027"),
     (date(2026, 11, 26), False, "Thursday 26 November 2026")],
)  # fmt: skip
def test_the_days_are_named_as_people_write_them(day, week, said):
    assert span_of(day, week).words == said


def test_a_week_in_which_the_clocks_change_has_seven_days_and_the_spans_meet():
    week = span_of(date(2026, 10, 25), True)
    assert len(week.each) == 7
    assert week.ends - week.begins == timedelta(days=7, hours=1)
    assert span_of(week.after, True).begins == week.ends
    assert span_of(week.before, True).ends == week.begins


@pytest.mark.parametrize("day", [date.min, date(1900, 1, 1), date(2199, 12, 31), date.max])
def test_the_ends_of_the_calendar_are_days_as_well(day):
    assert span_of(day, True).each


def test_today_and_its_neighbours_are_called_so():
    today = date(2026, 8, 6)
    assert called(today, today) == "Thursday 6 August, today"
    assert called(date(2026, 8, 7), today) == "Friday 7 August, tomorrow"
    assert called(date(2026, 8, 9), today) == "Sunday 9 August"


def test_a_week_shows_the_appointment_and_the_review_on_their_days(ann, as_role, app):
    says(app, ann, Answer.GRANTED)
    found = days(as_role(Role.WORKER))
    assert len(found) == 7
    [meeting, *_] = found["Thursday 6 August, today"]
    assert meeting.startswith("10:00 Ann Example")
    assert "Recovery hub" in meeting
    assert "Not said yet." in meeting
    reviews = [row for rows in found.values() for row in rows if "Ask how they are" in row]
    assert any("first contact" in row for row in reviews)


def test_an_appointment_is_shown_only_while_services_may_tell_how_it_went(ann, as_role, app):
    says(app, ann, Answer.REFUSED)
    assert "Recovery hub" not in str(days(as_role(Role.WORKER)))
    assert "Recovery hub" not in str(days(as_role(Role.TEAM_LEAD), "?of=team"))


def test_mine_is_mine_and_what_i_cover_and_the_team_sees_all(ann, as_role, app):
    says(app, ann, Answer.GRANTED)
    lead = as_role(Role.TEAM_LEAD)
    assert "Ann Example" not in str(days(lead))
    assert "Ann Example" in str(days(lead, "?of=team"))
    with app.app_context():
        morag, ruth = named("Morag Sim"), named("Ruth Kerr")
        today = THURSDAY.date()
        arrange(CoverDetails(morag, ruth, today, today), morag.actor, THURSDAY)
        db.session.commit()
    assert "Morag Sim (away, Ruth Kerr covers)" in str(days(lead))


def test_one_day_and_the_way_to_the_next_and_back(ann, as_role, app):
    says(app, ann, Answer.GRANTED)
    worker = as_role(Role.WORKER)
    page = read(worker.get("/calendar?view=day&day=6+Aug").text)
    assert words(page.h1) == "Thursday 6 August 2026"
    after = page.find("a", string="Day after")["href"]
    assert "view=day" in after
    assert words(read(worker.get(f"/calendar{after}").text).h1) == "Friday 7 August 2026"


def test_a_day_that_cannot_be_read_is_said_at_the_field_and_kept(ann, as_role):
    answer = as_role(Role.WORKER).get("/calendar?day=31+Feb")
    page = read(answer.text)
    assert answer.status_code == 422
    assert "There is no 31 February" in words(page.select_one("#day-error"))
    assert page.select_one("#day")["value"] == "31 Feb"


def test_on_paper_stand_initials_alone(ann, as_role, app):
    says(app, ann, Answer.GRANTED)
    page = read(as_role(Role.WORKER).get("/calendar").text)
    row = page.select_one("table.app-cal tr:has(td)")
    assert row.select_one(".app-print-only").text == "A.E."
    assert "app-print-hide" in row.select_one("a")["class"]


def test_whose_calendar_was_looked_at_is_noted_once_each(ann, as_role, app):
    says(app, ann, Answer.GRANTED)
    as_role(Role.WORKER).get("/calendar")
    with app.app_context():
        seen = select(AuditEvent).filter_by(tag=Tag.CASE_SEEN.value, record_id=ann["case"])
        assert len(db.session.scalars(seen.order_by(AuditEvent.seq)).all()) == 1
