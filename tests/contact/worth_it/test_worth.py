"""Was it worth it? Asked by a link that shows nothing, answered once, counted once."""

import re
from datetime import timedelta

import pytest
from conftest import Browser, hidden_fields
from contact.messages.reached import OUT, reachable, taken_on, work
from contact.own_page.carried import PERSON, Phone
from overdue.escalation.seeded import named
from sqlalchemy import select

from referral import clock
from referral.casework.contact_plan.actions import TryDetails, WorthNeeded, try_to_reach, withdraw
from referral.casework.contact_plan.models import WorthWord
from referral.casework.contact_plan.queries import plan_of
from referral.consent.actions import ContactRules
from referral.consent.purposes import Purpose
from referral.contact.messages.actions import stop
from referral.contact.messages.queries import messages_of
from referral.contact.own_page.actions import code_for
from referral.db import db
from referral.journey.actions import keep_what_changed
from referral.post.links.models import Link
from referral.post.links.queries import text_to
from referral.published.periods import period_of
from referral.reports.queries import counts, in_centres

TAKEN = OUT + timedelta(days=1)
DAY28 = TAKEN + timedelta(days=28, hours=2)  # it is winter by then, and the hour is back
TOO_MUCH = (*PERSON, "Sur1", "Fore1", "Recovery", "hub", "custody", "R-")


@pytest.fixture
def case(app):
    """Somebody whom the hub has taken on, a day after they came out."""
    with app.app_context():
        case = reachable(1)
        case.person.date_of_birth = OUT.date().replace(year=1985)
        taken_on(case, TAKEN)
        db.session.commit()
        yield case


def said(case) -> dict[str, int]:
    """What the report counts."""
    scope = in_centres([case.booking.centre_id])
    keep_what_changed(db.session())
    return dict(counts(period_of("2026"), scope, DAY28).worth)


def link_in(letter) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/w/\S+)", letter.body)[1]


def asked(app) -> str:
    """The link that comes after 28 days; the round before finds nothing to ask."""
    assert work(app, DAY28 - timedelta(hours=4)) == []
    return link_in(work(app, DAY28)[0])


def stranger(app):
    app.test_client_class = Browser
    return app.test_client()


def test_the_person_is_asked_by_a_link_that_shows_nothing_and_works_once(app, case, monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: DAY28)
    assert work(app, DAY28 - timedelta(hours=4)) == []
    (text,) = work(app, DAY28)
    assert work(app, DAY28 + timedelta(hours=3)) == [text]  # once
    link, phone = link_in(text), stranger(app)
    page = phone.get(link)
    assert "Was it worth it?" in page.text
    assert "Set-Cookie" not in page.headers
    assert not any(word in page.text + text.body for word in TOO_MUCH)
    fields = hidden_fields(page.text)
    assert phone.post(link, data=fields).status_code == 422
    typed = fields | {"answer": "partly", "changed": "I sleep again"}
    assert phone.post(link, data=typed).status_code == 303
    for text in (link, f"{link[:-1]}x", "/w/x"):
        shown = phone.get(text).text
        assert "There is nothing to do here" in shown
        assert "form" not in shown
    assert phone.get(link.replace("/w/", "/a/")).status_code == 404
    assert said(case) == {"Partly": 1}
    worker = named("Morag Sim").actor
    point = next(p for p in plan_of(case).points if p.point == "28d")
    try_to_reach(point, TryDetails("call", "reached", DAY28, "yes"), worker, DAY28)
    assert said(case) == {"Partly": 1}
    twelve = next(p for p in plan_of(case).points if p.point == "12w")
    with pytest.raises(WorthNeeded):
        try_to_reach(twelve, TryDetails("call", "reached", DAY28), worker, DAY28)
    try_to_reach(twelve, TryDetails("call", "reached", DAY28, "no"), worker, DAY28)
    assert said(case) == {"Partly": 1, "No": 1}
    assert work(app, TAKEN + timedelta(weeks=12, hours=2))[0].body.find("/w/") > 0  # no other


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_a_link_opens_nothing_once_it_was_stopped_or_they_want_no_contact(app, case, monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: DAY28)
    link, phone = asked(app), stranger(app)
    fields = hidden_fields(phone.get(link).text)
    [line] = messages_of(case.id, 1, DAY28)
    assert line.stoppable == "Stop its link"
    stop(line.message, named("Morag Sim").actor, DAY28)
    db.session.commit()
    assert messages_of(case.id, 1, DAY28).rows[0].stoppable == ""
    assert phone.post(link, data=fields | {"answer": "yes"}).status_code == 410
    link = db.session.scalars(select(Link).filter_by(purpose="worth")).one()
    link.revoked_at = None
    db.session.commit()
    address = f"/w/{text_to(link)}"
    assert phone.get(address).status_code == 200
    withdraw(case, Purpose.CONTACT, named("Morag Sim").actor, DAY28)
    db.session.commit()
    assert phone.get(address).status_code == 410
    assert said(case) == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_an_answer_on_the_own_page_counts_once_and_ends_the_link(app, case, monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: DAY28)
    link = asked(app)
    code = code_for(case.person, case.team_id, named("Morag Sim").actor, DAY28)
    db.session.commit()
    phone = Phone(app)
    assert phone.enter(code, "5 10 1985").status_code == 303
    assert "Was it worth it?" in phone.look()
    assert "Did it help?" not in phone.look()  # one question at a time
    assert phone.press("worth", answer="yes").status_code == 303
    assert "Was it worth it?" not in phone.look()
    assert "Did it help?" in phone.look()
    assert phone.press("worth", answer="no").status_code == 409
    assert "There is nothing to do here" in phone.browser.get(link).text
    assert said(case) == {"Yes": 1}
    assert db.session.scalars(select(WorthWord.by_way)).all() == ["own page"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_a_changed_way_on_the_own_page_is_followed_by_what_waits(app, case, monkeypatch):
    night = DAY28.replace(hour=22)
    monkeypatch.setattr(clock, "source", lambda: night)
    code = code_for(case.person, case.team_id, named("Morag Sim").actor, night)
    assert work(app, night) == work(app, night + timedelta(hours=1)) == []
    assert messages_of(case.id, 1, night).rows[0].became == "waits to be sent"
    phone = Phone(app)
    phone.enter(code, "5 10 1985")
    new = {"wanted": "yes", "channels": ["email"], "email": "new@example.org"}
    assert phone.press("reach", **new, phone="07700 900456").status_code == 303
    work(app, night + timedelta(hours=12))
    went = {one.subject: one.to for one in app.extensions["mailbox"].letters()}
    assert went["One question"] == "new@example.org"
    assert plan_of(case).confirmed_number == "07700 900456"
    assert plan_of(case).best_way == "email"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_who_agreed_to_calls_or_letters_is_asked_by_the_team_as_before(app):
    with app.app_context():
        case = reachable(1, ContactRules(("call", "letter"), ""))
        taken_on(case, TAKEN)
        assert work(app, DAY28 - timedelta(hours=4)) == work(app, DAY28) == []
        assert messages_of(case.id, 1, DAY28).rows == []
        assert plan_of(case).planned
