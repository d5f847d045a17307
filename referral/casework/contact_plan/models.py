"""Plans to stay in touch, their review points and the tries to reach the person."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.casework.cases.models import Case
from referral.casework.contact_plan.points import LABELS, Point, PointState
from referral.db import Identified, Model, Numbered, one_of

WORTH = ("yes", "partly", "no")
WAYS = ("link", "own page")


class ContactPlan(Numbered, Model):
    """How to reach a person after one stay: made with them while they are still there.

    It is held while they are in prison or in hospital, and looked at again by `look_at`.
    """

    __tablename__ = "contact_plan"
    __table_args__ = (
        CheckConstraint("(held_why IS NULL) = (look_at IS NULL)", name="held_is_looked_at"),
        CheckConstraint("held_why IS NULL OR ended_why IS NULL", name="held_or_ended"),
        Index("ix_contact_plan_case", "case_id", "made_at"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"))
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), unique=True)
    best_way: Mapped[str]
    number_confirmed: Mapped[str]  # they read it back, it rang, or it was not confirmed
    second_contact: Mapped[str] = mapped_column(default="")
    usual_places: Mapped[str] = mapped_column(default="")
    confirmed_number: Mapped[str] = mapped_column(default="", server_default="")
    confirmed_at: Mapped[datetime]  # when they were asked for it last, or typed it
    email: Mapped[str] = mapped_column(default="", server_default="")
    address: Mapped[str] = mapped_column(default="", server_default="")  # where a letter reaches
    year_long: Mapped[bool] = mapped_column(default=False)
    counts_from: Mapped[datetime]  # the release, or when it is expected
    held_why: Mapped[str | None]
    look_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]
    made_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column()
    case: Mapped[Case] = relationship()
    points: Mapped[list["ReviewPoint"]] = relationship(
        order_by="ReviewPoint.due_at", back_populates="plan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def says_no_more(self) -> tuple[str, ...]:
        """What an undone act does not put back: one that has ended is not held."""
        if self.ended_why:
            return ("held_why", "look_at")
        return ("ended_why",) if self.held_why else ()

    @property
    def planned(self) -> list["ReviewPoint"]:
        """The points that are still to come, the earliest first."""
        coming = [point for point in self.points if point.state == PointState.PLANNED]
        return sorted(coming, key=lambda point: (point.due_at, point.point))

    @property
    def asks_by(self) -> dict[uuid.UUID, datetime]:
        """When somebody must look, and at what: each point to come, or whether they are back."""
        if self.ended_why:
            return {}
        if self.look_at:
            return {self.id: self.look_at}
        return {point.id: point.due_at for point in self.planned}


class ReviewPoint(Identified, Model):
    """One time at which the person is asked; was it worth it is their own word, no service's."""

    __tablename__ = "review_point"
    __table_args__ = (
        UniqueConstraint("plan_id", "point"),
        one_of("point", Point),
        one_of("state", PointState),
        CheckConstraint("(state = 'planned') = (closed_at IS NULL)", name="closed_has_a_time"),
        CheckConstraint("worth_it IS NULL OR state = 'reached'", name="only_the_reached_answer"),
        Index("ix_review_point_due_at", "due_at"),
    )

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_plan.id"))
    point: Mapped[Point]
    due_at: Mapped[datetime]
    state: Mapped[PointState] = mapped_column(default=PointState.PLANNED)
    worth_it: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    plan: Mapped[ContactPlan] = relationship(back_populates="points")
    attempts: Mapped[list["Attempt"]] = relationship(
        order_by="Attempt.happened_at", back_populates="point"
    )
    word: Mapped["WorthWord | None"] = relationship(back_populates="point")

    @property
    def label(self) -> str:
        """The name of the point on the page, such as “28 days”."""
        return LABELS[self.point]

    @property
    def worth(self) -> str | None:
        """Whether it was worth it: one answer for each time, the person's own before the team's."""
        return self.word.answer if self.word else self.worth_it

    def close(self, state: PointState, at: datetime) -> None:
        """The point is over."""
        self.state, self.closed_at = state, at

    def open_again(self) -> None:
        """The point is to come again."""
        self.state = PointState.PLANNED
        self.closed_at = None


class WorthWord(Identified, Model):
    """The person's own answer to “Was it worth it?”, once for each time it is asked."""

    __tablename__ = "worth_word"
    __table_args__ = (
        CheckConstraint(f"answer IN {WORTH}", name="answer"),
        CheckConstraint(f"by_way IN {WAYS}", name="by_way"),
    )

    point_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_point.id"), unique=True)
    answer: Mapped[str]
    changed: Mapped[str] = mapped_column(default="")
    by_way: Mapped[str]
    said_at: Mapped[datetime]
    point: Mapped[ReviewPoint] = relationship(back_populates="word")


class Attempt(Identified, Model):
    """One try to reach the person, and how it went, by code: of the team, for a review point, or
    of the service that a referral was sent to."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("(referral_id IS NULL) <> (point_id IS NULL)", name="about_one"),
    )

    referral_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("referral.id"), index=True)
    point_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("review_point.id"), index=True)
    channel: Mapped[str]
    result: Mapped[str]
    happened_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID]  # of an account, or of a link by which a service answered
    by_name: Mapped[str]
    recorded_at: Mapped[datetime]
    point: Mapped[ReviewPoint | None] = relationship(back_populates="attempts")
