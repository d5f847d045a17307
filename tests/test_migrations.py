"""The migrations make what the models say, and go down and up again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from referral.db import Model, db


def test_the_migrated_database_equals_the_models(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Model.metadata) == []


def test_down_and_up_again_leaves_the_same_tables(app):
    with app.app_context():
        before = set(inspect(db.engine).get_table_names())
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        upgrade()
        assert set(inspect(db.engine).get_table_names()) == before


def test_readiness_says_whether_the_database_is_migrated(app):
    assert app.test_client().get("/readyz").json == {"status": "ok"}
    assert app.test_client().get("/healthz").json == {"status": "ok"}
