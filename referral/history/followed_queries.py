"""What services said of the people they have: meetings, tries to reach them, what changed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.casework.contact_plan.queries import attempts_for
from referral.db import db
from referral.directory.queries import labels
from referral.handoff.followup.attendance import words_of
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import NeedOutcome, Referral
from referral.history.timeline import Happening, Sort


def followed(referrals: Mapping[UUID, Referral], at: datetime) -> Iterator[Happening]:
    """What services say of meetings that are over, of their tries, and of what changed."""
    mine = select(Appointment).where(Appointment.referral_id.in_(referrals))
    over = mine.where((Appointment.starts_at <= at) | Appointment.said_at.is_not(None))
    for row in db.session.scalars(over.order_by(Appointment.starts_at, Appointment.id)):
        told = _told(referrals[row.referral_id], row.starts_at, "Appointment", words_of(row))
        yield replace(told, recorded_at=row.said_at, outcome=row.came is True, matters=True)
    results, changes, needs = labels("attempt"), labels("need_change"), labels("need")
    for referral_id, tries in attempts_for(referrals).items():
        for tried in tries:
            words = results.get(tried.result, tried.result)
            told = _told(referrals[referral_id], tried.happened_at, "Tried to reach", words)
            yield replace(told, by=tried.by_name, recorded_at=tried.recorded_at)
    changed = select(NeedOutcome).where(NeedOutcome.referral_id.in_(referrals))
    for outcome in db.session.scalars(changed.order_by(NeedOutcome.recorded_at, NeedOutcome.id)):
        need = needs.get(outcome.need, outcome.need)
        words = f"{need}, {changes.get(outcome.change, '').lower()}"
        told = _told(referrals[outcome.referral_id], outcome.recorded_at, "Outcome", words)
        yield replace(told, sort=Sort.REVIEWS, outcome=True)


def _told(referral: Referral, when: datetime, kind: str, words: str) -> Happening:
    """What a service says of the person of a referral."""
    return Happening(
        when,
        Sort.CONTACTS,
        kind,
        f"{referral.service.name}: {words}",
        stay_id=referral.booking_id,
        about=("referral", referral.id),
    )
