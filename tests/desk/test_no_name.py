"""One name alone, no name, and a name that is not said: chosen, in plain words, put right later."""

from datetime import timedelta

import pytest
from crowd import actor, agreed
from sqlalchemy import func, select
from support.html import read
from support.said import HEARD

from referral.access.permissions import Role
from referral.clock import now
from referral.custody.actions import BookingDetails, open_booking
from referral.custody.models import Booking
from referral.db import db
from referral.people.actions import identify
from referral.people.correcting_actions import Correction, correct, take_back
from referral.people.identity import Identity
from referral.people.models import Person, PersonAlias
from referral.people.naming import Naming
from referral.people.queries import recognised

BOOKING = {"authorised_at": "now", "sex": "M"}
NOBODY = Identity("", "", naming=Naming.UNKNOWN, born_about=now().year - 40)


def people(app) -> list[Person]:
    with app.app_context():
        return list(db.session.scalars(select(Person).order_by(Person.surname, Person.forename)))


def tell(desk, **typed):
    """What the page of a new booking answers."""
    return desk.submit("/custody/bookings/new", BOOKING | typed)


@pytest.mark.parametrize(
    ("typed", "name", "initials"),
    [
        ({"naming": "unknown", "about_age": "40"}, "Name not known, about 40", None),
        ({"naming": "unknown"}, "Name not known", None),
        ({"naming": "refused"}, "Refuses to say their name", None),
        ({"naming": "single", "surname": "Suharto"}, "Suharto", "S."),
        ({"naming": "single", "forename": "Suharto"}, "Suharto", "S."),
    ],
)
def test_who_has_no_full_name_is_booked_by_a_choice_and_shown_in_words(
    app, as_role, typed, name, initials
):
    desk = as_role(Role.CUSTODY_OFFICER)
    assert tell(desk, **typed).status_code == 303
    [person] = people(app)
    assert person.name == name
    shown = initials or name
    assert person.initials == shown
    assert shown in read(desk.get("/custody/").text).select_one("table").text
    assert name in desk.get("/custody/?names=yes").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"surname": "Ray"}, "Enter the forename."),
        ({"forename": "Ann"}, "Enter the surname."),
        ({"naming": "single"}, "Type it in one of the two places"),
        ({"naming": "single", "surname": "Ray", "forename": "Ann"}, "Type it in one of the two"),
        ({"naming": "unknown", "surname": "Ray"}, "You typed a name."),
        ({"naming": "refused", "middle": "Jo"}, "You typed a name."),
        ({"surname": "Unknown", "forename": "Male"}, "Nobody is called that."),
        ({"surname": "Ray", "forename": "Refused"}, "Nobody is called that."),
        ({"surname": "-", "forename": "Ann"}, "Nobody is called that."),
    ],
)
def test_a_name_is_never_invented(app, as_role, typed, sentence):
    refused = tell(as_role(Role.CUSTODY_OFFICER), **typed)
    assert refused.status_code == 422
    assert sentence in read(refused.text).select_one(".govuk-error-summary").text
    assert people(app) == []


def test_the_database_holds_the_choice_and_the_name_together(app):
    with app.app_context():
        person = identify(NOBODY, None, HEARD)
        person.surname = "Ray"
        with pytest.raises(Exception, match="named_as_chosen"):
            db.session.flush()


@pytest.mark.parametrize("naming", [Naming.UNKNOWN, Naming.REFUSED])
def test_who_has_no_name_is_like_nobody_by_name(app, naming):
    with app.app_context():
        born = {"postcode": "G1 1AA", "born_about": 1986}
        unnamed = Identity("", "", naming=naming, **born)
        for other in (NOBODY, unnamed, Identity("Al", "Ng", **born)):
            identify(other, None, HEARD)
        assert recognised(unnamed) == []
        unlike = recognised(Identity("Not", "Known", **born))
        assert all(one.person.naming is Naming.FULL for one in unlike)


def test_by_a_number_of_theirs_they_are_offered_and_then_named(app):
    with app.app_context():
        known = identify(
            Identity("", "", naming=Naming.UNKNOWN, s_number="S123456/12A"), None, HEARD
        )
        named = Identity("Ann", "Ray", s_number="S123456/12A")
        [found] = recognised(named)
        assert (found.person, found.confident) == (known, False)
        identify(named, known.id, HEARD)
        assert known.name == "Ann Ray"
        identify(Identity("", "", naming=Naming.REFUSED), known.id, HEARD)
        assert known.name == "Ann Ray"
        assert db.session.scalar(select(func.count()).select_from(PersonAlias)) == 0


def test_a_single_name_is_found_beside_a_birth_date(app):
    with app.app_context():
        whole = Identity("", "Suharto", now().date() - timedelta(days=15000), naming=Naming.SINGLE)
        known = identify(whole, None, HEARD)
        assert [one.person for one in recognised(whole)] == [known]


def test_the_name_becomes_known_in_the_same_stay_and_can_be_taken_back(app):
    with app.app_context():
        officer, at = actor(Role.CUSTODY_OFFICER), now()
        booking = open_booking(BookingDetails(NOBODY, at), officer, at)
        person = booking.person
        act = correct(person, Correction("Ann", "Ray", "", None, "F", "her card"), officer, at)
        db.session.commit()
        assert act.what == "Name not known, about 40 → Ann Ray"
        assert person.name == "Ann Ray"
        assert [one.person for one in recognised(Identity("Ann", "Ray", sex="F"))] == [person]
        assert list(db.session.scalars(select(Booking.id))) == [booking.id]
        assert db.session.scalars(select(PersonAlias)).all() == []
        take_back(person, act, "another woman", officer, at)
        assert person.name == "Name not known, about 40"
        assert recognised(Identity("Ann", "Ray", sex="F")) == []


def test_a_worker_finds_who_has_no_name(app, as_role):
    with app.app_context():
        officer, at = actor(Role.CUSTODY_OFFICER), now()
        agreed(open_booking(BookingDetails(NOBODY, at), officer, at), officer, at)
        whole = Identity("Ann", "Ray")
        agreed(open_booking(BookingDetails(whole, at), officer, at), officer, at)
        db.session.commit()
    worker = as_role(Role.WORKER)
    found = worker.submit("/cases?tab=team", {"name": "not known"}, page="/cases?tab=team").text
    assert "Name not known, about 40" in found
    assert "Ann Ray" not in found
