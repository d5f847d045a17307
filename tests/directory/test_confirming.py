"""A new installation knows to whom people are handed, and offers none unasked."""

from uuid import UUID

import pytest
from crowd import actor
from sqlalchemy import select
from support.html import fields, form_to, link, read, words

from referral.access.permissions import OrganisationKind, Role
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.clock import today
from referral.db import db
from referral.directory.models import Council, Organisation, Service
from referral.directory.queries import services
from referral.directory.reference_actions import load_handed_to

FIFE, HIGHLAND = "S12000047", "S12000017"


@pytest.fixture
def shipped(app):
    """The directory of a new installation, beside what the demo knows."""
    with app.app_context():
        load_handed_to()
        db.session.commit()
    return app


def number_of(name: str) -> UUID:
    return db.session.scalars(select(Organisation.id).filter_by(name=name)).one()


def test_every_council_has_its_partnership_and_sacro_is_there(shipped):
    with shipped.app_context():
        adps = select(Organisation).filter_by(kind=OrganisationKind.ADP, confirmed=False)
        known = db.session.scalars(adps.order_by(Organisation.name)).all()
        assert len(known) == 30
        covered = sorted(council.code for adp in known for council in adp.councils)
        every = db.session.scalars(select(Council.code).order_by(Council.code)).all()
        assert covered == every
        assert number_of("Sacro")


def test_nothing_is_invented_of_them_and_none_is_offered(shipped):
    with shipped.app_context():
        asked = select(Service).filter_by(confirmed=False).order_by(Service.id)
        unknown = db.session.scalars(asked).all()
        assert len(unknown) == 31
        for service in unknown:
            said = (service.phone, service.address, service.email, *service.word[1:])
            assert not any(said), service.name
            assert service.capacity_as_at is None
            assert service.minimum_age is None
        assert not {one.id for one in unknown} & {one.id for one in services(today())}


def test_an_administrator_confirms_first_the_organisation_then_its_service(shipped, as_role):
    browser = as_role(Role.ADMINISTRATOR)
    assert "Not confirmed yet: ask them" in words(read(browser.get("/directory").text))
    with shipped.app_context():
        adp = number_of("Fife ADP")
        service = db.session.scalars(select(Service).filter_by(organisation_id=adp)).one().id
    organisation, its_service = f"/directory/organisations/{adp}", f"/directory/services/{service}"
    early = press(browser, its_service)
    assert early.status_code == 409
    assert "Confirm the organisation first" in early.text
    for page in (organisation, its_service):
        assert press(browser, page).status_code == 303
        shown = read(browser.get(page).text)
        assert "Confirmed by Neil Rae" in words(shown)
        assert not shown.select("#confirm")
    with shipped.app_context():
        assert service in {one.id for one in services(today())}
        tags = select(AuditEvent.record_id).filter_by(tag=Tag.DIRECTORY_CONFIRMED.value)
        assert len(db.session.scalars(tags.order_by(AuditEvent.seq)).all()) == 2


def test_what_sacro_does_must_be_asked_before_it_is_offered(shipped, as_role):
    browser = as_role(Role.ADMINISTRATOR)
    with shipped.app_context():
        sacro = number_of("Sacro")
        service = db.session.scalars(select(Service).filter_by(organisation_id=sacro)).one().id
    assert press(browser, f"/directory/organisations/{sacro}").status_code == 303
    refused = press(browser, f"/directory/services/{service}")
    assert "Ask them which needs this service meets" in refused.text


def test_what_sacro_offers_is_added_kind_by_kind_with_its_areas_and_confirmed_one_by_one(
    shipped, as_role
):
    browser = as_role(Role.ADMINISTRATOR)
    with shipped.app_context():
        sacro = f"/directory/organisations/{number_of('Sacro')}"
    offers = words(read(browser.get(sacro).text).select_one("#offers + ul"))
    assert offers == (
        "Arrest referral : needs not known yet; area not known yet Not confirmed yet: ask them"
    )
    for name, need, area in (("Mentoring", "EMP", FIFE), ("Bail support", "HOUS", HIGHLAND)):
        adding = link(browser.get(sacro).text, "Add what they offer: one kind, and its areas")
        form = read(browser.get(adding).text).select("main form")[-1]
        typed = {"name": name, "needs": [need], "councils": [area]}
        saved = browser.post(adding, data=fields(form) | typed)
        assert (saved.status_code, saved.location) == (303, sacro)
    offers = words(read(browser.get(sacro).text).select_one("#offers + ul"))
    assert "Bail support : Housing or homelessness; Highland Not confirmed yet: ask them" in offers
    mentoring = link(browser.get(sacro).text, "Mentoring")
    with shipped.app_context():
        assert "Mentoring" not in {one.name for one in services(today())}
    assert press(browser, mentoring).status_code == 409  # first the organisation
    for page in (sacro, mentoring):
        assert press(browser, page).status_code == 303
    with shipped.app_context():
        offered = {one.name for one in services(today())}
        assert "Mentoring" in offered
        assert "Bail support" not in offered


def press(browser, page: str):
    """Press the button that stands on the page of what is not confirmed."""
    form = form_to(browser.get(page).text, f"{page}/confirm")
    return browser.post(form["action"], data=fields(form))


def test_nobody_else_confirms(shipped, as_role):
    with shipped.app_context():
        path = f"/directory/organisations/{number_of('Sacro')}/confirm"
        assert actor(Role.TEAM_LEAD)
    browser = as_role(Role.TEAM_LEAD)
    sent = fields(read(browser.get("/password").text).select("form")[-1])
    assert browser.post(path, data=sent).status_code == 403
