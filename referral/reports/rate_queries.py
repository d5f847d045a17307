"""What we count beside all who passed through custody, as each source counts them.

Official publications differ for one year and one country, so that no rate is made without its
denominator, what that counts, and who says so: one row for each source, and none without any.
"""

from referral.official.queries import throughput_of
from referral.published.tables import Column, Count, Entry, Given, Measured, Row, Table
from referral.reports.laying import Laid, key_of
from referral.reports.wanted import Wanted

COLUMNS = (
    Column("throughput", "Passed through custody, by that source", "stays"),
    Column("referred", "People referred", "people"),
    Column("rate", "Referred of every hundred", "%"),
)
ABOUT = (
    "How many passed through custody is counted differently by each source; one person can pass "
    "through several times. The rate is of people referred to stays, as the national figure is."
)


def lay_rates(laid: Laid, wanted: Wanted) -> None:
    """A rate for each source of throughput; no table where nobody has entered one."""
    referred = key_of("referred", wanted.area.code, wanted.period.name)
    people = laid.counts[referred]
    rows: list[Row[Entry]] = []
    notes = []
    for number, figure in enumerate(throughput_of(wanted.area.code, wanted.period), start=1):
        share = round(100 * people / figure.number, 1) if figure.number else None
        rate = Measured(share, (referred,))
        cells = (Given(figure.number), Count(referred, people), rate)
        rows.append(Row(f"source-{number}", figure.source, cells))
        notes.append(f"{figure.words}: {figure.definition}.")
    if rows:
        title = "Beside all who passed through custody"
        table = Table("rates", title, ABOUT, "source", COLUMNS, tuple(rows), tuple(notes))
        laid.tables.append(table)
