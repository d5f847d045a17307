"""One application for each engine, put back after each test: to make one takes longer than most."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import rendered
import uncommitted
from flask import Flask, has_request_context
from flask.signals import template_rendered
from jinja2 import FileSystemBytecodeCache, Template
from sqlalchemy.engine import make_url

from referral.app import create_app
from referral.db import db
from referral.locks import is_reading
from referral.settings import Settings


class Stand:
    """The applications of a process, by where their database is; each has the folder's mailbox."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, {}

    @contextmanager
    def used(self, database: str) -> Iterator[Flask]:
        """An application on this database, its mailbox empty, as if it were new."""
        url, mailbox = database, self._folder / "mailbox"
        if make_url(database).drivername == "sqlite":
            link = self._folder / "link.db"  # SQLite follows it: each test has a file of its own
            link.unlink(missing_ok=True)
            link.symlink_to(str(make_url(database).database))
            url = f"sqlite:///{link}"
        shutil.rmtree(mailbox, ignore_errors=True)
        app = self._made.get(url) or self._made.setdefault(url, self._make(url, mailbox))
        with _put_back(app), template_rendered.connected_to(_held_no_lock, app):
            yield app

    def _make(self, url: str, mailbox: Path) -> Flask:
        app = create_app(Settings(database_url=url, mailbox=str(mailbox)))
        app.testing = True
        uncommitted.watch(app)
        rendered.watch(app)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(self._folder))
        return app


@contextmanager
def _put_back(app: Flask) -> Iterator[None]:
    """Whatever the block changes in the application is as before it; connections are given up."""
    kept = [(held, dict(held)) for held in (app.config, app.extensions, app.view_functions)]
    yield
    for held, before in kept:
        held.clear()
        held.update(before)
    app.test_client_class = None
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _held_no_lock(sender: Flask, template: Template, **context: object) -> None:
    """While any page of any test was drawn, others could write."""
    assert not has_request_context() or is_reading(), template.name


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    """The applications of this process."""
    return Stand(tmp_path_factory.mktemp("stand"))


@pytest.fixture
def app(stand: Stand, database: str) -> Iterator[Flask]:
    """The application on the test's database. Who adds an address to one makes it: `own_app`."""
    with stand.used(database) as app:
        yield app


@pytest.fixture
def own_app(database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application of the test's own, to add to."""
    with Stand(tmp_path).used(database) as app:
        yield app
