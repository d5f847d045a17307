"""Every number of every report equals the one that is counted by hand out of what was recorded.

Of nations that are drawn, now and as at an earlier moment; and all who reached a step stand
somewhere at the next. `make recount` draws fifty of them.
"""

import os
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from recount.asked_for import SCOTLAND, Asked, Cells
from recount.custody import custody
from recount.groups import asks, doors, equity, returned
from recount.homes import adp, unmet
from recount.living import Living
from recount.national import national
from recount.recorded import rows_now
from recount.services import service

from referral.published.audiences import Audience
from referral.published.periods import period_of
from referral.published.tables import Told
from referral.reports.catalogue_queries import report_told

NATIONS = int(os.environ.get("NATIONS", "1"))
ACTS = int(os.environ.get("NATION_ACTS", "60"))
BOOKINGS = int(os.environ.get("NATION_BOOKINGS", "20"))
PERIODS = ("2025-26", "2026-27", "2026-Q2", "2026-Q3")
DIVISION = "G"
AREAS = ("S12000049", "S12000036", "S11000051", DIVISION)  # councils, an ADP, a division
REPORTS = {
    "national": national,
    "custody": custody,
    "equity": equity,
    "return": returned,
    "asks": asks,
    "doors": doors,
    "adp": adp,
    "service": service,
    "unmet": unmet,
}
STANDINGS = ("reached", "not_reached", "not_yet", "unknown")
COUNTED = {"people", "stays", "referrals", ""}


def is_counted(nation: Living, period: str, area: str) -> None:
    """Each report, now and as at the moments written down, beside the count by hand."""
    when = period_of(period)
    for moment, rows in [*nation.known_then, (nation.at, rows_now())]:
        asked = Asked(rows, when.first, when.last, area, moment)
        for name, by_hand in REPORTS.items():
            if name == "adp" and area == DIVISION:
                continue  # it is of those who live in an area
            told = report_told(name, period, area, Audience.OWN, nation.at, moment)
            differs = difference(told, by_hand(asked))
            assert not differs, (name, period, area, moment, differs)
            assert not list(those_who_stand_nowhere(told))


def those_who_stand_nowhere(told: Told) -> Iterator[tuple[str, str]]:
    """The rows in which the four ways to stand are not all who reached the step before."""
    for table in told.tables:
        before = 0
        columns = [column.code for column in table.columns]
        for row in table.rows if set(STANDINGS) <= set(columns) else ():
            cells = {code: cell.value for code, cell in zip(columns, row.cells, strict=True)}
            of = cells.get("of", cells.get("whole", cells.get("sent", before)))
            first = table.drawn == "ladder" and row is table.rows[0]
            if not first and of != sum(cells[one] for one in STANDINGS):
                yield table.code, row.code
            before = cells["reached"]


def difference(told: Told, by_hand: Cells) -> dict:
    """What a report says and what was counted, where they differ; nothing is left out."""
    found = {}
    for table in told.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                nothing = 0 if column.unit in COUNTED and cell.value is not None else None
                found[table.code, row.code, column.code] = (cell.value, nothing)
    wrong = {
        key: (value, by_hand.get(key, nothing))
        for key, (value, nothing) in found.items()
        if value != by_hand.get(key, nothing)
    }
    return wrong | {key: (None, n) for key, n in by_hand.items() if n and key not in found}


@settings(
    max_examples=NATIONS + 1,  # the first is the one in which nothing happens
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    data=st.data(),
    seed=st.integers(0, 1_000_000),
    period=st.sampled_from(PERIODS),
    area=st.sampled_from(AREAS),
)
def test_a_report_says_what_is_counted_by_hand(stage, data, seed, period, area):
    Living.app = stage
    nation = Living()
    nation.bookings = BOOKINGS
    try:
        nation.lives(data, seed, ACTS if seed else 0)
        is_counted(nation, "2026", SCOTLAND)
        is_counted(nation, period, SCOTLAND)
        is_counted(nation, period, area)
    finally:
        nation.teardown()
