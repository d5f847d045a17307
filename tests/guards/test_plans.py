"""No page, search, program or round reads more the longer the product is used."""

import pytest
from guards.plans import Statement, not_kept, pretend, too_much
from guards.visits import NOT_VISITED, Visits
from sqlalchemy import func, select, text

from referral.custody.models import Booking
from referral.db import db


@pytest.fixture
def visits(app) -> Visits:
    """Every page was visited, and every statement that it made is known."""
    made = Visits(app)
    made.make()
    return made


def read_whole(visits: Visits) -> dict[tuple[str, str, str], str]:
    """Table, columns and place of each read that grows, with its statement."""
    with db.engine.connect() as connection:
        pretend(connection)
        return {
            (read.table, " ".join(sorted(read.by)), made.place): made.text
            for made in visits.found.values()
            for read in too_much(connection, made)
            if not_kept(made.place, read)
        }


def test_no_statement_of_any_page_reads_a_table_that_grows_whole(app, visits):
    readable = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    assert readable - visits.endpoints == NOT_VISITED.keys()
    with app.app_context():
        greatest = select(func.max(Booking.order)).compile(db.engine).string
        place = "desk.open_booking? greatest number"
        visits.found[place, greatest] = Statement(place, greatest, ())
        found = read_whole(visits)
        assert not found, "\n".join(f"{read}: {made}" for read, made in found.items())
        with db.engine.begin() as connection:
            for index in Booking.__table__.indexes:
                connection.execute(text(f"DROP INDEX {index.name}"))
        found = read_whole(visits)
        assert ("booking", "", "desk.centre_now") in found
        assert ("booking", "", place) in found
