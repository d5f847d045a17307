"""The outcome report: who sees which, and the same numbers on page, CSV and PDF."""

import csv
import io
from datetime import date

import pytest
from pypdf import PdfReader
from support.databases import PLAYED_AT

from referral.access.permissions import Role
from referral.clock import SCOTLAND
from referral.errors import RuleBroken
from referral.reports.periods import last_quarter, period_of
from referral.reports.queries import report_of

pytestmark = pytest.mark.xdist_group("a played year")

QUARTER = "/reports/outcomes{}?period=2026-Q3&area=S92000003"


@pytest.fixture
def database(year_played):
    return year_played


@pytest.fixture
def played(app):
    return app


def test_each_step_counts_no_more_people_than_instances_and_falls_along_its_chain(played):
    with played.app_context():
        report = report_of("2026-Q3", "S92000003", PLAYED_AT)
    people = {step.measure.code: step.people.range[1] for step in report.ladder}
    assert people["booked"] > people["asked"] > people["agreed"] >= people["referred"]
    assert people["referred"] >= people["accepted"] >= people["contact"] >= people["engaged"] > 0
    for step in report.ladder:
        assert step.people.range[0] <= step.instances.range[1]


def test_page_csv_and_pdf_show_the_same_numbers(played, as_role):
    analyst = as_role(Role.CJS_ANALYST)
    page = analyst.get(QUARTER.format("")).text
    rows = list(csv.DictReader(io.StringIO(analyst.get(QUARTER.format(".csv")).text)))
    booked = next(r for r in rows if (r["measure"], r["unit"]) == ("booked", "people"))
    assert int(booked["value"]) % 5 == 0
    assert not [r for r in rows if r["value"] in {"1", "2", "3", "4"}]
    assert all((r["value"] == "") == (r["status"] == "withheld") for r in rows)
    assert f">{booked['value']}</td>" in page
    pdf = PdfReader(io.BytesIO(analyst.get(QUARTER.format(".pdf")).data))
    words = "".join(p.extract_text() for p in pdf.pages)
    assert booked["value"] in words
    assert "What each step counts" in words
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_team_sees_its_own_exact_counts_and_an_analyst_cannot_ask_for_them(played, as_role):
    lead, analyst = as_role(Role.TEAM_LEAD), as_role(Role.ADP_ANALYST)
    team = "/reports/outcomes?period=2026-Q3&area=team"
    assert "exact counts" in lead.get(team).text
    refused = analyst.get(team)
    assert refused.status_code == 422
    assert "We do not know that area" in refused.text


def test_an_empty_period_and_nonsense_get_a_sentence(played, as_role):
    analyst = as_role(Role.CJS_ANALYST)
    assert "nothing to report" in analyst.get("/reports/outcomes?period=2025-Q1").text
    assert "Type the period as" in analyst.get("/reports/outcomes?period=soon").text
    assert analyst.get("/reports/outcomes.csv?period=soon").status_code == 422


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2025-26", date(2025, 4, 1), date(2026, 3, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_whole_scottish_days(text, first, last):
    period = period_of(text)
    assert (period.first, period.last) == (first, last)
    local = period.starts.astimezone(SCOTLAND)
    assert (local.date(), local.hour) == (first, 0)


@pytest.mark.parametrize("text", ["2026-Q5", "2026-13", "26", "", "2025-27"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(RuleBroken):
        period_of(text)


def test_the_first_report_is_of_the_last_whole_quarter():
    assert last_quarter(date(2026, 11, 24)) == "2026-Q3"
    assert last_quarter(date(2027, 2, 1)) == "2026-Q4"
