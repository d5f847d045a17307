"""The doors each with its own way, and those who came by each of them."""

from datetime import timedelta

import pytest
from crowd import actor
from reports.stories import STARTED
from reports.test_doors import comes
from reports.test_national import counted, own, values
from support.stories import moment

from referral.access.permissions import Role
from referral.casework.doors.actions import make_sure
from referral.custody.doors import Sure, Way
from referral.db import db
from referral.journey.actions import keep_what_changed
from referral.published.audiences import Audience
from referral.published.tables import Code
from referral.reports.catalogue_queries import report_told

AT = moment("2026-08-03 09:00")


@pytest.fixture
def came(stories):
    """One of each way, of whom he who rang was met a day later."""
    stories.play(STARTED)
    cases = {way: comes(way) for way in (Way.COURT, Way.CALL, Way.AGENCY)}
    make_sure(cases[Way.CALL], Sure.MET, actor(Role.WORKER), AT + timedelta(days=1))
    keep_what_changed(db.session())


def test_each_door_has_its_own_way(came):
    told = own(name="doors")
    assert values(told, "doors", "custody") == [1, 1, 1, 1, 0]
    assert values(told, "doors", "court") == [1, 0, 0, 0, 0]
    assert values(told, "by_custody", "asked")[:4] == [1, 0, 0, 0]
    assert values(told, "by_court", "met")[:4] == [1, 0, 0, 0]
    assert values(told, "by_court", "referred")[:4] == [0, 0, 1, 0]
    assert values(told, "by_self", "met")[:4] == [1, 0, 0, 0]
    assert values(told, "by_agency", "met")[:4] == [0, 0, 1, 0]
    assert values(told, "by_family", "came")[0] == 0


def test_who_came_by_another_door_is_counted_where_they_live(came):
    assert values(own("S12000049", name="doors"), "doors", "court")[0] == 1
    assert values(own("S12000036", name="doors"), "doors", "court")[0] == 0


def test_it_adds_up_and_agrees_with_the_national_report(came):
    one = counted("doors")
    other = counted("national").counts
    assert not list(one.cells.wrong())
    both = one.counts.keys() & other.keys()
    assert {key: one.counts[key] for key in both} == {key: other[key] for key in both}


@pytest.mark.parametrize("audience", [Audience.PARTNER, Audience.PUBLIC])
@pytest.mark.parametrize("name", ["custody", "equity", "return", "asks", "doors"])
def test_outsiders_are_told_no_small_number(stories, name, audience):
    lines = [
        f"2026-08-03 {hour:02}:{minute:02} P{hour}x{minute} booked at Govan"
        for hour in (4, 9, 15, 21)
        for minute in range(9)
    ]
    asked = [line.replace("booked at Govan", "declined").replace(":0", ":4") for line in lines[:33]]
    stories.play("\n".join(lines + asked))
    told = report_told(name, "2026-Q3", "S92000003", audience, moment("2027-06-01 10:00"))
    units = [(cell, column.unit) for table in told.tables for row in table.rows
             for cell, column in zip(row.cells, table.columns, strict=True)]  # fmt: skip
    small = [cell for cell, unit in units if unit == "people" and cell.value in range(1, 5)]
    assert not small
    assert any(cell.value for cell, _ in units)
    assert any(cell.code is Code.WITHHELD for cell, _ in units)
