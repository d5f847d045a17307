"""A filter of the case list, kept under a name."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.casework.cases.tabs import Tab
from referral.casework.saved.narrowing import Narrowing
from referral.db import Model, Numbered, one_of
from referral.web.sealing import seal, unseal

AT_REST = "saved filter"
STARTS = text("starts")


class SavedFilter(Numbered, Model):
    """What one worker narrows the case list to; a lead may let the team open it.

    Its name is sealed: somebody may write there what they should not.
    """

    __tablename__ = "saved_filter"
    __table_args__ = (
        one_of("tab", Tab),
        # a worker's list begins in one way
        Index(
            "uq_saved_filter_starts",
            "owner_id",
            unique=True,
            sqlite_where=STARTS,
            postgresql_where=STARTS,
        ),
    )

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    sealed: Mapped[str]  # its name
    tab: Mapped[Tab]
    worker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    centre_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("custody_centre.id"))
    need: Mapped[str] = mapped_column(default="")
    council: Mapped[str] = mapped_column(default="")
    starts: Mapped[bool] = mapped_column(default=False, server_default=false())
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    saved_at: Mapped[datetime]
    owner: Mapped[User] = relationship(foreign_keys=[owner_id])

    @property
    def name(self) -> str:
        """What its owner calls it; words instead where no key of this installation opens it."""
        return unseal(AT_REST, self.sealed) or "A filter whose name cannot be read"

    @property
    def narrowing(self) -> Narrowing:
        """What it narrows the list to."""
        return Narrowing(self.tab, self.worker_id, self.centre_id, self.need, self.council)

    def narrow(self, to: Narrowing) -> None:
        """It is for this from now on."""
        self.tab = to.tab
        self.worker_id = to.worker
        self.centre_id = to.centre
        self.need = to.need
        self.council = to.council

    def call(self, name: str) -> None:
        """Its owner calls it so."""
        if not self.sealed or self.name != name:
            self.sealed = seal(AT_REST, name)

    def begin(self, here: bool) -> None:
        """The list begins with it, or does not."""
        self.starts = here

    def share(self, shared: bool) -> None:
        """The team may open it, or may not."""
        self.shared = shared
