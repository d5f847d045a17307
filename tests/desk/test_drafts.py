"""What an officer began and did not save is there again, for them alone, and once."""

from datetime import timedelta

import pytest
from support.html import fields, form_of, read, words

from referral import clock
from referral.access.permissions import Role
from referral.custody.models import Booking
from referral.db import db
from referral.web.drafts import Draft

NEW = "/custody/bookings/new"
ANN = {"surname": "Reid", "forename": "Ann", "about_age": "30", "authorised_at": "now"}
KEEP = "/custody/drafts"


def begin(desk, page: str = NEW, **typed: str) -> dict[str, str]:
    """Type something into a page of the desk, and be called away."""
    sent = fields(form_of(desk.get(page).text, "answer")) | typed
    assert desk.post(KEEP, data=sent | {"draft_of": page}).json == {"kept": True}
    return sent


def note(browser) -> str:
    """What the centre's page says of drafts."""
    return " ".join(
        words(one) for one in read(browser.get("/custody/").text).select("form.app-note")
    )


def test_what_was_begun_is_offered_and_taken_up_again(desk):
    begin(desk, surname="Reid", forename="Ann", answer="declined")
    assert "You began a new booking" in note(desk)
    page = desk.get(f"{NEW}?draft=yes").text
    again = fields(form_of(page, "surname"))
    assert (again["surname"], again["forename"], again["answer"]) == ("Reid", "Ann", "declined")
    assert "not saved: look it over" in page


def test_who_opens_a_new_booking_does_not_get_the_last_one_begun(desk):
    begin(desk, surname="Reid")
    assert fields(form_of(desk.get(NEW).text, "surname"))["surname"] == ""


def test_typing_on_keeps_one_draft_of_a_page_as_it_stands_last(desk, app):
    begin(desk, surname="Re")
    begin(desk, surname="Reid")
    with app.app_context():
        assert db.session.query(Draft).count() == 1
    assert fields(form_of(desk.get(f"{NEW}?draft=yes").text, "surname"))["surname"] == "Reid"


def test_what_is_saved_is_no_draft_any_more_and_none_comes_after_it(desk, app):
    sent = begin(desk, **ANN)
    assert desk.post(NEW, data=sent).status_code == 303
    assert note(desk) == ""
    late = desk.post(KEEP, data=sent | {"draft_of": NEW})  # it was still under way
    assert late.json == {"kept": False}
    assert note(desk) == ""
    with app.app_context():
        assert db.session.query(Booking).count() == 1


def test_a_refused_form_stays_a_draft(desk):
    sent = begin(desk, surname="Reid", forename="Ann", date_of_birth="31 2 1985")
    assert desk.post(NEW, data=sent).status_code == 422
    assert "You began a new booking" in note(desk)


def test_the_talk_with_somebody_is_named_by_initials_and_offered_from_there(desk):
    page = desk.submit(NEW, ANN).location
    begin(desk, page, cell="7", answer="declined")
    assert "You began the talk with A.R." in note(desk)
    page = desk.get(f"{page}?draft=yes").text
    assert fields(form_of(page, "answer"))["cell"] == "7"


def test_nobody_else_is_told_of_it_or_shown_it(desk, as_role):
    begin(desk, surname="Reid")
    other = as_role(Role.CUSTODY_SUPERVISOR)
    assert note(other) == ""
    assert "Reid" not in other.get(f"{NEW}?draft=yes").text


def test_it_lies_sealed(desk, app):
    begin(desk, surname="Quillfeather")
    with app.app_context():
        [draft] = db.session.query(Draft).all()
        assert "Quillfeather" not in draft.typed


def test_it_is_thrown_away_when_its_writer_says_so(desk):
    begin(desk, surname="Reid")
    form = next(f for f in read(desk.get("/custody/").text).select("form.app-note"))
    button = form.select_one("button")
    assert desk.post(form["action"], data=fields(form) | {button["name"]: button["value"]})
    assert note(desk) == ""


def test_it_is_gone_after_a_shift(desk, monkeypatch):
    begin(desk, surname="Reid")
    later = clock.now() + timedelta(hours=12, minutes=1)
    monkeypatch.setattr("referral.desk.routes.now", lambda: later)
    assert note(desk) == ""


@pytest.mark.parametrize(
    "page",
    ["", "/cases", "//evil.example", "/custody/bookings/00000000-0000-0000-0000-000000000000"],
)
def test_only_a_page_of_this_desk_has_drafts(desk, page):
    sent = fields(form_of(desk.get(NEW).text, "answer"))
    assert desk.post(KEEP, data=sent | {"draft_of": page}).status_code == 404
