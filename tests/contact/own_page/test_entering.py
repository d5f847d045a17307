"""The code and the birth date open the page; nothing else does, and nothing tells why not."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from conftest import hidden_fields
from contact.own_page.carried import PERSON, Phone
from journeys.test_whole_loop import accept, book
from sqlalchemy import select, update
from support.html import address, read

from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.contact.own_page.codes import LETTERS, code_of, in_fours, typed_code
from referral.contact.own_page.models import OwnVisit, PersonCard
from referral.db import db
from referral.people.models import Person

BETRAYALS = (  # in the page, its title, its address and its headers
    "arrest", "custod", "police", "prison", "offence", "court", "cell", "crime", "detain",
    "referral", "drug", "alcohol", "recovery", "addict", "treatment", "health", "housing",
    "service", "mcalister",
)  # fmt: skip


def told_by(answer) -> str:
    """All that somebody sees who looks over a shoulder, or finds the phone."""
    seen = read(answer.text)
    for one in seen.select("link, [name=csrf_token]"):
        one.decompose()
    for one in seen.select("[class]"):
        del one["class"]
    kept = {
        k: v for k, v in answer.headers.items() if not re.match("Set-Cookie|Cross-Origin|Ref", k)
    }
    return f"{seen} {kept}".lower()


def betrayed(answer) -> list[str]:
    told = told_by(answer)
    found = [word for word in BETRAYALS if word in told]
    return found + re.findall(r"\br-[2-9b-z]{6}\b", told)


@pytest.mark.parametrize("born", ["07/11/02", "7 Nov 2002", "7.11.2002", "2002-11-07", "07112002"])
def test_the_door_takes_a_birth_date_as_people_type_it(app, site, born):
    with app.app_context():
        db.session.execute(update(Person).values(date_of_birth=date(2002, 11, 7)))
        db.session.commit()
    assert Phone(app).enter(site.code(), born).status_code == 303
    refused = Phone(app).enter(site.code(), "8 Nov 2002")
    assert refused.status_code != 303


def test_a_code_has_twelve_letters_that_do_not_look_alike_and_more_than_55_bits():
    code = code_of(UUID(int=7), "key")
    assert len(code) == 12
    assert set(code) <= set(LETTERS)
    assert len(LETTERS) ** 12 > 2**55
    assert not set("01OILUA") & set(LETTERS)
    assert code != code_of(UUID(int=8), "key")
    assert code != code_of(UUID(int=7), "another key")
    assert typed_code(f" {in_fours(code).lower()}-") == code


def test_the_card_carries_the_same_code_each_time_it_is_printed(app, site):
    assert site.code() == site.code()
    with app.app_context():
        (card,) = db.session.scalars(select(PersonCard).order_by(PersonCard.id)).all()
        assert typed_code(site.code()) not in card.fingerprint


def test_without_a_birth_date_on_record_the_card_carries_no_code(as_role, site):
    with site.app.app_context():
        db.session.execute(update(Person).values(date_of_birth=None, born_about=1985))
        db.session.commit()
    assert "It is your choice" in site.card()
    assert "code" not in site.card()


def test_the_code_and_the_birth_date_open_the_page_and_stand_in_no_address(app, site):
    person = Phone(app)
    answer = person.enter(site.code().lower().replace(" ", "-"))
    assert (answer.status_code, answer.location) == (303, "/me/page")
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("me="))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/me" in cookie
    assert "They have been asked" in person.look()


def test_nothing_on_any_page_betrays_anything_to_who_looks_on(app, site):
    person = Phone(app)
    assert betrayed(person.browser.get("/me")) == []
    assert betrayed(person.enter("2222 2222 2222")) == []
    person.enter(site.code())
    page = person.browser.get("/me/page")
    assert read(page.text).title.text == "Your contacts"
    assert page.headers["Cache-Control"] == "no-store"
    assert betrayed(page) == []
    assert betrayed(person.browser.post("/me/stop", data={})) == []  # the page of what went wrong


def test_the_name_is_shown_for_one_press_and_gone_with_the_next_look(phone):
    assert "Recovery hub" not in phone.look()
    shown = phone.browser.post("/me/names", data=hidden_fields(phone.look()))
    assert "Recovery hub" in shown.text
    assert not any(word in shown.text for word in PERSON if word not in {"900123"})
    assert "Recovery hub" not in phone.look()


def said(answer) -> str:
    """A page without what is made anew for each form and what was typed."""
    shown = read(answer.text)
    for one in shown.select("[value]"):
        del one["value"]
    return str(shown)


def test_an_unknown_code_and_a_wrong_date_get_the_same_answer(app, site, later):
    person, code = Phone(app), site.code()
    unknown, wrong = person.enter("2222 3333 4444"), person.enter(code, "4 5 1985")
    assert unknown.status_code == wrong.status_code == 422
    assert said(unknown) == said(wrong)
    later(days=366)
    expired = person.enter(code)
    assert (expired.status_code, said(expired)) == (422, said(wrong))


def test_after_five_wrong_dates_the_right_one_opens_nothing_for_an_hour(
    app,
    site,
    later,
):
    person, code = Phone(app), site.code()
    for day in range(10, 15):
        wrong = person.enter(code, f"{day} 5 1985")
    resting = person.enter(code)
    assert (resting.status_code, said(resting)) == (422, said(wrong))
    later(minutes=61)
    assert person.enter(code).status_code == 303


def test_after_twenty_wrong_dates_only_a_new_card_helps(app, site, later):
    person, code = Phone(app), site.code()
    for hours in range(1, 5):
        for day in range(10, 15):
            assert person.enter(code, f"{day} 5 1985").status_code == 422
        later(minutes=61 * hours)
    assert person.enter(code).status_code == 422
    site.worker = site.as_role(Role.WORKER)
    fresh = site.code()
    assert fresh != code
    assert person.enter(fresh).status_code == 303


def test_who_tries_many_codes_from_one_address_is_stopped_and_others_are_not(
    app,
    site,
    later,
):
    guesser, code = Phone(app), site.code()
    for number in range(20):
        assert guesser.enter(f"2222 2222 {2000 + number}").status_code == 422
    assert guesser.enter(code).status_code == 422
    elsewhere = Phone(app)
    elsewhere.browser.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert elsewhere.enter(code).status_code == 303
    later(minutes=6)
    assert guesser.enter(code).status_code == 303


@pytest.mark.parametrize("role", [Role.WORKER, Role.TEAM_LEAD])
@pytest.mark.parametrize("page", ["case", "team"])
def test_a_lost_card_opens_nothing_and_its_open_page_closes(site, phone, role, page):
    old = site.code()
    staff, path = site.as_role(role), getattr(site, page)
    asked = address(staff.get(path).text, "/cases/[0-9a-f-]{36}/card/stop")
    assert "lost their card?" in staff.get(asked).text
    assert phone.browser.get("/me/page").status_code == 200  # to be asked stops nothing
    assert staff.submit(asked, {}).status_code == 303
    gone = phone.browser.get("/me/page")
    assert (gone.status_code, gone.location) == (303, "/me")
    assert Phone(site.app).enter(old).status_code == 422
    told = staff.get(path).text
    assert "Their card was stopped" in told
    assert "/card/stop" not in told
    assert site.code() != old
    assert Phone(site.app).enter(site.code()).status_code == 303


def test_a_card_is_stopped_by_the_own_team_alone(site, phone):
    site.code()
    form = hidden_fields(site.worker.get("/password").text)
    strangers = [(Role.SERVICE_WORKER, 403), (Role.PEER, 403), (Role.CUSTODY_OFFICER, 403)]
    for role, status in strangers:
        other = site.as_role(role)
        fields = hidden_fields(other.get("/password").text)
        assert other.post(f"{site.case}/card/stop", data=fields).status_code == status
    elsewhere = "/cases/00000000-0000-4000-8000-000000000000/card/stop"
    assert site.worker.post(elsewhere, data=form).status_code == 404
    assert phone.browser.get("/me/page").status_code == 200


@pytest.mark.parametrize("minutes", [16, 61])
def test_a_page_left_open_closes_by_itself(phone, later, minutes):
    fields = hidden_fields(phone.look())
    later(minutes=minutes)
    refused = phone.browser.post("/me/stop", data=fields)
    assert (refused.status_code, refused.location) == (303, "/me")
    assert phone.browser.get("/me/page").location == "/me"
    with phone.browser.application.app_context():
        assert not db.session.scalars(
            select(AuditEvent.seq).filter_by(tag="referral:altered").order_by(AuditEvent.seq)
        ).all()


def test_a_page_that_is_used_stays_open_for_an_hour_and_no_longer(phone, later):
    for minutes in (14, 28, 42, 56):
        later(minutes=minutes)
        assert phone.browser.get("/me/page").status_code == 200
    later(minutes=61)
    assert phone.browser.get("/me/page").status_code == 303


def test_closing_the_page_ends_the_visit_on_the_server(phone):
    kept = phone.browser.get_cookie("me", path="/me").value
    assert phone.press("leave").status_code == 303
    phone.browser.set_cookie("me", kept, path="/me")
    assert phone.browser.get("/me/page").location == "/me"
    with phone.browser.application.app_context():
        (visit,) = db.session.scalars(select(OwnVisit).order_by(OwnVisit.id)).all()
        assert visit.token_hash != kept
        assert visit.ended_at - visit.started_at < timedelta(minutes=1)


def test_a_stranger_and_a_signed_in_worker_without_the_code_see_the_door(site):
    for browser in (Phone(site.app).browser, site.worker):
        assert browser.get("/me/page").location == "/me"


def test_one_persons_code_shows_nothing_of_another(app, as_role, site):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(
        desk,
        book(desk, surname="Begg", forename="Isla", date_of_birth="1 2 1990", phone="07700 900322"),
    )
    del worker
    first = Phone(app)
    first.enter(site.code())
    assert first.look().count("They have your details") == 1
    assert Phone(app).enter(site.code(), "1 2 1990").status_code == 422


def test_reading_and_trying_are_in_the_trail(app, site, phone):
    phone.look()
    Phone(app).enter(site.code(), "4 5 1985")
    with app.app_context():
        wanted = select(AuditEvent).where(AuditEvent.tag.startswith("own-"))
        seen = db.session.scalars(wanted.order_by(AuditEvent.seq)).all()
        assert [event.tag for event in seen] == [
            "own-card:collected", "own-page:opened", "own-page:consulted", "own-page:refused",
        ]  # fmt: skip
        (card,) = db.session.scalars(select(PersonCard.id).order_by(PersonCard.id)).all()
        assert {event.actor_id for event in seen[1:]} == {card}
