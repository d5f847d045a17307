"""What a service says by link: of which appointment, what it said, how it changes that today."""

import re
from datetime import timedelta

import pytest
from conftest import hidden_fields
from crowd import actor
from handoff.by_link.conftest import come_to
from handoff.by_link.mail import PERSON, newest, path_in, press, unlock
from sqlalchemy import select
from support.html import read, words

from referral import clock
from referral.access.permissions import OrganisationKind, Role
from referral.casework.contact_plan.models import Attempt
from referral.db import db
from referral.directory.models import Organisation
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.answer_actions import take_back_answer
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import Side
from referral.post.links.purposes import LinkPurpose

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other: the same


NO = {"answer": "reject", "reason": "CAP"}


def now_said(app) -> tuple:
    """Where the referral stands, its moves, and what was said of each appointment."""
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        meetings = db.session.scalars(select(Appointment).order_by(Appointment.order)).all()
        return (
            referral.state.value,
            [event.move.value for event in referral.said],
            [(m.took_place, m.came, m.not_held, m.moved_by) for m in meetings],
        )


def test_did_they_come_names_the_appointment_and_nobody(app, linked, stranger):
    page = read(stranger.get(linked(LinkPurpose.CAME)).text)
    said = words(page.select_one(".app-next"))
    assert re.match(r"\d+ \w{3} \d{4}, \d\d:\d\d 12 High Street Recovery hub, R-", said)
    assert not any(word in page.text for word in PERSON)
    answers = [words(label) for label in page.select("label:has([name=answer])")]
    assert answers == [
        "They came", "They did not come", "It did not take place", "It was moved"
    ]  # fmt: skip


def test_behind_did_they_come_a_code_shows_who_it_is(app, linked, stranger, post):
    link = linked(LinkPurpose.CAME)
    assert press(stranger, link, "code").status_code == 303
    digits = re.search(r"\d{6}", newest(post(), "Your code").body)[0]
    assert "McAlister" not in stranger.get(link).text
    assert press(stranger, link, "open", code=digits).status_code == 303
    page = read(stranger.get(link).text)
    assert "Jim McAlister" in words(page.select_one(".app-box"))
    assert page.select("[name=answer]")


def test_what_changed_is_not_asked_before_it_is_known_of_whom(app, linked, stranger, post):
    link = linked(LinkPurpose.CHANGED)
    heads = [words(head) for head in read(stranger.get(link).text).select("h1, h2")]
    assert heads == ["Are they still with you?", "See who it is"]
    press(stranger, link, "code")
    digits = re.search(r"\d{6}", newest(post(), "Your code").body)[0]
    assert press(stranger, link, "open", code=digits).status_code == 303
    assert "It has ended: what changed?" in stranger.get(link).text


def test_an_answer_is_shown_and_changed_by_the_same_link_as_if_it_had_not_been(
    app, linked, stranger
):
    link = linked(LinkPurpose.CAME)
    asked = now_said(app)
    assert press(stranger, link, "came", answer="yes").status_code == 303
    page = stranger.get(link).text
    assert "You said: They came" in page
    assert "12 High Street" in page
    assert now_said(app)[0] == "in-progress"
    assert press(stranger, link, "came", answer="no").status_code == 303
    assert "You said: They did not come" in stranger.get(link).text
    assert now_said(app) == ("accepted", asked[1], [(True, False, None, None)])
    assert press(stranger, link, "came", answer="unknown").status_code == 303
    assert now_said(app) == asked
    assert "Did they come?" in stranger.get(link).text


@pytest.mark.parametrize(("first", "state"), [({"answer": "accept"}, "accepted"), (NO, "rejected")])
def test_yes_and_no_are_changed_by_the_same_link_until_midnight(
    app, linked, stranger, later, first, state
):
    link = linked(LinkPurpose.ANSWER)
    asked = now_said(app)
    assert press(stranger, link, "answer", **first).status_code == 303
    assert now_said(app)[0] == state
    other = NO if state == "accepted" else {"answer": "accept"}
    refused = press(stranger, link, "answer", answer="ask")
    assert "Write what you would like to ask" in refused.text
    assert press(stranger, link, "answer", **other).status_code == 303
    assert now_said(app)[0] == ("rejected" if state == "accepted" else "accepted")
    assert press(stranger, link, "answer", answer="ask", note="Which flat?").status_code == 303
    assert now_said(app) == ("requested", [*asked[1], "ask"], [])
    assert "Can you take this on?" in stranger.get(link).text
    assert press(stranger, link, "answer", **first).status_code == 303
    fields = hidden_fields(stranger.get(link).text)
    later(days=1)
    assert "Change the answer" not in stranger.get(link).text
    assert stranger.post(f"{link}/answer", data=fields | other).status_code == 200
    assert now_said(app)[0] == state


def test_a_yes_that_the_service_gave_elsewhere_is_not_changed_by_its_link(app, linked, stranger):
    link = linked(LinkPurpose.ANSWER)
    assert press(stranger, link, "answer", **NO).status_code == 303
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        by = actor(Role.SERVICE_WORKER)
        take_back_answer(referral, referral.version, Side.TARGET, by, clock.now())
        come_to(referral, LinkPurpose.SEE)
        db.session.commit()
    assert "Change the answer" not in stranger.get(link).text
    press(stranger, link, "answer", **NO)
    assert now_said(app)[0] == "accepted"


def test_who_came_without_an_appointment_by_mistake_has_not_started(app, linked, stranger):
    link = linked(LinkPurpose.CAME)
    with app.app_context():
        db.session.delete(db.session.scalars(select(Appointment)).one())
        db.session.commit()
    asked = now_said(app)
    assert press(stranger, link, "came", answer="yes").status_code == 303
    assert now_said(app)[0] == "in-progress"
    assert press(stranger, link, "came", answer="unknown").status_code == 303
    assert now_said(app) == asked


def test_one_that_was_moved_is_expected_anew_and_not_where_that_is_taken_back(
    app, linked, stranger
):
    link = linked(LinkPurpose.CAME)
    refused = press(stranger, link, "came", answer="moved")
    assert "Choose who moved it" in refused.text
    when = f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    moved = {"answer": "moved", "moved_by": "person", "moved_to": when}
    assert press(stranger, link, "came", **moved).status_code == 303
    assert now_said(app)[2] == [(False, None, None, "person"), (None, None, None, None)]
    assert "You said: It was moved" in stranger.get(link).text
    held = press(stranger, link, "came", answer="not-held")
    assert "Choose why it did not take place" in held.text
    assert press(stranger, link, "came", answer="not-held", not_held="ILL").status_code == 303
    assert now_said(app)[2] == [(False, None, "ILL", None)]


def test_after_midnight_an_answer_stands(app, linked, stranger, later):
    link = linked(LinkPurpose.CAME)
    press(stranger, link, "came", answer="yes")
    before = now_said(app)
    later(days=1)
    page = stranger.get(link)
    assert "You said: They came" in page.text
    assert "Change the answer" not in page.text
    assert press(stranger, link, "came", answer="no").status_code == 200
    assert now_said(app) == before


def test_see_first_and_answer_after_is_one_code_in_one_visit(app, sent, stranger, post):
    link = path_in(post()[0])
    asked = press(stranger, link, "code")
    announced = words(read(stranger.get(asked.location).text).select_one("[role=status]"))
    reference = re.search(r"R-\w{6}", announced)[0]
    assert re.match(r"We sent six digits at \d\d:\d\d to the address of your team", announced)
    letter = newest(post(), "Your code")
    assert reference in letter.subject
    field = read(stranger.get(link).text).select_one("[name=code]")
    assert (field["inputmode"], field["autocomplete"]) == ("numeric", "one-time-code")
    digits = re.search(r"\d{6}", letter.body)[0]
    assert press(stranger, link, "open", code=digits).status_code == 303
    page = stranger.get(link)
    assert "McAlister" in page.text
    assert read(page.text).select("[name=answer]")
    answered = press(stranger, link, "answer", answer="accept")
    on = stranger.get(answered.location)
    assert "You said: we have it" in on.text
    assert "McAlister" in on.text
    assert len([letter for letter in post() if letter.subject.startswith("Your code")]) == 1


def test_who_has_not_typed_the_code_is_not_led_to_another_link(sent, stranger, post):
    link = path_in(post()[0])
    assert press(stranger, link, "answer", answer="accept").location == link
    assert "You said: We have it" in stranger.get(link).text


def test_no_without_a_reason_stays_open_at_its_reasons(sent, stranger, post):
    refused = press(stranger, path_in(post()[0]), "answer", answer="reject")
    page = read(refused.text)
    assert refused.status_code == 422
    assert page.title.text.startswith("Error:")
    chosen = page.select_one(".app-pick:has([name=answer][checked])")
    assert chosen.select("[name=reason]")
    assert "Choose a reason" in words(chosen.select_one(".govuk-error-message"))


def test_page_and_email_say_who_sends_them_and_how_to_make_sure(app, sent, stranger, post):
    with app.app_context():
        team = db.session.scalars(select(Organisation).filter_by(kind=OrganisationKind.TEAM)).all()
        senders = {(one.name, one.phone) for one in team}
    letter = post()[0]
    page = read(stranger.get(path_in(letter)).text)
    name = words(page.select_one(".app-from__name"))
    phone = words(page.select_one(".app-from a"))
    assert (name, phone) in senders
    assert f"{name}, {phone}" in letter.body
    assert "Ring the number that you already have for us" in letter.body
    assert "Ring the number that you already have" in words(page.main)
    assert re.search(r"please answer by \d+ \w{3} \d{4}, \d\d:\d\d", letter.body)


def test_a_service_without_an_account_asks_tries_reaches_and_can_no_longer(
    app, linked, stranger, post
):
    link = linked(LinkPurpose.SEE)
    assert press(stranger, link, "answer", answer="ask", note="Which flat?").status_code == 303
    assert "You asked us something" in stranger.get(link).text
    at = f"{clock.now() - timedelta(minutes=5):%Y-%m-%dT%H:%M}"
    tried = {"channel": "call", "result": "reached", "happened_at": at}
    assert press(stranger, link, "try", **tried).status_code == 200  # first the code
    unlock(stranger, link, post)
    assert press(stranger, link, "try", **tried).status_code == 303
    assert "Reached the person" in stranger.get(link).text
    with app.app_context():
        (kept,) = db.session.scalars(select(Attempt)).all()
        assert (kept.result, kept.by_name) == ("reached", "Recovery hub, by link")
    refused = press(stranger, link, "answer", answer="cancel")
    assert "Choose a reason" in refused.text
    assert "Sent by mistake" not in refused.text  # that is for the team to say
    assert press(stranger, link, "answer", answer="cancel", reason="CANNOT").status_code == 303
    assert now_said(app)[0] == "cancelled"
    assert "You said: We can no longer" in stranger.get(link).text


@pytest.mark.parametrize(
    ("purpose", "act", "typed"),
    [
        (LinkPurpose.ANSWER, "came", {"answer": "yes"}),
        (LinkPurpose.ANSWER, "still", {"sure": "y"}),
        (LinkPurpose.CAME, "answer", {"answer": "cancel", "reason": "CANNOT"}),
        (LinkPurpose.CHANGED, "answer", {"answer": "cancel", "reason": "CANNOT"}),
        (LinkPurpose.SEE, "came", {"answer": "no"}),
    ],
)
def test_a_link_answers_its_own_question_alone(app, linked, stranger, purpose, act, typed):
    link = linked(purpose)
    before = now_said(app)
    assert press(stranger, link, act, **typed).status_code in {200, 409, 410, 422}
    assert now_said(app) == before
