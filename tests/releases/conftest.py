"""An empty database on each engine, for a release to be loaded into."""

from uuid import uuid4

import pytest
from support.databases import execute, named


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path):
    """The URL of a database that holds nothing, not even tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'release.db'}"
        return
    name, server = (
        f"release_{uuid4().hex}",
        named(request.getfixturevalue("postgres_model"), "postgres"),
    )
    execute(server, f"CREATE DATABASE {name}")
    yield named(server, name)
    execute(server, f"DROP DATABASE {name} WITH (FORCE)")
