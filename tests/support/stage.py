"""One database for all the stories of a file, each taken back when it was looked at."""

from collections.abc import Iterator

import pytest
from flask import Flask
from support.databases import copy_of_model
from support.stories import Stories

from referral.app import create_app
from referral.db import db
from referral.settings import Settings


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def stage(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Flask]:
    """The application on a database that keeps nothing of what a test did."""
    with copy_of_model(request, tmp_path_factory.mktemp("stage")) as url:
        yield from _open(url)


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
