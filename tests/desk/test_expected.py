"""The desk says when somebody is expected to leave: the list and the worker see it."""

import pytest
from support.html import press, read, words
from support.stories import Stories, moment

from referral import clock
from referral.custody.models import Booking
from referral.db import db

BOOKED = """
2026-08-07 09:00 Ann booked at Govan
2026-08-07 09:30 Ann agreed telling DRUG
"""
NOW = moment("2026-08-07 10:00")


@pytest.fixture
def stay(app, monkeypatch):
    """The number of the stay of somebody whom a worker is to see until nine in the evening."""
    monkeypatch.setattr(clock, "source", lambda: NOW)
    with app.app_context():
        stories = Stories().play(BOOKED)
        assert stories.see_by("Ann") == moment("2026-08-07 21:00")
        db.session.commit()
        return stories.came["Ann"].id


def seen_by(app, stay):
    with app.app_context():
        stories = Stories()
        stories.came["Ann"] = db.session.get_one(Booking, stay)
        return stories.see_by("Ann")


def says(desk, stay, typed: str):
    page = desk.get(f"/custody/bookings/{stay}/stay")
    label = "Change they leave" if "leaves about" in page.text else "Say when they leave"
    asked = press(desk, page, label)
    return press(desk, asked, "Save", expected_at=typed)


def leaving(desk) -> str:
    return words(read(desk.get("/custody/").text).select_one(".app-now__leave:is(td)"))


def test_when_they_leave_stands_in_the_row_the_case_and_the_handover(app, stay, desk, worker):
    assert leaving(desk) == ""
    assert says(desk, stay, "14:30").status_code == 303
    assert leaving(desk) == "about 14:30"
    assert "14:30" in words(read(desk.get("/custody/handover").text).select_one("tbody"))
    assert "leaves about 7 Aug 2026, 14:30" in words(read(worker.get(case_of(app, stay)).text))
    assert seen_by(app, stay) == moment("2026-08-07 14:30")


def test_it_can_be_changed_and_be_unsaid_and_releases_nobody(app, stay, desk):
    says(desk, stay, "14:30")
    page = desk.get(f"/custody/bookings/{stay}/expected")
    assert press(desk, page, "Save", expected_at="16:00").status_code == 303
    assert leaving(desk) == "about 16:00"
    page = desk.get(f"/custody/bookings/{stay}/expected")
    assert press(desk, page, "Save", expected_at="").status_code == 303
    assert leaving(desk) == ""
    assert seen_by(app, stay) == moment("2026-08-07 21:00")
    with app.app_context():
        assert db.session.get_one(Booking, stay).released_at is None


@pytest.mark.parametrize("typed", ["7 Aug 2026 09:59", "1 Oct 2026 10:00"])
def test_a_time_that_cannot_be_is_refused_at_its_field(stay, desk, typed):
    refused = says(desk, stay, typed)
    assert refused.status_code == 422
    assert read(refused.text).select_one("#expected_at-error")


def case_of(app, stay) -> str:
    with app.app_context():
        stories = Stories()
        stories.came["Ann"] = db.session.get_one(Booking, stay)
        return f"/cases/{stories.case('Ann').id}"
