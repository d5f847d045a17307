"""Whoever is of no team is shown no live number, and takes none away: they read editions."""

import pytest
from support.html import read

from referral.access.permissions import Role

LEADS_TO = {"/editions/new", "/editions/new?report=unmet", "/reports/all", "/guide"}
sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
outsiders = pytest.mark.parametrize("role", [Role.ADP_ANALYST, Role.CJS_ANALYST])


@sqlite_alone
@outsiders
@pytest.mark.parametrize("page", ["outcomes", "unmet", "all"])
def test_nobody_outside_the_team_is_shown_a_live_number(as_role, role, page):
    analyst = as_role(role)
    for asked in ("", "?period=2026-Q3&area=S92000003", "?area=S12000049", "?area=team"):
        answer = analyst.get(f"/reports/{page}{asked}")
        assert answer.status_code == 200
        main = read(answer.text).main
        assert not main.select("table, svg")
        assert "No edition is out yet" in main.text
        assert {one["href"] for one in main.select("a")} <= LEADS_TO


@sqlite_alone
@outsiders
@pytest.mark.parametrize("page", ["outcomes.csv", "outcomes.pdf", "all/national", "all/unmet"])
def test_nobody_outside_the_team_takes_a_live_report_away(as_role, role, page):
    assert as_role(role).get(f"/reports/{page}?period=2026-Q3").status_code == 403
