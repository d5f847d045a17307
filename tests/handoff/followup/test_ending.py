"""A service that is told only how to reach the person ends a referral without learning more."""

import pytest
from conftest import hidden_fields
from journeys.test_whole_loop import accept, book, hand_over
from sqlalchemy import select
from support.html import address, read, words

from referral.access.permissions import Role
from referral.db import db
from referral.handoff.referrals.models import NeedOutcome


def test_one_answer_counts_for_all_needs_that_a_service_is_not_told(app, as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    service = as_role(Role.SERVICE_WORKER)
    accept(desk, book(desk))
    hand_over(worker, level="contact")
    referral = address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    assert service.submit(referral, {"move": "accept"}).status_code == 303
    page = service.get(f"{referral}/end").text
    assert "Drugs" not in page
    assert "DRUG" not in page
    ending = {"move": "complete", "reason": "complete:COMPL"}
    bare = hidden_fields(page) | ending
    assert service.post(f"{referral}/end", data=bare).status_code == 422
    assert service.submit(f"{referral}/end", ending | {"change_every": "better"}).status_code == 303
    with app.app_context():
        kept = db.session.scalars(select(NeedOutcome).order_by(NeedOutcome.id)).all()
        assert [(row.need, row.change) for row in kept] == [("DRUG", "better")]


def handed(as_role) -> tuple:
    """The browser of a service that has a referral, and its page."""
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk))
    hand_over(worker)
    service = as_role(Role.SERVICE_WORKER)
    return service, address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")


def reasons(page: str) -> list[str]:
    """What may be chosen as a reason."""
    return [words(option) for option in read(page).select("#reason option")]


def test_each_reason_for_ending_stands_beside_the_ending_that_it_fits(as_role):
    service, referral = handed(as_role)
    assert service.submit(referral, {"move": "accept"}).status_code == 303
    said = reasons(service.get(f"{referral}/end").text)
    assert [one for one in said if one.startswith("Completed")] == [
        "Completed: Objectives met",
        "Completed: Partly met",
        "Completed: Transferred - community",
        "Completed: Transferred - in prison",
        "Completed: Transferred - another area",
    ]
    early = {one.removeprefix("Ended early: ") for one in said if one.startswith("Ended early")}
    assert {"Dropped out", "Died", "Withdrawn by the person", "Did not take it up"} <= early
    assert not any("error" in one for one in said)  # the team marks a mistake
    ending = {"move": "fail", "reason": "fail:WITHC", "change_DRUG": "unknown"}
    assert service.submit(f"{referral}/end", ending).status_code == 303


@pytest.mark.parametrize("accepted", [False, True])
def test_the_inbox_offers_none_of_the_senders_reasons(as_role, accepted):
    service, referral = handed(as_role)
    if accepted:
        assert service.submit(referral, {"move": "accept"}).status_code == 303
    said = reasons(service.get(referral).text)
    assert "Withdraw: The service can no longer take them" in said
    assert not {"Withdraw: Sent by mistake", "Withdraw: What they agreed to ran out"} & set(said)


def test_the_team_may_say_that_it_was_sent_by_mistake(as_role):
    handed(as_role)
    worker = as_role(Role.WORKER)
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    page = worker.get(address(worker.get(case).text, "/referrals/[0-9a-f-]{36}")).text
    assert "Withdraw: Sent by mistake" in reasons(page)


@pytest.mark.parametrize("how", ["declined", "withdrawn"])
def test_who_is_over_is_offered_no_appointment(as_role, how):
    service, referral = handed(as_role)
    move = {"move": "reject", "reason": "reject:CAP"}
    if how == "withdrawn":
        assert service.submit(referral, {"move": "accept"}).status_code == 303
        assert "Book an appointment" in service.get(referral).text
        move = {"move": "cancel", "reason": "cancel:CANNOT"}
    assert service.submit(referral, move).status_code == 303
    page = service.get(referral)
    assert page.status_code == 200
    for offered in ("Book an appointment", "Log a try", "End with an outcome"):
        assert offered not in page.text
