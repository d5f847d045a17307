"""An edition repeats what earlier ones told, and lists what it corrects."""

from dataclasses import replace
from datetime import date

from published.test_telling import counted

from referral.editions.trend import with_corrections, with_trend
from referral.published.audiences import Audience
from referral.published.register import Revised
from referral.published.tables import Code, Column, Number, Row, Table, Told

HIDDEN = Number(None, Code.WITHHELD)


def told(quarter: int, referred: Number, engaged: Number) -> Told:
    """What was told of a quarter."""
    about = replace(
        counted(Audience.PUBLIC).about, period=f"2026-Q{quarter}", first=date(2026, quarter * 3, 1)
    )
    rows = (Row("referred", "R", (referred,)), Row("engaged", "E", (engaged,)))
    column = Column("reached", "Went on", "people")
    return Told(about, (Table("ladder", "L", "", "step", (column,), rows),))


def test_the_trend_repeats_what_was_told_and_what_was_withheld_in_order_of_time():
    earlier = [told(2, Number(40), HIDDEN), told(1, Number(30), Number(20))]
    found = with_trend(told(3, Number(50), Number(25)), earlier)
    trend = found.tables[1]
    assert [(row.code, row.cells) for row in trend.rows] == [
        ("2026-Q1", (Number(30), Number(20))),
        ("2026-Q2", (Number(40), HIDDEN)),
        ("2026-Q3", (Number(50), Number(25))),
    ]
    assert trend.drawn == "trend"


def test_one_period_alone_is_no_trend():
    alone = told(3, Number(50), Number(25))
    assert with_trend(alone, []) == alone
    nothing = Told(alone.about, ())
    assert with_trend(nothing, [nothing]) == nothing


def test_what_is_corrected_is_listed_number_by_number():
    corrected = with_corrections(
        told(3, Number(50), Number(25)), [Revised(("a",), 30, 50)], ["referred, people"]
    )
    (row,) = corrected.tables[-1].rows
    assert row.title == "referred, people"
    assert row.cells == (Number(30), Number(50, Code.REVISED))
    assert with_corrections(corrected, [], []) == corrected
