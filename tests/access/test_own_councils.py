"""An account of an ADP warns the councils of its ADP, and reads what was told of all."""

import pytest
from access.walking import rules
from crowd import actor
from editions.shelf import Shelf
from support.html import read, words

from referral.access.permissions import ROLES, Permission, Role
from referral.clock import now, today
from referral.db import db
from referral.directory.models import Council, Organisation
from referral.directory.own_queries import own_councils
from referral.published.audiences import Audience
from referral.reports.queries import areas_for

GLASGOW, FIFE, SCOTLAND = "S12000049", "S12000047", "S92000003"
AREAS = {"Glasgow City", "Fife", "Scotland"}
WARNS = {"alerts.posted", "alerts.end"}  # has tests of its own below
# what was told to everybody or to all partners, of all areas, and the way to it
PUBLISHED = {
    "official.front",
    "editions.listed",
    "editions.edition",
    "editions.file",
    "reports.every",
    "reports.outcomes",
    "reports.unmet",
}
sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
EVERYBODYS = {Permission.SEE_ACCESS, None}


@pytest.fixture
def analyst(as_role):
    """Of the ADP of Glasgow City."""
    return as_role(Role.ADP_ANALYST)


def test_every_page_of_an_adp_account_is_in_this_table(app):
    mine = ROLES[Role.ADP_ANALYST].permissions
    found = {
        rule.endpoint
        for rule in rules(app)
        if (needs := getattr(app.view_functions[rule.endpoint], "permission", None)) in mine
        and needs not in EVERYBODYS
    }
    assert found == WARNS | PUBLISHED


def test_their_own_areas_are_what_is_whole_in_their_councils(app):
    with app.app_context():
        areas = {area.code: area for area in areas_for(actor(Role.ADP_ANALYST))}
    assert GLASGOW in areas
    assert all(area.councils == (GLASGOW,) for area in areas.values())


@sqlite_alone
@pytest.mark.parametrize("page", ["/reports/outcomes", "/reports/all", "/reports/unmet"])
def test_what_is_out_of_their_own_areas_is_offered_first(app, analyst, page):
    with app.app_context():
        for area in (GLASGOW, FIFE, SCOTLAND):
            Shelf(now(), Audience.PARTNER, area=area, report="unmet").frozen(1)
        db.session.commit()
    links = read(analyst.get(page).text).select(".app-newest a")
    assert [area for area in AREAS if area in words(links[0])] == ["Glasgow City"]
    assert {area for area in AREAS for one in links if area in words(one)} == AREAS


def test_no_other_area_is_warned(analyst):
    offered = read(analyst.get("/alerts").text).select("[name=councils]")
    assert [one["value"] for one in offered] == [GLASGOW]
    said = {"headline": "Strong", "text": "Very", "councils": [FIFE], "ends_on": str(today())}
    assert analyst.submit("/alerts", said).status_code == 422
    assert analyst.submit("/alerts", said | {"councils": [GLASGOW]}).status_code == 303


def test_an_adp_without_councils_warns_nobody_and_is_told_whom_to_ask(app, analyst):
    with app.app_context():
        db.session.get_one(Organisation, actor(Role.ADP_ANALYST).organisation_id).councils = []
        db.session.commit()
    assert "Ask your administrator to enter them" in analyst.get("/alerts").text
    assert analyst.get("/reports/outcomes").status_code == 200
    assert not read(analyst.get("/alerts").text).select("[name=councils]")


@pytest.mark.parametrize("role", [Role.CJS_ANALYST, Role.TEAM_LEAD])
def test_of_who_is_of_no_adp_all_of_scotland_is_their_own(app, role):
    with app.app_context():
        assert len(own_councils(actor(role))) == db.session.query(Council).count()
        assert SCOTLAND in {area.code for area in areas_for(actor(role))}
