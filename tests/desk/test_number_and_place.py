"""A number or a postcode that cannot be one holds the booking up once, with a sentence."""

from bs4 import BeautifulSoup
from journeys.test_whole_loop import JIM
from sqlalchemy import select

from referral.access.permissions import Role
from referral.db import db
from referral.people.models import Person

FORM = JIM | {"authorised_at": "yesterday 10:00"}


def test_what_is_no_number_is_said_beside_it_in_an_open_fold_with_what_was_typed(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    refused = desk.submit(
        "/custody/bookings/new", FORM | {"phone": "07700 9001", "postcode": "Govan"}
    )
    assert refused.status_code == 422
    page = BeautifulSoup(refused.text, "html.parser")
    assert page.find("details", open=True)
    for name, typed, said in (
        ("phone", "07700 9001", "Type the whole number, like 07700 900123"),
        ("postcode", "Govan", "Type a postcode like G51 2AB"),
    ):
        field = page.find("input", {"name": name})
        assert field["value"] == typed
        assert said in page.find(id=field["aria-describedby"].split()[-1]).text


def test_without_them_the_booking_goes_on(app, as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    typed = FORM | {"phone": "", "postcode": ""}
    assert desk.submit("/custody/bookings/new", typed).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Person.phone)).all() == [""]


def test_they_are_kept_as_people_write_them(app, as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    typed = FORM | {"phone": "+447700900123", "postcode": "g512ab"}
    typed |= {"answer": "accepted", "contact": "yes"}
    assert desk.submit("/custody/bookings/new", typed).status_code == 303
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        assert (person.phone, person.postcode) == ("07700 900123", "G51 2AB")
