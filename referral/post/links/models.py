"""Links that were sent out, and the codes that were asked for to them."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.clock import day_of
from referral.db import Identified, Model, Numbered, one_of
from referral.post.links.purposes import LinkPurpose


class Link(Identified, Model):
    """A link for one purpose about one record. It dies when used, revoked, or after its time."""

    __tablename__ = "link"
    __table_args__ = (
        one_of("purpose", LinkPurpose),
        CheckConstraint("(answer IS NULL) = (used_at IS NULL)", name="used_with_an_answer"),
    )

    purpose: Mapped[LinkPurpose]
    about_id: Mapped[uuid.UUID] = mapped_column(index=True)
    occasion: Mapped[str] = mapped_column(unique=True)  # one cause sends one link
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    revoked_at: Mapped[datetime | None]

    def lives(self, at: datetime) -> bool:
        """Whether it still opens anything."""
        return not (self.used_at or self.revoked_at) and at < self.expires_at

    def may_be_changed(self, at: datetime) -> bool:
        """Whether what was answered by it is of today: until midnight it can be changed."""
        if self.used_at is None or self.revoked_at:
            return False
        return day_of(self.used_at) == day_of(at)

    @classmethod
    def alive(cls, at: datetime) -> ColumnElement[bool]:
        """The same as a condition of a statement."""
        return and_(cls.used_at.is_(None), cls.revoked_at.is_(None), cls.expires_at > at)


class LinkCode(Numbered, Model):
    """A code that was asked for; its digits are nowhere. Once typed it opens for a short while."""

    __tablename__ = "link_code"

    link_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("link.id"), index=True)
    made_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    proved_at: Mapped[datetime | None]
    link: Mapped[Link] = relationship()
