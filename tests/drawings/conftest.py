"""Drawings read no row: one database will do for who draws them on a page."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def database(sqlite_model: Path, tmp_path: Path) -> str:
    """The URL of a database on SQLite."""
    shutil.copy(sqlite_model, tmp_path / "test.db")
    return f"sqlite:///{tmp_path / 'test.db'}"
