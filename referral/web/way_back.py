"""Where somebody was when their sign-in ended, and what they had typed, for nobody but them."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import g, request, session
from sqlalchemy import delete
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from referral.db import Identified, Model, db
from referral.web.sealing import seal, unseal

KEPT_FOR = timedelta(minutes=30)
REMEMBERED = 3  # users of one desk
AT_REST = "kept form"
NEVER_KEPT = frozenset(
    {
        "csrf_token",
        "submit_key",
        "password",
        "old",
        "again",
        "code",
        "sealed",
        "token",
        "lock_page",
        "draft_of",
    }
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


def note(user_id: uuid.UUID | None, page: str = "") -> None:
    """Remember this page, or another: for one user, or for whoever signs in where nobody was.

    It lies in the signed cookie and never in an address, so that no other site can choose it. At a
    shared desk the pages of the last few users are remembered, each for its own.
    """
    path = page or (request.full_path if request.query_string else request.path)
    others = {whose: back for whose, back in _ways().items() if whose != str(user_id or "")}
    session["back"] = dict([*others.items(), (str(user_id or ""), [path, None])][-REMEMBERED:])


def _ways() -> dict[str, list[str | None]]:
    """Where each was, by user; of who was nobody yet under the empty name."""
    found = session.get("back")
    return found if isinstance(found, dict) else {}


def is_kept() -> bool:
    """Whether somebody's sign-in ended in this browser with something typed."""
    return any(kept for _, kept in _ways().values())


def was_here() -> bool:
    """Whether a sign-in ended in this browser."""
    return any(_ways())


def keep(user_id: uuid.UUID, at: datetime, page: str = "") -> None:
    """Keep what was sent, in place of anything kept before, and remember the page it is for."""
    note(user_id, page)
    path = page.partition("?")[0] or request.path
    typed = typed_here()
    if all(name == "version" for name, _ in typed):
        return
    sealed = sealed_for(AT_REST, user_id, path, typed)
    old = (KeptForm.user_id == user_id) | (KeptForm.kept_at < at - KEPT_FOR)
    db.session.execute(delete(KeptForm).where(old))
    form = KeptForm(id=uuid.uuid4(), user_id=user_id, typed=sealed, kept_at=at)
    db.session.add(form)
    session["back"][str(user_id)][1] = str(form.id)


def take(user_id: uuid.UUID) -> str | None:
    """The page on which this user was; None when there was none. Another's stays theirs."""
    ways = _ways()
    path, kept = ways.pop(str(user_id), None) or ways.pop("", None) or (None, None)
    session["back"] = ways
    if path is None:
        return None
    if kept:
        session["kept"] = [kept, path.partition("?")[0]]
    return path


def waits() -> bool:
    """Whether this request asks for the page of a form that was kept."""
    asked = request.method == "GET" and "kept" in session
    return asked and bool(session["kept"][1] == request.path)


def give_back(user_id: uuid.UUID, at: datetime) -> None:
    """The forms of this page show what was kept for this user; it is kept no longer."""
    number = uuid.UUID(session.pop("kept")[0])
    mine = delete(KeptForm).where(KeptForm.id == number, KeptForm.kept_at >= at - KEPT_FOR)
    sealed = db.session.scalars(mine.returning(KeptForm.typed)).one_or_none()
    show(AT_REST, sealed or "", user_id)


def typed_here() -> list[tuple[str, str]]:
    """What this request carries of a form, without what is never kept."""
    return [(n, v) for n, v in request.form.items(multi=True) if n not in NEVER_KEPT]


def sealed_for(
    purpose: str, user_id: uuid.UUID, page: str, typed: Sequence[tuple[str, str]]
) -> str:
    """A form as it was typed into a page, for one user alone."""
    return seal(purpose, json.dumps([str(user_id), page, typed]))


def show(purpose: str, sealed: str, user_id: uuid.UUID) -> bool:
    """The forms of this page show what was sealed for this user and it; whether there was that."""
    whose, page, typed = json.loads(unseal(purpose, sealed) or '["", "", []]')
    if [whose, page] != [str(user_id), request.path]:
        return False
    g.typed = MultiDict(typed)
    return True


def given_back() -> MultiDict[str, str] | None:
    """The typed form to show again on this page; None if there is none."""
    found: MultiDict[str, str] | None = g.get("typed")
    return found
