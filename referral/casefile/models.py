"""When somebody last looked at what is new."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Model


class Look(Model):
    """The last time that a worker opened what is new, and the time before, for the mark "new"."""

    __tablename__ = "news_look"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    looked_at: Mapped[datetime]
    before: Mapped[datetime]

    def again(self, at: datetime) -> None:
        """They look once more: what came until now was seen."""
        self.before, self.looked_at = self.looked_at, at
