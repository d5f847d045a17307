"""Links to accounts, what their messages say, and resets that need a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from referral.accounts.credentials.models import FactorReset
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.db import db
from referral.post.links.models import Link
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import Door, Doors, links_about, text_to
from referral.post.messages.actions import Filler
from referral.post.messages.models import Message
from referral.web.addresses import address_of
from referral.web.filters import when

PAGE_OF: Mapping[LinkPurpose, str] = {
    LinkPurpose.JOIN: "credentials.join",
    LinkPurpose.PASSWORD: "credentials.new_password",
    LinkPurpose.RECOVER: "credentials.new_password",
}
# Of which state an account must be for the link to open anything.
OPENS_FOR: Mapping[LinkPurpose, UserState] = {
    LinkPurpose.JOIN: UserState.INVITED,
    LinkPurpose.PASSWORD: UserState.ACTIVE,
    LinkPurpose.RECOVER: UserState.ACTIVE,
}


@dataclass(frozen=True)
class Invitation:
    """An invitation that still works: until when, and when its email left, if it has."""

    until: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class AccountDoor(Door):
    """A link that leads to one account, and opens for an account in one state alone."""

    user: User

    def stands_open(self, at: datetime) -> bool:
        """Whether the link is good, and its account as it must be."""
        return super().stands_open(at) and self.user.state == OPENS_FOR[self.purpose]


def account_with(email: str) -> User | None:
    """The account with an email address, to change."""
    wanted = select(User).filter_by(email=email.lower()).with_for_update(of=User)
    return db.session.scalars(wanted).one_or_none()


def _to_account(link: Link) -> AccountDoor:
    wanted = select(User).filter_by(id=link.about_id).with_for_update(of=User)
    user = db.session.scalars(wanted.execution_options(populate_existing=True)).one()
    return AccountDoor(link, user)


TO_JOIN = Doors({LinkPurpose.JOIN}, _to_account)
TO_PASSWORD = Doors({LinkPurpose.PASSWORD, LinkPurpose.RECOVER}, _to_account)


def address_to(link: Link) -> str:
    """The whole address of a link to an account, as the world reaches it."""
    return address_of(PAGE_OF[link.purpose], text=text_to(link))


def invitation_of(user: User, at: datetime) -> Invitation | None:
    """The invitation of somebody who has not joined yet; None when it must be sent again."""
    good = [link for link in links_about(user.id) if link.purpose == LinkPurpose.JOIN]
    for link in reversed(good):
        if AccountDoor(link, user).stands_open(at):
            sent = select(func.min(Message.sent_at)).filter_by(about_id=link.id)
            return Invitation(link.expires_at, db.session.scalar(sent))
    return None


def open_reset(user: User, at: datetime) -> FactorReset | None:
    """The reset of this user's app that waits for a second person at `at`; None without one."""
    return next((one for one in open_resets(at) if one.user_id == user.id), None)


def open_resets(at: datetime) -> Sequence[FactorReset]:
    """All resets that wait for a second person, oldest first."""
    wanted = (
        select(FactorReset)
        .join(FactorReset.user)
        .where(
            FactorReset.confirmed_at.is_(None),
            FactorReset.withdrawn_at.is_(None),
            FactorReset.expires_at > at,
            User.state == UserState.ACTIVE,
        )
    )
    both = joinedload(FactorReset.user), joinedload(FactorReset.asked_by)
    ordered = wanted.options(*both).order_by(FactorReset.asked_at, FactorReset.id)
    return db.session.scalars(ordered).all()


def filled_link(link_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of a message with a link to an account; None when the link no longer works."""
    link = db.session.get_one(Link, link_id)
    if not AccountDoor(link, db.session.get_one(User, link.about_id)).stands_open(at):
        return None
    return {"link": address_to(link), "until": when(link.expires_at)}


def filled_notice(user_id: UUID, at: datetime) -> Mapping[str, str]:
    """The places of a message that tells a user what happened to their account."""
    del user_id, at
    return {"link": address_of("accounts.sign_in")}


FILLERS: Mapping[str, Filler] = {
    "invitation": filled_link,
    "new-password": filled_link,
    "password-changed": filled_notice,
    "app-asked": filled_notice,
    "app-reset": filled_notice,
}
