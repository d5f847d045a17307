"""The first day of each role: each page that it names opens for it, and it fits one sheet."""

import io

import pytest
from pypdf import PdfReader
from support.html import addresses, read, words

from referral.access.permissions import Role
from referral.oversight.guides import GUIDES
from referral.oversight.reasons import AT_DESK


def test_every_role_has_a_guide():
    assert GUIDES.keys() == set(Role)
    assert all(step.title and step.words for steps in GUIDES.values() for step in steps)


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_guide_opens_for_its_role(as_role, role):
    browser = as_role(role)
    page = browser.get("/guide").text
    main = str(read(page).main)
    links = [one for one in addresses(main, "/.*") if one != "/guide.pdf"]
    assert len(links) == sum(bool(step.page) for step in GUIDES[role])
    assert [browser.get(one).status_code for one in links] == [200] * len(links)
    assert all(step.title in words(read(main)) for step in GUIDES[role])


@pytest.mark.parametrize("role", Role)
def test_a_guide_fits_one_sheet(as_role, role):
    [sheet] = PdfReader(io.BytesIO(as_role(role).get("/guide.pdf").data)).pages
    assert f"Your first day as {role}" in sheet.extract_text()


def test_who_asks_reads_why_and_nobody_else(as_role):
    for role in Role:
        shown = AT_DESK["who"].words in as_role(role).get("/guide").text
        desk = {Role.CUSTODY_OFFICER, Role.CUSTODY_SUPERVISOR}
        assert shown is (role in desk | {Role.WORKER, Role.TEAM_LEAD}), role
