"""A service that knows somebody by no name reads the name once it is told, and not before."""

import json

import pytest
from api.test_referrals import token_of
from crowd import actor
from handoff.followup.test_letters import text_of
from handoff.referrals.test_telling_more import WRONG_NUMBER, Handed, another_number
from journeys.test_whole_loop import accept, book
from sqlalchemy import select
from support.html import read
from support.said import HEARD

from referral.access.permissions import Role
from referral.acts.kinds import ActKind
from referral.acts.queries import last_act
from referral.audit.models import AuditEvent
from referral.clock import now
from referral.db import db
from referral.handoff.referrals.models import Referral
from referral.people.actions import identify
from referral.people.correcting_actions import Correction, correct, take_back
from referral.people.identity import Identity

NAMELESS = {"naming": "unknown", "about_age": "40", "forename": "", "surname": ""}
UNKNOWN = "Name not known, about 40"


@pytest.fixture
def handed(app, as_role) -> Handed:
    """Somebody whose name is not known is with the hub at the second level."""
    desk = as_role(Role.CUSTODY_OFFICER)
    accept(desk, book(desk, **NAMELESS, date_of_birth=""))
    return Handed(app, as_role, booked=True)


def put_right(referral: Referral, surname: str = "Ray") -> None:
    """The desk corrects the record."""
    what = Correction("Ann", surname, "", None, "F", "her card")
    correct(referral.person, what, actor(Role.CUSTODY_OFFICER), now())


def booked_again(referral: Referral) -> None:
    """They are at the desk again, say who they are, and are the same person."""
    identify(Identity("Ann", "Ray", phone=referral.person.phone), referral.person_id, HEARD)


def taken_back(referral: Referral) -> None:
    """It was somebody else's card."""
    act = last_act(referral.person_id, [ActKind.CORRECTED])
    take_back(referral.person, act, "another woman", actor(Role.CUSTODY_OFFICER), now())


def everywhere(handed: Handed, app, as_role) -> list[str]:
    """What the service reads: its page, the letter, the program."""
    token = token_of(app, Role.SERVICE_WORKER)
    number = handed.inbox.rsplit("/", 1)[1]
    bearer = {"Authorization": f"Bearer {token}"}
    program = app.test_client().get(f"/api/v1/referrals/{number}", headers=bearer).json
    letter, _ = text_of(handed.worker.get(f"{handed.page}/letter.pdf"))
    listed = read(handed.service.get("/inbox").text).select_one("main").text
    return [handed.sees(), letter, json.dumps(program["person"]), listed]


@pytest.mark.parametrize("deed", [put_right, booked_again])
def test_a_name_that_became_known_is_told_by_itself_and_then_read_everywhere(
    handed, app, as_role, deed
):
    handed.change(deed)
    assert not any("Ann Ray" in words for words in everywhere(handed, app, as_role))
    shown = read(handed.worker.get(handed.case).text)
    [offered] = [a for a in shown.select("a") if a.text.startswith("Tell the name")]
    assert "Tell the service their name" in handed.worker.get(handed.page).text
    assert handed.worker.get(offered["href"]).status_code == 200
    assert handed.tell(name="y").status_code == 303
    page, letter, program, _ = everywhere(handed, app, as_role)
    for words in (page, letter, program):
        assert "Ann Ray" in words
        assert UNKNOWN not in words
    assert handed.told()[1:] == [("name", {"name": "Ann Ray"})]
    assert "Tell the name" not in handed.worker.get(handed.case).text
    assert "told their name" in handed.worker.get(handed.page).text
    with app.app_context():
        told = select(AuditEvent).filter_by(tag="referral:disclosed-more")
        assert db.session.scalars(told).one().recipient_id


def test_a_number_that_is_told_brings_no_name_with_it(handed):
    handed.change(put_right)
    handed.change(another_number)
    page = read(handed.worker.get(f"{handed.page}/tell").text)
    told = [" ".join(inset.text.split()) for inset in page.select("form .govuk-inset-text")]
    number = f"{UNKNOWN}, 07700 900777. Speaks English."
    assert told == ["They are told: Ann Ray", f"They are told: {number}"]
    assert handed.tell(reach="y").status_code == 303
    assert f"{UNKNOWN}, 07700 900777" in handed.sees()
    assert WRONG_NUMBER not in handed.sees()


def test_a_name_that_nobody_knows_is_no_news(handed):
    assert "Tell the name" not in handed.worker.get(handed.case).text
    assert handed.tell(name="y").status_code == 422
    assert len(handed.told()) == 1


def test_a_name_that_was_wrong_is_told_again_as_it_is_now(handed):
    handed.change(put_right)
    handed.tell(name="y")
    handed.change(lambda referral: put_right(referral, "Roy"))
    assert "Ann Ray" in handed.sees()
    assert "Tell the name" in handed.worker.get(handed.case).text
    assert handed.tell(name="y").status_code == 303
    assert "Ann Roy" in handed.sees()


def test_a_name_that_was_taken_back_is_read_nowhere_and_not_to_be_used(handed, app, as_role):
    handed.change(put_right)
    handed.tell(name="y")
    handed.change(taken_back)
    *told, listed = everywhere(handed, app, as_role)
    for words in (*told, listed):
        assert "Ann Ray" not in words
        assert "A.R." not in words
    for words in told:
        assert "Name not known" in words
    assert "Do not use: the name that you were told" in handed.sees()
    shown = handed.worker.get(handed.case).text
    assert "Tell the name" not in shown
    assert "They do not know how to reach" not in shown
    handed.change(lambda referral: put_right(referral, "Roy"))
    assert "Ann" not in handed.sees()
    handed.tell(name="y")
    assert "Ann Roy" in handed.sees()
    assert "Do not use" not in handed.sees()
