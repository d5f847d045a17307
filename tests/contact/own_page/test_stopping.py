"""The person takes it back: from the next request on nothing is shown, by whatever way."""

import re

import pytest
from conftest import hidden_fields
from contact.own_page.carried import PERSON, Phone
from crowd import actor, hub
from flask.testing import FlaskClient
from journeys.test_whole_loop import accept, book
from sqlalchemy import select
from support.html import address, fields, form_to

from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.casework.cases.models import Case
from referral.clock import now
from referral.consent.actions import Agreement, Circumstances, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.consent.queries import latest_answers, own_yes
from referral.contact.own_page.actions import code_for
from referral.db import db
from referral.handoff.referrals.actions import HandOffDetails, hand_off, move
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.refusals import NoConsent
from referral.handoff.referrals.states import Move, Side
from referral.people.models import Person
from referral.post.messages.models import Message

SURE = {"sure": "y"}


def names_in(text: str) -> list[str]:
    """What of the person is in a text."""
    return [word for word in PERSON if word in text]


@pytest.fixture
def service(site):
    """Somebody of the recovery hub, signed in, and the page that they have open."""
    browser = site.as_role(Role.SERVICE_WORKER)
    path = address(browser.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    return browser, path, browser.get(path).text


def stop_all(phone) -> None:
    assert phone.press("stop", about="").status_code == 303


def test_a_page_that_is_already_open_shows_and_does_nothing_more(site, phone, service):
    browser, path, opened = service
    assert names_in(opened)
    stop_all(phone)
    late = browser.post(path, data=hidden_fields(opened) | {"move": "accept"})
    assert late.status_code == 422
    for answer in (late, browser.get(path), browser.get("/inbox")):
        assert names_in(answer.text) == []
    assert "Withdrawn" in site.worker.get(site.team).text


def test_exports_and_programs_get_nothing_more(site, phone):
    with site.app.app_context():
        _, token = make_token(KeyDetails("case system", None), actor(Role.SERVICE_WORKER), now())
        number = db.session.scalars(select(Referral.id).order_by(Referral.id)).one()
        db.session.commit()
    program, bearer = site.app.test_client(), {"Authorization": f"Bearer {token}"}
    pages = ("/api/v1/referrals", f"/api/v1/referrals/{number}")
    assert names_in(program.get(pages[1], headers=bearer).text)
    assert site.worker.get(f"{site.team}/letter.pdf").status_code == 200
    stop_all(phone)
    for page in pages:
        assert names_in(program.get(page, headers=bearer).text) == []
    assert site.worker.get(f"{site.team}/letter.pdf").status_code == 404


def test_a_message_that_waits_in_the_queue_does_not_leave(site, phone):
    stop_all(phone)
    assert [letter.subject.partition(":")[0] for letter in site.post()] == [
        "They changed their mind"
    ]
    with site.app.app_context():
        asked = select(Message.state).filter_by(name="answer").order_by(Message.id)
        assert db.session.scalars(asked).all() == ["dropped"]


def test_a_link_that_was_sent_and_opened_by_its_code_shows_nothing(app, site, phone):
    link, stranger = site.link("Please answer"), app.test_client()
    stranger.post(f"{link}/code", data=hidden_fields(stranger.get(link).text))
    code = next(one for one in site.post() if one.subject.startswith("Your code"))
    digits = {"code": re.search(r"\d{6}", code.body)[0]}
    stranger.post(f"{link}/open", data=hidden_fields(stranger.get(link).text) | digits)
    assert names_in(stranger.get(link).text)
    stop_all(phone)
    after = stranger.get(link)
    assert after.status_code == 410
    assert names_in(after.text) == []


def test_each_service_is_told_and_the_page_shows_when_it_has_confirmed(app, site, phone):
    site.post()
    stop_all(phone)
    assert "They have not confirmed it yet" in phone.look()
    told = next(one for one in site.post() if one.subject.startswith("They changed"))
    assert told.to == "recovery.hub@example.org"
    assert names_in(told.subject + told.body) == []
    link, stranger = site.link("They changed"), app.test_client()
    page = stranger.get(link)
    assert "We have stopped using it" in page.text
    assert names_in(page.text) == []
    assert "They have not confirmed it yet" in phone.look()  # to open is not to confirm
    answer = stranger.post(f"{link}/stopped", data=hidden_fields(page.text) | SURE)
    assert answer.status_code == 303
    assert "They confirmed it" in phone.look()
    assert "please stop" in site.worker.get(site.team).text


def test_a_link_to_confirm_that_has_run_out_is_sent_anew(app, site, phone, later):
    site.post()
    stop_all(phone)
    link, stranger = site.link("They changed"), app.test_client()
    later(days=61)
    page = stranger.get(link)
    assert page.status_code == 410
    assert stranger.post(f"{link}/again", data=hidden_fields(page.text)).status_code == 200
    fresh = site.link("They changed")
    assert fresh != link
    answer = stranger.post(f"{fresh}/stopped", data=hidden_fields(stranger.get(fresh).text) | SURE)
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Stop.state)).all() == ["confirmed"]


def test_only_the_link_that_asks_to_stop_confirms_it(app, site, phone):
    link, stranger = site.link("Please answer"), app.test_client()
    form = hidden_fields(stranger.get(link).text)
    assert stranger.post(f"{link}/stopped", data=form | SURE).status_code == 410
    stop_all(phone)
    asked = site.link("They changed")
    stranger.post(f"{asked}/still", data=hidden_fields(stranger.get(asked).text) | SURE)
    assert "They confirmed it" not in phone.look()


def test_to_stop_one_leaves_the_others_and_to_stop_twice_is_to_stop_once(site, phone):
    about = phone.about()
    for _ in range(2):
        assert phone.press("stop", about=about).status_code == 303
    assert len([one for one in site.post() if one.subject.startswith("They changed")]) == 1
    with site.app.app_context():
        person = db.session.scalars(select(Person.id).filter_by(surname="McAlister")).one()
        said = {row.purpose: row.answer for row in latest_answers(person)}
        assert (said["share"], said["contact"]) == ("withdrawn", "granted")


def test_to_stop_everything_takes_back_every_yes_and_ends_the_plan(site, phone):
    plan = {"best_way": "call", "number_confirmed": "rang"}
    assert site.worker.submit(f"{site.case}/plan", plan).status_code == 303
    stop_all(phone)
    with site.app.app_context():
        person = db.session.scalars(select(Person.id).filter_by(surname="McAlister")).one()
        assert {row.answer for row in latest_answers(person)} == {"withdrawn"}
    assert "This plan has ended" in site.worker.get(site.case).text


def test_a_new_disclosure_is_refused_after_it(site, phone):
    stop_all(phone)
    with site.app.app_context():
        referral = db.session.scalars(select(Referral).order_by(Referral.id)).one()
        referral.state, referral.sent_at, referral.ended_at = "draft", None, None
        db.session.flush()
        step = MoveDetails(Move.SEND, referral.version)
        with pytest.raises(NoConsent):
            move(referral, step, Side.REQUESTER, actor(Role.WORKER), now())


def test_what_was_not_sent_yet_is_taken_back_before_it_leaves(app, as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    accept(desk, book(desk))
    with app.app_context():
        case, how = db.session.scalars(select(Case)).one(), Circumstances(provisional=True)
        [draft] = hand_off(
            case, HandOffDetails({hub().id: Level.FULL}, how=how), actor(Role.WORKER), now()
        )
        db.session.commit()
        number = draft.id
    worker = as_role(Role.WORKER)
    with app.app_context():
        person = db.session.scalars(select(Person).filter_by(surname="McAlister")).one()
        code = code_for(person, actor(Role.WORKER).organisation_id, actor(Role.WORKER), now())
        db.session.commit()
    phone = Phone(app)
    phone.enter(code)
    assert "Nothing has been sent to them yet" in phone.look()
    stop_all(phone)
    assert "Nobody has been given your details" in phone.look()
    assert "Recorded by mistake" in worker.get(f"/referrals/{number}").text


def test_a_form_about_a_service_that_never_had_them_is_refused(phone):
    unknown = "00000000-0000-4000-8000-000000000000"
    assert phone.press("word", about=unknown, helped="yes").status_code == 409
    assert phone.press("word", about="x", helped="yes").status_code == 409
    assert phone.press("stop", about="x").status_code == 303  # nothing is stopped by it
    assert "They have your details" in phone.look()


def test_they_change_how_to_be_reached_and_the_service_stops_using_the_old_number_at_once(
    site, phone, service
):
    browser, path, _ = service
    said = {"wanted": "yes", "phone": "07700 900456", "channels": "text", "safe_times": "mornings"}
    assert phone.press("reach", **said, no_message="y").status_code == 303
    shown = browser.get(path).text
    assert "Do not use: the phone number that you were told" in shown
    assert "Leave no message" in shown
    assert "900123" not in shown
    assert "900456" not in shown  # nobody has agreed with them that this service learns it
    assert "07700 900456" in phone.look()
    form = hidden_fields(site.desk.get("/custody/bookings/new").text) | {
        "forename": "J", "surname": "McAlister", "phone": "07700 900456",
    }  # fmt: skip
    found = FlaskClient.open(site.desk, "/custody/bookings/likely", method="POST", data=form)
    assert "McAlister" in found.text


def test_who_wants_no_contact_is_not_told_of_by_number(site, phone, service):
    browser, path, _ = service
    assert phone.press("reach", wanted="no").status_code == 303
    assert "900123" not in browser.get(path).text
    assert "900123" not in phone.look()


def test_a_yes_after_a_no_keeps_the_number_and_the_rules_that_are_not_shown(site, phone):
    first = {"wanted": "yes", "phone": "07700 900456", "channels": "text", "no_message": "y"}
    assert phone.press("reach", **first).status_code == 303
    assert phone.press("reach", wanted="no").status_code == 303
    shown = fields(form_to(phone.look(), "/me/reach"))
    assert (shown["wanted"], shown["phone"]) == ("no", "")
    assert phone.browser.post("/me/reach", data=shown | {"wanted": "yes"}).status_code == 303
    with site.app.app_context():
        person = db.session.scalars(select(Person).filter_by(surname="McAlister")).one()
        yes = own_yes(person.id, Purpose.CONTACT, now())
        assert person.phone == "07700 900456"
        assert (yes.channels, yes.no_message) == (("text",), True)


def test_the_timeline_says_that_they_said_it_themselves(site, phone):
    with site.app.app_context():
        person = db.session.scalars(select(Person).filter_by(surname="McAlister")).one()
        yes = [Agreement(Purpose.HISTORY, Answer.GRANTED)]
        record_agreements(person, yes, Circumstances(), actor(Role.WORKER), now())
        db.session.commit()
    assert "Themselves" not in site.worker.get(f"{site.case}/timeline?show=everything").text
    assert phone.press("reach", wanted="no").status_code == 303
    assert "Themselves" in site.worker.get(f"{site.case}/timeline?show=everything").text


def test_a_form_with_a_mistake_says_so_and_keeps_what_was_typed(phone):
    refused = phone.press("reach", phone="07700 900456")
    assert refused.status_code == 422
    assert "Choose yes or no" in refused.text
    assert "07700 900456" in refused.text


def test_whether_it_helped_is_for_the_team_and_apart_from_the_services_view(site, phone, service):
    browser, path, _ = service
    for helped in ("no", "partly"):
        assert phone.press("word", about=phone.about(), helped=helped).status_code == 303
    assert "You said: A little" in phone.look()
    assert "they say themselves: A little" in site.worker.get(site.team).text
    assert "themselves" not in browser.get(path).text
    assert phone.press("word", about=phone.about(), helped="nonsense").status_code == 422
