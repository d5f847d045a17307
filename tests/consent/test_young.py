"""Who is under 18 is marked, asked with somebody beside them, and handed on by a worker."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.html import address, fields, form_of, words

from referral.clock import today
from referral.consent.models import Consent
from referral.consent.purposes import Companion
from referral.db import db
from referral.directory.models import CustodyCentre, Service

NEW = "/custody/bookings/new"
CASE = "/cases/[0-9a-f-]{36}"
WHO = {"surname": "Docherty", "forename": "Ann", "phone": "07700 900321", "authorised_at": "now"}
ALONE = "Under 16, a parent, carer or appropriate adult has to be there."
YOUNG = [(15, "Under 16"), (16, "16 or 17"), (17, "16 or 17")]
YES = {"answer": "accepted", "contact": "yes"}


def born(years):
    """The birth date of somebody who is so old since yesterday."""
    day = today() - timedelta(days=1)
    return f"{min(day.day, 28)} {day.month} {day.year - years}"


def book(desk, years, **more):
    return desk.submit(NEW, WHO | {"date_of_birth": born(years)} | more).location


def says_its_ages(app, name, least):
    """An administrator has entered from which age a service takes people."""
    with app.app_context():
        service = db.session.scalars(select(Service).filter_by(name=name)).one()
        service.minimum_age = least
        db.session.commit()


@pytest.mark.parametrize(("years", "mark"), YOUNG)
def test_the_young_are_marked_on_each_list_and_page(desk, worker, as_role, years, mark):
    booking = book(desk, years)
    assert desk.submit(booking, YES | {"accompanied_by": "parent"}).status_code == 303
    case = address(worker.get("/cases").text, CASE)
    pages = ["/cases", case, f"{case}/hand-off", f"{case}/agreements"]
    shown = [worker.get(page).text for page in pages]
    shown += [desk.get(page).text for page in ("/custody/", booking, f"{booking}/stay")]
    assert [mark in page for page in shown] == [True] * len(shown)
    assert f"({years})" in worker.get(case).text


def test_a_grown_person_is_not_marked(desk, worker):
    booking = book(desk, 18)
    assert desk.submit(booking, YES).status_code == 303
    case = address(worker.get("/cases").text, CASE)
    page = worker.get(case).text + desk.get(booking).text + desk.get("/custody/").text
    assert "16 or 17" not in page
    assert "(18)" in page


def test_who_is_only_about_as_old_counts_as_the_younger(desk):
    assert "May be under 16" in desk.get(book(desk, 30, date_of_birth="", about_age="16")).text


def test_under_16_nobody_agrees_to_anything_alone(app, desk):
    booking = book(desk, 15)
    refused = desk.submit(booking, YES)
    assert refused.status_code == 422
    assert ALONE in words(form_of(refused.text).select_one("#accompanied_by-error"))
    said = {"accompanied_by": "parent", "accompanied_name": "Mary Docherty"}
    assert desk.post(booking, data=fields(form_of(refused.text)) | said).status_code == 303
    with app.app_context():
        kept = db.session.scalars(select(Consent)).all()
        assert {(row.accompanied_by, row.accompanied_name) for row in kept} == {
            (Companion.PARENT, "Mary Docherty")
        }


def test_under_16_somebody_may_decline_alone(desk):
    assert desk.submit(book(desk, 15), {"answer": "declined", "contact": "no"}).status_code == 303


def test_at_16_the_offer_is_not_barred(desk):
    assert desk.submit(book(desk, 16), YES).status_code == 303


def test_under_16_the_desk_reads_which_service_takes_this_age(app, desk):
    booking = book(desk, 15)
    assert "No service in the directory says that it takes this age here" in desk.get(booking).text
    says_its_ages(app, "Recovery hub", 12)
    assert "Services that say they take this age: Recovery hub" in desk.get(booking).text


def test_under_16_only_services_that_say_so_are_offered_and_asked(app, desk, worker):
    says_its_ages(app, "Recovery hub", 12)
    desk.submit(book(desk, 15), YES | {"accompanied_by": "adult", "needs": ["DRUG", "HOUS"]})
    page = address(worker.get("/cases").text, CASE) + "/hand-off"
    form = form_of(worker.get(page).text, "note")
    assert "Recovery hub" in words(form)
    assert "Housing first" not in words(form)
    sent = fields(form)
    level = next(name for name in sent if name.startswith("level_"))
    assert ALONE in worker.post(page, data=sent | {level: "summary"}).text
    sent["submit_key"] = fields(form_of(worker.get(page).text, "note"))["submit_key"]
    told = sent | {level: "summary", "accompanied_by": "adult"}
    assert worker.post(page, data=told).status_code == 303


def test_under_18_nothing_is_handed_on_from_the_desk(app, desk):
    with app.app_context():
        centre = db.session.scalars(select(CustodyCentre).filter_by(name="Govan")).one()
        centre.access_model = "call"
        db.session.commit()
    booking = book(desk, 17)
    desk.submit(booking, YES | {"needs": ["DRUG"]})
    assert "hand to a service yourself" not in desk.get(booking).text
    page = f"{booking}/hand-off"
    form = fields(form_of(desk.get(page).text, "note"))
    level = next(name for name in form if name.startswith("level_"))
    assert "Under 18, a worker decides" in desk.post(page, data=form | {level: "contact"}).text
