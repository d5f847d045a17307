"""Migrations run inside the application, on its own database."""

from alembic import context
from click import echo
from flask import current_app

from referral.db import Model, UtcDateTime

engine = current_app.extensions["migrate"].db.engine


def render_item(kind: str, item: object, autogen_context: object) -> object:
    """A migration names no type of ours, so that it still runs when the type has moved."""
    del kind, autogen_context
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


with engine.connect() as connection:
    if (
        connection.dialect.name == "sqlite"
    ):  # else a table that is made anew drops what points at it
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    if connection.dialect.name == "postgresql":  # a migration may take longer than a page may
        connection.exec_driver_sql("SET statement_timeout = 0")
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_item=render_item,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
    echo(f"The database is at {context.get_context().get_current_revision()}.", err=True)
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
