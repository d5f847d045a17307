"""A database of each test's own, on both engines, without making one for each."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from argon2 import PasswordHasher
from flask_migrate import upgrade
from postgres import postgres_url
from sqlalchemy import create_engine, text, update
from sqlalchemy.engine import make_url

from referral.accounts.users.models import User
from referral.app import create_app
from referral.db import db
from referral.demo import organisations as demo
from referral.demo.story import play
from referral.settings import Settings

# a hash that is quick to check: each test signs in by the real page, some of them five people
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
PLAYED_AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
# What the model holds is kept beside it in the schema "model". What alters a table leaves a mark.
KEPT = """
CREATE SCHEMA model;
CREATE TABLE model.mark (tag text);
CREATE FUNCTION model.altered() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS
  $$ BEGIN INSERT INTO model.mark VALUES (tg_tag); END $$;
DO $$
DECLARE name text; tables text[]; filled bool; undo text := ''; numbers text := ''; last bigint;
BEGIN
  SELECT array_agg(tablename ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'
    INTO tables;
  FOREACH name IN ARRAY tables LOOP
    undo := undo || format('IF EXISTS (SELECT FROM public.%1$I) THEN DELETE FROM public.%1$I;'
      ' END IF;', name);
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
    IF filled THEN
      EXECUTE format('CREATE TABLE model.%1$I AS TABLE public.%1$I', name);
      undo := undo || format('INSERT INTO public.%1$I OVERRIDING SYSTEM VALUE TABLE model.%1$I;',
        name);
    END IF;
  END LOOP;
  FOR name, last IN SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = 'public' LOOP
    numbers := numbers || format('PERFORM setval(%L, %s, %L);', 'public.' || quote_ident(name),
      coalesce(last, 1), last IS NOT NULL);
  END LOOP;
  EXECUTE 'CREATE FUNCTION model.undo() RETURNS bool LANGUAGE plpgsql'
    ' SET session_replication_role = replica AS $undo$ BEGIN '
    'IF EXISTS (SELECT FROM model.mark) THEN RETURN false; END IF; '
    || undo || numbers || 'RETURN true; END $undo$';
END $$;
CREATE EVENT TRIGGER altered ON ddl_command_end EXECUTE FUNCTION model.altered();
CREATE EVENT TRIGGER dropped ON sql_drop EXECUTE FUNCTION model.altered();
"""
OTHERS = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


def named(url: str, database: str) -> str:
    """The URL of another database of the same server."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def execute(url: str, statement: str) -> None:
    """Run one statement outside of any transaction, as CREATE DATABASE wants it."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def make_model(model: Path) -> Path:
    """A migrated SQLite database with the demo accounts, in one file."""
    fill(f"sqlite:///{model}")
    with create_engine(f"sqlite:///{model}").connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return model


def fill(url: str) -> None:
    """Carry a database through every migration and put the demo accounts in, with cheap hashes."""
    app = create_app(Settings(database_url=url))
    with app.app_context():
        upgrade()
        demo.load(demo.PASSWORD)
        db.session.execute(update(User).values(password_hash=CHEAP.hash(demo.PASSWORD)))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


class Reused:
    """A copy of the PostgreSQL model that is as new each time it is asked for.

    To empty what a test wrote takes a twentieth of what it takes to make a database; where a test
    altered a table, it is made anew.
    """

    def __init__(self, model: str) -> None:
        self.model, self.server = model, named(model, "postgres")
        self.name = f"test_{uuid4().hex}"
        self.url = named(model, self.name)
        self._held: psycopg.Connection | None = None

    def as_new(self) -> str:
        """The URL of the database, which holds what the model holds and serves nobody else."""
        if self._held is None or not self._undone(self._held):
            self.drop()
            execute(
                self.server, f"CREATE DATABASE {self.name} TEMPLATE {make_url(self.model).database}"
            )
            plain = make_url(self.url).set(drivername="postgresql")
            self._held = psycopg.connect(plain.render_as_string(False), autocommit=True)
        return self.url

    def _undone(self, held: psycopg.Connection) -> bool:
        held.execute(OTHERS)
        undone = held.execute("SELECT model.undo()").fetchone()
        return undone == (True,)

    def drop(self) -> None:
        """Leave nothing of it on the server."""
        if self._held is not None:
            self._held.close()
        self._held = None
        execute(self.server, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


@contextmanager
def copy_of_model(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The URL of a copy on the engine that a fixture's parameter names, for the whole block."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_model"), folder / "copy.db")
        yield f"sqlite:///{folder / 'copy.db'}"
        return
    with postgres_copy(request.getfixturevalue("postgres_model")) as url:
        yield url


@contextmanager
def postgres_copy(model: str) -> Iterator[str]:
    """The URL of a copy of a PostgreSQL database, for the whole block."""
    server, name = named(model, "postgres"), f"copy_{uuid4().hex}"
    execute(server, _copying(name, model))
    yield named(model, name)
    execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _copying(name: str, model: str) -> str:
    return f"CREATE DATABASE {name} TEMPLATE {make_url(model).database}"


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
        model = named(url, f"model_{uuid4().hex}")
        execute(url, f"CREATE DATABASE {make_url(model).database}")
        fill(model)
        execute(model, KEPT)
        yield model


@pytest.fixture(scope="session")
def postgres_reused(postgres_model: str) -> Iterator[Reused]:
    """The one database of this process that its tests use one after the other."""
    reused = Reused(postgres_model)
    yield reused
    reused.drop()


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of the test's own: migrated, with the demo accounts."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_model"), tmp_path / "test.db")
        return f"sqlite:///{tmp_path / 'test.db'}"
    return request.getfixturevalue("postgres_reused").as_new()


@pytest.fixture(scope="session")
def played_sqlite(sqlite_model: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the demo's invented year, for all who only read it."""
    copy = tmp_path_factory.mktemp("played") / "copy.db"
    shutil.copy(sqlite_model, copy)
    return _played(f"sqlite:///{copy}")


@pytest.fixture(scope="session")
def played_postgres(postgres_model: str) -> Iterator[str]:
    """The same on PostgreSQL."""
    with postgres_copy(postgres_model) as url:
        yield _played(url)


@pytest.fixture(params=ENGINES)
def year_played(request: pytest.FixtureRequest) -> str:
    """The URL of the demo's invented year on each engine, played once for each."""
    return request.getfixturevalue(f"played_{request.param}")


def _played(url: str) -> str:
    app = create_app(Settings(database_url=url))
    with app.app_context():
        play(400, 1, PLAYED_AT)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return url
