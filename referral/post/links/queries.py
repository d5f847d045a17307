"""Links as they were sent, by their text or by the record that they are about."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import select

from referral.db import db
from referral.post.links.models import Link, LinkCode
from referral.post.links.purposes import CODE_LASTS, PROOF_LASTS, LinkPurpose
from referral.post.links.signing import digits_of, number_in, text_of
from referral.post.messages.models import Message
from referral.web.sealing import link_keys


@dataclass(frozen=True)
class Door:
    """Where a link leads. Each chapter says to what of its own, who acts there, and until when."""

    link: Link

    @property
    def text(self) -> str:
        """The text of the link, as it stands in its address."""
        return text_to(self.link)

    @property
    def purpose(self) -> LinkPurpose:
        """The purpose that its link was made for."""
        return self.link.purpose

    def reader(self, at: datetime) -> str:
        """The registered address whose reader may open it; empty where no code opens anything."""
        del at
        return ""

    def stands_open(self, at: datetime) -> bool:
        """Whether the link opens anything still."""
        return self.link.lives(at)


D = TypeVar("D", bound=Door)


@dataclass(frozen=True)
class Doors(Generic[D]):
    """The doors of one chapter: the purposes of its links, and how it finds where one leads.

    `to` loads what the link is about, to change; whoever changes the link holds that first.
    """

    purposes: Collection[LinkPurpose]
    to: Callable[[Link], D]

    def behind(self, text: str) -> D | None:
        """Where an address leads, to change; None for an altered one, or one of other doors."""
        link = link_in(text)
        if link is None or link.purpose not in self.purposes:
            return None
        door = self.to(link)
        db.session.refresh(link)  # it stands still now, as what it is about is held
        return door


def link_in(text: str) -> Link | None:
    """The link of an address; None for one that was altered."""
    number = number_in(text, link_keys())
    return db.session.get(Link, number) if number else None


def text_to(link: Link) -> str:
    """The text that stands in the address of a link."""
    return text_of(link.id, link_keys()[0])


def digits_to(code: LinkCode) -> str:
    """The digits of a code. It lives for minutes: after a change of key one asks for a new code."""
    return digits_of(code.id, link_keys()[0])


def links_about(about_id: UUID) -> Sequence[Link]:
    """Every link that was sent about a record, oldest first."""
    wanted = select(Link).filter_by(about_id=about_id)
    return db.session.scalars(wanted.order_by(Link.made_at, Link.id)).all()


def live_links(about_id: UUID, at: datetime) -> list[Link]:
    """Those that still open something."""
    return [link for link in links_about(about_id) if link.lives(at)]


def proved(address: str, code_id: str, at: datetime) -> bool:
    """Whether a browser that shows this number typed a code sent to the address a moment ago.

    It has shown that it reads what arrives there: one code opens each link that was sent there.
    """
    try:
        number = UUID(code_id)
    except ValueError:
        return False
    code = db.session.get(LinkCode, number)
    if code is None or code.proved_at is None or at - code.proved_at >= PROOF_LASTS:
        return False
    return bool(address) and _sent_to(code) == address


def _sent_to(code: LinkCode) -> str | None:
    wanted = select(Message.to).filter_by(name="code", about_id=code.id)
    return db.session.scalars(wanted).one_or_none()


def last_code(link: Link, at: datetime) -> LinkCode | None:
    """The newest code to a link that can still be typed; None when none was asked for."""
    wanted = select(LinkCode).where(
        LinkCode.link_id == link.id,
        LinkCode.proved_at.is_(None),
        LinkCode.made_at >= at - CODE_LASTS,
    )
    return db.session.scalars(wanted.order_by(LinkCode.order.desc()).limit(1)).one_or_none()


def filled_code(code_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of the message with a code; None when the code or its link has run out."""
    code = db.session.get_one(LinkCode, code_id)
    if not code.link.lives(at) or code.made_at + CODE_LASTS <= at:
        return None
    return {"code": digits_to(code), "minutes": str(int(CODE_LASTS.total_seconds() // 60))}
