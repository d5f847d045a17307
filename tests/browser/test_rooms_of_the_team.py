"""Journeys through the rooms of the team in Chromium; what the database then holds, on both."""

from datetime import timedelta

import pytest
from browser.conftest import answering
from browser.test_desk import enter
from browser.test_team import say_who_covers
from browser.test_three_doors import write_down
from overdue.escalation.seeded import arrive, named
from playwright.sync_api import Page, expect
from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.users.models import SignIn, Stage
from referral.audit.models import AuditEvent
from referral.audit.tags import Tag
from referral.casework.cases.models import Case
from referral.casework.cover.models import Cover
from referral.casework.doors.models import FamilyMessage
from referral.casework.notes.models import CaseNote
from referral.clock import now, today
from referral.custody.doors import Door, Sure
from referral.custody.models import Booking
from referral.db import db

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
WEEK = timedelta(days=7)


@pytest.fixture
def team(app):
    """One case that Morag Sim has, and two of Catriona Fox; served by this process."""
    with app.app_context():
        for number, name in enumerate(("Morag Sim", "Catriona Fox", "Catriona Fox"), 1):
            arrive(number, now() - timedelta(hours=1)).worker_id = named(name).id
        db.session.commit()
    with answering(app) as address:
        yield address


def tags(app) -> list[str]:
    """What was recorded, in its order."""
    with app.app_context():
        return list(db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.seq)))


def test_a_note_is_written_corrected_and_taken_back(app, page: Page, team: str):
    enter(page, team, Role.WORKER)
    page.locator(".app-item__who a", has_text="Fore1").first.click()
    page.locator("#said").fill("She wants to sleep")
    page.locator("[name=whom][value=person]").check(force=True)
    page.locator("[name=how][value=met]").check(force=True)
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("section[aria-labelledby=notes]")).to_contain_text("She wants to sleep")
    with app.app_context():
        note = db.session.scalars(select(CaseNote)).one()
        assert (note.whom, note.how) == ("person", "met")
        assert note.by_id == named("Morag Sim").id
        assert note.case.booking.person.forename == "Fore1"
    notes = page.locator("section[aria-labelledby=notes]")
    notes.get_by_role("link", name="Correct").click()
    page.locator("#said").fill("She wants to work")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(notes).to_contain_text("She wants to work")
    notes.get_by_role("link", name="Take back").first.click()
    page.locator("[name=why]").first.check(force=True)
    page.get_by_role("button", name="Take it back").click()
    expect(notes).not_to_contain_text("She wants to work")
    with app.app_context():
        first, second = db.session.scalars(select(CaseNote).order_by(CaseNote.order))
        assert (second.corrects_id, second.words, second.sealed) == (first.id, None, "")
        assert first.words.said == "She wants to sleep"
    written = [Tag.NOTE_WRITTEN, Tag.NOTE_CORRECTED, Tag.NOTE_TAKEN_BACK]
    assert [tag for tag in tags(app) if tag in written] == written


def test_leave_is_covered_and_cases_are_given(app, page: Page, team: str):
    enter(page, team, Role.TEAM_LEAD)
    say_who_covers(page)
    with app.app_context():
        cover = db.session.scalars(select(Cover)).one()
        assert (cover.absent_id, cover.cover_id) == (
            named("Catriona Fox").id,
            named("Morag Sim").id,
        )
        assert (cover.first_day, cover.last_day, cover.ended_at) == (today(), today() + WEEK, None)
    page.goto(f"{team}/cases?tab=team")
    for number in (2, 3):
        page.get_by_label(f"Choose the case of Fore{number} Sur{number}").check()
    page.get_by_label("Give the ticked cases to").select_option("Morag Sim")
    page.get_by_role("button", name="Give", exact=True).click()
    expect(page.locator("h1")).to_have_text("2 cases given to Morag Sim")
    with app.app_context():
        owners = set(db.session.scalars(select(Case.worker_id)))
        assert owners == {named("Morag Sim").id}
    assert tags(app).count(Tag.CASE_GIVEN) == 2


def test_somebody_is_found_by_the_end_of_their_number_and_it_is_recorded(
    app, page: Page, team: str
):
    with app.app_context():
        phone = db.session.scalars(select(Case).join(Case.booking)).first().person.phone
    assert phone
    enter(page, team, Role.WORKER)
    page.keyboard.press("/")
    page.keyboard.type(phone[-4:])
    page.keyboard.press("Enter")
    expect(page.locator(".app-item").first).to_be_visible()
    assert Tag.CASE_FOUND in tags(app)


def test_by_each_door_somebody_comes_and_a_message_is_dealt_with(app, page: Page, team: str):
    enter(page, team, Role.WORKER)
    write_down(page, team, "3")
    page.wait_for_url("**/cases/*-*")
    write_down(page, team, "1", "tomorrow 10:00")
    page.wait_for_url("**/cases/*-*")
    expect(page.locator("main")).to_contain_text("Nobody has met them yet")
    page.goto(f"{team}/cases/messages/new")
    page.locator("#caller").fill("Karen")
    page.locator("#phone").fill("0141 496 0700")
    page.locator("#whom").fill("Ann")
    page.locator("#due_at").fill("tomorrow 10:00")
    page.locator("main button").last.click()
    page.wait_for_url("**/cases")
    page.get_by_role("link", name="1 message from family").click()
    page.get_by_role("button", name="Dealt with").click()
    expect(page.locator("main")).to_contain_text("No message waits")
    with app.app_context():
        came = select(Booking.door, Booking.sure_how).where(Booking.door != Door.CUSTODY)
        found = db.session.execute(came.order_by(Booking.order)).all()
        assert found == [(Door.COURT, Sure.MET), (Door.SELF, None)]
        message = db.session.scalars(select(FamilyMessage)).one()
        assert (message.caller, message.escalates_at) == ("", None)
    assert {Tag.CASE_CAME, Tag.MESSAGE_LEFT, Tag.MESSAGE_OVER} <= set(tags(app))


def test_a_screen_is_locked_another_takes_it_and_the_first_goes_on(app, page: Page, team: str):
    enter(page, team, Role.CUSTODY_OFFICER)
    page.goto(f"{team}/custody/bookings/new")
    page.locator("#surname").fill("Reid")
    page.locator("#lock button").click()
    page.wait_for_url("**/locked")
    expect(page.locator("main")).not_to_contain_text("Reid")
    page.get_by_role("link", name="I am somebody else").click()
    enter(page, team, Role.CUSTODY_SUPERVISOR)
    page.goto(f"{team}/custody/bookings/new")
    expect(page.locator("#surname")).to_have_value("")
    page.locator("#lock button").click()
    page.wait_for_url("**/locked")
    enter(page, team, Role.CUSTODY_OFFICER)
    page.wait_for_url("**/custody/bookings/new")
    expect(page.locator("#surname")).to_have_value("Reid")
    with app.app_context():
        stages = db.session.scalars(select(SignIn.stage).where(SignIn.ended_at.is_(None)))
        assert set(stages) == {Stage.OPEN}
        assert not db.session.scalars(
            select(Booking).join(Booking.person).filter_by(surname="Reid")
        ).all()
    assert tags(app).count(Tag.SCREEN_LOCKED) == 2
