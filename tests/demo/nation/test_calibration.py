"""A nation has the shares and the sizes that were published, and is the same for the same seed."""

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from flask_migrate import upgrade
from sqlalchemy import func, select
from support.databases import CHEAP, PLAYED_AT

from referral import clock
from referral.app import create_app
from referral.audit import trail
from referral.cli import nation as commands
from referral.db import db
from referral.demo import organisations
from referral.demo.nation import quotas
from referral.demo.nation.calibration import (
    CENTRES,
    CHILDREN,
    DISCLOSED,
    RETURNS,
    SEXES,
    referred,
    sizes,
)
from referral.directory.areas import SCOTLAND
from referral.directory.models import CustodyCentre
from referral.journey.models import NeedFacts, StayFacts
from referral.published.audiences import Audience
from referral.reports.catalogue_queries import report_told
from referral.settings import Settings

# No part of what anybody says: how a password and a note are sealed is drawn anew each time, the
# acts of the last day remember what they changed in any order, and how often an action writes to a
# case on its way hangs on what the session happens to hold.
ANEW = {
    "user_account": ("password_hash",),
    "case_note": ("sealed",),
    "act_value": ("id",),
    "referral_case": ("version",),
}


@pytest.fixture
def founded(tmp_path, monkeypatch) -> Callable:
    """Found a nation in a database of its own, and be in it."""
    monkeypatch.setattr(clock, "source", lambda: PLAYED_AT)
    monkeypatch.setattr(organisations, "HASHER", CHEAP)
    made = []

    def found(bookings: int, seed: int):
        path = tmp_path / f"{len(made)}.db"
        inside = create_app(Settings(database_url=f"sqlite:///{path}")).app_context()
        inside.push()
        made.append(inside)
        upgrade()
        commands.found_nation(bookings, seed, "demo-only-not-a-secret", PLAYED_AT)
        db.session.commit()
        return path

    yield found
    for inside in reversed(made):
        db.session.remove()
        db.engine.dispose()
        inside.pop()


def test_the_same_seed_makes_the_same_nation_to_the_last_byte(founded):
    first = dumped(founded(400, 7))
    again = dumped(founded(400, 7))
    other = dumped(founded(400, 8))
    assert {name for name in first if first[name] != again[name]} == set()
    assert {"person", "booking", "audit_event"} <= {n for n in first if first[n] != other[n]}


def dumped(path) -> dict[str, str]:
    """A digest of each table, row by row as it is kept."""
    found = {}
    with sqlite3.connect(path) as there:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for (name,) in there.execute(tables).fetchall():
            rows = there.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in rows.description]
            kept = [n for n, one in enumerate(columns) if one not in ANEW.get(name, ())]
            text = "\n".join(sorted(repr([row[n] for n in kept]) for row in rows))
            found[name] = hashlib.sha256(text.encode()).hexdigest()
    return found


def test_a_nation_is_as_large_and_as_it_was_published(founded):
    many = 30_000
    founded(many, 1)
    stays = db.session.scalar(select(func.count()).select_from(StayFacts))
    assert many <= stays <= many + 20  # and those of the last day
    for code, share in DISCLOSED.items():
        told = select(func.count()).where(NeedFacts.need == code)
        assert db.session.scalar(told) / stays == pytest.approx(share, abs=0.005), code
    of_all = stays_where(StayFacts.age < 18) / stays
    assert of_all == pytest.approx(CHILDREN, abs=0.005)
    people = db.session.scalar(select(func.count(StayFacts.person.distinct())))
    assert 1 - people / stays == pytest.approx(RETURNS, abs=0.03)
    women = SEXES["F"] / sum(SEXES.values())
    assert stays_where(StayFacts.sex == "F") / stays == pytest.approx(women, abs=0.01)
    for passed in (0.1, 0.5, 0.8):  # of the last year there are few lives to choose among
        began = PLAYED_AT - timedelta(days=3652) * (1 - passed)
        year = StayFacts.booked_at.between(
            int((began - timedelta(days=182)).timestamp()),
            int((began + timedelta(days=182)).timestamp()),
        )
        rate = stays_where(year, StayFacts.referred_at.is_not(None)) / stays_where(year)
        assert rate == pytest.approx(referred(passed), abs=0.01)
    sized(many)
    assert trail.verify() is None
    reported()


def reported() -> None:
    """What the report of the desk says of a year beside what was published of one."""
    told = report_told("custody", "2023-24", SCOTLAND[0], Audience.OWN, PLAYED_AT, PLAYED_AT)
    tables = {table.code: table for table in told.tables}
    shares = {row.code: row.cells[1].value for row in tables["stays"].rows}
    for code, share in DISCLOSED.items():
        assert shares[code] == pytest.approx(100 * share, abs=0.5), code
    whole = tables["stays"].rows[0].cells[0].value
    found = {row.title: row.cells[0].value for row in tables["centres"].rows}
    assert sum(found.values()) == whole
    for centre in CENTRES:
        due = whole * centre.a_year / sum(one.a_year for one in CENTRES)
        assert abs(found.get(centre.name, 0) - due) <= max(1, 0.03 * due), centre.name


def stays_where(*conditions) -> int:
    """How many stays are so."""
    return db.session.scalar(select(func.count()).select_from(StayFacts).where(*conditions))


def sized(many: int) -> None:
    """Each centre has its part of all bookings, within three in a hundred or one."""
    whole = sum(centre.a_year for centre in CENTRES)
    names = select(CustodyCentre.name, func.count()).join(
        StayFacts, StayFacts.centre_id == CustodyCentre.id
    )
    found = dict(db.session.execute(names.group_by(CustodyCentre.name)).all())
    for centre in CENTRES:
        due = many * centre.a_year / whole
        once = 12 if centre.name == "Govan" else 0  # the last day is played there
        assert abs(found[centre.name] - due) <= max(1, 0.03 * due) + once, centre.name


def test_the_sizes_are_those_of_a_year_in_ten():
    assert sum(sizes(1_000_000)) == 1_000_000
    for centre, size in zip(CENTRES, sizes(1_000_000), strict=True):
        assert abs(size / 10 - centre.a_year) <= max(1, 0.03 * centre.a_year), centre.name
    assert sum(centre.a_year for centre in CENTRES) == 99_986


def test_there_is_room_at_a_centre_for_as_many_as_begin_there_in_a_year():
    free = quotas.Rooms({7: 500, 8: 100}, Random(1))
    assert [sum(free.left[year]) for year in (7, 8)] == [500, 100]
    held = [free.held([[7, 8]]) for _ in range(50)]
    held += [free.held([[year]]) for year, many in ((7, 450), (8, 50)) for _ in range(many)]
    assert all(len(one) == 1 for one in held)
    for left in free.left.values():
        assert set(left) <= {0, 1, -1}  # some of the 50 found no place with room in both years
        assert left.count(0) > 30
    assert (
        len(set(free.held([[7], [7]]))) == 2
    )  # nobody is turned away, nor held twice at one place
