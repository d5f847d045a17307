"""Who wants to be contacted says how, and a yes beside a no is asked about."""

import pytest
from sqlalchemy import select
from support.html import address, fields, form_of, words

from referral.access.permissions import Role
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.consent.reaching import can_be_reached
from referral.db import db
from referral.people.models import Person

NEW = "/custody/bookings/new"
CASE = "/cases/[0-9a-f-]{36}"
ANN = {"surname": "Docherty", "forename": "Ann", "date_of_birth": "4 9 1990"}
ANN |= {"authorised_at": "now"}


@pytest.mark.parametrize(
    ("phone", "postcode", "channels", "can"),
    [
        ("", "", (), False),
        ("07700 900321", "", (), True),
        ("", "G51 2AB", (), True),
        ("", "", ("call", "text"), False),
        ("", "G51 2AB", ("text",), False),
        ("07700 900321", "", ("text",), True),
        ("", "", ("call", "letter"), True),
        ("", "", ("person",), True),
    ],
)
def test_one_of_the_ways_that_they_named_has_to_work(phone, postcode, channels, can):
    assert can_be_reached(phone, postcode, channels) is can


@pytest.fixture
def booking(desk):
    return desk.submit(NEW, ANN).location


def contact(app):
    """What was said to being contacted, in order."""
    with app.app_context():
        rows = select(Consent).filter_by(purpose=Purpose.CONTACT).order_by(Consent.order)
        return [row.answer.value for row in db.session.scalars(rows)]


def test_a_yes_without_a_way_asks_for_one_at_its_field(app, desk, booking):
    typed = {"answer": "accepted", "contact": "yes", "safe_times": "after 12"}
    refused = desk.submit(booking, typed)
    assert refused.status_code == 422
    form = form_of(refused.text)
    assert "Ask how they can be reached" in words(form.select_one("#phone-error"))
    assert form.select_one("#phone").find_parent("details") is None  # it is not folded away
    assert contact(app) == []
    again = fields(form) | {"phone": "07700900321"}
    assert desk.post(booking, data=again).status_code == 303
    assert contact(app) == ["granted"]
    with app.app_context():
        assert db.session.scalars(select(Person.phone)).one() == "07700 900321"


def test_a_worker_who_asks_again_is_told_the_same(app, desk, booking, as_role):
    desk.submit(booking, {"answer": "accepted"})
    worker = as_role(Role.WORKER)
    page = address(worker.get("/cases").text, CASE) + "/agreements"
    refused = worker.submit(page, {"contact": "yes"})
    assert "Ask how they can be reached" in words(form_of(refused.text))
    assert worker.submit(page, {"contact": "yes", "channels": ["person"]}).status_code == 303
    assert contact(app) == ["granted"]


def test_a_number_without_an_answer_is_not_lost_in_silence(desk, booking):
    typed = {"answer": "accepted", "phone": "07700 900321"}
    assert "Ask whether they may be contacted" in desk.submit(booking, typed).text


@pytest.mark.parametrize(("chosen", "kept"), [("later", ["granted"]), ("no", ["refused"])])
def test_who_declines_and_wants_contact_is_asked_which(app, desk, booking, chosen, kept):
    assert "Do they want to be contacted?" not in desk.get(booking).text
    typed = {"answer": "declined", "contact": "yes", "phone": "07700 900321"}
    refused = desk.submit(booking, typed)
    assert refused.status_code == 422
    assert "They said no to a worker" in words(form_of(refused.text))
    assert contact(app) == []
    again = fields(form_of(refused.text)) | {"though_declined": chosen}
    assert desk.post(booking, data=again).status_code == 303
    assert contact(app) == kept
