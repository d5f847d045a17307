"""What was stopped by mistake on the own page is taken back there, and nothing else comes back."""

import re

import pytest
from conftest import hidden_fields
from crowd import actor, hub
from sqlalchemy import select
from support.html import address, read, words

from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.tags import Tag
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.contact_plan.fact_actions import learn
from referral.casework.contact_plan.queries import plan_of
from referral.casework.facts.actions import Said
from referral.clock import now, today
from referral.consent.models import Consent
from referral.consent.purposes import Answer, Level, Purpose
from referral.consent.queries import stands
from referral.consent.words import shipped_words
from referral.contact.own_page.actions import stop_cards
from referral.contact.own_page.stopped_queries import SAYABLE
from referral.db import db
from referral.handoff.referrals.actions import HandOffDetails, hand_off
from referral.handoff.referrals.models import Stop
from referral.people.models import Person

ASKS = "They took back a stop: talk to them"
BY_MISTAKE = "I stopped this by mistake"


def buttons(phone, path):
    """What the buttons of the page that post to an address say and send."""
    forms = [f for f in read(phone.look()).select("form") if f["action"] == path]
    return [(words(form.button), {form.button["name"]: form.button["value"]}) for form in forms]


def press(phone, path, number=0):
    """Press one of them, with all that its form holds."""
    form = [f for f in read(phone.look()).select("form") if f["action"] == path][number]
    held = {one["name"]: one["value"] for one in form.select("input")}
    return phone.browser.post(path, data=held | {form.button["name"]: form.button["value"]})


def person():
    return db.session.scalars(select(Person).filter_by(surname="McAlister")).one()


def case():
    return db.session.scalars(select(Case)).one()


def promised(app):
    """How each promise to talk to them ended, None where it is open."""
    with app.app_context():
        return [one.ending for one in case().promises if one.act is NextStep.AGAIN]


def may_contact(app):
    with app.app_context():
        return stands(person().id, Purpose.CONTACT, now())


def noted(app):
    with app.app_context():
        tags = db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.seq))
        return [tag for tag in tags if tag in {Tag.OWN_STOP_BACK, Tag.OWN_STOP_STAYS}]


@pytest.fixture
def no_contact(phone):
    """They said on their page that nobody may contact them."""
    assert phone.press("reach", wanted="no").status_code == 303
    return phone


@pytest.fixture
def stopped(site, phone):
    """They stopped the recovery hub."""
    site.post()
    assert phone.press("stop", about=phone.about()).status_code == 303
    return phone


def test_to_be_contacted_is_agreed_to_again_in_the_words_that_stand_there(app, site, no_contact):
    assert not may_contact(app)
    [text] = [w.text for w in shipped_words() if (w.purpose, w.language) == ("contact", "en")]
    assert read(no_contact.look()).q.text == text
    assert press(no_contact, "/me/back").status_code == 303
    assert may_contact(app)
    with app.app_context():
        latest = db.session.scalars(select(Consent).order_by(Consent.order.desc())).first()
        assert (latest.answer, latest.given_how, latest.words.text) == ("granted", "signed", text)
    assert noted(app) == [Tag.OWN_STOP_BACK]
    assert ASKS in site.worker.get(site.case).text
    assert "They took back a stop" in site.worker.get("/news").text


def test_a_second_tab_takes_it_back_once(app, no_contact):
    held = [
        {one["name"]: one["value"] for one in form.select("input")}
        | {form.button["name"]: form.button["value"]}
        for page in (no_contact.look(), no_contact.look())
        for form in read(page).select("form")
        if form["action"] == "/me/back"
    ]
    assert [no_contact.browser.post("/me/back", data=d).status_code for d in held] == [303, 409]
    assert promised(app) == [None]


def test_what_they_take_back_they_can_stop_again(app, no_contact):
    press(no_contact, "/me/back")
    assert no_contact.press("reach", wanted="no").status_code == 303
    assert promised(app) == [Ending.DROPPED]
    assert not may_contact(app)
    assert buttons(no_contact, "/me/back")


def test_other_words_than_those_on_the_page_are_not_agreed_to(app, no_contact):
    [(_, said)] = buttons(no_contact, "/me/back")
    form = hidden_fields(no_contact.look()) | said
    for shown in ("", "00000000-0000-4000-8000-000000000000", "x"):
        assert no_contact.browser.post("/me/back", data=form | {"words": shown}).status_code == 409
    assert not may_contact(app)


def test_the_plan_that_ended_with_it_goes_on(app, site, phone):
    plan = {"best_way": "call", "number_confirmed": "rang"}
    assert site.worker.submit(f"{site.case}/plan", plan).status_code == 303
    phone.press("reach", wanted="no")
    assert "This plan has ended" in site.worker.get(site.case).text
    assert press(phone, "/me/back").status_code == 303
    with app.app_context():
        assert plan_of(case()).ended_why is None
        assert plan_of(case()).planned


def test_a_service_is_told_nothing_until_a_worker_hands_them_on_anew(app, site, stopped):
    browser = site.as_role(Role.SERVICE_WORKER)
    old = address(browser.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    [(called, _)] = buttons(stopped, "/me/back")
    assert called.startswith(BY_MISTAKE)
    assert press(stopped, "/me/back").status_code == 303
    assert "Until then they see nothing of you" in stopped.look()
    assert "McAlister" not in browser.get(old).text
    page = site.worker.get(site.case).text
    assert ASKS in page
    assert "Hand to services" in page
    with app.app_context():
        [stop] = db.session.scalars(select(Stop)).all()
        assert stop.state == "told"
        hand_off(case(), HandOffDetails({hub().id: Level.FULL}), actor(Role.WORKER), now())
        db.session.commit()
    assert promised(app) == [Ending.KEPT]
    assert "They have your details" in stopped.look()
    new = address(browser.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    assert "McAlister" in browser.get(new).text


def test_who_asked_for_a_service_again_can_leave_it_stopped(app, stopped):
    press(stopped, "/me/back")
    assert press(stopped, "/me/stays").status_code == 303
    assert promised(app) == [Ending.DROPPED]
    assert noted(app) == [Tag.OWN_STOP_BACK, Tag.OWN_STOP_STAYS]
    assert stopped.press("stays", about=stopped.about()).status_code == 409
    assert buttons(stopped, "/me/back")


def test_once_a_worker_has_spoken_to_them_it_is_kept(app, site, stopped):
    press(stopped, "/me/back")
    form = hidden_fields(site.worker.get(site.case).text)
    assert site.worker.post(f"{site.case}/spoken", data=form).status_code == 303
    assert promised(app) == [Ending.KEPT]


def test_after_everything_was_stopped_it_is_said_first_that_they_may_be_contacted(app, phone):
    phone.press("stop", about="")
    labels = [label for label, _ in buttons(phone, "/me/back")]
    about_service = next(i for i, label in enumerate(labels) if label.startswith(BY_MISTAKE))
    refused = press(phone, "/me/back", about_service)
    assert refused.status_code == 422
    assert "Say first how we may reach you" in refused.text
    contact = next(i for i, label in enumerate(labels) if "get in touch" in label)
    assert press(phone, "/me/back", contact).status_code == 303
    assert press(phone, "/me/back").status_code == 303
    assert promised(app) == [None, None]


def test_to_stop_everything_again_takes_it_all_back(app, stopped):
    press(stopped, "/me/back")
    assert stopped.press("stop", about="").status_code == 303
    assert promised(app) == [Ending.DROPPED]


def test_a_closed_case_goes_on_for_a_service_in_the_hands_of_the_team(app, stopped):
    with app.app_context():
        case().close("REACH", case().opened_at)
        db.session.commit()
    assert press(stopped, "/me/back").status_code == 303
    with app.app_context():
        assert (case().closed_at, case().worker_id) == (None, None)
    assert promised(app) == [None]


def test_in_a_closed_case_they_agree_to_be_contacted_and_nothing_is_promised(app, no_contact):
    with app.app_context():
        case().close("REACH", case().opened_at)
        db.session.commit()
    assert press(no_contact, "/me/back").status_code == 303
    assert may_contact(app)
    assert promised(app) == []


def test_of_who_is_said_to_have_died_nothing_comes_back(app, no_contact):
    [(_, said)] = buttons(no_contact, "/me/back")
    with app.app_context():
        learn(case(), Said("contact_fail", "DECEASED", sure=False), actor(Role.WORKER), now())
        db.session.commit()
    assert buttons(no_contact, "/me/back") == []
    assert no_contact.press("back", **said).status_code == 409
    assert not may_contact(app)


@pytest.mark.parametrize(
    ("column", "value"),
    [("provisional", True), ("expires_on", None)],
)
def test_a_yes_that_would_not_stand_today_is_not_said_by_a_button(app, no_contact, column, value):
    with app.app_context():
        yes = select(Consent).filter_by(purpose="contact", answer=Answer.GRANTED)
        setattr(db.session.scalars(yes).one(), column, today() if value is None else value)
        db.session.commit()
    assert buttons(no_contact, "/me/back") == []


def test_under_16_nobody_says_it_alone(app, no_contact):
    with app.app_context():
        person().date_of_birth = today().replace(year=today().year - 15)
        db.session.commit()
    assert buttons(no_contact, "/me/back") == []


def test_what_was_stopped_with_a_card_that_was_lost_is_taken_back_with_the_next(
    app, site, no_contact
):
    with app.app_context():
        stop_cards(person(), actor(Role.WORKER), now())
        db.session.commit()
    assert no_contact.browser.get("/me/page").status_code == 303  # the old code opens nothing
    assert no_contact.enter(site.code()).status_code == 303
    assert press(no_contact, "/me/back").status_code == 303
    assert may_contact(app)


def test_what_a_worker_wrote_down_is_not_taken_back_here(app, site, phone):
    page = site.worker.get(f"{site.case}/withdraw/contact").text
    answer = site.worker.post(f"{site.case}/withdraw/contact", data=hidden_fields(page))
    assert answer.status_code == 303
    assert buttons(phone, "/me/back") == []


def test_no_words_that_can_stand_here_tell_where_the_card_came_from():
    texts = [w.text for w in shipped_words() if w.purpose in SAYABLE]
    assert len(texts) >= len(SAYABLE)
    assert not [text for text in texts if re.search(r"custod|arrest|police|cell", text, re.I)]
