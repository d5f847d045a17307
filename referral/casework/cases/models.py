"""A case: one person's way through arrest referral, owned by one team at every moment."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, validates

from referral.accounts.users.models import User
from referral.casework.cases.acts import ACTS, next_of
from referral.custody.models import Booking
from referral.db import Model, Numbered
from referral.people.models import Person

WINDOW = timedelta(hours=12)  # from the authorisation, Criminal Justice (Scotland) Act 2016
OPEN = text("closed_at IS NULL")


class Watched:
    """Something with a due time: how far it has been escalated since, and when it goes further.

    A new due time is a new promise: whoever was told of the old one need not look any more.
    """

    due_at: Mapped[datetime]
    late_step: Mapped[int] = mapped_column(default=0)
    escalates_at: Mapped[datetime | None]

    @validates("due_at")
    def _promise_anew(self, key: str, due_at: datetime) -> datetime:
        del key
        if due_at != self.due_at:
            self.late_step = 0
            self.escalates_at = due_at
        return due_at


class Case(Watched, Numbered, Model):
    """Open from the accepted offer until closed; a returning person continues the open one.

    Its one owner is the worker, who belongs to the team, or else the team as a whole.
    """

    __tablename__ = "referral_case"
    __table_args__ = (
        Index(
            "uq_case_one_open",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        ForeignKeyConstraint(
            ["worker_id", "team_id"],
            ["user_account.id", "user_account.organisation_id"],
            name="fk_referral_case_owner",
        ),
        Index("ix_case_escalates", "closed_at", "escalates_at"),
        CheckConstraint("late_step BETWEEN 0 AND 3", name="late_step"),
        Index("ix_case_person", "person_id", "team_id"),
        Index("ix_case_team", "team_id", "closed_at", "due_at"),
        CheckConstraint(f"next_act IN {tuple(ACTS)}", name="next_act"),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closes_after_opening"),
        CheckConstraint("(closed_at IS NULL) = (close_reason IS NULL)", name="closed_says_why"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    worker_id: Mapped[uuid.UUID | None]
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), index=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[str | None]
    next_act: Mapped[str] = mapped_column(default="see")  # what was promised, by its code
    outreach_by: Mapped[datetime | None]  # after an overdose, until somebody has reached them
    see_by: Mapped[datetime | None]  # with it, the promises of which the first is the next
    service_by: Mapped[datetime | None]
    service_act: Mapped[str | None]
    review_by: Mapped[datetime | None]
    decide_by: Mapped[datetime | None]  # where nothing is under way: hand on, or close
    version: Mapped[int] = mapped_column()
    person: Mapped[Person] = relationship()
    worker: Mapped[User | None] = relationship(
        primaryjoin=lambda: User.id == foreign(Case.worker_id)
    )
    booking: Mapped[Booking] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def promise(self) -> None:
        """Say what comes next and by when, from what each part of the work has promised."""
        found = next_of(
            [
                (self.outreach_due, "outreach"),
                (self.see_by, "see"),
                (self.service_by, self.service_act),
                (self.review_by, "review"),
                (self.decide_by, "hand_off"),
            ]
        )
        self.next_act, self.due_at = found.act, found.due_at

    def seen(self) -> None:
        """A worker has seen the person: that promise is kept."""
        self.see_by = None

    def find(self, by: datetime) -> None:
        """Somebody must find the person by then, after an overdose."""
        self.outreach_by = by

    def reached(self) -> None:
        """Somebody has found the person after an overdose: nobody need look for them any more."""
        self.outreach_by = None

    def decide(self, by: datetime) -> None:
        """The team has to decide by then: hand on, or close."""
        self.decide_by = by

    def waits_for_service(self, until: datetime, act: str) -> None:
        """A service has the next step: what it is, and by when; the team need not decide now."""
        self.service_by = until
        self.service_act = act
        self.decide_by = None

    def waits_for_no_service(self) -> None:
        """No service has anything to do."""
        self.service_by = None
        self.service_act = None

    def left_custody(self, reach_by: datetime) -> None:
        """Whoever was still to be seen in the cells is to be reached outside by then."""
        self.see_by = reach_by if self.see_by else None
        self.outreach_by = reach_by if self.outreach_by else None

    def held_on(self, see_by: datetime) -> None:
        """Who was still to be seen in the cells is held elsewhere now, and to be seen by then."""
        self.see_by = see_by if self.see_by else None

    def close(self, reason: str, at: datetime) -> None:
        """The case ends, for a reason by its code."""
        self.closed_at = at
        self.close_reason = reason

    def give_to_team(self) -> None:
        """Nobody alone has it any more: it is the whole team's."""
        self.worker = None
        self.worker_id = None

    @property
    def outreach_due(self) -> datetime | None:
        """By when somebody must find the person after an overdose; None while they are here."""
        return self.outreach_by if self.booking.released_at else None

    @property
    def window_ends(self) -> datetime:
        """When a person in the cells may be gone: when the court sits, or else after 12 hours."""
        return self.booking.leg.expected_at or self.booking.authorised_at + WINDOW
