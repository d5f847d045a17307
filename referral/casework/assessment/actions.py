"""Keep a draft, finish an assessment, enable an instrument."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.assessment.instruments import (
    Answered,
    Instrument,
    answered,
    instruments,
    totalled,
)
from referral.casework.assessment.models import (
    AssessedNeed,
    Assessment,
    InstrumentSwitch,
    Screen,
    SubstanceUse,
)
from referral.casework.cases.actions import meet, watch_over
from referral.casework.cases.models import Case
from referral.db import db
from referral.directory.queries import must_be_listed
from referral.errors import RuleBroken, StaleEdit
from referral.known.actions import Hearing, Saying, observe
from referral.known.now import About, Said, SaidIn
from referral.people.sources import Source

NO_NEED = "none"  # the severity that says no


class NothingAsked(RuleBroken):
    """Say how serious at least one need is, or save a draft and finish later."""


class NoLicence(RuleBroken):
    """Type the reference of your licence for this instrument."""


@dataclass(frozen=True)
class Need:
    """A need as assessed: its code, its severity by code, and whether the person wants help."""

    code: str
    severity: str
    wants_help: bool


@dataclass(frozen=True)
class Use:
    """A substance by code, on how many of the last 28 days (None: not known), by which route."""

    substance: str
    days: int | None = None
    route: str | None = None


@dataclass(frozen=True)
class AssessmentDetails:
    """A finished assessment: what was asked and answered, in the order of the form.

    `unsaid` are the needs, by code, of which they did not want to speak; `dangers` every answer.
    `points` has one entry for each question of an instrument, `totals` the score of a licensed one.
    `ethnicity` and `disability` are codes, also that they did not want to say; None is not asked.
    """

    seen_version: int
    place: str = ""
    needs: Sequence[Need] = ()
    goals: Sequence[str] = ()
    strengths: str = ""
    uses: Sequence[Use] = ()
    points: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    unsaid: Sequence[str] = ()
    dangers: Sequence[Saying] = ()
    ethnicity: str | None = None
    disability: str | None = None


def save_draft(
    case: Case, typed: Mapping[str, list[str]], seen_version: int, by: Actor, at: datetime
) -> Assessment:
    """Keep the form just as typed. Raises StaleEdit if somebody else has saved since."""
    draft = _draft_of(case, seen_version, by, at)
    draft.draft = dict(typed)
    db.session.flush()  # the page needs the new version
    record(Tag.DRAFT_SAVED, by, at, subject_id=case.person_id, record_id=draft.id)
    return draft


def finish(case: Case, details: AssessmentDetails, by: Actor, at: datetime) -> Assessment:
    """Finish the draft, or an assessment that needed none.

    Raises CaseClosed, StaleEdit, NothingAsked, NotInList, NoSuchCode, SayWhyLifted.
    """
    if not details.needs:
        raise NothingAsked
    must_be_listed(at, ethnicity=details.ethnicity, disability=details.disability)
    done = _draft_of(case, details.seen_version, by, at)
    done.finish(by.user_id, at)
    done.booking_id = case.booking_id
    _write_down(done, details)
    db.session.flush()  # the audit names it by its number, and so does what was said
    hearing = Hearing(SaidIn.ASSESSMENT, Source.WORKER, done.id)
    observe(case.booking, _said(details), hearing, by, at)
    meet(case, "Assessed", at)
    watch_over(case, at)
    record(Tag.ASSESSED, by, at, subject_id=case.person_id, record_id=done.id)
    return done


def _write_down(done: Assessment, details: AssessmentDetails) -> None:
    done.goals = list(details.goals)
    done.place, done.strengths = details.place, details.strengths
    done.say_who(details.ethnicity, details.disability)
    done.needs = [
        AssessedNeed(need=n.code, severity=n.severity, wants_help=n.wants_help)
        for n in details.needs
    ]
    done.substances = [
        SubstanceUse(rank=rank, substance=use.substance, days=use.days, route=use.route)
        for rank, use in enumerate(details.uses, 1)
    ]
    known = instruments()
    said = {code: answered(known[code], points) for code, points in details.points.items()}
    said |= {code: totalled(known[code], total) for code, total in details.totals.items()}
    done.screens = [_row(known[code], one) for code, one in said.items()]


def _said(details: AssessmentDetails) -> list[Saying]:
    weighed = [
        Saying(
            About.NEED,
            need.code,
            Said.NO if need.severity == NO_NEED else Said.YES,
            need.severity,
            need.wants_help,
        )
        for need in details.needs
    ]
    unsaid = [Saying(About.NEED, code, Said.DECLINED) for code in details.unsaid]
    return [*weighed, *unsaid, *details.dangers]


def enable(instrument: Instrument, licence_reference: str, by: Actor, at: datetime) -> None:
    """Let the totals of a licensed form be entered. Raises NoLicence."""
    if not licence_reference:
        raise NoLicence
    switch = db.session.get(InstrumentSwitch, instrument.id)
    if switch is None:
        switch = InstrumentSwitch(instrument=instrument.id)
        db.session.add(switch)
    switch.licence_reference = licence_reference
    switch.enabled_by_id = by.user_id
    switch.enabled_at = at
    record(Tag.INSTRUMENT_ENABLED, by, at)


def _draft_of(case: Case, seen_version: int, by: Actor, at: datetime) -> Assessment:
    case.check_open()
    wanted = select(Assessment).filter_by(case_id=case.id, finished_at=None).with_for_update()
    draft = db.session.scalars(wanted).one_or_none()
    if (draft.version if draft else 0) != seen_version:
        raise StaleEdit
    if draft is None:
        draft = Assessment(
            case_id=case.id, booking_id=case.booking_id, author_id=by.user_id, started_at=at
        )
        db.session.add(draft)
    return draft


def _row(instrument: Instrument, said: Answered) -> Screen:
    return Screen(
        instrument=instrument.id,
        pack_version=instrument.version,
        items=list(said.items),
        score=said.score,
        positive=said.positive,
    )
