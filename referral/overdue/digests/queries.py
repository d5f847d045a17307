"""How much is new, and how much waits, for one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from referral.access.permissions import Permission, roles_with
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.casework.cases.models import Case
from referral.casework.cover.queries import covered_by
from referral.casework.doors.queries import messages_waiting
from referral.clock import SCOTLAND, day_of
from referral.db import db
from referral.directory.models import Service
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.states import OPEN_STATES, ReferralState
from referral.handoff.referrals.stops import StopState
from referral.post.messages.models import Message
from referral.web.addresses import address_of

READERS = (Permission.SEE_INBOX, Permission.WORK_CASES)


@dataclass(frozen=True)
class DigestCounts:
    """Referrals nobody has answered, or cases nobody has; and those of the reader that are due.

    What family asked to be passed on is the whole team's: it counts as what nobody has, or is due.
    What is to be stopped waits for the service, and for whoever must ring it. Of the reader is
    also what somebody has for whom they cover today.
    """

    unread: int
    waiting: int


def readers(at: datetime, among: Sequence[UUID] | None = None) -> Sequence[User]:
    """The users due a digest at `at`, by email address.

    They may sign in, have to answer or follow up, and got none today. All of them, or those among
    these numbers.
    """
    roles = roles_with(*READERS)
    midnight = datetime.combine(day_of(at), time(), SCOTLAND)
    written = select(Message.id).where(
        Message.about_id == User.id, Message.name == "digest", Message.made_at >= midnight
    )
    wanted = select(User).where(
        User.state == UserState.ACTIVE, User.role.in_(roles), ~exists(written)
    )
    if among is not None:
        wanted = wanted.where(User.id.in_(among))
    return db.session.scalars(wanted.order_by(User.email)).all()


def counts_for(user: User, at: datetime) -> DigestCounts:
    """The numbers that a reader would find this morning."""
    if user.actor.may(Permission.SEE_INBOX):
        at_work = OPEN_STATES - {ReferralState.REQUESTED}
        own = (Service.organisation_id == user.organisation_id) & Referral.sent_at.is_not(None)
        asked = Referral.state == ReferralState.REQUESTED
        late = Referral.state.in_(at_work) & Referral.is_late(at)
        return DigestCounts(_referrals(own & asked), _referrals(own & late) + _stops(own))
    still_open = Case.closed_at.is_(None)
    free = still_open & (Case.team_id == user.organisation_id) & Case.worker_id.is_(None)
    theirs = Case.worker_id.in_({user.id, *covered_by(user.actor, at)})
    late = still_open & theirs & Case.is_late(at)
    of_all = (Case.team_id == user.organisation_id) & Case.worker_id.is_(None)
    to_ring = (Stop.state == StopState.TO_TELL) | Stop.is_late(at)
    mine = theirs | of_all
    left, late_left = messages_waiting(user.actor, at)
    waiting = _cases(late) + _stops(to_ring & mine) + late_left
    return DigestCounts(_cases(free) + left - late_left, waiting)


def filled_digest(user_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of a digest; None when nothing is left to say or the reader has gone."""
    user = db.session.get_one(User, user_id)
    counts = counts_for(user, at)
    if user.state != UserState.ACTIVE or not (counts.unread or counts.waiting):
        return None
    link = address_of("accounts.home")
    return {"unread": str(counts.unread), "waiting": str(counts.waiting), "link": link}


def _referrals(which: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(Referral).join(Referral.service).where(which)
    return db.session.scalar(counted) or 0


def _cases(which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Case).where(which)) or 0


def _stops(which: ColumnElement[bool]) -> int:
    joined = select(func.count()).select_from(Stop).join(Stop.referral).join(Referral.case)
    counted = joined.join(Referral.service).where(Stop.ended_at.is_(None), which)
    return db.session.scalar(counted) or 0
