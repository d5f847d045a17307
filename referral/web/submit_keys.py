"""One form sent twice makes one record: each form carries a key that is spent with the write."""

import uuid
from hashlib import sha256

from flask import abort, g, request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Model, db
from referral.errors import RuleBroken
from referral.web.logs import because


class SubmitKey(Model):
    """A key that was spent, by whom, and where the browser was sent afterwards."""

    __tablename__ = "submit_key"

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]
    location: Mapped[str] = mapped_column(default="")
    sent: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # a digest of what it came with


class KeyUsedBefore(RuleBroken):
    """This key was used for another request. Send each request with a key of its own."""

    status = 422


def claim(user_id: uuid.UUID) -> str | None:
    """Spend the key of this form, or say where its first sending led.

    The row joins the transaction of the write: when that fails, the key can be used again.
    A second sending waits for the first. Answers 400 for a form without a key.
    """
    return claim_key(request.form.get("submit_key", ""), user_id)


def claim_key(text: str, user_id: uuid.UUID, sent: str = "") -> str | None:
    """The same for a key in any other place, as text; `sent` is all that it must come with again.

    Raises KeyUsedBefore where it comes with something else.
    """
    try:
        key = uuid.UUID(text)
    except ValueError:
        because("a form without its submit key")
        abort(400)
    try:
        g.submit_key = SubmitKey(key=key, user_id=user_id, sent=_digest(sent))
        db.session.add(g.submit_key)
        db.session.flush()  # here, so that a twin of this request waits here and not after its work
    except IntegrityError:
        db.session.rollback()
        spent = select(SubmitKey).filter_by(key=key, user_id=user_id)
        found = db.session.scalars(spent).one_or_none() or abort(409)
        if found.sent != _digest(sent):
            raise KeyUsedBefore from None
        return found.location
    return None


def is_spent(text: str, user_id: uuid.UUID) -> bool:
    """Whether this user's form with this key led somewhere already."""
    try:
        spent = select(SubmitKey.key).filter_by(key=uuid.UUID(text), user_id=user_id)
    except ValueError:
        return False
    return db.session.scalar(spent.where(SubmitKey.location != "")) is not None


def _digest(sent: str) -> str:
    return sha256(sent.encode()).hexdigest() if sent else ""


def spend(location: str) -> str:
    """Remember where this form led; returns the location, for the redirect."""
    g.submit_key.location = location
    return location


def release() -> None:
    """When nothing came of this form, it may be sent again, corrected."""
    key = g.get("submit_key")
    if key is not None and not key.location and key in db.session:
        db.session.delete(key)
