"""All rows as they stand, to compare before and after, but for the trail and the acts."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select

from referral.db import Model, db
from referral.journey.actions import keep_what_changed

# facts say what held when, so they keep what was taken back; drawn histories look at them
FACTS = {"stay_facts", "referral_facts", "need_facts"}
KEPT_OF_ACTS = {"act", "act_value", "audit_event", "audit_head", "submit_key"} | FACTS
COUNTERS = {"version", "number"}


def state(*left_out: str) -> dict[str, list[str]]:
    """Each row of each table without its version, by table; some tables left out.

    A word that was taken back is kept, and counts as if it had not been said.
    """
    keep_what_changed(db.session())
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name in KEPT_OF_ACTS | set(left_out):
            continue
        columns = [c for c in table.columns if c.name not in COUNTERS]
        rows = db.session.execute(select(*columns)).mappings()
        words = table.name == "said_detail"
        standing = [row for row in rows if not (words and row["taken_back_at"])]
        found[table.name] = sorted(repr(dict(row)) for row in standing)
    return found


def rows_of(kinds: Iterable[type], ignored: Collection[str]) -> dict[tuple[str, UUID], dict]:
    """The rows of some tables by table and number, each without the columns that are ignored."""
    db.session.flush()
    found = {}
    for kind in kinds:
        table = kind.__table__
        for row in db.session.execute(select(table).order_by(table.c.id)).mappings():
            kept = {name: value for name, value in row.items() if name not in ignored}
            found[kind.__tablename__, row["id"]] = kept
    return found
