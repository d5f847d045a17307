"""The facts that are kept, and those that are made anew out of all that was recorded."""

from typing import Any

from sqlalchemy import select

from referral.db import db
from referral.journey.actions import KEYS
from referral.journey.facts import FOREVER
from referral.journey.queries import facts_of_people
from referral.people.models import Person

Rows = dict[str, list[dict[str, Any]]]


def facts_kept() -> Rows:
    """What holds now, by table, without since when."""
    return {
        table.__tablename__: _in_order(
            {name: row[name] for name in row if not name.startswith("known_")}
            for row in db.session.execute(
                select(table.__table__).where(table.known_until == FOREVER)
            ).mappings()
        )
        for table in KEYS
    }


def facts_made_anew() -> Rows:
    """The same of everybody, as if nothing were kept."""
    found = facts_of_people(list(db.session.scalars(select(Person.id)))).values()
    return {
        "stay_facts": _in_order(row for one in found for row in one.stays),
        "referral_facts": _in_order(row for one in found for row in one.referrals),
        "need_facts": _in_order(row for one in found for row in one.needs),
    }


def _in_order(rows: Any) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: repr(sorted(row.items(), key=lambda item: item[0])))
