"""The measures that were asked again."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.casework.contact_plan.models import ReviewPoint
from referral.db import Model, Numbered


class MeasureAgain(Numbered, Model):
    """A measure as it was answered at a review point, like a screen. Of two, the later counts."""

    __tablename__ = "measure_again"
    __table_args__ = (Index("ix_measure_again_point", "point_id", "instrument"),)

    point_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_point.id"))
    instrument: Mapped[str]
    pack_version: Mapped[str]
    items: Mapped[list[dict[str, str | int | None]]] = mapped_column(JSON)
    score: Mapped[int | None]
    positive: Mapped[bool | None]
    asked_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    point: Mapped[ReviewPoint] = relationship()
