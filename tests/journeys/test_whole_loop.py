"""A person's way from the desk to a service's answer, walked by the people who work it."""

import re

from conftest import hidden_fields
from support import html
from support.html import address, read

from referral.access.permissions import Role

REFERENCE = re.compile(r"\bR-[2-9B-Z]{6}\b")
JIM = {
    "surname": "McAlister",
    "forename": "Jim",
    "date_of_birth": "3 5 1985",
    "sex": "M",
    "phone": "07700 900123",
}


def book(desk, **more):
    """Open a booking; returns its address."""
    form = JIM | {"authorised_at": "yesterday 10:00"} | more
    answer = desk.submit("/custody/bookings/new", form)
    assert answer.status_code == 303, answer.text
    return answer.location


def accept(desk, booking):
    """The person accepts, may be contacted, lets the outcome come back, and speaks of drugs."""
    said = {"answer": "accepted", "contact": "yes", "outcome": "yes", "needs": ["DRUG"]}
    answer = desk.submit(booking, said)
    assert answer.status_code == 303, answer.text


def hand_over(worker, level="summary"):
    """The worker hands the only case to the recovery hub; returns the case's address."""
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    return case, html.hand_over(worker, f"{case}/hand-off", level)


def test_a_person_is_booked_asked_handed_to_a_service_and_accepted(as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    service, stranger = as_role(Role.SERVICE_WORKER), as_role(Role.SERVICE_MANAGER)
    accept(desk, book(desk))
    case, handed = hand_over(worker)
    assert handed.status_code == 303
    inbox = service.get("/inbox").text
    assert "Can you take them?" in inbox
    referral = address(inbox, "/inbox/[0-9a-f-]{36}")
    shown = service.get(referral).text
    assert "Jim McAlister" in shown
    assert "Drugs" in shown
    assert "1985" not in shown  # not at the level agreed
    assert stranger.get(referral).status_code == 404
    assert not REFERENCE.search(stranger.get("/inbox").text)
    assert service.submit(referral, {"move": "accept"}).status_code == 303
    assert "Accepted" in worker.get(case).text


def test_nothing_can_be_sent_when_the_person_agrees_to_nothing(as_role):
    desk, worker, service = (
        as_role(role) for role in (Role.CUSTODY_OFFICER, Role.WORKER, Role.SERVICE_WORKER)
    )
    accept(desk, book(desk))
    _, refused = hand_over(worker, level="")
    assert refused.status_code == 422
    assert "Choose at least one service" in refused.text
    assert not REFERENCE.search(service.get("/inbox").text)


def test_a_returning_person_continues_the_open_case(as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk))
    page = "/custody/bookings/new"
    again = JIM | {"authorised_at": "now"}
    offered = desk.submit(page, again)
    assert offered.status_code == 422
    known = read(offered.text).select_one("[name=same_as]")["value"]
    booking = desk.submit(page, again | {"same_as": known, "already": "ended"}).location
    accept(desk, booking)
    assert worker.get("/cases").text.count("Jim McAlister</a>") == 1


def test_a_double_click_makes_one_booking_and_leads_to_it_twice(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    page = "/custody/bookings/new"
    form = hidden_fields(desk.get(page).text) | JIM | {"authorised_at": "yesterday 10:00"}
    first, second = desk.post(page, data=form), desk.post(page, data=form)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert desk.get("/custody/").text.count(first.location) == 2  # it, and its release


def test_an_edit_of_an_older_version_is_refused_and_what_was_typed_is_kept(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    booking = book(desk)
    old = hidden_fields(desk.get(booking).text)
    assert desk.submit(booking, {"answer": "declined"}).status_code == 303
    late = desk.post(
        booking,
        data=old | {"answer": "not now", "ask_again_at": "+2", "needs": ["HOUS"]},
    )
    assert late.status_code == 409
    assert "Someone else changed this" in late.text
    assert read(late.text).select_one("[value=HOUS][checked]")


def test_a_wrong_date_gets_a_sentence_and_keeps_what_was_typed(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    typed = JIM | {"date_of_birth": "31 31 1985", "authorised_at": "yesterday 10:00"}
    answer = desk.submit("/custody/bookings/new", typed)
    assert answer.status_code == 422
    assert "There is no month 31. Type the day first" in answer.text
    assert "31 31 1985" in answer.text
    assert "McAlister" in answer.text


def test_names_stay_hidden_on_the_desk_until_somebody_asks_for_them(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    book(desk)
    assert "McAlister" not in desk.get("/custody/").text
    assert "McAlister" in desk.get("/custody/?names=yes").text


def test_after_a_withdrawal_the_very_next_request_of_the_service_shows_nothing(as_role):
    desk, worker, service = (
        as_role(role) for role in (Role.CUSTODY_OFFICER, Role.WORKER, Role.SERVICE_WORKER)
    )
    accept(desk, book(desk))
    case, _ = hand_over(worker)
    referral = address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    assert "Jim McAlister" in service.get(referral).text
    asked = address(worker.get(case).text, "/referrals/.*withdraw-sharing")
    assert "No, leave it as it is" in worker.get(asked).text
    assert "Jim McAlister" in service.get(referral).text
    assert worker.submit(asked, {}).status_code == 303
    after = service.get(referral).text
    assert "McAlister" not in after
    assert "Drugs" not in after
    assert "You no longer see the person" in after
    assert "Withdrawn" in service.get("/inbox").text
    lines = [html.words(line) for line in read(worker.get(case).text).select(".app-line")]
    assert [
        line for line in lines if line.startswith("Share with a service, Recovery hub: withdrawn")
    ]


def test_a_service_cannot_withdraw_for_the_person_nor_a_stranger_find_the_way(as_role):
    desk, worker, service = (
        as_role(role) for role in (Role.CUSTODY_OFFICER, Role.WORKER, Role.SERVICE_WORKER)
    )
    accept(desk, book(desk))
    case, _ = hand_over(worker)
    path = address(worker.get(case).text, "/referrals/.*withdraw-sharing")
    assert service.post(path, data=hidden_fields(service.get("/access").text)).status_code == 403


def test_a_corrected_form_is_taken_although_its_first_sending_was_refused(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    booking = book(desk)
    refused = desk.submit(booking, {"needs": ["ALC"]})
    assert refused.status_code == 422
    assert "Choose how the offer was answered" in refused.text
    corrected = hidden_fields(refused.text) | {"answer": "declined"}
    assert desk.post(booking, data=corrected).status_code == 303
    assert desk.post(booking, data=corrected).status_code == 303  # a double click
    assert "Nothing to ask" in desk.get("/custody/").text
