"""A database in which nothing is kept: what each request commits is taken back in a moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from referral.db import db

LAST = "SELECT max(seq) FROM audit_event"
SINCE = "SELECT tag FROM audit_event WHERE seq > ? ORDER BY seq"


class Part(sqlite3.Cursor):
    """Begins a part of the one transaction, where a request begins a transaction."""

    connection: "Within"

    def execute(self, statement: str, *values: Any) -> "Part":
        """The same; what can be set before a transaction alone was set before it."""
        if self.connection.whole and statement.startswith("BEGIN"):
            self.connection.begin()
            return self
        if self.connection.whole and statement.startswith("PRAGMA") and "query" not in statement:
            return self
        return super().execute(statement, *values)


class Within(sqlite3.Connection):
    """All transactions of this connection are parts of one."""

    whole = part = False

    def cursor(self, factory: Any = Part) -> Any:
        """One that knows of the parts."""
        return super().cursor(factory)

    def begin(self) -> None:
        """A part begins."""
        self.part = True
        self.execute("SAVEPOINT part")

    def commit(self) -> None:
        """The part is done."""
        if not self.whole:
            super().commit()
        elif self.part:
            self.part = False
            self.execute("RELEASE part")

    def rollback(self) -> None:
        """As if the part had not been."""
        if not self.whole:
            super().rollback()
        elif self.part:
            self.execute("ROLLBACK TO part")
            self.commit()

    def close(self) -> None:
        """Whoever has it may want it again."""


class Rolled:
    """The database of an application, in memory, until it is given back."""

    def __init__(self, app: Flask) -> None:
        """With all that its database holds now."""
        self._app = app
        path = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database
        with app.app_context():
            db.engine.dispose()
            event.listen(db.engine, "do_connect", self._connect)
            self._live = sqlite3.connect(
                ":memory:", factory=Within, isolation_level=None, check_same_thread=False
            )
            with sqlite3.connect(str(path)) as file:
                file.backup(self._live)
            file.close()
            db.session.connection()  # sets what is set before any transaction
            db.session.remove()
        self._live.execute("BEGIN")
        self._live.whole = True
        self.keep()

    def _connect(self, *how: object) -> sqlite3.Connection:
        return self._live

    def give_back(self) -> None:
        """The application has its own database again, as it was."""
        with self._app.app_context():
            db.session.remove()
            event.remove(db.engine, "do_connect", self._connect)
            db.engine.dispose()
        sqlite3.Connection.close(self._live)

    def keep(self) -> None:
        """From now on it comes back to how it is now."""
        self._live.execute("SAVEPOINT kept")
        self._note()

    def _note(self) -> None:
        self._stands = self._live.total_changes
        (self._last,) = self._live.execute(LAST).fetchone()

    def put_back(self) -> None:
        """It is as it was when it was kept last."""
        if self._live.total_changes != self._stands:
            self._live.execute("ROLLBACK TO kept")
            self._stands = self._live.total_changes

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Meanwhile it comes back to how it is now, and then to what it came back to before."""
        before = self._last
        self.keep()
        yield
        self._live.execute("ROLLBACK TO kept")
        self._live.execute("RELEASE kept")
        self._live.execute("ROLLBACK TO kept")
        self._stands, self._last = self._live.total_changes, before

    def events(self) -> list[str]:
        """The tags of everything that was noted since it was kept."""
        return [tag for (tag,) in self._live.execute(SINCE, (self._last or 0,))]


class Lasting:
    """The database of a server, in which everything is kept."""

    def __init__(self, app: Flask) -> None:
        """As it is."""
        self._app = app
        self.keep()

    def _run(self, statement: str, **values: object) -> list[Any]:
        with self._app.app_context():
            return list(db.session.execute(text(statement), values))

    def give_back(self) -> None:
        """Nothing was taken."""

    def put_back(self) -> None:
        """Nothing is taken back."""

    def keep(self) -> None:
        """From now on events count."""
        [(self._last,)] = self._run(LAST)

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Nothing comes back."""
        self.keep()
        yield

    def events(self) -> list[str]:
        """The tags of everything that was noted since it was kept."""
        return [tag for (tag,) in self._run(SINCE.replace("?", ":last"), last=self._last or 0)]


def rows_of(app: Flask) -> Rolled | Lasting:
    """The database of an application: rolled back after each request where it is SQLite's."""
    server = not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    return Lasting(app) if server else Rolled(app)
