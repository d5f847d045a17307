"""A case: one person's way through arrest referral, owned by one team at every moment."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, validates

from referral.accounts.users.models import User
from referral.casework.cases.next_steps import Ending, NextStep, in_turn
from referral.casework.cases.refusals import CaseClosed, NotMet
from referral.custody.doors import Door
from referral.custody.models import Booking
from referral.db import Model, Numbered, one_of
from referral.people.models import Person

WINDOW = timedelta(hours=12)  # from the authorisation, Criminal Justice (Scotland) Act 2016
OPEN = text("closed_at IS NULL")
CLOSED = "The case was closed"  # why a promise was dropped


class Timed:
    """Something that is to be done by a time."""

    due_at: Mapped[datetime]

    @hybrid_method
    def is_late(self, at: datetime) -> bool:
        """Whether its time is over: the one place that says so, to pages and to queries."""
        return self.due_at < at


class Watched(Timed):
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
    """Open from the accepted offer, or another door, until closed.

    A returning person continues the open one.

    Its one owner is the worker, who belongs to the team, or else the team as a whole. What was
    promised in it stands in its promises; `next_act`, `due_at` and `outreach_by` repeat the first.
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
        one_of("next_act", NextStep),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closes_after_opening"),
        CheckConstraint("(closed_at IS NULL) = (close_reason IS NULL)", name="closed_says_why"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), active_history=True)
    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    worker_id: Mapped[uuid.UUID | None]
    owner_since: Mapped[datetime | None]  # since when they have it, as far as that was kept
    given_by_id: Mapped[uuid.UUID | None]  # the account of who gave it to them, or they themselves
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), index=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[str | None]
    next_act: Mapped[NextStep] = mapped_column(default=NextStep.SEE)
    outreach_by: Mapped[datetime | None]  # after an overdose, until somebody has reached them
    version: Mapped[int] = mapped_column()
    person: Mapped[Person] = relationship()
    worker: Mapped[User | None] = relationship(
        primaryjoin=lambda: User.id == foreign(Case.worker_id)
    )
    booking: Mapped[Booking] = relationship()
    promises: Mapped[list["Promise"]] = relationship(
        order_by="Promise.order", back_populates="case"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def promised(self) -> list["Promise"]:
        """What is promised and not done yet, the earliest first."""
        return in_turn(promise for promise in self.promises if promise.ended_at is None)

    @property
    def coming(self) -> list["Promise"]:
        """The same without what has to wait: whoever is here is not looked for outside."""
        here = self.booking.released_at is None
        return [one for one in self.promised if not (here and one.act is NextStep.OUTREACH)]

    def has_promised(self, act: NextStep, about: uuid.UUID | None = None) -> "Promise | None":
        """The open promise of an act, about the case or something in it; None without one."""
        about = about or self.id
        return next((p for p in self.promised if (p.act, p.about_id) == (act, about)), None)

    def has_any(self, *acts: NextStep) -> bool:
        """Whether one of these acts is promised, about whatever it is."""
        return any(promise.act in acts for promise in self.promised)

    def promise(
        self, act: NextStep, due_at: datetime, at: datetime, about: uuid.UUID | None = None
    ) -> None:
        """Something is to be done by then. With another time it takes the place of the old one.

        In a closed case nothing is promised any more.
        """
        before = self.has_promised(act, about)
        if self.closed_at or (before and before.due_at == due_at):
            return
        if before:
            before.end(Ending.REPLACED, "", at)
        made = Promise(act=act, about_id=about or self.id, due_at=due_at, made_at=at)
        self.promises.append(made)
        self.say_next()

    def end_promise(
        self, act: NextStep, ending: Ending, how: str, at: datetime, about: uuid.UUID | None = None
    ) -> bool:
        """It is done, or need not be: how, in a few words. False where it was not promised."""
        found = self.has_promised(act, about)
        if found:
            found.end(ending, how, at)
            self.say_next()
        return found is not None

    def say_next(self) -> None:
        """Repeat the first promise at the case, where lists look for it.

        The case itself changes with every promise: two who change them at once do not both win.
        """
        outreach = self.has_promised(NextStep.OUTREACH)
        self.outreach_by = outreach.due_at if outreach else None
        for first in self.coming[:1]:
            self.next_act = first.act
            self.due_at = first.due_at
        if self.version:  # none before it is written down
            self.version += 1

    def check_open(self) -> None:
        """Raises CaseClosed: every act that adds to a case asks this first."""
        if self.closed_at:
            raise CaseClosed

    def check_met(self) -> None:
        """Raises NotMet: what rests on the person’s own word asks this first."""
        if self.booking.unmet:
            raise NotMet

    def check_to_agree(self) -> None:
        """Raises CaseClosed, NotMet: what the person agrees to for good asks this first."""
        self.check_open()
        self.check_met()

    def close(self, reason: str, at: datetime) -> None:
        """The case ends, for a reason by its code. Raises CaseClosed where it has."""
        self.check_open()
        self.promise_no_more(at)
        self.closed_at = at
        self.close_reason = reason
        self.outreach_by = None

    def promise_no_more(self, at: datetime) -> None:
        """Nothing is to be done in a closed case."""
        for promise in self.promised:
            promise.end(Ending.DROPPED, CLOSED, at)

    def reopen(self) -> None:
        """What closed it was not so; what it promises is said anew."""
        self.closed_at = None
        self.close_reason = None

    def hang_on(self, booking: Booking) -> None:
        """It is about the needs of somebody who was here in this stay.

        Who was met in the cells of a court, and is booked now, is not there any more.
        """
        if self.booking_id and self.booking.door is Door.COURT and self.booking.goes_on:
            self.booking.is_over(booking.authorised_at)
        self.booking = booking
        self.booking_id = booking.id

    def give_to(self, worker_id: uuid.UUID | None, by_id: uuid.UUID, at: datetime) -> None:
        """Somebody has it from now on, or the whole team; who gave it, or took it.

        For who has it already nothing changes.
        """
        if worker_id == self.worker_id:
            return
        self.worker_id = worker_id
        self.given_by_id = by_id
        self.owner_since = at

    def give_to_team(self) -> None:
        """Nobody alone has it any more: it is the whole team's."""
        self.worker = None
        self.worker_id = None

    @property
    def window_ends(self) -> datetime:
        """When a person in the cells may be gone: when the court sits, or else after 12 hours."""
        return self.booking.leg.expected_at or self.booking.authorised_at + WINDOW

    def until(self, at: datetime) -> datetime:
        """The moment that its row counts to.

        While they are in the cells that is when they may be gone; never where something is late.
        """
        here = self.booking.in_cells and at <= self.window_ends
        return self.window_ends if here and not self.is_late(at) else self.due_at


class Promise(Timed, Numbered, Model):
    """An act that the team has promised in a case, about the case itself or something in it.

    Its one owner is that of its case; who covers for them today answers for it as well. It ends
    when it is done, when it need not be done for a reason, or when another takes its place; nothing
    else ends it.
    """

    __tablename__ = "promise"
    __table_args__ = (
        one_of("act", NextStep),
        one_of("ending", Ending),
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_says_how"),
        Index("ix_promise_case", "case_id", "ended_at"),
        Index("ix_promise_about", "about_id"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"))
    act: Mapped[NextStep]
    about_id: Mapped[uuid.UUID]  # the case, or a referral, a review point, a plan or a fact of it
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None]
    how: Mapped[str] = mapped_column(default="")
    case: Mapped[Case] = relationship(back_populates="promises")

    @property
    def kept_at(self) -> datetime | None:
        """When it was done; None where it was not."""
        return self.ended_at if self.ending is Ending.KEPT else None

    def go_to(self, case: Case) -> None:
        """What it is about belongs to another case now."""
        self.case = case

    def end(self, ending: Ending, how: str, at: datetime) -> None:
        """It is over: kept, dropped or replaced, and how or why."""
        self.ended_at = at
        self.ending = ending
        self.how = how
