"""What the migrations built is what the models say: columns, types, keys, indexes and every CHECK.

Alembic's comparison knows no CHECK. So the models build a second database beside it, of the same
engine, and the engine is asked of both what stands in them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from crowd import walk
from sqlalchemy import Engine, Inspector, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from referral.clock import now
from referral.db import Model, db

BESIDE = "of_the_models"
QUOTED = r"'[^']*'"


@contextmanager
def built_by_the_models(engine: Engine) -> Iterator[tuple[Inspector, str | None]]:
    """The tables as the models make them: in a file of their own, or in a schema."""
    if engine.dialect.name == "sqlite":
        made = create_engine("sqlite://")
        with made.connect() as connection:
            Model.metadata.create_all(connection)
            yield inspect(connection), None
        made.dispose()
        return
    with engine.connect() as connection:
        # it waits while the other database is asked, longer than a request may
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(text(f"CREATE SCHEMA {BESIDE}"))
        beside = connection.execution_options(schema_translate_map={None: BESIDE})
        Model.metadata.create_all(beside)
        yield inspect(connection), BESIDE
        connection.rollback()


def described(found: Inspector, schema: str | None) -> dict[str, dict[str, Any]]:
    """Each table with all that holds its rows together, in no order."""
    tables = [name for name in found.get_table_names(schema) if name != "alembic_version"]
    return {name: table(found, name, schema) for name in tables}


def table(found: Inspector, name: str, schema: str | None) -> dict[str, Any]:
    """One table, as the engine knows it."""
    own = f"{schema}." if schema else "\0"

    def plain(part: Any) -> str:
        return " ".join(str(part).replace(own, "").split())

    return {
        "columns": {
            column["name"]: (plain(column["type"]), column["nullable"])
            for column in found.get_columns(name, schema)
        },
        "key": sorted(found.get_pk_constraint(name, schema)["constrained_columns"]),
        "foreign keys": {
            (key["name"], *key["constrained_columns"]): (
                key["referred_table"],
                *key["referred_columns"],
                *sorted(key["options"].items()),
            )
            for key in found.get_foreign_keys(name, schema)
        },
        "uniques": {
            key["name"]: key["column_names"] for key in found.get_unique_constraints(name, schema)
        },
        "checks": {
            check["name"]: in_one_order(plain(check["sqltext"]))
            for check in found.get_check_constraints(name, schema)
        },
        "indexes": {
            index["name"]: (
                index["column_names"],
                index["unique"],
                *(
                    f"{option} {plain(said)}"
                    for option, said in sorted(index["dialect_options"].items())
                    if option.endswith("_where")
                ),
            )
            for index in found.get_indexes(name, schema)
        },
    }


def in_one_order(check: str) -> str:
    """A CHECK with the words that it lists put in order: in which they stand means nothing."""
    words = iter(sorted(re.findall(QUOTED, check)))
    return re.sub(QUOTED, lambda _: next(words), check)


def test_what_was_migrated_holds_all_that_the_models_say_and_no_more(app):
    with app.app_context(), built_by_the_models(db.engine) as (models, schema):
        said = described(models, schema)
        there = described(inspect(db.engine), None)
    assert there.keys() == said.keys()
    for name in sorted(said):
        assert there[name] == said[name], name


def test_each_check_of_the_models_stands_in_the_database_by_its_name(app):
    """So that the comparison cannot be of nothing on both sides."""
    with app.app_context():
        there = described(inspect(db.engine), None)
    known = {name for table in there.values() for name in table["checks"]}
    said = {
        constraint.name
        for table in Model.metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert len(said) > 20
    assert known == said


@pytest.mark.parametrize("change", ["late_step = 4", "next_act = 'none'", "due_at = NULL"])
def test_the_database_itself_refuses_what_a_check_forbids(app, change):
    with app.app_context():
        walk(0, now())
        db.session.commit()
        with pytest.raises(IntegrityError):
            db.session.execute(text(f"UPDATE referral_case SET {change}"))
