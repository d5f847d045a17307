"""What the tests share: a migrated database for each, on both engines, and signed-in people."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import html5lib
import pytest
from argon2 import PasswordHasher
from flask import Flask, has_request_context
from flask.signals import template_rendered
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings as property_settings
from hypothesis.database import DirectoryBasedExampleDatabase
from jinja2 import FileSystemBytecodeCache, Template
from postgres import postgres_url
from sqlalchemy import create_engine, text, update
from sqlalchemy.engine import make_url
from support.html import hidden_fields
from uncommitted import watch

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.app import create_app
from referral.db import db
from referral.demo import organisations as demo
from referral.locks import is_reading
from referral.settings import Settings

pytest_plugins = ["support.stage"]  # stories of the field, and a database to play them on

# a hash that is quick to check: each test signs in by the real page, some of them five people
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
# New cases on every run, also where CI is set; what failed before comes first. See README.md.
FOUND = DirectoryBasedExampleDatabase(Path(__file__).parents[1] / ".hypothesis" / "examples")
property_settings.register_profile("found", database=FOUND, print_blob=True, derandomize=False)
property_settings.load_profile("found")
EMAILS = {Role(role): email for role, email in demo.accounts()}


def _filled(url: str) -> None:
    app = create_app(Settings(database_url=url))
    with app.app_context():
        upgrade()
        demo.load(demo.PASSWORD)
        db.session.execute(update(User).values(password_hash=CHEAP.hash(demo.PASSWORD)))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def make_model(model: Path) -> Path:
    """A migrated SQLite database with the demo accounts, in one file."""
    _filled(f"sqlite:///{model}")
    with create_engine(f"sqlite:///{model}").connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return model


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database with the demo accounts, to copy from; SQLITE_MODEL names one."""
    if given := os.environ.get("SQLITE_MODEL"):
        return Path(given)
    return make_model(tmp_path_factory.mktemp("sqlite") / "model.db")


@pytest.fixture(scope="session")
def postgres_model() -> Iterator[str]:
    """The URL of a PostgreSQL server with a migrated, filled database named `model`."""
    with postgres_url() as url:
        if url is None:
            if os.environ.get("REQUIRE_POSTGRES"):
                pytest.fail("PostgreSQL is required here, and none was found")
            pytest.skip("no PostgreSQL on this machine")
        name = f"model_{uuid4().hex}"
        _execute(url, f"CREATE DATABASE {name}")
        _filled(_named(url, name))
        yield _named(url, name)


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of the test's own: migrated, with the demo accounts."""
    if request.param == "sqlite":
        model = request.getfixturevalue("sqlite_model")
        shutil.copy(model, tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    model = request.getfixturevalue("postgres_model")
    name, server = f"test_{uuid4().hex}", _named(model, "postgres")
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {make_url(model).database}")
    yield _named(model, name)
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Each template is compiled once, and not again for the application of each test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(database: str, tmp_path: Path, compiled: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application on the test's database."""
    app = create_app(Settings(database_url=database, mailbox=str(tmp_path / "mailbox")))
    app.testing = True
    watch(app)
    app.jinja_env.bytecode_cache = compiled
    with template_rendered.connected_to(_held_no_lock, app):
        yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _held_no_lock(sender: Flask, template: Template, **context: object) -> None:
    """While any page of any test was drawn, others could write."""
    assert not has_request_context() or is_reading(), template.name


class Browser(FlaskClient):
    """A client that reads pages as strictly as a validator, and fills in hidden fields itself."""

    def open(self, *args: object, **kwargs: object):
        """As a browser would; malformed HTML or a page without title fails the test."""
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
            page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
            assert page.findtext("head/title", "").strip(), "a page without title"
        return answer

    def submit(self, path: str, data: dict, page: str | None = None):
        """Fill in the form of a page: what it carries hidden, and what is typed."""
        hidden = self.get(page or path).text
        return self.post(path, data=hidden_fields(hidden) | data)


@pytest.fixture
def as_role(app: Flask) -> Callable[[Role], Browser]:
    """A browser in which somebody of a role has signed in."""
    app.test_client_class = Browser

    def enter(role: Role) -> Browser:
        browser = app.test_client()
        said = {"email": EMAILS[role], "password": demo.PASSWORD}
        assert browser.submit("/sign-in", said).status_code == 303
        return browser

    return enter
