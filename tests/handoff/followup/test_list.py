"""A service answers from its inbox, and is told there what it said, who knows, and the way back."""

from datetime import UTC, datetime, timedelta

import pytest
from crowd import actor
from handoff.followup.fifty import DAY, asked_after, expected, fifty, new, refused, send
from sqlalchemy import func, select
from support.html import fields, form_to, read, words

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.clock import now
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.db import db
from referral.handoff.followup.queries import inbox
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import ReferralState
from referral.post.links.models import Link

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
LARGEST = 60_000  # bytes of a page with fifty rows
ANSWER = "/inbox/[0-9a-f-]{36}"
PARTS = ["Can you take them?", "When do you expect them?", "Did they come?", "How are they?"]


@pytest.fixture
def service(app, as_role):
    """`service(how)`: the browser of a service to which one person was handed, who came so far."""

    def with_one(goes_on):
        with app.app_context():
            send(1, now(), goes_on)
            db.session.commit()
        return as_role(Role.SERVICE_WORKER)

    return with_one


def press(browser, pattern: str, **typed: str):
    """Press a button of the inbox; the page that it leads to."""
    form = form_to(browser.get("/inbox").text, pattern)
    answer = browser.post(form["action"], data=fields(form) | typed)
    assert answer.status_code == 303
    return read(browser.get(answer.location.partition("#")[0]).text)


def told(page) -> str:
    """What is said in the place where the row stood."""
    return words(page.select_one("li [role=status]"))


def test_the_parts_stand_in_the_order_of_harm_and_what_has_ended_is_folded(
    app, as_role, monkeypatch
):
    monkeypatch.setattr(clock, "source", lambda: TUESDAY)
    with app.app_context():
        fifty(TUESDAY)
        db.session.commit()
    page = read(as_role(Role.SERVICE_WORKER).get("/inbox").text)
    asking = [words(h).partition(" urgent")[0] for h in page.select("section h2")]
    assert asking == [*PARTS, "Coming up"]
    counts = [words(one) for one in page.select(".app-sum li")]
    assert counts == ["3 to answer", "1 without a day", "2 came?", "3 how are they?", "15 ahead"]
    whens = [words(when) for when in page.select("#new .app-entry > p")]
    assert [when.partition(" by ")[0] for when in whens] == ["Today", whens[1], "Tomorrow"]
    assert whens[1].endswith("days late Answer now")
    [over] = [fold for fold in page.select("details") if "25 ended" in words(fold)]
    assert "F.S." not in words(over)
    assert len(page.select(".app-btn--go")) == 1


def test_fifty_to_answer_are_a_page_of_sixty_kilobytes_at_most(app, as_role):
    with app.app_context():
        for number in range(50):
            send(number, now(), new)
        db.session.commit()
    page = as_role(Role.SERVICE_WORKER).get("/inbox")
    assert page.text.count("We have it") == 50
    assert len(page.data) <= LARGEST


def test_a_yes_is_said_where_the_row_stood_and_taken_back_by_one_press(app, service):
    browser = service(new)
    page = press(browser, ANSWER, move="accept")
    said = told(page)
    assert "You said yes to F.S. R-" in said
    assert "team (invented) knows now. Next: say when you expect them." in said
    assert "to answer" not in words(page.select_one("#main"))
    undo = page.select_one("li form[action$='/take-back']")
    answer = browser.post(undo["action"], data=fields(undo))
    assert answer.location.startswith("/inbox#")
    page = read(browser.get("/inbox").text)
    assert "is taken back" in told(page)
    assert words(page.select_one(".app-sum li")) == "1 to answer"
    assert 'role="status"' not in browser.get("/inbox").text  # it is told once


def test_a_no_with_its_reason_shows_nothing_of_the_person_any_more(app, service):
    browser = service(new)
    first = read(browser.get("/inbox").text)
    asks = first.select_one("a[href^='?say=no']")["href"].partition("#")[0]
    form = read(browser.get(f"/inbox{asks}").text).select_one(".app-entry__more")
    sent = fields(form) | {"reason": "reject:CAP"}
    assert browser.post(form["action"], data=sent).status_code == 303
    page = read(browser.get("/inbox").text)
    assert told(page).startswith("You said no to R-")
    assert "F.S." not in words(page)
    assert "07700" not in words(page)


@pytest.mark.parametrize(("came", "sentence"), [("yes", "came."), ("no", "did not come.")])
def test_whether_they_came_is_one_press_and_can_be_taken_back(service, came, sentence):
    browser = service(expected(-timedelta(hours=1)))
    page = press(browser, "/inbox/appointments/.*/attendance", came=came)
    assert sentence in told(page)
    undo = page.select_one("li form[action$='/take-back']")
    browser.post(undo["action"], data=fields(undo))
    assert "1 came?" in words(read(browser.get("/inbox").text))


def test_that_they_are_still_there_answers_the_question_of_the_email(app, service):
    browser = service(asked_after)
    assert "is still with you" in told(press(browser, "/inbox/[^/]*/still"))
    with app.app_context():
        assert db.session.scalars(select(Link.answer).filter_by(purpose="changed")).one() == "still"
    assert "How are they?" not in browser.get("/inbox").text


def test_nobody_says_how_they_are_against_the_will_of_the_person(app, service):
    browser = service(asked_after)
    form = form_to(browser.get("/inbox").text, "/inbox/[^/]*/still")
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        no = [Agreement(Purpose.OUTCOME, Answer.REFUSED)]
        record_agreements(referral.person, no, PLAINLY, referral_worker(referral), now())
        db.session.commit()
    assert browser.post(form["action"], data=fields(form)).status_code == 409


def referral_worker(referral: Referral):
    return referral.case.worker.actor


def test_a_number_that_stands_in_the_list_is_a_look_at_the_person(app, service):
    def looks() -> int:
        with app.app_context():
            seen = select(func.count()).select_from(AuditEvent)
            return db.session.scalar(seen.filter_by(tag=Tag.INBOX_SEEN.value))

    browser = service(new)
    assert "tel:07700900123" in browser.get("/inbox").text
    assert looks() == 1
    press(browser, ANSWER, move="accept")
    assert looks() == 3


def test_who_is_over_stands_in_no_list_as_a_person(app, service):
    page = service(refused).get("/inbox").text
    assert "tel:" not in page
    with app.app_context():
        assert db.session.scalars(select(Referral)).one().state is ReferralState.REJECTED
        seen = select(func.count()).select_from(AuditEvent)
        assert db.session.scalar(seen.filter_by(tag=Tag.INBOX_SEEN.value)) == 0


def test_the_day_is_said_in_the_row(app, service):
    browser = service(expected(3 * DAY))
    assert "1 ahead" in words(read(browser.get("/inbox").text))


def test_who_waits_for_an_answer_is_on_the_first_page_whatever_else_is_due(app):
    with app.app_context():
        send(0, TUESDAY, expected(-2 * DAY))  # of whom something was due weeks ago
        waiting = send(2, TUESDAY, new)
        first, *_ = inbox(actor(Role.SERVICE_WORKER), 1, TUESDAY)
        assert first.referral.id == waiting.id
