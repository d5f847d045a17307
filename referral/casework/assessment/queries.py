"""Assessments of a case, and which instruments may be used."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.casework.assessment.instruments import Instrument, instruments
from referral.casework.assessment.models import Assessment, InstrumentSwitch
from referral.casework.cases.models import Case
from referral.db import db
from referral.directory.queries import labels


def draft_of(case_id: UUID) -> Assessment | None:
    """The one unfinished assessment of a case."""
    wanted = select(Assessment).filter_by(case_id=case_id, finished_at=None)
    return db.session.scalars(wanted).one_or_none()


def finished(case: Case, everything: bool) -> Sequence[Assessment]:
    """The finished assessments of a case, or of the person wherever they were, newest first."""
    scope = Case.person_id == case.person_id if everything else Case.id == case.id
    wanted = (
        select(Assessment)
        .join(Assessment.case)
        .where(scope, Assessment.finished_at.is_not(None))
        .options(joinedload(Assessment.author), selectinload(Assessment.needs))
    )
    newest_first = wanted.order_by(Assessment.finished_at.desc(), Assessment.order.desc())
    return db.session.scalars(newest_first).all()


def assessment_for(actor: Actor, assessment_id: UUID) -> Assessment:
    """A finished assessment of a case of the actor's own team; 404 for any other."""
    wanted = (
        select(Assessment)
        .join(Assessment.case)
        .where(Assessment.id == assessment_id, Assessment.finished_at.is_not(None))
        .where(Case.team_id == actor.organisation_id)
    )
    return db.session.scalars(wanted).one_or_none() or abort(404)


def usable() -> list[Instrument]:
    """The instruments that are offered: those with their words here, and enabled shells."""
    on = set(db.session.scalars(select(InstrumentSwitch.instrument).order_by("instrument")))
    return [one for one in instruments().values() if not one.shell or one.id in on]


def switches() -> dict[str, InstrumentSwitch]:
    """Which shells an administrator has enabled, by the instrument's code."""
    wanted = select(InstrumentSwitch).order_by(InstrumentSwitch.instrument)
    return {row.instrument: row for row in db.session.scalars(wanted)}


def latest_of(case_id: UUID) -> Assessment | None:
    """The latest finished assessment of a case with its needs and substances; None without one."""
    wanted = (
        select(Assessment)
        .where(Assessment.case_id == case_id, Assessment.finished_at.is_not(None))
        .options(selectinload(Assessment.needs), selectinload(Assessment.substances))
    )
    latest = wanted.order_by(Assessment.finished_at.desc(), Assessment.order.desc()).limit(1)
    return db.session.scalars(latest).one_or_none()


def done_in(case_id: UUID) -> Sequence[Assessment]:
    """The finished assessments of a case with their authors alone, newest first."""
    wanted = (
        select(Assessment)
        .where(Assessment.case_id == case_id, Assessment.finished_at.is_not(None))
        .options(joinedload(Assessment.author))
    )
    newest_first = wanted.order_by(Assessment.finished_at.desc(), Assessment.order.desc())
    return db.session.scalars(newest_first).all()


def findings(found: Assessment | None, about: Collection[str]) -> tuple[str, ...]:
    """An assessment in a few lines, as a service may be told them: of the needs, those chosen."""
    if found is None:
        return ()
    needs, severities = labels("need"), labels("severity")
    lines = [
        f"{needs.get(n.need, n.need)}: {severities.get(n.severity, n.severity).lower()}"
        + (", wants help" if n.wants_help else "")
        for n in found.needs
        if n.severity != "none" and n.need in about
    ]
    lines += [f"Their goal: {goal}" for goal in found.goals]
    return (*lines, f"Going well: {found.strengths}") if found.strengths else tuple(lines)
