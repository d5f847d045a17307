"""An administrator keeps the directory true; a service says how it stands."""

from dataclasses import replace

import pytest
from conftest import hidden_fields
from crowd import actor
from sqlalchemy import func, select
from support.html import address, link, read, words

from referral.access.permissions import OrganisationKind, Role
from referral.clock import now, today
from referral.db import db
from referral.directory.actions import NameTaken, OrganisationDetails, save_organisation
from referral.directory.models import Code, CustodyCentre, Organisation, Service
from referral.directory.queries import choices
from referral.errors import StaleEdit
from referral.web.reading import day

CENTRE = {
    "name": "Portree",
    "council_code": "S12000035",
    "kind": "ancillary",
    "access_model": "call",
    "opened_on": "2020-05-01",
}


def test_a_centre_is_added_changed_and_closed(as_role, app):
    administrator = as_role(Role.ADMINISTRATOR)
    assert administrator.submit("/directory/centres/new", CENTRE).status_code == 303
    page = link(administrator.get("/directory").text, "Portree")
    crossed = administrator.submit(page, CENTRE | {"closed_on": "2019-01-01"})
    assert crossed.status_code == 422
    assert "cannot be before the opening day" in crossed.text
    assert administrator.submit(page, CENTRE | {"closed_on": "2026-01-01"}).status_code == 303
    with app.app_context():
        kept = db.session.scalars(select(CustodyCentre).filter_by(name="Portree")).one()
        assert (kept.closed_on.year, kept.kind, kept.version) == (2026, "ancillary", 2)


def test_a_name_that_is_taken_and_a_stale_edit_are_told(as_role):
    administrator = as_role(Role.ADMINISTRATOR)
    taken = administrator.submit("/directory/centres/new", CENTRE | {"name": "Govan"})
    assert "This name is taken" in taken.text
    administrator.submit("/directory/centres/new", CENTRE)
    page = link(administrator.get("/directory").text, "Portree")
    old = hidden_fields(administrator.get(page).text)
    administrator.submit(page, CENTRE | {"kind": "primary"})
    late = administrator.post(page, data=old | CENTRE | {"access_model": "site"})
    assert late.status_code == 409
    assert "Someone else changed this" in late.text


def test_a_service_is_added_and_offered_to_whom_it_fits(as_role, app):
    administrator = as_role(Role.ADMINISTRATOR)
    form = read(administrator.get("/directory/services/new").text)
    provider = form.select_one("option:-soup-contains('Doorstep')")["value"]
    said = {
        "organisation_id": provider,
        "name": "Women's hub",
        "needs": ["DRUG", "MH"],
        "councils": ["S12000049"],
        "sexes": "F",
        "minimum_age": "18",
        "maximum_age": "16",
        "capacity": "waitlist",
    }
    crossed = administrator.submit("/directory/services/new", said)
    assert "The highest age cannot be below the lowest" in crossed.text
    right = said | {"maximum_age": ""}
    assert administrator.submit("/directory/services/new", right).status_code == 303
    with app.app_context():
        kept = db.session.scalars(select(Service).filter_by(name="Women's hub")).one()
        assert [row.need for row in kept.needs] == ["DRUG", "MH"]
        assert kept.capacity_as_at is not None


def test_an_organisation_covers_centres_and_councils(as_role):
    administrator = as_role(Role.ADMINISTRATOR)
    page = link(administrator.get("/directory").text, "West arrest referral team (invented)")
    covered = administrator.get(page).text.count("checked")
    assert covered >= 3
    said = {"name": "West team", "kind": "arrest referral team", "councils": ["S12000049"]}
    assert administrator.submit(page, said).status_code == 303
    assert "West team" in administrator.get("/directory").text


def test_a_changed_code_is_a_new_row_and_an_ended_one_is_offered_no_more(as_role, app):
    administrator = as_role(Role.ADMINISTRATOR)
    page = "/directory/codes/declined"
    change = link(administrator.get(page).text, "TRIED")
    assert administrator.submit(change, {"label": "It did not help before"}).status_code == 303
    ended = link(administrator.get(page).text, "NONEED")
    assert administrator.submit(ended, {"label": ""}).status_code == 303
    assert administrator.submit(page, {"code": "TIRED", "label": "Too tired"}).status_code == 303
    twice = administrator.submit(page, {"code": "TIRED", "label": "Again"})
    assert "already in the list" in twice.text
    with app.app_context():
        rows = select(Code).filter_by(list_name="declined", code="TRIED")
        labels = [r.label for r in db.session.scalars(rows.order_by(Code.valid_from))]
        assert labels == ["Tried before", "It did not help before"]
        offered = dict(choices("declined", today()))
        assert "NONEED" not in offered
        assert offered["TRIED"] == "It did not help before"
        assert offered["TIRED"] == "Too tired"


def test_a_service_manager_says_how_only_the_own_services_stand(as_role):
    manager = as_role(Role.SERVICE_MANAGER)
    page = link(manager.get("/services").text, "Housing first")
    assert "Recovery hub" not in manager.get("/services").text
    full = {"capacity": "no-capacity", "alert": "Closed on Friday"}
    assert manager.submit(page, full).status_code == 303
    assert "full" in manager.get("/services").text
    foreign = link(as_role(Role.ADMINISTRATOR).get("/directory").text, "Recovery hub")
    assert manager.get(foreign.replace("/directory", "")).status_code == 404


def test_a_service_manager_says_where_referrals_are_asked_by_e_mail(as_role):
    manager = as_role(Role.SERVICE_MANAGER)
    page = address(manager.get("/services").text, "/services/[0-9a-f-]{36}")
    said = {"capacity": "capacity", "email": "desk@doorstep.example"}
    refused = manager.submit(page, said | {"email": "no address"})
    assert refused.status_code == 422
    assert "Type an email address" in refused.text
    assert manager.submit(page, said).status_code == 303
    assert 'value="desk@doorstep.example"' not in manager.get(page).text
    assert "desk@doorstep.example" in manager.get("/addresses").text


def test_an_organisation_that_is_saved_again_stays_the_same_one(app):
    new = OrganisationDetails("Doorstep east", OrganisationKind.PROVIDER, phone="0141 496 0000")
    moved = replace(new, name="Doorstep west", phone="0141 496 0001", closed_on=today())
    with app.app_context():
        by, at = actor(Role.ADMINISTRATOR), now()
        kept = save_organisation(None, new, 0, by, at)
        assert (kept.name, kept.kind, kept.phone) == (new.name, new.kind, new.phone)
        number = db.session.scalar(select(func.count()).select_from(Organisation))
        seen = kept.version
        assert save_organisation(kept, moved, seen, by, at) is kept
        assert (kept.name, kept.phone, kept.closed_on) == (moved.name, moved.phone, today())
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == number
        with pytest.raises(StaleEdit):
            save_organisation(kept, new, seen, by, at)
        with pytest.raises(NameTaken):
            save_organisation(None, moved, 0, by, at)


@pytest.mark.parametrize("typed", ["31 2 2026", "soon", "2026-13-01"])
@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("/directory/centres/new", "opened_on"),
        ("/directory/centres/new", "closed_on"),
        ("/directory/organisations/new", "closed_on"),
        ("/directory/services/new", "closed_on"),
        ("/directory/deadlines", "day"),
    ],
)
def test_a_wrong_day_gets_our_own_sentence_at_its_field(as_role, page, field, typed):
    administrator = as_role(Role.ADMINISTRATOR)
    refused = administrator.submit(page, CENTRE | {field: typed})
    assert refused.status_code == 422
    shown = read(refused.text)
    said = words(shown.select_one(f"#{field}-error")).removeprefix("Error: ")
    with pytest.raises(ValueError, match=r".") as ours:
        day(typed, today())
    assert said == str(ours.value)
    assert "Not a valid" not in refused.text
    assert shown.select_one(f"#{field}")["value"] == typed
