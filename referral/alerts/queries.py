"""Alerts by area and by organisation, and how many people have read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.alerts.models import AlertRead, HarmAlert, alert_council
from referral.db import db
from referral.directory.models import CustodyCentre, organisation_council
from referral.directory.queries import team_centres
from referral.web.paging import Page, page_of_rows


@dataclass(frozen=True)
class Posted:
    """An alert with the number of people who have opened it."""

    alert: HarmAlert
    readers: int


def places_of(actor: Actor) -> Collection[str]:
    """The councils in which an actor works: of their centre, or those that their team covers."""
    if actor.centre_id:
        return {db.session.get_one(CustodyCentre, actor.centre_id).council_code}
    covered = select(organisation_council.c.council_code).where(
        organisation_council.c.organisation_id == actor.organisation_id
    )
    own = db.session.scalars(covered.order_by(organisation_council.c.council_code))
    return {*own, *(centre.council_code for centre in team_centres(actor.organisation_id))}


def current(actor: Actor, on: date) -> Sequence[HarmAlert]:
    """The alerts of an actor's places on a day, newest first; none for who may not see them."""
    if not actor.may(Permission.SEE_ALERTS):
        return []
    here = select(alert_council.c.alert_id).where(
        alert_council.c.council_code.in_(places_of(actor))
    )
    wanted = select(HarmAlert).where(HarmAlert.ends_on >= on, HarmAlert.id.in_(here))
    return db.session.scalars(wanted.order_by(HarmAlert.posted_at.desc(), HarmAlert.id)).all()


def current_for(actor: Actor, alert_id: UUID, on: date) -> HarmAlert:
    """An alert that is shown to an actor; 404 for any other."""
    found = [alert for alert in current(actor, on) if alert.id == alert_id]
    return found[0] if found else abort(404)


def posted_by(actor: Actor, page: int) -> Page[Posted]:
    """One page of the alerts of the actor's organisation with their readers, newest first."""
    wanted = (
        select(HarmAlert, func.count(AlertRead.user_id))
        .outerjoin(AlertRead, AlertRead.alert_id == HarmAlert.id)
        .where(HarmAlert.organisation_id == actor.organisation_id)
        .options(selectinload(HarmAlert.councils))
        .group_by(HarmAlert.id)
        .order_by(HarmAlert.posted_at.desc(), HarmAlert.id)
    )
    found = page_of_rows(wanted, page)
    return found.holding([Posted(alert, readers) for alert, readers in found])


def own_alert_for(actor: Actor, alert_id: UUID) -> HarmAlert:
    """An alert of the actor's own organisation; 404 for any other."""
    wanted = select(HarmAlert).filter_by(id=alert_id, organisation_id=actor.organisation_id)
    return db.session.scalars(wanted).one_or_none() or abort(404)
