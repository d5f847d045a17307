"""One database for all the stories of a file, each taken back when it was looked at."""

import shutil
from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.engine import make_url
from support.databases import execute, named
from support.stories import Stories

from referral.app import create_app
from referral.db import db
from referral.settings import Settings


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def stage(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Flask]:
    """The application on a database that keeps nothing of what a test did."""
    folder = tmp_path_factory.mktemp("stage")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_model"), folder / "stage.db")
        yield from _open(f"sqlite:///{folder / 'stage.db'}")
        return
    model, name = request.getfixturevalue("postgres_model"), f"stage_{uuid4().hex}"
    server = named(model, "postgres")
    execute(server, f"CREATE DATABASE {name} TEMPLATE {make_url(model).database}")
    yield from _open(named(model, name))
    execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _open(url: str) -> Iterator[Flask]:
    app = create_app(Settings(database_url=url))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def stories(stage: Flask) -> Iterator[Stories]:
    """Stories to play; nothing of them is left afterwards."""
    with stage.app_context():
        yield Stories()
        db.session.rollback()
        db.session.remove()
