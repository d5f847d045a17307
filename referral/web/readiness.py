"""Whether the database fits this version of the program."""

from pathlib import Path

from sqlalchemy import text

from referral.db import db

HEAD = Path(__file__).parents[2] / "migrations" / ".current-head"


def is_migrated() -> bool:
    """Whether all migrations of this version have run, and none of a later one."""
    found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return bool(found == HEAD.read_text(encoding="utf-8").strip())
