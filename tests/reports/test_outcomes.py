"""The invented year and its outcome report: who sees which, the same on page, CSV and PDF.

They stand in one file because to play the year takes half a minute on each engine.
"""

import csv
import io
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select
from support.databases import PLAYED_AT
from support.html import read, words

from referral.access.permissions import Role
from referral.audit import trail
from referral.clock import SCOTLAND
from referral.custody.models import Booking
from referral.db import db
from referral.directory.queries import choices
from referral.errors import RuleBroken
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import ReferralState
from referral.known.models import Observation
from referral.known.now import Said, SaidIn
from referral.overdue.escalation.queries import check
from referral.published.periods import last_quarter, period_of
from referral.reports.queries import report_of
from referral.reports.renderings import as_csv, as_pdf

QUARTER = "/reports/outcomes{}?period=2026-Q3"


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
    lead = as_role(Role.TEAM_LEAD)
    page = lead.get(QUARTER.format("")).text
    rows = list(csv.DictReader(io.StringIO(lead.get(QUARTER.format(".csv")).text)))
    booked = next(r for r in rows if (r["measure"], r["unit"]) == ("booked", "people"))
    assert {r["status"] for r in rows} == {"exact"}
    assert f">{booked['value']}</td>" in page
    pdf = PdfReader(io.BytesIO(lead.get(QUARTER.format(".pdf")).data))
    words = "".join(p.extract_text() for p in pdf.pages)
    assert booked["value"] in words
    assert "What each step counts" in words
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_what_is_written_at_the_machine_is_rounded_and_says_that_it_is_not_for_print(played):
    with played.app_context():
        report = report_of("2026-Q3", "S92000003", PLAYED_AT)
        rows = list(csv.DictReader(io.StringIO(as_csv(report).decode())))
        paper = PdfReader(io.BytesIO(as_pdf(report)))
    assert not [r for r in rows if r["value"] in {"1", "2", "3", "4"}]
    assert all(int(r["value"] or 0) % 5 == 0 for r in rows)
    assert all((r["value"] == "") == (r["status"] == "withheld") for r in rows)
    assert "not for print" in paper.pages[0].extract_text()


def test_a_team_reads_its_own_exactly_and_no_other_area_live(played, as_role):
    lead = as_role(Role.TEAM_LEAD)
    own = lead.get("/reports/outcomes?period=2026-Q3").text
    assert "exact counts" in own
    elsewhere = lead.get("/reports/outcomes?period=2026-Q3&area=S12000036").text
    assert words(read(elsewhere).main) == words(read(own).main)


def test_an_empty_period_and_nonsense_get_a_sentence(played, as_role):
    lead = as_role(Role.TEAM_LEAD)
    assert "nothing to report" in lead.get("/reports/outcomes?period=2025-Q1").text
    assert "Type the period as" in lead.get("/reports/outcomes?period=soon").text
    assert lead.get("/reports/outcomes.csv?period=soon").status_code == 422


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


def test_the_half_year_holds_every_state_loses_nobody_and_has_the_published_shares(app):
    with app.app_context():
        every_state_of_a_referral_is_there_and_none_is_on_nobodys_list()
        workers_hear_of_needs_that_no_desk_asked_about()
        disclosed_needs_fall_near_the_published_shares()
        people_return_and_some_are_here_now()


def every_state_of_a_referral_is_there_and_none_is_on_nobodys_list():
    states = set(db.session.scalars(select(Referral.state).order_by(Referral.id)))
    assert states == set(ReferralState)
    found = check(PLAYED_AT)
    assert found.sound
    assert found.all.open > 40
    assert trail.verify() is None


def disclosed_needs_fall_near_the_published_shares():
    asked = select(Observation.booking_id).where(Observation.act == SaidIn.OFFER)
    total = len(set(db.session.scalars(asked)))
    for need, share, near in (("DRUG", 0.16, 0.06), ("ALC", 0.14, 0.06), ("MH", 0.43, 0.08)):
        told = asked.where(Observation.code == need, Observation.answer == Said.YES)
        assert abs(len(set(db.session.scalars(told))) / total - share) < near


def workers_hear_of_needs_that_no_desk_asked_about():
    heard = select(Observation.code).where(Observation.act == SaidIn.ASSESSMENT)
    at_desk = {code for code, _ in choices("desk_need", PLAYED_AT.date())}
    assert {"BEN", "PHYS", "EMP"} <= set(db.session.scalars(heard)) - at_desk


def people_return_and_some_are_here_now():
    people = db.session.scalar(select(func.count(Booking.person_id.distinct())))
    stays = db.session.scalar(select(func.count()).select_from(Booking))
    here = db.session.scalar(select(func.count()).where(Booking.released_at.is_(None)))
    assert stays > people > stays / 2
    assert here >= 5
