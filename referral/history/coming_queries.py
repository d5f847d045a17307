"""What is still to come in a case: what the team promised, and meetings that are booked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NEXT_STEPS, NextStep
from referral.casework.contact_plan.models import ReviewPoint
from referral.casework.cover.queries import duty_at
from referral.db import db
from referral.handoff.followup.attendance import words_of
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral
from referral.history.timeline import Happening, Sort


def promises_to_keep(
    case: Case, referrals: Sequence[Referral], at: datetime
) -> Iterator[Happening]:
    """What the team has promised in a case, by whom, with the service or time that it is about."""
    owner = duty_at(at, case.team_id).who(case.worker)
    services = {referral.id: referral for referral in referrals}
    about = [promise.about_id for promise in case.promised if promise.act is NextStep.REVIEW]
    wanted = select(ReviewPoint).where(ReviewPoint.id.in_(about)).order_by(ReviewPoint.id)
    points = {point.id: point for point in db.session.scalars(wanted)} if about else {}
    for promise in case.promised:
        words = NEXT_STEPS[promise.act]
        referral = services.get(promise.about_id)
        if referral:
            words = f"{words}: {referral.service.name}, {referral.reference}"
        elif promise.about_id in points:
            words = f"{words} ({points[promise.about_id].label})"
        sort = Sort.REVIEWS if promise.act is NextStep.REVIEW else Sort.REFERRALS
        link = ("referral", referral.id) if referral else None
        yield Happening(promise.due_at, sort, "Promised", words, owner, about=link)


def appointments_to_come(referrals: Mapping[UUID, Referral], at: datetime) -> Iterator[Happening]:
    """The meetings of open referrals that nobody has called off."""
    still = [number for number, referral in referrals.items() if referral.ended_at is None]
    mine = select(Appointment).where(Appointment.referral_id.in_(still))
    ahead = mine.where(Appointment.starts_at > at, Appointment.said_at.is_(None))
    for row in db.session.scalars(ahead.order_by(Appointment.starts_at, Appointment.order)):
        referral = referrals[row.referral_id]
        words = f"{referral.service.name}{f', {row.place}' if row.place else ''}"
        words += f": {words_of(row)}" if row.cannot_since else ""
        about = ("referral", referral.id)
        yield Happening(row.starts_at, Sort.CONTACTS, "Appointment", words, about=about)
