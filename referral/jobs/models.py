"""The table of work, and the table of what comes again."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Identified, Model, one_of
from referral.errors import RuleBroken
from referral.jobs.states import MOVES, JobMove, JobState


class NotNow(RuleBroken):
    """That is no longer possible: it has been sent again or dealt with."""

    status = 409


class Job(Identified, Model):
    """One piece of work. It names a record, never a person, and an effect by a key of its own.

    Who runs it holds a lease that must be renewed; when it runs out, another worker takes over.
    """

    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JobState),
        CheckConstraint("(state = 'running') = (leased_by IS NOT NULL)", name="running_is_leased"),
        CheckConstraint("(leased_by IS NULL) = (leased_until IS NULL)", name="lease_has_an_end"),
        CheckConstraint(
            "(state IN ('done', 'failed', 'settled')) = (ended_at IS NOT NULL)",
            name="ended_has_a_time",
        ),
        Index("ix_job_due", "state", "due_at", "key"),
        Index("ix_job_about", "about_id", "kind"),
        Index("ix_job_ended", "kind", "state", "ended_at"),
        Index("ix_job_owner", "owner_id", "state"),
    )

    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    about_id: Mapped[uuid.UUID | None]
    title: Mapped[str] = mapped_column(default="")  # for its owner: a reference, never a name
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    permission: Mapped[str]  # by its key, also one that only another release knows
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    made_at: Mapped[datetime]
    wanted_at: Mapped[datetime]
    due_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    doing: Mapped[str] = mapped_column(default="", server_default="")  # of long work, in words
    steps_done: Mapped[int] = mapped_column(default=0, server_default="0")
    steps: Mapped[int] = mapped_column(default=0, server_default="0")  # 0: nobody counts them
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    def claim(self, worker: str, until: datetime) -> None:
        """A worker takes it. One whose worker was lost is counted."""
        self.lost += self.state == JobState.RUNNING
        self._go(JobMove.CLAIM)
        self.leased_by, self.leased_until = worker, until

    def is_at(self, doing: str, done: int, steps: int) -> None:
        """What it does now, with so many of its steps done."""
        self.doing = doing
        self.steps_done = done
        self.steps = steps

    def finish(self, at: datetime) -> None:
        """It is done."""
        self._go(JobMove.FINISH)
        self.ended_at = at
        self.error = ""

    def put_off(self, error: str, until: datetime) -> None:
        """It went wrong and is tried again later."""
        self._go(JobMove.PUT_OFF)
        self.failures += 1
        self.error = error
        self.due_at = until

    def give_up(self, error: str, at: datetime) -> None:
        """It cannot be done; a person must see to it."""
        self._fail(JobMove.GIVE_UP, error, at)

    def come_back(self, error: str, at: datetime) -> None:
        """It seemed done and was not; a person must see to it. Raises NotNow."""
        self._fail(JobMove.RETURN, error, at)

    def send_again(self, at: datetime) -> None:
        """Somebody wants it tried anew. Raises NotNow."""
        self._go(JobMove.SEND_AGAIN)
        self.wanted_at = self.due_at = at
        self.failures = 0
        self.lost = 0
        self.ended_at = None

    def settle(self) -> None:
        """Somebody has dealt with it in another way. Raises NotNow."""
        self._go(JobMove.SETTLE)

    def _fail(self, move: JobMove, error: str, at: datetime) -> None:
        self._go(move)
        self.failures += 1
        self.error = error
        self.ended_at = at

    def _go(self, move: JobMove) -> None:
        sources, target = MOVES[move]
        if self.state not in sources:
            raise NotNow
        self.state = target
        self.leased_by = self.leased_until = None


class Schedule(Model):
    """When a kind of work that comes again is due next."""

    __tablename__ = "schedule"

    kind: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
