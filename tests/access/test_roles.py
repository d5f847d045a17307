"""Each role is whole: somebody can be given it, comes in, and begins at a page of their own."""

import pytest
from conftest import EMAILS
from flask import url_for
from support.html import read, words

from referral.access.navigation import NAVIGATION
from referral.access.permissions import (
    LABELS,
    ROLES,
    OrganisationKind,
    Permission,
    Role,
    roles_with,
)


def test_each_role_stands_in_the_table_and_in_the_demo():
    assert set(ROLES) == set(Role)
    assert set(EMAILS) == set(Role), "add somebody of the role to STAFF in demo/organisations.py"


def test_each_kind_of_organisation_has_a_role_and_each_permission_somebody():
    assert {standing.kind for standing in ROLES.values()} == set(OrganisationKind)
    assert [permission for permission in Permission if not roles_with(permission)] == []
    assert set(LABELS) == set(Permission)


def test_who_sees_the_people_in_a_custody_centre_works_in_one():
    at_one = [role for role, standing in ROLES.items() if standing.at_centre]
    assert at_one == roles_with(Permission.SEE_BOOKINGS, Permission.KNOW_DANGERS)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_begins_at_a_page_that_it_may_open(app, as_role, role):
    browser = as_role(role)
    with app.test_request_context():
        begins = url_for(ROLES[role].begins)
    assert browser.get("/").location == begins
    assert browser.get(begins).status_code == 200


@pytest.mark.parametrize("place", NAVIGATION, ids=lambda place: place[1])
def test_the_navigation_offers_a_page_to_whoever_may_open_it(app, place):
    permission, endpoint, _ = place
    assert app.view_functions[endpoint].permission == permission


@pytest.mark.parametrize("page", ["outcomes", "all", "unmet", "all/unmet"])
def test_each_page_of_reports_stands_under_reports(as_role, page):
    bar = read(as_role(Role.TEAM_LEAD).get(f"/reports/{page}").text).select_one(".app-bar__nav")
    assert [words(link) for link in bar.select("[aria-current]")] == ["Reports"]
