"""The mark that tells a demo database from a real one, and how far somebody is in its tour."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Model


class DemoMark(Model):
    """Stands in a database in which all people are invented; written when the demo is loaded."""

    __tablename__ = "demo_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    loaded_at: Mapped[datetime]


class Tour(Model):
    """Where somebody is in the first day of their role: of the people they meet there is nothing.

    `since` is the number of the last event before it began; what they did after it counts.
    """

    __tablename__ = "tour"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    since: Mapped[int]
    passed: Mapped[int]  # steps that they left behind, done or not
    running: Mapped[bool]

    def begin(self, since: int) -> None:
        """From the first step, whatever was done before."""
        self.since = since
        self.passed = 0
        self.running = True

    def leave_behind(self, steps: int) -> None:
        """So many steps are behind them; never fewer than before."""
        self.passed = max(self.passed, steps)

    def stop(self) -> None:
        """Its bar shows no more."""
        self.running = False
