"""What a database leaves off while millions of rows come, all of them known to be right.

Each kind of row has been taken in before, in the rehearsal, with everything in force.
"""

from collections.abc import Sequence

from referral.db import SQLITE_PRAGMAS, db
from referral.demo.nation.writing import KEYS, NO_WAIT, WAITING_KEYS, run

AT_HAND = "cache_size=-400000"  # KiB of pages that SQLite keeps meanwhile
# A load that is cut off is begun again in an empty database, so that nothing is written twice to
# be safe; and no row is asked again whether it may be so, or whether there is what it points at.
HASTY = (AT_HAND, "journal_mode=TRUNCATE", "synchronous=OFF", "secure_delete=OFF",
         "foreign_keys=OFF", "ignore_check_constraints=ON")  # fmt: skip
CAREFUL = (*SQLITE_PRAGMAS, "ignore_check_constraints=OFF", "cache_size=-2000")
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    " ORDER BY tbl_name, name",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes"
    " JOIN pg_class ON relname = indexname AND relnamespace = current_schema()::regnamespace"
    " WHERE schemaname = current_schema()"
    " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = pg_class.oid)"
    " ORDER BY tablename, indexname",
}
POINTING = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
)


def behave(pragmas: Sequence[str]) -> None:
    """Set the one connection of SQLite's session so, which is in no transaction."""
    if db.engine.dialect.name != "sqlite":
        return
    db.session.remove()
    connection = db.engine.raw_connection()
    try:
        for pragma in pragmas:
            connection.cursor().execute(f"PRAGMA {pragma}")
    finally:
        connection.close()


def put_aside() -> Sequence[str]:
    """Drop indexes and, in PostgreSQL, what points; say how each is made again."""
    run(f"CREATE TEMPORARY TABLE {WAITING_KEYS} (key BIGINT, number BIGINT)")
    made: list[str] = []
    if db.engine.dialect.name == "postgresql":
        for table, name, definition in run(POINTING).all():
            run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            made.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    indexes = run(INDEXES[db.engine.dialect.name]).all()
    for name, _ in indexes:
        run(f'DROP INDEX "{name}"')
    return [*(definition for _, definition in indexes), *made]


def bring_back(dropped: Sequence[str]) -> None:
    """Make again what was put aside; no statement of it is too long."""
    if db.engine.dialect.name == "postgresql":
        for name in NO_WAIT:
            run(f"SET LOCAL {name} = 0")
    run(f"INSERT INTO {KEYS} SELECT key, number FROM {WAITING_KEYS} ORDER BY key, number")  # noqa: S608
    run(f"DROP TABLE {WAITING_KEYS}")
    for made in dropped:
        run(made)
    if db.engine.dialect.name == "postgresql":
        run("ANALYZE")
