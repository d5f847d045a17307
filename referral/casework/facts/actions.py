"""Write down a fact, be sure of it, take it back."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.facts.meanings import MEANINGS, Fact
from referral.casework.facts.models import SaidFact
from referral.casework.facts.queries import facts_of
from referral.db import db


@dataclass(frozen=True)
class Said:
    """A code of a list as somebody said it; `sure` where the team itself did.

    `detail` is the number or address that it is about.
    """

    list_name: str
    code: str
    sure: bool
    detail: str = ""


def write_down(person_id: UUID, fact: Fact, said: Said, by: Actor, at: datetime) -> SaidFact | None:
    """Keep a fact of which there is no other row; to say it twice is to say it once.

    Only of a wrong number it matters which one that is.
    """
    said = said if fact is Fact.WRONG else replace(said, detail="")
    if not MEANINGS[fact].kept or (fact is Fact.WRONG and not said.detail):
        return None
    known = [row for row in facts_of(person_id) if (row.fact, row.detail) == (fact, said.detail)]
    row = known[0] if known else _new(person_id, fact, said, by, at)
    if said.sure:
        row.is_sure(at)
    return row


def _new(person_id: UUID, fact: Fact, said: Said, by: Actor, at: datetime) -> SaidFact:
    row = SaidFact(person_id=person_id, fact=fact, detail=said.detail, said_by=by.name)
    row.list_name, row.code = said.list_name, said.code
    row.by_id = by.user_id
    row.said_at = at
    db.session.add(row)
    db.session.flush()  # the promise and the audit name it by its number
    record(Tag.FACT_SAID, by, at, subject_id=person_id, record_id=row.id)
    return row


def take_back(row: SaidFact, by: Actor, at: datetime) -> None:
    """It is not so: all that it stopped goes on. To take it back twice is to do it once."""
    if row.undone_at is None:
        row.undo(by.name, at)
        record(Tag.FACT_UNDONE, by, at, subject_id=row.person_id, record_id=row.id)
