"""What somebody has typed into a page and not saved yet: theirs alone, until it is saved or old."""

import uuid
from datetime import datetime, timedelta

from flask import g, request
from sqlalchemy import UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped

from referral.db import Identified, Model, db
from referral.web import submit_keys
from referral.web.way_back import given_back, sealed_for, show, typed_here

DRAFT_FOR = timedelta(hours=12)  # a shift: what is older was meant for another night
AT_REST = "draft"


class Draft(Identified, Model):
    """A form as it stood when its writer last stopped typing; sealed."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "page"),)

    user_id: Mapped[uuid.UUID]
    page: Mapped[str]
    typed: Mapped[str]
    kept_at: Mapped[datetime]


def keep(user_id: uuid.UUID, page: str, at: datetime) -> bool:
    """Keep this request's form as the user's draft of a page, in place of the one before.

    What was saved meanwhile is no draft any more: False, and nothing is kept. Old ones go.
    """
    if submit_keys.is_spent(request.form.get("submit_key", ""), user_id):
        return False
    sealed = sealed_for(AT_REST, user_id, page, typed_here())
    db.session.execute(delete(Draft).where(Draft.kept_at < at - DRAFT_FOR))
    forget(user_id, page)
    db.session.add(Draft(id=uuid.uuid4(), user_id=user_id, page=page, typed=sealed, kept_at=at))
    return True


def forget(user_id: uuid.UUID, page: str) -> None:
    """It was saved, or thrown away."""
    db.session.execute(delete(Draft).where(Draft.user_id == user_id, Draft.page == page))


def drafts_of(user_id: uuid.UUID, at: datetime) -> list[Draft]:
    """What a user has begun and not saved, the latest first."""
    mine = select(Draft).where(Draft.user_id == user_id, Draft.kept_at >= at - DRAFT_FOR)
    return list(db.session.scalars(mine.order_by(Draft.kept_at.desc(), Draft.id)).all())


def take_up(user_id: uuid.UUID, at: datetime) -> None:
    """The forms of this page show the user's draft of it, where there is one."""
    for draft in drafts_of(user_id, at) if given_back() is None else ():
        if show(AT_REST, draft.typed, user_id):
            g.drafted_at = draft.kept_at
