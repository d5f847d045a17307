"""Which addresses wait for their code, and who may type it in."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.addresses.models import CODE_LASTS, AddressChange
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.db import db
from referral.directory.models import Service
from referral.directory.queries import is_theirs
from referral.post.links.signing import digits_of
from referral.post.messages.actions import Filler
from referral.web.addresses import address_of
from referral.web.filters import when
from referral.web.paging import Page, page_of
from referral.web.sealing import link_keys


def digits_to(change: AddressChange) -> str:
    """The digits that were sent to the address that was typed."""
    return digits_of(change.id, link_keys()[0])


def open_change(service_id: UUID) -> AddressChange | None:
    """The address of a service that waits for its code, to change; None without one."""
    wanted = select(AddressChange).filter_by(service_id=service_id, ended_at=None)
    return db.session.scalars(wanted.with_for_update()).one_or_none()


def changes_for(actor: Actor, page: int) -> Page[AddressChange]:
    """One page of the addresses of which the actor may type in the code, the oldest first."""
    wanted = (
        select(AddressChange)
        .join(AddressChange.service)
        .options(contains_eager(AddressChange.service).joinedload(Service.organisation))
        .where(AddressChange.ended_at.is_(None), _within(actor))
    )
    return page_of(wanted.order_by(AddressChange.asked_at, AddressChange.order), page)


def change_for(actor: Actor, change_id: UUID) -> AddressChange:
    """One of these, to change; 404 for any other."""
    wanted = (
        select(AddressChange)
        .join(AddressChange.service)
        .where(AddressChange.id == change_id, AddressChange.ended_at.is_(None), _within(actor))
        .with_for_update(of=AddressChange)
    )
    return db.session.scalars(wanted).one_or_none() or abort(404)


def _within(actor: Actor) -> ColumnElement[bool]:
    """Of the actor's own organisation; for the team, where a service has nobody else to do it."""
    is_left_to_team = actor.may(Permission.WORK_CASES)
    return ~_somebody_else().exists() if is_left_to_team else is_theirs(actor)


def _somebody_else() -> Select[UUID]:
    """Who signs in for the service and is not the one who typed the address."""
    return select(User.id).where(
        User.organisation_id == Service.organisation_id,
        User.state == UserState.ACTIVE,
        User.id != AddressChange.asked_by_id,
    )


def may_prove(actor: Actor, change: AddressChange) -> bool:
    """Whether the actor is a second person of the service's organisation, or may ring it.

    Never who typed the address; never an administrator.
    """
    if actor.user_id == change.asked_by_id:
        return False
    if actor.organisation_id == change.service.organisation_id:
        return actor.may(Permission.ANSWER_REFERRALS)
    if not actor.may(Permission.WORK_CASES):
        return False
    others = select(User.id).where(
        User.organisation_id == change.service.organisation_id,
        User.state == UserState.ACTIVE,
        User.id != change.asked_by_id,
    )
    return not db.session.scalar(select(others.exists()))


def filled_code(change_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of the message with the code; None when nobody can type it in any more."""
    change = db.session.get_one(AddressChange, change_id)
    if not change.takes_a_code(at):
        return None
    return {"code": digits_to(change), "until": when(change.asked_at + CODE_LASTS)}


def filled_warning(change_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of the message to the address until now."""
    del change_id, at
    return {"link": address_of("accounts.sign_in")}


FILLERS: Mapping[str, Filler] = {"address-code": filled_code, "address-typed": filled_warning}
