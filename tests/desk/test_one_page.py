"""Who came in and how they answered are one form: all of it is kept by one save, or none of it."""

import pytest
from sqlalchemy import func, select
from support.html import address, fields, read, words

from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.custody.models import Booking, SafetyWarning
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.known.models import Observation
from referral.people.models import Person

NEW, LIST = "/custody/bookings/new", "/custody/"
ANN = {
    "surname": "Reid",
    "forename": "Ann",
    "date_of_birth": "3 5 1985",
    "sex": "F",
    "authorised_at": "now",
}
TALK = ANN | {
    "answer": "accepted",
    "contact": "yes",
    "phone": "07700 900123",
    "channels": ["call"],
    "no_message": "y",
    "desk": "no",
    "history": "yes",
    "outcome": "yes",
    "needs": ["DRUG", "HOUS"],
    "dangers": ["withdrawal"],
    "told": "healthcare",
}


def counts(app) -> list[int]:
    """How many people, stays, answers to consent, answers to needs and dangers, and warnings."""
    with app.app_context():
        tables = (Person, Booking, Consent, Observation, SafetyWarning)
        return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def typed_again(answer) -> dict:
    """What stands in the form that came back."""
    return fields(read(answer.text).select("main form")[-1])


def test_one_save_keeps_who_it_is_and_all_that_they_said(desk, app):
    saved = desk.submit(NEW, TALK)
    assert (saved.status_code, saved.location) == (303, LIST)
    with app.app_context():
        stay = db.session.scalars(select(Booking)).one()
        assert (stay.person.name, stay.person.sex) == ("Ann Reid", "F")
        assert stay.last_offer.answer is OfferAnswer.ACCEPTED
        assert stay.needs_at_desk == ["DRUG", "HOUS"]
        assert [(one.told, one.dangers) for one in stay.warnings] == [
            ("healthcare", ("withdrawal",))
        ]
        said = {one.purpose: one for one in db.session.scalars(select(Consent))}
        assert said.keys() == set(Purpose) - {Purpose.SHARE, Purpose.GROUP}
        assert said[Purpose.CONTACT].no_message
        assert said[Purpose.CONTACT].words.language == "en"
        assert stay.person.phone == "07700 900123"


def test_a_double_click_keeps_it_once(desk, app):
    form = fields(read(desk.get(NEW).text).select("main form")[-1]) | TALK
    answers = [desk.post(NEW, data=form) for _ in range(2)]
    assert [answer.location for answer in answers] == [LIST, LIST]
    assert counts(app) == [1, 1, 5, 3, 1]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": "not now"}, "ask_again_at"),
        ({"answer": "not asked"}, "not_asked_reason"),
        ({"answer": ""}, "answer"),
        ({"answer": "declined"}, "though_declined"),
        ({"phone": "077"}, "phone"),
        ({"phone": "", "channels": ["text"]}, "phone"),
        ({"contact": ""}, "contact"),
        ({"dangers": ["no-other", "unsaid"]}, "dangers"),
        ({"date_of_birth": "3 5 2013"}, "accompanied_by"),
        ({"authorised_at": "tomorrow 10:00"}, "authorised_at"),
        ({"surname": ""}, "surname"),
        ({"language": "pl"}, "language"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept_or_lost(desk, app, wrong, field):
    refused = desk.submit(NEW, TALK | wrong)
    assert refused.status_code == 422
    page = read(refused.text)
    assert page.select_one(f"#{field}-error")
    assert page.select_one(f".govuk-error-summary a[href='#{field}']")
    assert page.select_one(f"#{field}")
    assert page.title.text.startswith("Error: New booking")
    assert counts(app) == [0, 0, 0, 0, 0]
    for name, value in (TALK | wrong).items():
        if name in {"forename", "desk", "history", "needs", "told", *wrong} and value:
            assert typed_again(refused)[name] == value, name


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_was_not_asked_yet_is_booked_alone(desk, app):
    saved = desk.submit(NEW, ANN)
    assert saved.location.startswith("/custody/bookings/")
    assert saved.location != NEW
    assert counts(app) == [1, 1, 0, 0, 0]
    assert "Booked. Ask now, or when they are fit." in desk.get(saved.location).text


def test_nothing_is_answered_before_anybody_answers(desk):
    page = read(desk.get(NEW).text)
    asked = {"sex", "answer", "contact", "desk", "history", "outcome", "needs", "dangers", "told"}
    names = {box["name"] for box in page.select("main form .app-opt input[name]")}
    assert names >= asked
    assert page.select("main form .app-opt input[checked]") == []


def test_that_nothing_applies_is_an_answer_of_its_own(desk, app):
    desk.submit(NEW, ANN | {"answer": "declined", "dangers": ["no-other"]})
    with app.app_context():
        said = db.session.scalars(select(Observation)).all()
        assert {one.answer.value for one in said} == {"no"}
        assert {one.kind.value for one in said} == {"danger"}
    left_open = ANN | {"surname": "Open", "answer": "declined", "same_as": "new", "told": "both"}
    before = counts(app)
    assert desk.submit(NEW, left_open).location == LIST
    assert counts(app)[3:] == before[3:]  # who is in no danger, nobody is told of


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_wants_no_contact_leaves_no_number(desk, app):
    refuses = {"answer": "accepted", "contact": "no", "phone": "07700 900123"}
    assert desk.submit(NEW, ANN | refuses).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Person.phone)).all() == [""]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_to_look_at_other_words_books_nobody_and_then_they_are_what_was_heard(desk, app):
    looked = desk.submit(NEW, TALK | {"language": "pl", "look": "words"})
    assert looked.status_code == 200
    assert counts(app) == [0, 0, 0, 0, 0]
    kept = typed_again(looked)
    assert (kept["spoken"], kept["surname"], kept["answer"]) == ("pl", "Reid", "accepted")
    assert "use an interpreter" in words(read(looked.text).main)
    assert desk.post(NEW, data=kept).location == LIST
    with app.app_context():
        assert {one.words.language for one in db.session.scalars(select(Consent))} == {"pl"}
        assert db.session.scalars(select(Person.language)).all() == ["pl"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_answer_of_somebody_known_stays_typed_until_it_is_said_who_it_is(desk, app):
    first = desk.submit(NEW, ANN).location
    asked = desk.submit(NEW, ANN | {"answer": "declined", "dangers": ["no-other"]})
    assert asked.status_code == 422
    form = typed_again(asked) | {"same_as": read(asked.text).select_one("#same_as")["value"]}
    still = desk.post(NEW, data=form)
    assert "stay has not ended" in still.text
    said = desk.post(NEW, data=typed_again(still) | {"already": "twice"})
    assert said.location == LIST
    with app.app_context():
        stay = db.session.scalars(select(Booking)).one()
        assert str(stay.id) in first
        assert [one.answer for one in stay.offers] == [OfferAnswer.DECLINED]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_danger_that_nobody_was_told_of_comes_first_whatever_was_pressed(desk):
    saved = desk.submit(NEW, TALK | {"told": "", "then": "next"})
    assert saved.location.endswith("/warning")
    again = desk.submit(NEW, TALK | {"surname": "Dunn", "same_as": "new", "then": "next"})
    assert again.location == NEW


def test_another_cell_is_kept_without_an_answer_and_can_be_taken_back(desk, app):
    booking = desk.submit(NEW, ANN | {"cell": "3"}).location
    form = fields(read(desk.get(booking).text).select("main form")[-1])
    assert form["cell"] == "3"
    assert desk.post(booking, data=form | {"cell": "12"}).location == booking
    assert fields(read(desk.get(booking).text).select("main form")[-1])["cell"] == "12"
    stay = desk.get(f"{booking}/stay").text
    assert "Cell: 12, before 3" in stay
    undo = address(stay, f"{booking}/undo/[0-9a-f-]+")
    assert desk.submit(undo, {"why": "misheard"}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Booking.cell)).all() == ["3"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_page_without_an_answer_is_refused_and_so_is_what_is_said_beside_another_cell(desk, app):
    booking = desk.submit(NEW, ANN).location
    for typed in ({}, {"cell": "4", "dangers": ["withdrawal"]}, {"cell": "4", "told": "both"}):
        refused = desk.submit(booking, typed)
        assert read(refused.text).select_one("#answer-error"), typed
    assert counts(app) == [1, 1, 0, 0, 0]
    with app.app_context():
        assert db.session.scalars(select(Booking.cell)).all() == [""]
