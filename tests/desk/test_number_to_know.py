"""A number typed at the desk tells people apart; without a yes nobody may reach them on it."""

import pytest
from journeys.test_who_comes_back import ANN, book
from sqlalchemy import select
from support.html import address, read, words

from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.custody.models import Booking
from referral.db import db
from referral.people.detail_queries import details_of
from referral.people.details import Detail, ever_said
from referral.people.identity import Identity
from referral.people.models import Person
from referral.people.queries import recognised

NEW = "/custody/bookings/new"
WHO = ANN | {"phone": "", "number": "07700 900321"}
ACCEPTS = {"answer": "accepted"}
YES = ACCEPTS | {"contact": "yes"}


@pytest.fixture
def worker(as_role):
    """A worker of the team that goes to the cells."""
    return as_role(Role.WORKER)


def reached_on(app) -> str:
    """The number on which the only person may be reached."""
    with app.app_context():
        return db.session.scalars(select(Person.phone)).one()


def known_by(app) -> list[str]:
    """The numbers by which the only person is told apart from others."""
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        return ever_said(details_of(person.id), Detail.TELLS_APART)


@pytest.mark.parametrize("answer", [{}, ACCEPTS, ACCEPTS | {"contact": "no"}])
@pytest.mark.parametrize("field", ["number", "phone"])
def test_without_a_yes_it_is_kept_and_nobody_may_use_it(app, desk, answer, field):
    typed = ANN | {"phone": "", field: "07700 900321"}
    assert desk.submit(NEW, typed | answer).status_code == 303
    assert (reached_on(app), known_by(app)) == ("", ["07700 900321"])


def test_by_it_the_desk_recognises_them_under_another_name(app, desk):
    book(desk, WHO)
    again = {"surname": "Reid", "forename": "Nan", "authorised_at": "now"}
    offered = desk.submit(NEW, again | {"number": "+44 7700 900321"})
    assert "Ann Docherty" in words(read(offered.text))
    assert "900321" not in words(read(offered.text))
    assert desk.submit(NEW, again).status_code == 303  # without it nobody comes to mind
    with app.app_context():
        asked = Identity("Nan", "Other", number="07700 900321")
        assert "phone" in " ".join(recognised(asked)[0].why)


def test_the_team_neither_reads_it_nor_finds_anybody_by_it(app, desk, worker):
    booking = book(desk, WHO)
    assert desk.submit(booking, ACCEPTS | {"contact": "no"}).status_code == 303
    assert "900321" not in desk.get(booking).text
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    for page in ("", "/timeline?show=everything", "/contact-plan"):
        assert "900321" not in worker.get(f"{case}{page}").text
    found = worker.submit("/cases?tab=team", {"name": "07700 900321"})
    assert case not in found.text
    assert case in worker.submit("/cases?tab=team", {"name": "Docherty"}).text


@pytest.mark.parametrize("later", [False, True])
def test_a_yes_without_another_number_means_the_one_from_the_same_stay(app, desk, worker, later):
    if later:
        booking = book(desk, WHO)
        assert "Left empty: the number they gave when booked" in words(read(desk.get(booking).text))
        assert desk.submit(booking, YES).status_code == 303
    else:
        book(desk, WHO, **YES)
    assert (reached_on(app), known_by(app)) == ("07700 900321", ["07700 900321"])
    case = address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")
    assert "07700 900321" in words(read(worker.get(case).text))


def test_a_number_typed_with_the_yes_is_the_one_to_use_and_the_other_still_tells_apart(app, desk):
    book(desk, WHO, **YES | {"phone": "07700 900456"})
    assert (reached_on(app), known_by(app)) == ("07700 900456", ["07700 900321"])
    with app.app_context():
        stay = db.session.scalars(select(Booking)).one()
        address = f"/custody/bookings/{stay.id}"
    assert desk.submit(address, YES | {"outcome": "no"}).status_code == 303  # said once more
    assert reached_on(app) == "07700 900456"


def test_a_number_of_an_earlier_stay_is_not_what_a_later_yes_is_for(app, desk):
    book(desk, WHO)
    again = {"surname": "Docherty", "forename": "Ann", "authorised_at": "now", "already": "ended"}
    with app.app_context():
        known = str(db.session.scalars(select(Person.id)).one())
    back = desk.submit(NEW, again | ANN | {"authorised_at": "now", "phone": "", "same_as": known})
    assert back.status_code == 303, words(read(back.text))
    refused = desk.submit(back.location, YES | {"channels": ["call"]})
    assert "Ask how they can be reached" in words(read(refused.text))
    with app.app_context():
        assert db.session.scalars(select(Case)).all() == []
