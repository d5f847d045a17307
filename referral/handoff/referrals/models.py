"""Referrals and everything that happened to them."""

import secrets
import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.casework.cases.models import Case, Watched
from referral.consent.purposes import Level
from referral.db import Identified, Model, Numbered, one_of
from referral.directory.models import Service
from referral.handoff.referrals.disclosure import Why
from referral.handoff.referrals.refusals import StopOver
from referral.handoff.referrals.states import ENDED_STATES, Move, ReferralState
from referral.handoff.referrals.stops import MOVES, OPEN, StopMove, StopState
from referral.people.models import Person
from referral.web.letters import LETTERS

ENDED = tuple(sorted(state.value for state in ENDED_STATES))
STILL_OPEN = text(f"state NOT IN {ENDED}")
STOPPED = tuple(state.value for state in StopState if state not in OPEN)
BY_ITSELF = text("by_id IS NULL")


def new_reference() -> str:
    """A reference that can be said on the telephone and says nothing of the person."""
    return "R-" + "".join(secrets.choice(LETTERS) for _ in range(6))


class Referral(Watched, Numbered, Model):
    """One person handed to one service. A declined one is followed by a new one, not re-opened.

    Its one owner is that of its case; `handler` is who of the service has it.
    """

    __tablename__ = "referral"
    __table_args__ = (
        one_of("state", ReferralState),
        CheckConstraint(
            "state = 'entered-in-error' OR (state = 'draft') = (sent_at IS NULL)",
            name="sent_unless_draft",
        ),
        CheckConstraint(f"(state IN {ENDED}) = (ended_at IS NOT NULL)", name="ended_has_a_time"),
        CheckConstraint("late_step BETWEEN 0 AND 3", name="late_step"),
        Index("ix_referral_escalates", "ended_at", "escalates_at"),
        Index("ix_referral_inbox", "service_id", "state", "sent_at"),
        Index("ix_referral_person", "person_id", "service_id"),
        Index("ix_referral_sent", "service_id", "sent_at"),
        Index(
            "uq_referral_one_open",
            "person_id",
            "service_id",
            unique=True,
            sqlite_where=STILL_OPEN,
            postgresql_where=STILL_OPEN,
        ),
    )

    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), active_history=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"), index=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), index=True)
    previous_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("referral.id"))
    suggested_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service.id"))
    handler_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    urgent: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[ReferralState]
    needs: Mapped[tuple[str, ...]]
    sent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    person: Mapped[Person] = relationship()
    case: Mapped[Case] = relationship()
    service: Mapped[Service] = relationship(foreign_keys=service_id)
    suggested: Mapped[Service | None] = relationship(foreign_keys=suggested_id)
    handler: Mapped[User | None] = relationship()
    events: Mapped[list["ReferralEvent"]] = relationship(order_by="ReferralEvent.number")

    __mapper_args__ = {"version_id_col": version}

    @property
    def said(self) -> list["ReferralEvent"]:
        """What happened and was not taken back, the earliest first."""
        return [e for e in self.events if not e.taken_back_at and e.move != Move.TAKE_BACK]

    def ask_for(self, needs: Collection[str], *, urgent: bool) -> None:
        """The service is asked for these needs as well; what is urgent already stays so."""
        self.urgent = self.urgent or urgent
        self.needs = (*self.needs, *(need for need in needs if need not in self.needs))

    def give_to_service(self) -> None:
        """Nobody of the service alone has it any more: it is all its staff's."""
        self.handler = None
        self.handler_id = None


class ReferralEvent(Identified, Model):
    """One move of a referral: when it happened, and when it was recorded."""

    __tablename__ = "referral_event"
    __table_args__ = (
        one_of("move", Move),
        one_of("state", ReferralState),
        Index("uq_referral_event", "referral_id", "number", unique=True),
    )

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    number: Mapped[int]
    move: Mapped[Move]
    state: Mapped[ReferralState]
    reason: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID]  # of an account, or of the link by which a service answered
    by_name: Mapped[str]  # a history stays readable when its author has left
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]  # said by mistake: it counts as if it had not been


class Disclosure(Numbered, Model):
    """One thing that a service was told of a person, in exactly the words; nothing changes it.

    All that it was told at the hand-off is one row, and each thing that it was told since.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        one_of("why", Why),
        one_of("level", Level),
    )

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    why: Mapped[Why]
    level: Mapped[Level]  # how much the person agreed to at that moment
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[uuid.UUID]
    by_name: Mapped[str]
    told_at: Mapped[datetime]


class UnmetNeed(Numbered, Model):
    """A need for which no service could be found, so that the gap can be counted.

    Nobody wrote it down where every service that was asked said no: that counts by itself, once in
    a stay. Once a service takes the need on it counts no more.
    """

    __tablename__ = "unmet_need"
    __table_args__ = (
        Index(
            "uq_unmet_need_by_itself",
            "booking_id",
            "need",
            unique=True,
            sqlite_where=BY_ITSELF,
            postgresql_where=BY_ITSELF,
        ),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"), index=True)
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), index=True)
    need: Mapped[str]
    reason: Mapped[str]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    met_at: Mapped[datetime | None]


class NeedOutcome(Numbered, Model):
    """The change in one need, as the service sees it; "unknown" is an answer."""

    __tablename__ = "need_outcome"
    __table_args__ = (Index("ix_need_outcome_referral", "referral_id", "need", "recorded_at"),)

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    need: Mapped[str]
    change: Mapped[str]
    by_id: Mapped[uuid.UUID]  # of an account or of a link
    recorded_at: Mapped[datetime]


class Stop(Watched, Numbered, Model):
    """The duty of a service to stop using what it was told, until it confirms.

    Its one owner is that of the referral's case, also when the case is closed.
    """

    __tablename__ = "stop"
    __table_args__ = (
        one_of("state", StopState),
        CheckConstraint("state <> 'told' OR told_at IS NOT NULL", name="told_has_a_time"),
        CheckConstraint(f"(state IN {STOPPED}) = (ended_at IS NOT NULL)", name="ended_has_a_time"),
        CheckConstraint("late_step BETWEEN 0 AND 3", name="late_step"),
        Index("ix_stop_escalates", "ended_at", "escalates_at"),
        Index(
            "uq_stop_one_open",
            "referral_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    state: Mapped[StopState] = mapped_column(default=StopState.TO_TELL)
    asked_at: Mapped[datetime]  # when the person took it back
    told_at: Mapped[datetime | None]
    told_by: Mapped[str] = mapped_column(default="")  # empty: by the link in an e-mail
    spoken_to: Mapped[str] = mapped_column(default="")  # whom of the service, by telephone
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()
    referral: Mapped[Referral] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def tell(self, by: str, spoken_to: str, told_at: datetime) -> None:
        """The service knows now, from somebody or by e-mail. Raises StopOver."""
        self._go(StopMove.TELL)
        self.told_at, self.told_by, self.spoken_to = told_at, by, spoken_to

    def lose(self) -> None:
        """Where it was told is not its address any more: somebody must ring. Raises StopOver."""
        self._go(StopMove.LOSE)

    def confirm(self, by: str, at: datetime) -> None:
        """The service says that it has stopped. Raises StopOver."""
        self._go(StopMove.CONFIRM)
        self.ended_at, self.ended_by = at, by

    def lift(self, by: str, at: datetime) -> None:
        """The person agreed again, so there is nothing to stop. Raises StopOver."""
        self._go(StopMove.LIFT)
        self.ended_at, self.ended_by = at, by

    def _go(self, move: StopMove) -> None:
        sources, target = MOVES[move]
        if self.state not in sources:
            raise StopOver
        self.state = target
