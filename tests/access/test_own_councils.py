"""An account of an ADP counts and warns the councils of its ADP, on each page that it may open."""

import pytest
from access.walking import rules
from crowd import actor
from support.html import read

from referral.access.permissions import ROLES, Permission, Role
from referral.clock import today
from referral.db import db
from referral.directory.models import Council, Organisation
from referral.directory.own_queries import own_councils
from referral.reports.queries import areas_for

GLASGOW, FIFE, SCOTLAND = "S12000049", "S12000047", "S92000003"
# each page of an ADP account that takes an area, and how it is asked for
ASKED = {
    "reports.outcomes": "/reports/outcomes?area={}",
    "reports.outcomes_csv": "/reports/outcomes.csv?area={}",
    "reports.outcomes_pdf": "/reports/outcomes.pdf?area={}",
    "reports.unmet": "/reports/unmet?area={}",
}
WARNS = {"alerts.posted", "alerts.end"}  # has tests of its own below
# what was told to everybody or to all partners, of all areas; and the names of the reports
PUBLISHED = {
    "official.front",
    "editions.listed",
    "editions.edition",
    "editions.file",
    "reports.every",
}
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
    assert found == ASKED.keys() | WARNS | PUBLISHED


@pytest.mark.parametrize("area", [FIFE, SCOTLAND, "team", "L", "S37000013"])
@pytest.mark.parametrize("page", ASKED)
def test_no_other_area_is_counted_for_them(analyst, page, area):
    answer = analyst.get(ASKED[page].format(area))
    assert answer.status_code == 422
    assert "We do not know that area" in answer.text


@pytest.mark.parametrize("page", ASKED)
def test_the_own_area_is(analyst, page):
    assert analyst.get(ASKED[page].format(GLASGOW)).status_code == 200


@pytest.mark.parametrize("page", ["/reports/outcomes", "/reports/unmet"])
def test_only_what_is_whole_in_their_councils_is_offered_and_their_adp_first(app, analyst, page):
    form = read(analyst.get(page).text).select_one("#area")
    offered = {one["value"] for one in form.select("option")}
    with app.app_context():
        areas = {area.code: area for area in areas_for(actor(Role.ADP_ANALYST))}
    assert offered == areas.keys()
    assert GLASGOW in offered
    assert all(area.councils == (GLASGOW,) for area in areas.values())
    assert areas[form.select_one("option[selected]")["value"]].kind == "ADP"


def test_no_other_area_is_warned(analyst):
    offered = read(analyst.get("/alerts").text).select("[name=councils]")
    assert [one["value"] for one in offered] == [GLASGOW]
    said = {"headline": "Strong", "text": "Very", "councils": [FIFE], "ends_on": str(today())}
    assert analyst.submit("/alerts", said).status_code == 422
    assert analyst.submit("/alerts", said | {"councils": [GLASGOW]}).status_code == 303


def test_an_adp_without_councils_counts_and_warns_nobody_and_is_told_whom_to_ask(app, analyst):
    with app.app_context():
        db.session.get_one(Organisation, actor(Role.ADP_ANALYST).organisation_id).councils = []
        db.session.commit()
    for page in ("/reports/outcomes", "/reports/unmet", "/alerts"):
        assert "Ask your administrator to enter them" in analyst.get(page).text
    assert analyst.get(ASKED["reports.outcomes_csv"].format(GLASGOW)).status_code == 422
    assert not read(analyst.get("/alerts").text).select("[name=councils]")


@pytest.mark.parametrize("role", [Role.CJS_ANALYST, Role.TEAM_LEAD])
def test_who_is_of_no_adp_counts_all_of_scotland(app, role):
    with app.app_context():
        assert len(own_councils(actor(role))) == db.session.query(Council).count()
        assert SCOTLAND in {area.code for area in areas_for(actor(role))}
