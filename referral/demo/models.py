"""The mark that tells a demo database from a real one."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Model


class DemoMark(Model):
    """Stands in a database in which all people are invented; written when the demo is loaded."""

    __tablename__ = "demo_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    loaded_at: Mapped[datetime]
