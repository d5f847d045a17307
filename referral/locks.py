"""Locks: a request reads until it must write, and holds no lock while it draws a page.

SQLite has one write lock. A writer takes it at the first statement, so that two edits cannot both
read the old row; a reader takes none, and cannot write by mistake: the database refuses.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, has_app_context, has_request_context, request
from sqlalchemy import Connection, Engine, Select, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session

from referral.db import db
from referral.errors import RuleBroken

# waited for a lock in vain, took too long, or was chosen to give way to another
POSTGRES_BUSY = frozenset({"55P03", "57014", "40001", "40P01"})
SQLITE_BUSY = frozenset({5, 6})  # SQLITE_BUSY and SQLITE_LOCKED, whatever stands in the high bits


class Busy(RuleBroken):
    """Somebody else is saving right now. Nothing of yours was saved yet. Please try again."""

    status = 503


def is_reading() -> bool:
    """Whether what happens now only reads. Without an application, everything writes."""
    return has_app_context() and bool(g.get("only_reads", False))


def begin_reading() -> None:
    """The next transaction only reads."""
    g.only_reads = True


def changes_nothing() -> bool:
    """Whether this request is a HEAD, which must leave no trace: mail scanners send it to links."""
    return has_request_context() and request.method == "HEAD"


@contextmanager
def reading() -> Iterator[None]:
    """Meanwhile nothing is written: the lock stays with those who write."""
    before = is_reading()
    g.only_reads = True
    try:
        yield
        db.session.commit()  # nothing but the reading ends: what was read stays as it was read
    except BaseException:
        db.session.rollback()
        raise
    finally:
        g.only_reads = before


@contextmanager
def writing() -> Iterator[None]:
    """One short transaction that writes, in the middle of reading; committed at its end.

    The reading ends first, because a writer must start from what is newest; rows that were loaded
    before it are as they were then, so query inside what is decided on. HEAD changes nothing, so
    for it all of this is undone.
    """
    before = is_reading()
    db.session.commit()
    g.only_reads = False
    try:
        yield
        if changes_nothing():
            db.session.rollback()
        else:
            db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        g.only_reads = before


def is_busy(error: DBAPIError) -> bool:
    """Whether the database gave up because of others, so that the same may succeed later."""
    cause = error.orig
    state, code = getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorcode", None)
    return state in POSTGRES_BUSY or (code is not None and code & 0xFF in SQLITE_BUSY)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    reads = is_reading()
    driver = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        driver.read_only = reads  # type: ignore[union-attr]
        return
    if connection.info.get("reads", False) != reads:
        driver.execute(f"PRAGMA query_only={int(reads)}")  # type: ignore[union-attr]
        connection.info["reads"] = reads
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@event.listens_for(Engine, "commit")
@event.listens_for(Engine, "rollback")
def _written(connection: Connection) -> None:
    """A request writes in one transaction; what follows it, the page, only reads."""
    del connection
    if has_request_context():
        g.only_reads = True


@event.listens_for(Session, "do_orm_execute")
def _lock_no_rows(state: ORMExecuteState) -> None:
    """One page is looked at and changed by the same queries: looked at, it locks no rows."""
    wanted = state.statement
    if isinstance(wanted, Select) and wanted._for_update_arg is not None and is_reading():
        state.statement = plain = wanted.with_for_update()  # a copy: the other may be kept
        plain._for_update_arg = None
