"""The preview of a hand-off shows the very words that the service reads a moment later."""

import re

import pytest
from crowd import actor, agreed, hub
from journeys.test_whole_loop import accept, book
from journeys.test_whole_loop import hand_over as hand_on
from support.html import address, hand_over, read, words

from referral.access.permissions import Role
from referral.casework.contact_plan.fact_actions import learn
from referral.casework.facts.actions import Said
from referral.clock import now
from referral.consent.actions import PLAINLY, Agreement, ContactRules, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.custody.actions import BookingDetails, open_booking
from referral.db import db
from referral.handoff.referrals.actions import HandOffDetails, hand_off
from referral.handoff.referrals.sight_queries import seen_now, tellable
from referral.handoff.referrals.telling_queries import knowing
from referral.people.identity import Identity

NUMBER = "07700 900123"
WRONG = "Do not use: the phone number"


def a_case(phone: str = NUMBER):
    """Somebody agrees to everything."""
    officer, at = actor(Role.CUSTODY_OFFICER), now()
    who = Identity("Ann", "Ray", phone=phone)
    return agreed(open_booking(BookingDetails(who, at), officer, at), officer, at)


def nobody_answers(case) -> None:
    """It is said that the number is somebody else's."""
    learn(case, Said("attempt", "WRONG", sure=False, detail=NUMBER), actor(Role.WORKER), now())


def no_calls(case) -> None:
    no = Agreement(Purpose.CONTACT, Answer.WITHDRAWN)
    record_agreements(case.person, [no], PLAINLY, actor(Role.WORKER), now())


def texts_only(case) -> None:
    yes = Agreement(Purpose.CONTACT, Answer.GRANTED, rules=ContactRules(("text",), "after 6", True))
    record_agreements(case.person, [yes], PLAINLY, actor(Role.WORKER), now())


def no_number(case) -> None:
    case.person.phone = "none yet"


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(
    "deed", [nobody_answers, no_calls, texts_only, no_number, lambda case: None]
)
def test_what_the_preview_shows_is_what_the_service_reads(app, level, deed):
    with app.app_context():
        case, worker = a_case(), actor(Role.WORKER)
        deed(case)
        db.session.flush()
        preview = tellable(case, worker, now()).told(level, ["DRUG"])
        details = HandOffDetails({hub().id: level}, needs={hub().id: ["DRUG"]})
        [referral] = hand_off(case, details, worker, now())
        read_now = seen_now(referral, now())
        assert read_now.person == preview
        assert read_now.warnings == []


@pytest.mark.parametrize("deed", [nobody_answers, no_number])
def test_a_number_that_may_not_be_used_is_not_read_out_or_told(app, as_role, deed):
    with app.app_context():
        case = a_case()
        deed(case)
        db.session.commit()
    worker = as_role(Role.WORKER)
    page = f"{address(worker.get('/cases').text, '/cases/[0-9a-f-]{36}')}/hand-off"
    words = [told.text for told in read(worker.get(page).text).select(".app-told")]
    assert words
    assert all("no phone number" in told for told in words)
    assert hand_over(worker, page, "summary").status_code == 303
    service = as_role(Role.SERVICE_WORKER)
    shown = service.get(address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")).text
    assert "no phone number" in shown
    assert NUMBER not in shown
    assert WRONG not in shown


def test_who_says_the_number_again_is_offered_to_tell_it(app):
    with app.app_context():
        case, worker = a_case(), actor(Role.WORKER)
        nobody_answers(case)
        [referral] = hand_off(case, HandOffDetails({hub().id: Level.CONTACT}), worker, now())
        news = knowing(referral, worker, now()).news
        assert news.reach.phone == NUMBER


@pytest.mark.parametrize(("sex", "said"), [("M", "male"), ("F", "female")])
def test_at_the_full_level_the_sex_is_read_by_both_as_it_is_told(as_role, sex, said):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk, sex=sex))
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    hub = read(worker.get(f"{case}/hand-off").text).select_one(".app-svc")
    assert "Recovery hub" in words(hub)
    previews = {level: words(hub.select_one(f".app-told--{level}")) for level in Level}
    assert re.search(rf"Born 3 May 1985 \(\d\d\), {said}\.", previews["full"])
    assert said not in previews["summary"]
    assert hand_on(worker, level="full")[1].status_code == 303
    service = as_role(Role.SERVICE_WORKER)
    page = service.get(address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")).text
    told = words(read(page).select_one(".govuk-inset-text"))
    assert re.search(rf"Born 3 May 1985 \(\d\d\), {said}\.", told)
    assert told in previews["full"]
