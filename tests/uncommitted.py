"""Work that a request leaves behind when it ends well: nobody would notice that it is lost."""

from flask import Flask, Response, request
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from referral.audit.trail import PENDING
from referral.db import db
from referral.web.submit_keys import SubmitKey

WROTE = "wrote, and has not committed"


class Lost(AssertionError):
    """A request that was answered as if all were well has not committed what it did."""


def watch(app: Flask) -> None:
    """From now on a request of this application that ends so fails whoever sent it."""

    def look(response: Response) -> Response:
        if (
            response.status_code < 400
            and db.session.registry.has()
            and (left := _left(db.session()))
        ):
            raise Lost(f"{request.method} {request.path} answered {response.status_code}: {left}")
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, look)  # the first is asked last of all


def _left(session: Session) -> list[str]:
    """What would be lost with the session."""
    changed = [row for row in session.dirty if session.is_modified(row)]
    rows = [
        type(row).__name__
        for row in (*session.new, *changed, *session.deleted)
        if not isinstance(row, SubmitKey)
    ]
    events = [str(noted.tag) for noted in session.info.get(PENDING, ())]
    flushed = ["what was flushed"] if session.info.get(WROTE) else []
    return [*rows, *events, *flushed]


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _: object) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    if any(not isinstance(row, SubmitKey) for row in (*session.new, *changed, *session.deleted)):
        session.info[WROTE] = True  # a key that was not spent is as good as new when it is undone


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info[WROTE] = True


@event.listens_for(Session, "after_transaction_end")
def _over(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(WROTE, None)
