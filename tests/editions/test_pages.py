"""An analyst makes an edition in the browser, a colleague signs, and everybody reads it."""

from datetime import timedelta

import pytest
from editions.shelf import Shelf
from editions.town import LAST, OF_THE_YEAR, SIGNS, YEAR, town
from sqlalchemy import select
from support.html import fields, read, words

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.db import db
from referral.editions.queries import frozen
from referral.jobs.runner import Halt, Worker
from referral.published.audiences import Audience


@pytest.fixture
def places(app, as_role, monkeypatch):
    """Who makes editions, who signs them, and who only reads them."""
    town({LAST: 32}, monkeypatch)
    maker = as_role(Role.CJS_ANALYST)
    signer = app.test_client()
    with app.app_context():
        address = db.session.scalars(select(User.email).filter_by(name=SIGNS)).one()
    signer.enter(address)
    return maker, signer, as_role(Role.ADP_ANALYST)


def worked(app) -> None:
    with app.app_context():
        Worker(app.extensions["work"], clock.now).drain(Halt())


def sent(browser, page: str, **typed):
    """The last form of a page as it stands, with what is typed."""
    form = read(browser.get(page).text).select("main form")[-1]
    return browser.post(page, data=fields(form) | typed)


def chosen(maker, app, **typed) -> str:
    """The address of an edition whose numbers are there; everything else was set before."""
    answer = sent(maker, "/editions/new", **typed)
    assert answer.status_code == 303, words(read(answer.text).select_one("main"))
    assert "being counted" in maker.get(answer.location).text
    worked(app)
    return answer.location.removesuffix("/check")


def second_of(app) -> str:
    with app.app_context():
        return str(db.session.scalars(select(User.id).filter_by(name=SIGNS)).one())


def walked(maker, signer, app, **typed) -> str:
    """The address of an edition that is frozen."""
    place = chosen(maker, app, **typed)
    assert sent(maker, f"{place}/check").location == f"{place}/words"
    assert sent(maker, f"{place}/words", contact="Isla").location == f"{place}/sign"
    assert sent(maker, f"{place}/sign", second=second_of(app)).location == f"{place}/sign"
    assert sent(signer, f"{place}/sign").location == f"{place}/freeze"
    assert sent(maker, f"{place}/freeze").location == place
    return place


def test_an_edition_is_made_in_the_browser_and_read_by_everybody(places, app):
    maker, signer, reader = places
    place = walked(maker, signer, app)
    page = reader.get(place).text
    assert "nothing in it changes any more" in page
    assert "32" in page
    for form in ("ods", "csv", "json", "zip", "pdf"):
        answer = reader.get(f"{place}/file/{form}")
        assert answer.status_code == 200
        assert answer.data == maker.get(f"{place}/file/{form}").data or form == "pdf"
        assert (
            f"national-{LAST.replace('-', '').lower()}-s92000003"
            in answer.headers["Content-Disposition"]
        )
    assert reader.get(f"{place}/file/exe").status_code == 404
    assert place in reader.get("/editions").text
    assert reader.get(f"{place}/check").status_code == 403
    assert "Make an edition" not in reader.get("/editions").text


def test_a_draft_is_nobodys_but_those_who_make_editions(places, app):
    maker, _, reader = places
    place = chosen(maker, app)
    assert "A draft" in maker.get(place).text
    assert reader.get(place).status_code == 404
    assert maker.get(f"{place}/file/ods").status_code == 404
    assert place not in reader.get("/editions").text


def test_what_goes_out_later_is_taken_back_until_then(places, app):
    maker, signer, reader = places
    place = walked(maker, signer, app, release_at="10 Dec 2027 9:30")
    assert reader.get(place).status_code == 404
    assert maker.post(place).status_code == 405
    back = read(maker.get(place).text).select_one("main form")
    assert maker.post(back["action"], data=fields(back)).location == "/editions"
    with app.app_context():
        assert not frozen(Audience.PUBLIC)


def test_a_refused_edition_says_why_and_how_to_go_on(places, app, monkeypatch):
    maker, signer, _ = places
    *earlier, last = OF_THE_YEAR
    town(dict.fromkeys(earlier, 20) | {last: 4, YEAR: 64}, monkeypatch)
    for period in (*earlier, YEAR):
        walked(maker, signer, app, period=period)
    place = chosen(maker, app, period=last)
    page = maker.get(f"{place}/check").text
    assert "could be worked out" in page
    assert "Leave the table “Referrals” out" in page
    assert sent(maker, f"{place}/check").status_code == 422
    again = sent(maker, f"{place}/check", leave_out="indicator")
    assert again.location == f"{place}/check"
    worked(app)
    assert "Passed" in maker.get(f"{place}/check").text


def test_a_wrong_number_is_told_at_its_field_and_what_was_typed_stays(places, app):
    maker, _, _ = places
    place = chosen(maker, app)
    sent(maker, f"{place}/check")
    answer = sent(maker, f"{place}/words", contact="Isla", headline="Almost 13,000 were met.")
    assert answer.status_code == 422
    page = read(answer.text)
    assert "13,000" in words(page.select_one("#headline-error"))
    assert page.select_one("textarea[name=headline]").text.strip() == "Almost 13,000 were met."


def test_a_number_of_no_edition_is_not_found(places):
    maker, _, _ = places
    nowhere = "/editions/00000000-0000-4000-8000-000000000000"
    for page in ("", "/check", "/words", "/sign", "/freeze", "/file/ods"):
        assert maker.get(nowhere + page).status_code == 404


def test_the_reports_lead_to_the_newest_that_is_out(app, as_role):
    at = clock.now()
    with app.app_context():
        public, partners = Shelf(at), Shelf(at, Audience.PARTNER)
        later = at + timedelta(days=9)
        shelved = [
            *(public.frozen(4), public.frozen(3), public.frozen(2, later), public.worded(1)),
            *(partners.frozen(2), partners.frozen(4)),
        ]
        old, newest, planned, draft, told, older = (f"/editions/{one.id}" for one in shelved)
        db.session.commit()
    reader = as_role(Role.ADP_ANALYST)
    for page in ("/reports/outcomes", "/reports/all", "/"):
        found = read(reader.get(page, follow_redirects=True).text).select(".app-newest a")
        led = [one["href"] for one in found]
        assert led == [told, newest, "/editions?report=national"]
    listed = reader.get("/editions?report=national").text
    assert all(one in listed for one in (old, newest, told, older))
    assert not any(one in listed for one in (planned, draft))
    assert "No edition of it is out yet" in reader.get("/editions?report=unmet").text
    assert told in as_role(Role.TEAM_LEAD).get("/reports/all").text
