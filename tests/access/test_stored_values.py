"""A value that is stored breaks no page, whatever it is: page, list, CSV, PDF and program."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from access.extremes import WRITTEN, columns, one_row_each, write
from access.walking import COLUMNS, Site, lines, read, shown
from access.world import build
from sqlalchemy import JSON, CheckConstraint, Column
from werkzeug.routing import Rule

from referral.db import db

ODDEST = "the oddest"
NEVER_CHANGED = {"audit_event", "own_word", "told_apart", "worth_word"}  # or two rows for one


def readings(site: Site) -> Iterator[tuple[str, Rule, str]]:
    """Each page that is read, by the first and by the last of those who may."""
    may = {tuple(row[:2]): row[2:] for row in read()}
    for method, rule, of in lines(site.app):
        if method == "GET" and of != "foreign":
            cells = zip(COLUMNS, may[shown(rule), of], strict=True)
            readers = [who for who, cell in cells if cell == "in"]
            for who in dict.fromkeys([*readers[:1], *readers[-1:]]):
                yield who, rule, of


def answered(app, kind: str, every: int) -> dict[str, int]:
    """Every so manieth page by its address and reader: what it is answered with such values."""
    with app.app_context():
        places = build()
        one_row_each()
        db.session.commit()
    with closing(Site(app, places)) as site:
        with app.app_context():
            write(kind)
        app.testing = False
        app.config["PROPAGATE_EXCEPTIONS"] = False
        return {
            f"{shown(rule)} for {who}": site.ask(who, rule, of).status_code
            for who, rule, of in list(readings(site))[::every]
        }


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_stored_value_breaks_no_page(app, database, kind):
    every = 1 if database.startswith("sqlite") else 7
    found = answered(app, kind, every)
    assert [page for page, status in found.items() if status >= 500] == []
    if kind == ODDEST:  # nobody's access hangs on these, so that each page is really read
        assert {
            page: status for page, status in found.items() if status not in {200, 302, 303}
        } == {}
    assert len(found) > 180 // every


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_column_is_written_to_but_where_the_database_holds_it(app):
    """So that a new column is read with its extremes by nobody's doing."""
    with app.app_context():
        build()
        empty = one_row_each()
        took = set().union(*(write(kind) for kind in WRITTEN))
    left = {column for column in columns() if str(column) not in took}
    assert {str(column) for column in left if not is_held(column)} == set()
    assert {column.table.name for column in left} >= empty
    assert len(took) > 300


def is_held(column: Column) -> bool:
    """Whether a CHECK is about it, it can only be added to, or it is kept in the product's form."""
    checks = [c for c in column.table.constraints if isinstance(c, CheckConstraint)]
    named = any(re.search(rf"\b{column.name}\b", str(check.sqltext)) for check in checks)
    return named or isinstance(column.type, JSON) or column.table.name in NEVER_CHANGED
