"""Databases of released versions, as text: how they are kept, and how they are loaded again."""

import gzip
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

HERE = Path(__file__).parent
HEAD = HERE.parent.parent / "migrations" / ".current-head"
SCHEME = "postgresql+psycopg:"


def releases() -> list[str]:
    """The migrations at which a database was kept, the oldest first."""
    return sorted({path.name.split("-")[0] for path in HERE.glob("*.sql.gz")})


def keep_sqlite(fill: Callable[[str], None]) -> None:
    """Keep what is filled into a new SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release.db"
        fill(f"sqlite:///{path}")
        with sqlite3.connect(path) as connection:
            _keep("sqlite", "\n".join(connection.iterdump()))


def keep_postgres(fill: Callable[[str], None], server: str) -> None:
    """Keep what is filled into a new PostgreSQL database; needs pg_dump."""
    dump = shutil.which("pg_dump")
    if dump is None:
        raise SystemExit("No pg_dump on this machine.")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE release"))
    url = make_url(server).set(database="release").render_as_string(hide_password=False)
    fill(url)
    plain = ["--no-owner", "--no-privileges", "--rows-per-insert=100"]
    made = subprocess.run(
        [dump, *plain, libpq(url)], check=True, capture_output=True, text=True
    ).stdout
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE release WITH (FORCE)"))
    engine.dispose()
    # a line that starts with a backslash is for psql, which loading does without
    _keep("postgres", "\n".join(row for row in made.split("\n") if not row.startswith("\\")))


def _keep(engine: str, script: str) -> None:
    head = HEAD.read_text("utf-8").strip()
    packed = gzip.compress(script.encode(), 9, mtime=0)
    (HERE / f"{head}-{engine}.sql.gz").write_bytes(packed)


def load(release: str, url: str) -> None:
    """Put the database of a release into an empty one."""
    engine = "sqlite" if url.startswith("sqlite") else "postgres"
    script = gzip.decompress((HERE / f"{release}-{engine}.sql.gz").read_bytes()).decode()
    if engine == "sqlite":
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.executescript(script)
        return
    with psycopg.connect(libpq(url), autocommit=True) as connection:
        connection.execute(script.encode())


def libpq(url: str) -> str:
    """The address as PostgreSQL's own programs read it."""
    return url.replace(SCHEME, "postgresql:", 1)
