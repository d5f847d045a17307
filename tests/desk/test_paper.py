"""When the line is down: sheets with numbers, each typed in once, with both times."""

import io
from datetime import timedelta

import pytest
from conftest import EMAILS
from pypdf import PdfReader
from sqlalchemy import func, select
from support.html import read, words

from referral import clock
from referral.access.permissions import Role
from referral.custody.models import Booking
from referral.db import db
from referral.desk.models import PaperSheet
from referral.people.models import Person

PAGE = "/custody/paper"
HOUR = timedelta(hours=1)


def typed(moment) -> str:
    return f"{clock.here(moment):%d %b %Y %H:%M}"


@pytest.fixture
def sheet(desk, app):
    """The number of a sheet that this desk printed three hours ago."""
    desk.submit(PAGE, {"how_many": "1"})
    with app.app_context():
        row = db.session.scalars(select(PaperSheet)).one()
        row.printed_at = clock.now() - 3 * HOUR
        db.session.commit()
        return row.number


def write(**more: str) -> dict[str, str]:
    """What stands on the sheet: booked two and a half hours ago, asked two hours ago."""
    at = clock.now()
    return {
        "surname": "Reid",
        "forename": "Ann",
        "authorised_at": typed(at - 2.5 * HOUR),
        "written_at": typed(at - 2 * HOUR),
        "answer": "accepted",
        "contact": "yes",
        "phone": "07700 900123",
        "desk": "no",
        "history": "no",
        "outcome": "no",
        "needs": "DRUG",
        "dangers": "overdose",
        "told": "healthcare",
    } | more


def test_as_many_sheets_are_printed_as_were_asked_for_and_each_number_once(desk, app):
    made = desk.submit(PAGE, {"how_many": "3"})
    assert (made.status_code, made.mimetype) == (200, "application/pdf")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages]
    assert len(pages) == 3
    desk.submit(PAGE, {"how_many": "2"})
    with app.app_context():
        numbers = db.session.scalars(select(PaperSheet.number).order_by(PaperSheet.id)).all()
        assert len(set(numbers)) == 5
    printed = {
        number for number in numbers if any(f"{number[:4]} {number[4:]}" in p for p in pages)
    }
    assert len(printed) == 3
    order = [
        pages[0].index(name) for name in ("Written on", "Who", "Ask", "Agree", "Needs", "Safety")
    ]
    assert order == sorted(order)
    assert "Overdose in the last 30 days" in pages[0]
    assert "5 printed sheets have not been entered" in words(read(desk.get(PAGE).text).main)
    assert desk.submit(PAGE, {"how_many": "51"}).status_code == 422


def test_a_sheet_is_found_by_its_number_however_it_is_typed(desk, sheet):
    loose = f"{sheet[:4]} {sheet[4:]}".lower()
    assert desk.get(f"{PAGE}?number={loose}").location == f"{PAGE}/{sheet}"
    page = read(desk.get(f"{PAGE}/{sheet}").text)
    assert f"Paper sheet {sheet[:4]} {sheet[4:]}" in words(page.h1)
    assert not page.select_one("[name=authorised_at]")["value"]
    names = [field["name"] for field in page.select("main [name]")]
    asked = [
        names.index(n) for n in ("written_at", "surname", "answer", "contact", "needs", "dangers")
    ]
    assert asked == sorted(asked)


def test_a_number_that_nobody_printed_here_is_refused(desk, sheet, as_role, app):
    unknown = desk.get(f"{PAGE}?number=BCDF2345")
    assert unknown.status_code == 422
    assert "No sheet that was printed at this custody centre" in words(read(unknown.text).main)
    assert desk.get(f"{PAGE}/BCDF2345").status_code == 404
    app.test_client_class = type(desk)
    elsewhere = app.test_client()
    elsewhere.enter("gregor.bain1@example.org")
    assert elsewhere.get(f"{PAGE}/{sheet}").status_code == 404
    assert as_role(Role.WORKER).get(PAGE).status_code == 403


def test_what_was_written_counts_from_when_it_was_written(desk, sheet, app):
    before = clock.now()
    assert desk.submit(f"{PAGE}/{sheet}", write()).status_code == 303
    with app.app_context():
        stay = db.session.scalars(select(Booking).order_by(Booking.order.desc()).limit(1)).one()
        offer, row = stay.last_offer, db.session.scalars(select(PaperSheet)).one()
        assert stay.person.name == "Ann Reid"
        assert before - offer.asked_at > HOUR
        assert offer.asked_at == row.written_at
        assert offer.recorded_at >= before
        assert (row.entered_at >= before, row.entered_by) == (True, "Kirsty Ross")
        danger = stay.known_dangers(clock.now())["overdose"]
        assert danger.said_at == row.written_at
        assert [one.told_at for one in stay.warnings] == [row.written_at]
        assert stay.observations[0].recorded_at >= before
        number = stay.id
    said = words(read(desk.get(f"/custody/bookings/{number}/stay").text).main)
    assert "From paper Written" in said
    assert "by Kirsty Ross" in said


def test_a_number_is_spent_once_and_it_is_said_by_whom_and_when(desk, sheet, app):
    assert desk.submit(f"{PAGE}/{sheet}", write()).status_code == 303
    other = app.test_client()
    other.enter(EMAILS[Role.CUSTODY_SUPERVISOR])
    again = other.submit(f"{PAGE}/{sheet}", write(surname="Shaw"))
    assert again.status_code == 409
    page = read(again.text)
    assert "This sheet was entered already" in words(page.main)
    assert "Entered already: by Kirsty Ross" in words(page.main)
    assert page.select_one("[name=surname]")["value"] == "Shaw"
    assert "Entered already: by Kirsty Ross" in words(read(other.get(f"{PAGE}/{sheet}").text).main)
    with app.app_context():
        people = select(func.count()).select_from(Person).filter_by(surname="Shaw")
        assert db.session.scalar(people) == 0


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        (4, "after the sheet was printed"),
        (2.8, "after custody was authorised"),
        (None, "Enter the time on the sheet"),
    ],
)
def test_it_was_written_on_the_sheet_and_in_the_stay(desk, sheet, app, hours, sentence):
    at = "" if hours is None else typed(clock.now() - hours * HOUR)
    refused = desk.submit(f"{PAGE}/{sheet}", write(written_at=at))
    assert refused.status_code == 422
    assert sentence in words(read(refused.text).main)
    with app.app_context():
        assert db.session.scalars(select(PaperSheet)).one().entered_at is None
