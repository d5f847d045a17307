"""Which yeses of a person run out soon, and on which that have run out a service still relies."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, or_, select

from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import NextStep
from referral.clock import day_of
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.consent.queries import that_end
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.handoff.referrals.models import Referral


def ahead(at: datetime) -> timedelta:
    """How long before it runs out somebody is to be asked again, as an administrator set it."""
    return deadlines_at(at).due(Kind.ASK_AGAIN, at, None) - at


def horizon(at: datetime) -> date:
    """Until when a yes must end to be spoken of now: as long before the time to ask once more."""
    return day_of(at + 2 * ahead(at))


def _soon(at: datetime) -> Select[Consent]:
    """What runs out in an open case; a sharing only where a service has the person still."""
    with_them = exists().where(
        Referral.person_id == Consent.person_id,
        Referral.service_id == Consent.service_id,
        Referral.ended_at.is_(None),
    )
    return that_end(horizon(at)).where(or_(Consent.purpose != Purpose.SHARE, with_them))


def running_out(person_id: UUID, at: datetime) -> Sequence[Consent]:
    """What is to be asked again of one person, the first to run out first."""
    theirs = _soon(at).where(Consent.person_id == person_id)
    return db.session.scalars(theirs.order_by(Consent.expires_on, Consent.order)).all()


def asking_again_due(at: datetime) -> list[UUID]:
    """The open cases in which it is to be promised, or is promised no longer with cause."""
    runs_out = exists(_soon(at).where(Consent.person_id == Case.person_id).correlate(Case))
    promised = exists().where(
        Promise.case_id == Case.id, Promise.act == NextStep.AGREE, Promise.ended_at.is_(None)
    )
    wanted = select(Case.id).where(Case.closed_at.is_(None), runs_out != promised)
    return list(db.session.scalars(wanted.order_by(Case.order)))


def cases_to_ask(case_ids: Collection[UUID]) -> Sequence[Case]:
    """These, where they are open still, to change."""
    wanted = select(Case).where(Case.id.in_(case_ids), Case.closed_at.is_(None))
    return db.session.scalars(wanted.order_by(Case.order).with_for_update(of=Case)).all()


def lapsed_due(at: datetime) -> list[UUID]:
    """The sharings that have run out, and whose service has not been told to stop for that."""
    over = _lapsed(at).order_by(Consent.expires_on, Consent.order)
    return list(db.session.scalars(over.with_only_columns(Consent.id)))


def lapsed(consent_ids: Collection[UUID], at: datetime) -> Sequence[Consent]:
    """Those of these that nobody else has seen to meanwhile, to change."""
    wanted = _lapsed(at).where(Consent.id.in_(consent_ids)).order_by(Consent.order)
    return db.session.scalars(wanted.with_for_update(of=Consent)).all()


def _lapsed(at: datetime) -> Select[Consent]:
    over = that_end(day_of(at))
    return over.where(Consent.purpose == Purpose.SHARE, Consent.lapsed_at.is_(None))


def relying_on(consent: Consent) -> Referral | None:
    """The referral of the service that a sharing names: the open one, or else the last of all."""
    wanted = select(Referral).filter_by(person_id=consent.person_id, service_id=consent.service_id)
    open_first = wanted.order_by(Referral.ended_at.is_(None).desc(), Referral.order.desc())
    return db.session.scalars(open_first.limit(1)).first()
