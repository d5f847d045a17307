"""The words of messages in their versions, and each message that was to go out."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Identified, Model, one_of
from referral.post.messages.channels import Channel


class MessageState(StrEnum):
    """Whether it went out; dropped is one that was no longer right when its turn came."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"


CHANNELS = tuple(channel.value for channel in Channel)


class MessageWords(Identified, Model):
    """The words of one message in one language: a new text is a new version."""

    __tablename__ = "message_words"
    __table_args__ = (UniqueConstraint("name", "language", "number"),)

    name: Mapped[str]
    language: Mapped[str]
    number: Mapped[int]
    subject: Mapped[str]
    text: Mapped[str]
    needs_translator: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]


class Outgoing(Identified):
    """A message that was promised to somebody: it leaves once, unless it must not any more."""

    name: Mapped[str]
    about_id: Mapped[uuid.UUID] = mapped_column(index=True)
    made_at: Mapped[datetime]

    @property
    def waits(self) -> bool:
        """Whether it has neither left nor been held back: only then does anything happen to it."""
        raise NotImplementedError


class Message(Outgoing, Model):
    """One message to a service or to staff, at an address that was known when it was written.

    What it says is put together when it goes out, so that nothing stale leaves.
    """

    __tablename__ = "message"
    __table_args__ = (
        one_of("state", MessageState),
        one_of("channel", Channel),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_a_time"),
    )

    channel: Mapped[Channel]
    language: Mapped[str]
    to: Mapped[str]
    state: Mapped[MessageState] = mapped_column(default=MessageState.WAITING)
    sent_at: Mapped[datetime | None]

    @property
    def waits(self) -> bool:
        """Whether it has neither left nor been dropped."""
        return self.state == MessageState.WAITING

    def sent(self, at: datetime) -> None:
        """It was handed over; of two workers that both did, the first counts."""
        if self.waits:
            self.state = MessageState.SENT
            self.sent_at = at

    def come_back(self) -> bool:
        """It did not arrive: it waits to be sent again. False where it had not left."""
        if self.state != MessageState.SENT:
            return False
        self.state = MessageState.WAITING
        self.sent_at = None
        return True

    def drop(self) -> None:
        """It is not right any more: nothing leaves. What has left stays sent."""
        if self.waits:
            self.state = MessageState.DROPPED
