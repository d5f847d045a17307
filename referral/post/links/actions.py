"""Send links, open and use them, and check the codes that go with them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.db import db
from referral.errors import RuleBroken
from referral.jobs.kinds import Owner
from referral.post.links.models import Link, LinkCode
from referral.post.links.purposes import CODE_LASTS, LASTS, LinkPurpose
from referral.post.links.queries import digits_to, live_links
from referral.post.links.signing import same
from referral.post.messages.actions import MessageDetails, write

MOST_TRIES = 5
MOST_CODES = 3  # in the life of one code


class LinkOver(RuleBroken):
    """This link has been used or has run out."""

    status = 410


class EnoughCodes(RuleBroken):
    """We have just sent codes to your service's address. Look there, or wait 15 minutes."""

    status = 429


class NoAddress(RuleBroken):
    """We no longer have an email address for your team. Please ring us."""


class WrongCode(RuleBroken):
    """That code is wrong, was used or has run out. Try the newest email, or ask for another."""


@dataclass(frozen=True)
class LinkDetails:
    """A link: what for, about what, for which cause; and the message that carries it.

    `team_id` is whose work it is when the message cannot be delivered, `title` what they read.
    """

    purpose: LinkPurpose
    about_id: UUID
    occasion: str
    message: str
    to: str
    team_id: UUID
    title: str


def send_link(details: LinkDetails, at: datetime) -> Link | None:
    """Promise a message with a link; None when this cause has sent one already."""
    link = make_link(details.purpose, details.about_id, details.occasion, at)
    if link is None:
        return None
    owner = Owner(details.team_id, Permission.WORK_CASES)
    write(MessageDetails(details.message, details.to, link.id, details.title, owner), at)
    record(Tag.LINK_SENT, None, at, record_id=link.id)
    return link


def make_link(purpose: LinkPurpose, about_id: UUID, occasion: str, at: datetime) -> Link | None:
    """A link that another message will carry; None when this cause has made one already."""
    if db.session.scalars(select(Link.id).filter_by(occasion=occasion)).first():
        return None
    link = Link(purpose=purpose, about_id=about_id, occasion=occasion, made_at=at)
    link.expires_at = at + LASTS[purpose]
    db.session.add(link)
    db.session.flush()  # the message names it by its number
    return link


def note_opened(link: Link, by: Actor, at: datetime) -> None:
    """A person is there: they typed the code or said something. The first time is received.

    To fetch the page is not enough, and neither is its first button: programs that scan mail do
    both.
    """
    if link.opened_at is None:
        link.opened_at = at
        record(Tag.LINK_OPENED, by, at, record_id=link.id)


def use(link: Link, answer: str, by: Actor, at: datetime) -> None:
    """The answer was given: the link is over. Raises LinkOver."""
    if not link.lives(at):
        raise LinkOver
    link.opened_at = link.opened_at or at
    link.used_at, link.answer = at, answer
    record(Tag.LINK_USED, by, at, record_id=link.id)


def unuse(link: Link, by: Actor, at: datetime) -> None:
    """What was answered by it today counts as not said: it asks again. Raises LinkOver."""
    if not link.may_be_changed(at):
        raise LinkOver
    link.used_at = None
    link.answer = None
    record(Tag.LINK_UNUSED, by, at, record_id=link.id)


def revoke_links(about_id: UUID, by: Actor | None, at: datetime) -> None:
    """No link that was sent about this record opens anything from now on."""
    for link in live_links(about_id, at):
        link.revoked_at = at
        record(Tag.LINK_REVOKED, by, at, record_id=link.id)


def revoke(link: Link, by: Actor, at: datetime) -> None:
    """This one link opens nothing from now on."""
    if link.lives(at):
        link.revoked_at = at
        record(Tag.LINK_REVOKED, by, at, record_id=link.id)


def send_code(link: Link, to: str, by: Actor, at: datetime) -> None:
    """Send six digits to the registered address, whoever asked.

    Raises NoAddress, LinkOver, EnoughCodes.
    """
    if not to:
        raise NoAddress
    if not link.lives(at):
        raise LinkOver
    lately = select(func.count()).where(
        LinkCode.link_id == link.id, LinkCode.made_at > at - CODE_LASTS
    )
    if (db.session.scalar(lately) or 0) >= MOST_CODES:
        raise EnoughCodes
    code = LinkCode(link_id=link.id, made_at=at)
    db.session.add(code)
    db.session.flush()  # the message names it by its number
    write(MessageDetails("code", to, code.id, "", None), at)
    record(Tag.LINK_CODE_SENT, by, at, record_id=link.id)


def prove(link: Link, typed: str, by: Actor, at: datetime) -> LinkCode | None:
    """The code, if the digits typed are right; None else. The caller commits either way.

    Each code that was asked for is good for its own time, so that two colleagues at one address do
    not lock each other out. A wrong try counts against all of them; after five a code is worth
    nothing.
    """
    wanted = select(LinkCode).where(
        LinkCode.link_id == link.id,
        LinkCode.proved_at.is_(None),
        LinkCode.made_at >= at - CODE_LASTS,
        LinkCode.tries < MOST_TRIES,
    )
    good = db.session.scalars(wanted.order_by(LinkCode.order).with_for_update()).all()
    right = [code for code in good if same(typed, digits_to(code))]
    if right:
        right[0].proved_at = at
        note_opened(link, by, at)
        record(Tag.LINK_CODE_PROVED, by, at, record_id=link.id)
        return right[0]
    for code in good:
        code.tries += 1
    if good:
        record(Tag.LINK_CODE_REFUSED, by, at, record_id=link.id)
    return None
