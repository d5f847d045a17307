"""Say who covers for a leave, and end it early."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.audit.trail import Tag, record
from referral.casework.cover.models import Cover
from referral.casework.cover.queries import leave_between
from referral.casework.cover.refusals import (
    CannotCover,
    CoveredAlready,
    CoverEnded,
    CoverIsAway,
    LeaveIsOver,
    LeaveRunsBackwards,
    NotYourLeave,
    OneselfCovers,
)
from referral.clock import day_of
from referral.db import db
from referral.post.messages.actions import MessageDetails, write


@dataclass(frozen=True)
class CoverDetails:
    """Who is away, who covers, from the first day of it to the last."""

    absent: User
    cover: User
    first_day: date
    last_day: date


def arrange(details: CoverDetails, by: Actor, at: datetime) -> Cover:
    """A colleague covers; they are told by a message that names nobody.

    Raises NotYourLeave, OneselfCovers, CannotCover, LeaveIsOver, LeaveRunsBackwards,
    CoveredAlready, CoverIsAway.
    """
    _check_theirs(details.absent, by)
    _check_days(details, at)
    _check_who(details, by)
    cover = Cover(
        team_id=by.organisation_id,
        absent_id=details.absent.id,
        cover_id=details.cover.id,
        first_day=details.first_day,
        last_day=details.last_day,
        made_at=at,
        by_id=by.user_id,
    )
    db.session.add(cover)
    db.session.flush()  # the message and the audit name it by its number
    record(Tag.COVER_ARRANGED, by, at, record_id=cover.id)
    if details.cover.id != by.user_id:
        write(MessageDetails("cover", details.cover.email, cover.id, "", None), at)
    return cover


def end_early(cover: Cover, by: Actor, at: datetime) -> None:
    """Who was away is back, or somebody else is to cover. Raises NotYourLeave, CoverEnded."""
    _check_theirs(cover.absent, by)
    if cover.ended_at or cover.last_day < day_of(at):
        raise CoverEnded
    cover.end(by.user_id, at)
    record(Tag.COVER_ENDED, by, at, record_id=cover.id)


def _check_theirs(absent: User, by: Actor) -> None:
    here = absent.organisation_id == by.organisation_id
    if not here or (absent.id != by.user_id and not by.may(Permission.ALLOCATE_CASES)):
        raise NotYourLeave


def _check_days(details: CoverDetails, at: datetime) -> None:
    if details.last_day < details.first_day:
        raise LeaveRunsBackwards
    if details.last_day < day_of(at):
        raise LeaveIsOver


def _check_who(details: CoverDetails, by: Actor) -> None:
    """Both are held meanwhile: of two arrangements at once the second sees the first."""
    cover = details.cover
    if cover.id == details.absent.id:
        raise OneselfCovers
    here = cover.organisation_id == by.organisation_id and cover.state == UserState.ACTIVE
    if not (here and cover.actor.may(Permission.WORK_CASES)):
        raise CannotCover
    both = select(User.id).where(User.id.in_([cover.id, details.absent.id]))
    db.session.execute(both.order_by(User.id).with_for_update(of=User)).all()
    if leave_between(details.absent.id, details.first_day, details.last_day):
        raise CoveredAlready
    if leave_between(cover.id, details.first_day, details.last_day):
        raise CoverIsAway
