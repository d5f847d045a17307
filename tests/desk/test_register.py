"""Bookings come in from a register: looked over first, once each, and nothing of an offence."""

from datetime import timedelta
from io import BytesIO

import pytest
from conftest import EMAILS
from sqlalchemy import func, select
from support.html import fields, read, words

from referral import clock
from referral.access.permissions import Role
from referral.custody.models import Booking
from referral.custody.places import Mistake
from referral.db import db
from referral.desk.register import is_of_an_offence
from referral.people.models import Person

PAGE = "/custody/register"
HEAD = "Custody centre,Custody reference,Held since,Surname,Forename,DOB,Sex,Language,Interpreter"
SINCE = f"{clock.here(clock.now()) - timedelta(hours=2):%d/%m/%Y %H:%M}"
ANN = f"Govan,GV/1,{SINCE},Reid,Ann,3/5/1985,female,Polish,yes"
BOB = f"Govan,GV/2,{SINCE},Shaw,Bob,,M,,"


@pytest.fixture
def supervisor(as_role):
    """The browser of a custody supervisor."""
    return as_role(Role.CUSTODY_SUPERVISOR)


def look_over(browser, *lines: str, head: str = HEAD):
    """Send a file of these lines, and come back with what would become of it."""
    sent = {"file": (BytesIO("\r\n".join([head, *lines]).encode("utf-8-sig")), "export.csv")}
    form = fields(read(browser.get(PAGE).text).select("main form")[-1])
    form.pop("file")
    return browser.post(PAGE, data=form | sent, content_type="multipart/form-data")


def take_in(browser, page):
    """Press the button of what was looked over."""
    [form] = [one for one in read(page.text).select("main form") if one.select("[name=checked]")]
    return browser.post(PAGE, data=fields(form))


def left_out(page) -> list[tuple[str, str, str]]:
    """Each line that is left out, with its reference and why."""
    rows = read(page.text).select("main tbody tr")
    return [tuple(words(cell) for cell in row.select("th, td")) for row in rows]


def booked(app) -> list[tuple[str, str]]:
    with app.app_context():
        wanted = select(Booking).where(Booking.custody_reference.like("GV/%"))
        rows = db.session.scalars(wanted.order_by(Booking.order))
        return [(row.custody_reference, row.person.name) for row in rows]


def test_a_file_is_looked_over_and_stores_nothing_until_it_is_taken_in(supervisor, app):
    page = look_over(supervisor, ANN, BOB)
    assert page.status_code == 200
    assert "2 bookings can be taken in" in words(read(page.text).main)
    assert booked(app) == []
    assert take_in(supervisor, page).status_code == 303
    assert "The bookings of the register are taken in." in supervisor.get("/custody/").text
    assert booked(app) == [("GV/1", "Ann Reid"), ("GV/2", "Bob Shaw")]
    with app.app_context():
        ann = db.session.scalars(select(Booking).filter_by(custody_reference="GV/1")).one()
        said = ann.person.sex, ann.person.language, ann.person.interpreter, ann.leg.centre.name
        assert said == ("F", "pl", True, "Govan")


def test_the_same_centre_and_reference_are_booked_once_however_often_they_come(supervisor, app):
    take_in(supervisor, look_over(supervisor, ANN))
    page = look_over(supervisor, ANN, BOB, BOB.replace("GV/2", "gv/2"))
    text = words(read(page.text).main)
    assert "1 booking can be taken in; 2 lines are there already; 0 lines are left out" in text
    assert take_in(supervisor, page).status_code == 303
    assert booked(app) == [("GV/1", "Ann Reid"), ("GV/2", "Bob Shaw")]


def test_one_bad_line_says_its_field_and_does_not_stop_the_others(supervisor, app):
    page = look_over(
        supervisor,
        ANN,
        f"Falkirk,GV/3,{SINCE},Low,Ian,,M,,",
        f"Govan,GV/4,{SINCE},Low,Ian,31/2/1985,M,,",
        "Govan,GV/5,14:30,Low,Ian,,M,,",
        "Govan,GV/6,1/1/2020 14:30,Low,Ian,,M,,",
        f"Govan,,{SINCE},Low,Ian,,M,,",
        f"Govan,GV/8,{SINCE},Low,Ian,,M,Klingon,perhaps",
        "Govan,GV/9",
        BOB,
    )
    found = {line: (reference, why) for line, reference, why in left_out(page)}
    assert list(found) == ["3", "4", "5", "6", "7", "8", "9"]
    assert found["3"][1].startswith("Custody centre: Write the name of one")
    assert found["4"] == (
        "GV/4",
        "Date of birth: There is no 31 February 1985. Check the day and month",
    )
    assert found["5"][1] == "Custody authorised at: Write day, year and time, like 24/11/2026 14:30"
    assert "more than 40 days ago" in found["6"][1]
    assert found["7"][1] == "Custody reference: Enter the custody reference"
    assert "Language: Choose one that is on the list" in found["8"][1]
    assert "Needs an interpreter: Write yes or no" in found["8"][1]
    assert found["9"][1] == "it has 2 fields instead of 9"
    take_in(supervisor, page)
    assert booked(app) == [("GV/1", "Ann Reid"), ("GV/2", "Bob Shaw")]


@pytest.mark.parametrize(
    "name",
    [
        "Offence", "offence_code", "Main offences", "MAINOFFENCE", "Charge", "charges text",
        "Charged with", "Crime reference", "crime_no", "Criminal history", "Alleged act", "Libel",
        "Aggravator", "Victim", "Accused", "Statute", "Convictions", "Offense",
    ],
)  # fmt: skip
def test_a_column_of_an_offence_refuses_the_whole_file(supervisor, app, name):
    page = look_over(supervisor, f"{ANN},theft", head=f"{HEAD},{name}")
    assert page.status_code == 422
    assert "is about an alleged offence" in words(read(page.text).main)
    assert "theft" not in page.text
    assert not read(page.text).select("[name=checked]")
    assert booked(app) == []


def test_a_column_that_only_sounds_like_one_is_passed_over(supervisor):
    assert not is_of_an_offence("discharge date")
    page = look_over(supervisor, f"{ANN},Tuesday", head=f"{HEAD},Discharge date")
    assert "Columns that are not read: discharge date." in words(read(page.text).main)


def test_what_was_booked_by_mistake_does_not_come_back_by_itself(supervisor, app):
    take_in(supervisor, look_over(supervisor, ANN))
    with app.app_context():
        stay = db.session.scalars(select(Booking).filter_by(custody_reference="GV/1")).one()
        stay.void(Mistake.NEVER, stay.opened_by_id, clock.now())
        db.session.commit()
    page = look_over(supervisor, ANN)
    [(_, reference, why)] = left_out(page)
    assert (reference, "booked by mistake before" in why) == ("GV/1", True)


def test_the_command_takes_in_all_centres_and_says_each_line(app, tmp_path):
    path = tmp_path / "export.csv"
    lines = [HEAD, ANN, f"falkirk,GV/1,{SINCE},Low,,,M,,", f"Moon,GV/7,{SINCE},Low,Ian,,M,,"]
    path.write_bytes("\r\n".join(lines).replace(",", ";").encode("utf-16"))
    run = app.test_cli_runner().invoke
    load = ["bookings", "load", str(path), "--by", EMAILS[Role.CUSTODY_SUPERVISOR]]
    tried = run(args=[*load, "--dry-run"])
    assert "2 taken in, 0 there already, 1 left out. Nothing is stored" in tried.stdout
    assert booked(app) == []
    said = run(args=load)
    assert said.exit_code == 0, said.output
    assert "line 4, GV/7: left out: Custody centre" in said.stderr
    assert booked(app) == [("GV/1", "Ann Reid"), ("GV/1", "Low")]
    again = run(args=load)
    assert "0 taken in, 2 there already, 1 left out." in again.stdout
    with app.app_context():
        of = db.session.scalar(select(func.count()).select_from(Person).filter_by(surname="Low"))
        assert of == 1
    refused = run(args=[*load[:-1], EMAILS[Role.CUSTODY_OFFICER]])
    assert refused.exit_code == 1
