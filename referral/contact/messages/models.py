"""Each message that was to reach a person: sent, waiting, or not sent and why."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.casework.cases.models import Case
from referral.contact.messages.ways import WhyNot
from referral.db import Model, Numbered, one_of
from referral.post.messages.channels import Channel
from referral.post.messages.models import CHANNELS, MessageWords, Outgoing


class State(StrEnum):
    """Whether it went out; stopped is one that was not, for a reason."""

    WAITING = "waiting"
    SENT = "sent"
    STOPPED = "stopped"


class PersonMessage(Outgoing, Numbered, Model):
    """One message to the person of a case. Number and address are looked up when it goes out.

    One occasion makes one. The words are those that its author saw, else the newest.
    """

    __tablename__ = "person_message"
    __table_args__ = (
        one_of("state", State),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        one_of("why_not", WhyNot),
        CheckConstraint("(state = 'sent') = (channel IS NOT NULL)", name="sent_by_a_channel"),
        CheckConstraint("(state = 'stopped') = (why_not IS NOT NULL)", name="stopped_says_why"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended_has_a_time"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"), index=True)
    occasion: Mapped[str] = mapped_column(unique=True)
    by_name: Mapped[str] = mapped_column(default="")  # nobody: a reminder, a question
    words_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("message_words.id"))
    state: Mapped[State] = mapped_column(default=State.WAITING)
    channel: Mapped[Channel | None]
    why_not: Mapped[WhyNot | None]
    ended_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()
    words: Mapped[MessageWords | None] = relationship()

    @property
    def waits(self) -> bool:
        """Whether it has neither left nor been stopped."""
        return self.state == State.WAITING

    def sent(self, channel: Channel, words_id: uuid.UUID, at: datetime) -> None:
        """It was handed over; of two workers that both did, the first counts."""
        if self.waits:
            self.state = State.SENT
            self.channel = channel
            self.words_id = words_id
            self.ended_at = at

    def come_back(self) -> bool:
        """It did not arrive: it waits to be sent again. False where it had not left."""
        if self.state != State.SENT:
            return False
        self.state = State.WAITING
        self.channel = None
        self.ended_at = None
        return True

    def stop(self, why: WhyNot, at: datetime) -> None:
        """It must not go out: nothing leaves. What has left stays sent."""
        if self.waits:
            self.state = State.STOPPED
            self.why_not = why
            self.ended_at = at
