"""A service without an account answers from its e-mail; a bad link shows nothing of anybody."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import hidden_fields
from flask_migrate import downgrade, upgrade
from handoff.by_link.mail import PERSON, newest, path_in, press, unlock
from sqlalchemy import select, text, update
from support.html import address

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.db import db
from referral.directory.models import Service
from referral.handoff.referrals.models import Referral
from referral.post.links.models import Link
from referral.post.messages.models import Message


def test_the_mail_goes_to_the_registered_address_and_betrays_nobody(sent, post):
    (letter,) = post()
    assert letter.to == "recovery.hub@example.org"
    assert re.match(r"Please answer R-\w{6} by \d+ \w{3} \d{4}, \d\d:\d\d$", letter.subject)
    assert not any(word in letter.subject + letter.body for word in PERSON)


def test_without_the_code_only_the_reference_is_shown_and_no_cookie_is_set(sent, stranger, post):
    answer = stranger.get(path_in(post()[0]))
    assert answer.status_code == 200
    assert "R-" in answer.text
    assert not any(word in answer.text for word in PERSON)
    assert "Set-Cookie" not in answer.headers


def test_we_have_it_is_one_press_and_the_team_sees_it(sent, stranger, post):
    link = path_in(post()[0])
    assert press(stranger, link, "answer", answer="accept").status_code == 303
    assert "Accepted" in sent.worker.get(sent.case).text
    team = address(sent.worker.get(sent.case).text, "/referrals/[0-9a-f-]{36}")
    assert "Recovery hub, by link" in sent.worker.get(team).text


def test_the_code_shows_who_it_is_within_what_they_agree_to(sent, stranger, post):
    link = path_in(post()[0])
    unlock(stranger, link, post)
    shown = stranger.get(link).text
    assert "McAlister" in shown
    assert "Drugs" in shown
    assert "1985" not in shown  # not at the level agreed


def test_after_a_withdrawal_the_very_next_request_shows_nothing(sent, stranger, post):
    link = path_in(post()[0])
    unlock(stranger, link, post)
    assert "McAlister" in stranger.get(link).text
    asked = address(sent.worker.get(sent.case).text, "/referrals/.*withdraw-sharing")
    assert sent.worker.submit(asked, {}).status_code == 303
    after = stranger.get(link)
    assert after.status_code == 410
    assert not any(word in after.text for word in PERSON)


def test_a_code_that_waits_in_the_queue_does_not_outlive_its_link(sent, stranger, post, app):
    link = path_in(post()[0])
    press(stranger, link, "code")
    later = post(days=1)  # the mail server was away
    assert not [letter for letter in later if letter.subject.startswith("Your code")]
    with app.app_context():
        codes = select(Message.state).filter_by(name="code").order_by(Message.id)
        assert db.session.scalars(codes).all() == ["dropped"]


def test_a_forwarded_link_shows_nothing_because_the_code_goes_to_the_service(
    app, sent, stranger, post
):
    link = path_in(post()[0])
    unlock(stranger, link, post)
    friend = app.test_client()
    assert not any(word in friend.get(link).text for word in PERSON)
    press(friend, link, "code")
    assert {letter.to for letter in post()} == {"recovery.hub@example.org"}


def test_a_used_link_shows_nothing_and_says_so_kindly(sent, stranger, post, later):
    link = path_in(post()[0])
    unlock(stranger, link, post)
    press(stranger, link, "answer", answer="accept")
    page = stranger.get(link)
    assert "Thank you" in page.text
    assert not any(word in page.text for word in PERSON)
    assert "Accepted" in sent.worker.get(sent.case).text
    later(days=1)
    assert press(stranger, link, "answer", answer="reject", reason="CAP").status_code == 200
    assert "Not right? Ring" in stranger.get(link).text


def test_an_expired_link_shows_nothing_and_offers_a_new_one(sent, stranger, post, later):
    link = path_in(post()[0])
    later(days=15)
    page = stranger.get(link)
    assert page.status_code == 410
    assert not any(word in page.text for word in PERSON)
    assert "on its way" in press(stranger, link, "again").text
    fresh = path_in(post()[0])
    assert fresh != link
    assert stranger.get(fresh).status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_a_link_that_has_expired_is_not_received_by_looking_at_it(app, sent, stranger, post, later):
    link = path_in(post()[0])
    later(days=15)
    assert stranger.get(link).status_code == 410
    with app.app_context():
        assert db.session.scalars(select(Link.opened_at)).all() == [None]
        looks = select(AuditEvent.seq).filter_by(tag="link:consulted").order_by(AuditEvent.seq)
        assert db.session.scalars(looks).all() == []


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "A", lambda t: "x" + t])
def test_an_altered_link_leads_nowhere(sent, stranger, post, change):
    link = path_in(post()[0])
    page = stranger.get("/a/" + change(link.removeprefix("/a/")))
    assert page.status_code == 404
    assert "R-" not in page.text


def test_we_cannot_needs_a_reason_and_ask_us_needs_words(sent, stranger, post):
    link = path_in(post()[0])
    refused = press(stranger, link, "answer", answer="reject")
    assert refused.status_code == 422
    assert "Choose a reason" in refused.text
    assert press(stranger, link, "answer", answer="ask").status_code == 422
    assert press(stranger, link, "answer", answer="reject", reason="CAP").status_code == 303
    assert "could not take it" in sent.worker.get(sent.case).text


def test_a_question_is_answered_by_a_new_link_and_the_reply_stands_behind_the_code(
    sent, stranger, post
):
    press(stranger, path_in(post()[0]), "answer", answer="ask", note="Is a link worker there?")
    team = address(sent.worker.get(sent.case).text, "/referrals/[0-9a-f-]{36}")
    assert sent.worker.submit(team, {"move": "reply", "note": "Yes, on Mondays"}).status_code == 303
    letter = newest(post(), "A reply")
    assert "Mondays" not in letter.body
    link = path_in(letter)
    assert "Mondays" not in stranger.get(link).text
    unlock(stranger, link, post)
    assert "Mondays" in stranger.get(link).text


def test_a_wrong_code_opens_nothing_and_after_five_the_right_one_does_not_either(
    sent, stranger, post
):
    link = path_in(post()[0])
    press(stranger, link, "code")
    digits = re.search(r"\d{6}", newest(post(), "Your code").body)[0]
    wrong = f"{(int(digits) + 1) % 10**6:06}"
    for _ in range(5):
        refused = press(stranger, link, "open", code=wrong)
        assert refused.status_code == 422
        assert "That code is wrong" in refused.text
    assert press(stranger, link, "open", code=digits).status_code == 422
    assert not any(word in stranger.get(link).text for word in PERSON)


def test_codes_are_not_sent_without_end(sent, stranger, post):
    link = path_in(post()[0])
    for _ in range(3):
        assert press(stranger, link, "code").status_code == 303
    assert press(stranger, link, "code").status_code == 429
    assert len([letter for letter in post() if letter.subject.startswith("Your code")]) == 3


def test_what_was_opened_by_the_code_closes_after_half_an_hour(sent, stranger, post, later):
    link = path_in(post()[0])
    unlock(stranger, link, post)
    later(minutes=31)
    assert not any(word in stranger.get(link).text for word in PERSON)


def test_opening_counts_as_received_and_the_trail_names_the_link(app, sent, stranger, post):
    link = path_in(post()[0])
    unlock(stranger, link, post)
    stranger.get(link)
    with app.app_context():
        row = db.session.scalars(select(Link).filter_by(purpose="answer")).one()
        assert row.opened_at
        mine = select(AuditEvent.tag).filter_by(actor_id=row.id).order_by(AuditEvent.seq)
        assert set(db.session.scalars(mine)) == {
            "link:consulted",
            "link-code:collected",
            "link-code:proved",
            "referral:consulted",
        }


def test_a_double_press_answers_once(app, sent, stranger, post):
    link = path_in(post()[0])
    fields = hidden_fields(stranger.get(link).text)
    for _ in range(2):
        answer = stranger.post(f"{link}/answer", data=fields | {"answer": "accept"})
        assert (answer.status_code, answer.location) == (303, link)
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        assert [event.move for event in referral.events] == ["send", "accept"]


def test_a_service_that_never_signs_in_takes_a_referral_to_its_end(
    as_role, sent, stranger, post, later
):
    press(stranger, path_in(post()[0]), "answer", answer="accept")
    see = path_in(newest(post(), "Thank you"))
    unlock(stranger, see, post)
    assert "McAlister" in stranger.get(see).text
    when = f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    assert press(stranger, see, "appointment", starts_at=when).status_code == 303
    later(days=4)
    came = path_in(newest(post(), "Did they come"))
    assert press(stranger, came, "came", answer="yes").status_code == 303
    later(days=15)
    changed = path_in(newest(post(), "Are they still"))
    assert "Drugs" not in stranger.get(changed).text
    assert press(stranger, changed, "still", sure="y").status_code == 303
    later(days=43)
    changed = path_in(newest(post(), "Are they still"))
    press(stranger, changed, "code")
    digits = re.search(r"\d{6}", newest(post(), "Your code").body)[0]
    press(stranger, changed, "open", code=digits)
    said = {"move": "complete", "reason": "complete:COMPL", "change_DRUG": "better"}
    assert press(stranger, changed, "end", **said).status_code == 303
    assert "Completed" in as_role(Role.WORKER).get(sent.case).text
    before = len(post())
    later(days=91)
    assert len(post()) == before  # it stops when answered


def test_no_answer_is_unknown_and_the_same_day_is_asked_about_once(app, sent, stranger, post):
    press(stranger, path_in(post()[0]), "answer", answer="accept")
    for day in (4, 5, 6):
        asked = [x for x in post(days=day) if x.subject.startswith("Did they come")]
        assert len(asked) == 1
    with app.app_context():
        assert db.session.scalars(select(Referral)).one().state == "accepted"


def test_where_the_service_has_no_address_any_more_no_code_leaves(app, sent, stranger, post):
    link = path_in(post()[0])
    with app.app_context():
        db.session.execute(update(Service).values(email=""))
        db.session.commit()
    refused = press(stranger, link, "code")
    assert refused.status_code == 422
    assert "no longer have an email address for your team" in refused.text
    assert len(post()) == 1


def test_what_was_answered_by_link_survives_the_way_down_and_up_again(app, sent, stranger, post):
    press(stranger, path_in(post()[0]), "answer", answer="accept")
    with app.app_context():
        own = next((Path(__file__).parents[3] / "migrations/versions").glob("0007*"))
        downgrade(revision=re.search(r"down_revision = '(\w+)'", own.read_text())[1])
        orphans = text(
            "SELECT count(*) FROM referral_event WHERE by_id NOT IN (SELECT id FROM user_account)"
        )
        with db.engine.connect() as connection:
            assert connection.execute(orphans).scalar() == 0
        upgrade()
        assert len(db.session.scalars(select(Referral)).one().events) == 2
