"""Whatever SQLite believes of its tables, nobody waits for it to read all people."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, text
from support.said import HEARD

from referral.db import db
from referral.people.actions import identify
from referral.people.apart_queries import apart
from referral.people.identity import Identity
from referral.people.queries import Candidate, candidates, recognised

# What its ANALYZE says of a hundred thousand people, hardly any of whom was joined into another
COUNTED = {
    ("person_key", "person_key"): "1742802 2 1",
    ("person_traits", "sqlite_autoindex_person_traits_1"): "96096 1",
    ("person", "ix_person_merged_into_id"): "111824 1001",
    ("person", "ix_person_council_code"): "111824 1001",
    ("person", "ix_person_date_of_birth"): "67550 1",
    ("person", "ix_person_name"): "108624 31 3",
    ("person", "sqlite_autoindex_person_1"): "96096 1",
}
SCANNED = re.compile(r"SCAN person(_\d+)?\b(?!_)")
SHONA = Identity("Shona", "Gillanders", date(1988, 3, 7), postcode="G12 8QQ")
HOUSE = ["Ailsa", "Beth", "Ceit", "Dina", "Fay", "Gwen", "Hope", "Lorna", "Martha"]


def told_apart_of(asked: Identity) -> list[Candidate]:
    """The candidates, once it was looked at who of them was told apart."""
    found = list(candidates(asked))
    assert apart([one.person.id for one in found]) == set()
    return found


@pytest.mark.parametrize("look", [candidates, recognised, told_apart_of])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_recognition_does_not_read_all_people(app, look):
    with app.app_context():
        identify(SHONA, None, HEARD)
        for name in HOUSE:
            identify(replace(SHONA, forename=name), None, HEARD)
        db.session.commit()
        assert [one.confident for one in look(SHONA)] == [True, *(False for _ in HOUSE)]
        _believe(COUNTED)
        said = _statements(lambda: look(SHONA))
        assert said
        steps = [step for statement in said for step in _plan(*statement)]
        assert [step for step in steps if SCANNED.match(step)] == []


def _believe(counted):
    db.session.execute(text("ANALYZE"))
    db.session.execute(text("DELETE FROM sqlite_stat1"))
    row = text("INSERT INTO sqlite_stat1 VALUES (:table, :index, :numbers)")
    for (table, index), numbers in counted.items():
        db.session.execute(row, {"table": table, "index": index, "numbers": numbers})
    db.session.commit()
    db.session.connection().invalidate()  # each connection reads them once
    db.session.rollback()


def _statements(act):
    said = []

    def keep(_connection, _cursor, statement, parameters, _context, _many):
        said.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)
    return [
        (statement, bound) for statement, bound in said if statement.startswith(("SELECT", "WITH"))
    ]


def _plan(statement, bound):
    driver = db.session.connection().connection.driver_connection
    return [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", bound)]
