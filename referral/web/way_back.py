"""Where somebody was when their sign-in ended, and what they had typed, for nobody but them."""

import json
import uuid
from datetime import datetime, timedelta

from flask import g, request, session
from sqlalchemy import delete
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from referral.db import Identified, Model, db
from referral.web.sealing import seal, unseal

KEPT_FOR = timedelta(minutes=30)
AT_REST = "kept form"
NEVER_KEPT = frozenset(
    {"csrf_token", "submit_key", "password", "old", "again", "code", "sealed", "token"}
)


class KeptForm(Identified, Model):
    """A form whose sender had been signed out meanwhile, as it was typed; sealed."""

    __tablename__ = "kept_form"

    user_id: Mapped[uuid.UUID] = mapped_column(index=True)
    typed: Mapped[str]
    kept_at: Mapped[datetime]


def begin(token: str) -> None:
    """A browser session that carries nothing of the earlier one but the way back."""
    back = session.get("back")
    session.clear()
    g.pop("csrf_token", None)  # made for the earlier session; this one gets its own
    session["token"] = token
    if back:
        session["back"] = back


def note(user_id: uuid.UUID | None) -> None:
    """Remember this page: for one user, or for whoever signs in when nobody was here before.

    It lies in the signed cookie and never in an address, so that no other site can choose it.
    """
    path = request.full_path if request.query_string else request.path
    session["back"] = [path, str(user_id) if user_id else None, None]


def keep(user_id: uuid.UUID, at: datetime) -> None:
    """Keep what was sent, in place of anything kept before, and remember the page it is for."""
    note(user_id)
    typed = [(n, v) for n, v in request.form.items(multi=True) if n not in NEVER_KEPT]
    if all(name == "version" for name, _ in typed):
        return
    sealed = seal(AT_REST, json.dumps([str(user_id), request.path, typed]))
    old = (KeptForm.user_id == user_id) | (KeptForm.kept_at < at - KEPT_FOR)
    db.session.execute(delete(KeptForm).where(old))
    form = KeptForm(id=uuid.uuid4(), user_id=user_id, typed=sealed, kept_at=at)
    db.session.add(form)
    session["back"][2] = str(form.id)


def take(user_id: uuid.UUID) -> str | None:
    """The page on which this user was; None when it was another's, or there was none."""
    path, whose, kept = session.pop("back", None) or (None, None, None)
    if path is None or whose not in {None, str(user_id)}:
        return None
    if kept:
        session["kept"] = [kept, path.partition("?")[0]]
    return str(path)


def waits() -> bool:
    """Whether this request asks for the page of a form that was kept."""
    asked = request.method == "GET" and "kept" in session
    return asked and bool(session["kept"][1] == request.path)


def give_back(user_id: uuid.UUID, at: datetime) -> None:
    """The forms of this page show what was kept for this user; it is kept no longer."""
    number = uuid.UUID(session.pop("kept")[0])
    mine = delete(KeptForm).where(KeptForm.id == number, KeptForm.kept_at >= at - KEPT_FOR)
    sealed = db.session.scalars(mine.returning(KeptForm.typed)).one_or_none()
    whose, path, typed = json.loads((sealed and unseal(AT_REST, sealed)) or '["", "", []]')
    if whose == str(user_id) and path == request.path:
        g.typed = MultiDict(typed)


def given_back() -> MultiDict[str, str] | None:
    """The typed form to show again on this page; None if there is none."""
    found: MultiDict[str, str] | None = g.get("typed")
    return found
