"""What is arranged on some days: appointments with services, and the times to ask how they are."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager

from referral.access.actor import Actor
from referral.casefile.span import Span, days_with
from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.casework.contact_plan.points import PointState
from referral.casework.cover.duty import Duty
from referral.clock import day_of
from referral.consent.purposes import Purpose
from referral.consent.queries import standing
from referral.handoff.followup.attendance import words_of
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral
from referral.web.paging import Page, page_of

STATES = {PointState.REACHED: "Reached", PointState.NOT_REACHED: "Not reached"}


@dataclass(frozen=True)
class Entry:
    """A line of the calendar: when, of whose case, what it is, and what came of it.

    A time to ask is to be done by then; an appointment begins then. `referral` is what an
    appointment is of.
    """

    at: datetime
    case: Case
    what: str
    how: str
    referral: Referral | None = None
    point: ReviewPoint | None = None

    @property
    def unsaid(self) -> bool:
        """Whether nobody has said yet what came of it."""
        return not self.how


@dataclass(frozen=True)
class Calendar:
    """The entries of each day; `more` where there are too many for one page."""

    days: dict[date, list[Entry]]
    more: bool

    @property
    def all(self) -> list[Entry]:
        """All of them, in their order."""
        return [entry for entries in self.days.values() for entry in entries]


def calendar_of(actor: Actor, span: Span, whose: Collection[UUID] | None, at: datetime) -> Calendar:
    """What the team has on these days in open cases, or only these workers; in three statements.

    Appointments are shown of who lets services tell how it went.
    """
    ours = (Case.team_id == actor.organisation_id) & Case.closed_at.is_(None)
    if whose is not None:
        ours &= Case.worker_id.in_(whose)
    meetings = _meetings(ours, span)
    points = _points(ours, span)
    told = standing(actor, Purpose.OUTCOME, {m.referral.case.person_id for m in meetings}, at)
    found = [*_of_meetings(meetings, {person for person, _ in told}), *_of_points(points)]
    found.sort(key=lambda entry: (entry.at, entry.case.order))
    days = days_with(((day_of(entry.at), entry) for entry in found), span)
    return Calendar(days, meetings.more or points.more)


def whose_today(actor: Actor, duty: Duty) -> frozenset[UUID]:
    """The worker and those for whom they stand in today."""
    return duty.covered_by(actor.user_id, allocates=False) | {actor.user_id}


def _of_meetings(meetings: Iterable[Appointment], people: Collection[UUID]) -> Iterator[Entry]:
    for meeting in meetings:
        referral = meeting.referral
        if referral.case.person_id in people:
            place = f", {meeting.place}" if meeting.place else ""
            warned = "They say that they cannot come" if meeting.cannot_since else ""
            how = words_of(meeting) if meeting.said_at else warned
            what = f"{referral.service.name}{place}"
            yield Entry(meeting.starts_at, referral.case, what, how, referral)


def _of_points(points: Iterable[ReviewPoint]) -> Iterator[Entry]:
    for point in points:
        what = f"Ask how they are: {point.label}"
        how = STATES.get(point.state, "")
        yield Entry(point.due_at, point.plan.case, what, how, point=point)


def _meetings(ours: ColumnElement[bool], span: Span) -> Page[Appointment]:
    case = contains_eager(Appointment.referral).contains_eager(Referral.case)
    wanted = (
        select(Appointment)
        .join(Appointment.referral)
        .join(Referral.case)
        .where(ours, Appointment.starts_at >= span.begins, Appointment.starts_at < span.ends)
        .options(
            contains_eager(Appointment.referral).joinedload(Referral.service),
            case.joinedload(Case.person),
            case.joinedload(Case.worker),
        )
    )
    return page_of(wanted.order_by(Appointment.starts_at, Appointment.order), 1)


def _points(ours: ColumnElement[bool], span: Span) -> Page[ReviewPoint]:
    case = contains_eager(ReviewPoint.plan).contains_eager(ContactPlan.case)
    goes_on = ContactPlan.ended_why.is_(None) & ContactPlan.held_why.is_(None)
    still = (ReviewPoint.state == PointState.PLANNED) & goes_on
    wanted = (
        select(ReviewPoint)
        .join(ReviewPoint.plan)
        .join(ContactPlan.case)
        .where(
            ours,
            Case.closed_at.is_(None),
            ReviewPoint.due_at >= span.begins,
            ReviewPoint.due_at < span.ends,
        )
        .where(still | ReviewPoint.state.in_(STATES))
        .options(case.joinedload(Case.person), case.joinedload(Case.worker))
    )
    return page_of(wanted.order_by(ReviewPoint.due_at, ReviewPoint.id), 1)
