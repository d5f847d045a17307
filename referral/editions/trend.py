"""What an edition says beside its own numbers: those of earlier editions, and what is corrected."""

from collections.abc import Sequence
from dataclasses import replace

from referral.published.register import Revised
from referral.published.tables import Code, Column, Number, Row, Table, Told

STEPS = {"referred": "Referred to a service", "engaged": "Met a service within 28 days"}
MOST = 8  # periods


def with_trend(told: Told, earlier: Sequence[Told]) -> Told:
    """The report with the numbers that earlier editions told, in the order of their periods."""
    found = sorted([*earlier, told], key=lambda one: one.about.first)[-MOST:]
    rows = [row for one in found if (row := _row(one))]
    if len(rows) < 2:
        return told
    columns = tuple(Column(code, title, "people") for code, title in STEPS.items())
    about = "People, as each edition told it: by the same windows, so that old and new compare."
    table = Table("trend", "How it went on", about, "period", columns, tuple(rows), (), "trend")
    return replace(told, tables=(*told.tables[:1], table, *told.tables[1:]))


def with_corrections(told: Told, changes: Sequence[Revised], names: Sequence[str]) -> Told:
    """The report with every number that it changes: what was told before, and what is told now."""
    if not changes:
        return told
    columns = (Column("was", "Was", ""), Column("now", "Is", ""))
    rows = tuple(
        Row(f"change-{number}", name, (Number(one.was), Number(one.now, Code.REVISED)))
        for number, (one, name) in enumerate(zip(changes, names, strict=True), start=1)
    )
    about = "Numbers that an earlier edition of this period told otherwise."
    table = Table("corrections", "What this edition corrects", about, "number", columns, rows)
    return replace(told, tables=(*told.tables, table))


def _row(told: Told) -> Row[Number] | None:
    ladder = next((table for table in told.tables if table.code == "ladder"), None)
    if ladder is None or not set(STEPS) <= {row.code for row in ladder.rows}:
        return None
    cells = tuple(ladder.row(step).cells[0] for step in STEPS)
    return Row(told.about.period, told.about.period, cells)
