"""What reaches a person: as they agreed, when it is safe, once; and else the case says why not."""

from datetime import timedelta

import pytest
from conftest import hidden_fields
from contact.messages.reached import (
    BY_TEXT,
    DETAILS,
    OUT,
    agree,
    expected,
    reachable,
    taken_on,
    work,
)
from overdue.escalation.seeded import named, open_case
from sqlalchemy import select
from support.html import send

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.casework.contact_plan.actions import withdraw
from referral.casework.contact_plan.queries import plan_of
from referral.casework.contact_plan.waiting_actions import end, hold
from referral.consent.actions import ContactRules
from referral.consent.purposes import Purpose
from referral.contact.messages.actions import (
    FILLERS,
    CannotReach,
    WaitsAlready,
    ask_to_ring,
    person_kind,
)
from referral.contact.messages.models import PersonMessage
from referral.contact.messages.queries import messages_of
from referral.custody.actions import BookingDetails, open_booking
from referral.db import db
from referral.directory.models import Organisation
from referral.jobs.kinds import work_of
from referral.jobs.models import Job
from referral.jobs.runner import Halt, Worker
from referral.people.actions import new_phone
from referral.people.detail_actions import Heard
from referral.people.details import HeardIn
from referral.people.identity import Identity
from referral.post.messages.channels import Channel
from referral.post.messages.post import NoPost

EVENING = OUT.replace(hour=20)  # nine in Scotland
MORNING = OUT + timedelta(hours=16)  # nine in the morning of the next day


@pytest.fixture
def inside(app):
    with app.app_context():
        yield app


def became(case) -> str:
    return messages_of(case.id, 1, MORNING).rows[0].became


def test_a_reminder_goes_out_once_on_the_day_before_when_it_is_safe(inside):
    case = reachable(rules=ContactRules(("text",), "after 12"))
    referral = taken_on(case, OUT)
    expected(referral, OUT + timedelta(days=2, hours=-2), OUT)  # Wednesday at three
    assert work(inside, MORNING - timedelta(hours=9)) == []  # it is Tuesday, and night
    assert work(inside, MORNING) == []
    assert became(case) == "waits to be sent"
    (text,) = work(inside, MORNING.replace(hour=11))
    assert (text.channel, text.to) == (Channel.TEXT, "07700 900123")
    assert text.body.strip() == (
        "You asked us to remind you: tomorrow at 15:00. If that does not suit, please ring "
        "0141 496 0123."
    )
    assert work(inside, MORNING.replace(hour=15)) == [text]
    assert became(case) == "sent as a text"
    tags = select(AuditEvent.tag).filter_by(subject_id=case.person_id).order_by(AuditEvent.seq)
    assert {"person-message:collected", "person-message:disclosed"} <= set(db.session.scalars(tags))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_a_reminder_that_cannot_come_in_time_is_not_sent(inside):
    case = reachable(rules=ContactRules(("text",), "before 12"))
    referral = taken_on(case, OUT)
    noon = MORNING.replace(hour=12)
    expected(referral, noon + timedelta(days=1), noon)
    assert work(inside, noon) == work(inside, noon + timedelta(minutes=20)) == []
    assert "could not go out in time" in became(case)


def _back_inside(case, at):
    same = BookingDetails(Identity(case.person.forename, case.person.surname), at, case.person_id)
    open_booking(same, named("Kirsty Ross").actor, at)


CHANGES = {
    "do not agree to be contacted": lambda c, by, at: withdraw(c, Purpose.CONTACT, by, at),
    "have not agreed to a text": lambda c, by, at: agree(c, ContactRules(("call",), ""), at),
    "no confirmed number": lambda c, by, at: new_phone(
        c.person, "07700 900999", Heard(HeardIn.PLAN, by, at)
    ),
    "in prison or in hospital": lambda c, by, at: hold(c, "REMAND", by, at),
    "no release is recorded": lambda c, by, at: _back_inside(c, at),
    "the plan to stay in touch has ended": lambda c, by, at: end(plan_of(c), "CHOICE", by, at),
    "when it is safe": lambda c, by, at: agree(c, ContactRules(("text",), "not on Tuesdays"), at),
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_what_changes_while_it_waits_stops_it_and_the_case_says_why(inside):
    worker, cases = named("Morag Sim").actor, {}
    for number, (why, change) in enumerate(CHANGES.items()):
        case = cases[why] = reachable(number)
        ask_to_ring(case, worker, EVENING)
        change(case, worker, EVENING)
    kept = reachable(99)
    ask_to_ring(kept, worker, EVENING)
    assert work(inside, EVENING) == []
    assert len(work(inside, MORNING)) == 1  # of the one for whom nothing has changed
    for why, case in cases.items():
        assert why in became(case)
    assert became(kept) == "sent as a text"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_who_may_not_be_reached_is_not_written_to_and_nobody_is_asked_twice(inside):
    worker = named("Morag Sim").actor
    unplanned = open_case(1, OUT - timedelta(hours=8))
    with pytest.raises(CannotReach):
        ask_to_ring(unplanned, worker, OUT)
    case = reachable(2)
    ask_to_ring(case, worker, EVENING)
    with pytest.raises(WaitsAlready):
        ask_to_ring(case, worker, EVENING)
    db.session.get_one(Organisation, case.team_id).phone = ""
    work(inside, MORNING)
    assert "the directory has no phone number" in became(case)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_in_the_words_and_language_that_were_shown_and_by_letter_or_email_too(inside):
    worker = named("Morag Sim").actor
    by_letter = reachable(1, ContactRules(("letter",), ""))
    by_letter.person.language = "pl"
    by_email = reachable(2, ContactRules(("email",), ""))
    for case in (by_letter, by_email):
        ask_to_ring(case, worker, MORNING)
    sent = {one.channel: one for one in work(inside, MORNING)}
    assert sent[Channel.LETTER].to == "1 Some Street, G1 1AA"
    assert sent[Channel.LETTER].body.strip() == "Prosimy o telefon w dogodnej chwili: 0141 496 0123"
    assert sent[Channel.EMAIL].to == "own@example.org"
    assert sent[Channel.EMAIL].body.strip() == "Could you ring us when it suits you? 0141 496 0123"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_what_nobody_brings_is_the_teams_to_see_to(inside):
    case = reachable()
    message = ask_to_ring(case, named("Morag Sim").actor, MORNING)
    db.session.commit()
    nowhere = dict.fromkeys(Channel, NoPost())
    Worker(work_of((person_kind(FILLERS, nowhere),), {}), lambda: MORNING).drain(Halt())
    job = db.session.scalars(select(Job).filter_by(about_id=message.id)).one()
    assert (job.state, job.owner_id, job.error) == ("failed", case.team_id, "NoMailServer")
    assert case.person.surname not in job.title
    assert became(case) == "could not be delivered"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_the_page_shows_the_exact_words_one_click_sends_them_and_one_stops_them(
    app, as_role, monkeypatch
):
    with app.app_context():
        case = reachable(details=DETAILS)
        agree(case, BY_TEXT, OUT)
        db.session.commit()
        page = f"/cases/{case.id}"
    monkeypatch.setattr(clock, "source", lambda: EVENING)
    worker = as_role(Role.WORKER)
    shown = worker.get(page).text
    words = "Could you ring us when it suits you? 0141 496 0123"
    assert words in shown
    assert "A text to 07700 900123, on 6 Oct 2026, 09:00" in shown
    assert worker.post(f"{page}/messages", data=hidden_fields(shown)).status_code == 303
    shown = worker.get(page).text
    assert "waits to be sent" in shown
    assert send(worker, page, f"{page}/messages/.+/stop").status_code == 303
    assert "not sent, because the team stopped it" in worker.get(page).text
    with app.app_context():
        assert work(app, MORNING) == []
        assert db.session.scalars(select(PersonMessage)).one().by_name == "Morag Sim"
