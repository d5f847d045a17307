"""The custody centre now: whom to ask first, nothing for bystanders, and what was done."""

from datetime import date, timedelta

import pytest
from overdue.escalation.seeded import named
from support.html import read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.audit.sentences import SENTENCES, said_of
from referral.audit.tags import Tag
from referral.casework.cases.actions import answer_offer, meet
from referral.casework.cases.models import Case
from referral.consent.actions import Circumstances
from referral.custody.actions import BookingDetails, OfferDetails, open_booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.desk.queries import board
from referral.people.identity import Identity

NOW = clock.now()
HOUR = timedelta(hours=1)
# kinds of event that are no act of a reader's, or whose page says by itself what was done
UNSAID = frozenset({
    Tag.SIGNED_IN, Tag.SIGN_IN_REFUSED, Tag.PASSWORD_RIGHT, Tag.FACTOR_REFUSED, Tag.FACTOR_SET_UP,
    Tag.PASSWORD_ASKED, Tag.RECOVERY_MADE, Tag.RECOVERY_CODES_MADE, Tag.RECOVERY_CODE_USED,
    Tag.SIGNED_OUT, Tag.SCREEN_LOCKED,
    Tag.SCREEN_UNLOCKED, Tag.TRAIL_SEARCHED, Tag.KEY_CHANGED, Tag.TOKEN_MADE, Tag.PERSON_SUGGESTED,
    Tag.PERSON_RECOGNISED, Tag.PERSON_COMPARED, Tag.JOINING_SEEN, Tag.BOOKING_SEEN, Tag.CASE_SEEN,
    Tag.DANGERS_SEEN, Tag.CASE_FOUND, Tag.JOB_RETURNED,
    Tag.CASE_ASKED_FOR, Tag.ASSESSMENT_SEEN, Tag.REFERRAL_SEEN, Tag.STOP_LOST, Tag.ESCALATED,
    Tag.LATE_SEEN, Tag.REPORT_SEEN, Tag.REPORT_TAKEN, Tag.LETTER_MADE, Tag.CARD_SEEN,
    Tag.TIMELINE_SEEN, Tag.REGISTER_LOADED, Tag.REGISTER_ASKED, Tag.LINK_SENT, Tag.LINK_OPENED,
    Tag.LINK_USED, Tag.LINK_UNUSED, Tag.LINK_CODE_SENT, Tag.LINK_CODE_REFUSED,
    Tag.LINK_CODE_PROVED, Tag.OWN_CARD_MADE, Tag.OWN_PAGE_OPENED, Tag.OWN_PAGE_SEEN,
    Tag.OWN_PAGE_REFUSED, Tag.OWN_REACH_CHANGED, Tag.OWN_WORD_SAID, Tag.OWN_STOP_BACK,
    Tag.OWN_STOP_STAYS, Tag.OWN_LANGUAGE_CHOSEN, Tag.MESSAGE_SENT,
    Tag.PERSON_MESSAGE_SENT, Tag.WORTH_SAID, Tag.INBOX_SEEN, Tag.APPOINTMENT_CANNOT,
    Tag.APPOINTMENT_CAN, Tag.MESSAGE_SEEN, Tag.NOTES_SEEN, Tag.SUMMARY_TAKEN,
    Tag.ALONG_SEEN,
})  # fmt: skip


@pytest.fixture
def here(app):
    """Books somebody at the demo's desk so many hours ago, in a cell."""

    def book(surname: str, hours: float, cell: str = "", overdose: bool = False):
        with app.app_context():
            officer = named("Kirsty Ross").actor
            began = NOW - hours * HOUR
            details = BookingDetails(Identity("Ann", surname), began, None, "", cell)
            stay = open_booking(details, officer, NOW)
            if overdose:
                danger = frozenset({"overdose"})
                said = OfferDetails(OfferAnswer.ACCEPTED, stay.version, dangers=danger)
                answer_offer(stay, said, [], Circumstances(), officer, NOW)
            db.session.commit()
            return stay.id, stay.person_id

    return book


def rows(page: str) -> list[str]:
    """Each row of the board, as read aloud."""
    table = read(page).select_one(".app-now")
    return [words(row) for row in table.select("tbody tr:not(.app-now__group)")]


def test_who_runs_out_of_time_first_is_asked_first_and_shown_by_initials(here, desk):
    here("Reid", 1, "3")
    here("Shaw", 11.5, "12")
    first, second = rows(desk.get("/custody/").text)
    assert first.startswith("cell 12 A.S.")
    assert "12 h at" in first
    assert second.startswith("cell 3 A.R.")
    assert "Reid" not in desk.get("/custody/").text


def test_two_with_the_same_initials_are_told_apart_without_their_names(here, desk):
    here("Reid", 1, "3")
    here("Ross", 2, "4")
    assert all("2 with A.R." in row for row in rows(desk.get("/custody/").text))
    assert not any("with A.R." in row for row in rows(desk.get("/custody/?names=yes").text))


def test_a_danger_that_nobody_was_told_of_is_the_one_red_line_and_answered_there(here, desk):
    here("Reid", 1, "3", overdose=True)
    page = read(desk.get("/custody/").text)
    (line,) = page.select(".app-alert")
    assert "A.R., cell 3. A danger was ticked" in words(line)
    assert "overdose" not in words(page.main).lower()
    form = line.select_one("form")
    sent = {field["name"]: field["value"] for field in form.select("input")} | {"told": "both"}
    assert desk.post(form["action"], data=sent).status_code == 303
    page = desk.get("/custody/").text
    assert not read(page).select(".app-alert")
    assert "A.R. It is recorded who was told of the danger." in words(read(page).main)


def test_the_red_line_and_the_counts_are_of_everybody_also_of_who_is_on_another_page(
    here, desk, monkeypatch
):
    monkeypatch.setattr(clock, "source", lambda: NOW)
    for number in range(51):
        here(f"Shaw{number}", number / 6)
    here("Reid", 1, "3", overdose=True)
    shown = desk.get("/custody/").text
    assert not any("A.R." in row for row in rows(shown))
    assert "8 h 20" in rows(shown)[0]
    page = read(shown)
    assert "A.R., cell 3. A danger was ticked" in words(page.select_one(".app-alert"))
    assert "52 in custody, 51 to ask" in words(page.h1)
    assert words(read(desk.get("/custody/?page=2").text).h1) == words(page.h1)


def test_what_was_done_is_said_once(here, desk):
    stay, _ = here("Reid", 1)
    desk.submit(f"/custody/bookings/{stay}", {"answer": "declined"})
    assert "A.R. The answer is recorded." in words(read(desk.get("/custody/").text).main)
    assert "The answer is recorded." not in desk.get("/custody/").text


def test_the_desk_sees_whether_the_worker_has_come(here, desk, app):
    stay, _ = here("Reid", 1, overdose=True)
    (row,) = rows(desk.get("/custody/").text)
    assert "not seen yet" in row
    with app.app_context():
        case = db.session.query(Case).filter_by(booking_id=stay).one()
        meet(case, "Seen in the cells", NOW + HOUR)
        db.session.commit()
    (row,) = rows(desk.get("/custody/").text)
    assert "seen" in row
    assert "not seen yet" not in row


def test_a_team_that_does_not_come_for_an_hour_is_marked(here, app):
    here("Reid", 1, overdose=True)
    with app.app_context():
        officer = named("Kirsty Ross").actor
        waits = [board(officer, 1, NOW + hours * HOUR)[1].rows[0].waits_long for hours in (1, 2)]
    assert waits == [False, True]


def test_every_kind_of_event_is_said_after_a_save_or_listed_as_unsaid():
    assert SENTENCES.keys() | UNSAID == set(Tag)
    assert not SENTENCES.keys() & UNSAID
    assert said_of({Tag.OFFER_RECORDED, Tag.CASE_OPENED}) == SENTENCES[Tag.CASE_OPENED]
    assert said_of({Tag.SIGNED_IN}) == ""
    opened, sent = SENTENCES[Tag.CASE_OPENED], SENTENCES[Tag.REFERRAL_SENT]
    both = {Tag.CASE_OPENED, Tag.REFERRAL_MADE, Tag.REFERRAL_SENT}
    assert said_of(both) == f"{opened} {sent}"
    assert said_of(both - {Tag.CASE_OPENED}) == sent
    assert said_of({Tag.FACT_UNDONE, Tag.CASE_CONTINUED}) == SENTENCES[Tag.FACT_UNDONE]


def test_who_may_read_no_name_is_told_none(here, as_role):
    administrator, (_, person) = as_role(Role.ADMINISTRATOR), here("Reid", 1)
    with administrator.session_transaction() as session:
        session["done"] = [[Tag.CASE_TAKEN], str(person), clock.now().timestamp(), ""]
    page = administrator.get("/directory").text
    assert SENTENCES[Tag.CASE_TAKEN] in page
    assert "Reid" not in page
    assert "A.R." not in page


@pytest.mark.parametrize(
    ("born", "said"), [(date(1990, 3, 3), "A.R. 36"), (None, "A.R. ")], ids=["known", "not known"]
)
def test_the_row_says_how_old_they_are(app, desk, monkeypatch, born, said):
    at = moment("2026-08-07 12:00")
    monkeypatch.setattr(clock, "source", lambda: at)
    with app.app_context():
        details = BookingDetails(Identity("Ann", "Reid", born), at - HOUR, None, "", "3")
        open_booking(details, named("Kirsty Ross").actor, at)
        db.session.commit()
    (row,) = rows(desk.get("/custody/").text)
    assert row.startswith(f"cell 3 {said}")
    assert ("36" in row) == (born is not None)
