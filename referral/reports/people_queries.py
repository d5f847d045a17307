"""For whom arrest referral works, and how far they came: people of the stays of a report."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Row, Select, select

from referral.casework.assessment.instruments import instruments
from referral.casework.assessment.models import Assessment, Screen
from referral.casework.cases.models import Case
from referral.casework.change.models import MeasureAgain
from referral.casework.change.travelled import Change, change_of
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.db import db
from referral.directory.queries import labels
from referral.reports.equity import group_of, last_said

Scores = dict[tuple[UUID, str], int]


def equity_in(booked: Select[UUID]) -> tuple[dict[str, int], dict[str, int]]:
    """The people assessed in these stays: by ethnicity, and by what limits them, as last said."""
    wanted = (
        select(Case.person_id, Assessment.ethnicity, Assessment.disability)
        .join(Case, Case.id == Assessment.case_id)
        .where(Assessment.booking_id.in_(booked), Assessment.finished_at.is_not(None))
        .order_by(Assessment.finished_at, Assessment.order)
    )
    rows = list(db.session.execute(wanted))
    names = labels("ethnicity")
    groups = {code: group_of(code, names) for _, code, _ in rows if code}
    ethnicity = last_said(((person, code) for person, code, _ in rows), groups)
    limits = last_said(((person, code) for person, _, code in rows), labels("disability"))
    return ethnicity, limits


def changes_in(booked: Select[UUID]) -> dict[str, Mapping[str, int]]:
    """For each measure, what became of the people of whom it was asked twice."""
    first = _first(booked)
    last = _last(booked)
    found: dict[str, Mapping[str, int]] = {}
    for code, pack in instruments().items():
        twice = [key for key in first if key[1] == code and key in last]
        became = [change_of(pack, first[key], last[key]) for key in twice]
        if pack.better and twice:
            found[pack.title] = {change.value: became.count(change) for change in Change}
    return found


def _first(booked: Select[UUID]) -> Scores:
    """The first score of each person by each measure, in the assessments of these stays."""
    wanted = (
        select(Case.person_id, Screen.instrument, Screen.score)
        .join(Assessment, Assessment.id == Screen.assessment_id)
        .join(Case, Case.id == Assessment.case_id)
        .where(Assessment.booking_id.in_(booked), Assessment.finished_at.is_not(None))
        .where(Screen.score.is_not(None))
        .order_by(Assessment.finished_at.desc(), Assessment.order.desc())
    )
    return _scores(db.session.execute(wanted))


def _last(booked: Select[UUID]) -> Scores:
    """The latest score of each person, asked again in the cases that were assessed then."""
    assessed = select(Assessment.case_id).where(
        Assessment.booking_id.in_(booked), Assessment.finished_at.is_not(None)
    )
    wanted = (
        select(Case.person_id, MeasureAgain.instrument, MeasureAgain.score)
        .join(MeasureAgain.point)
        .join(ReviewPoint.plan)
        .join(ContactPlan.case)
        .where(ContactPlan.case_id.in_(assessed), MeasureAgain.score.is_not(None))
        .order_by(MeasureAgain.order)
    )
    return _scores(db.session.execute(wanted))


def _scores(rows: Iterable[Row[UUID, str, int | None]]) -> Scores:
    """The last of the rows of each person and measure that has a score."""
    return {(person, code): score for person, code, score in rows if score is not None}
