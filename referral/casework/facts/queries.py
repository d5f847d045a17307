"""What stands of a person: the one question of everything that is about to go out."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from referral.casework.facts.meanings import Fact, Sender, is_stopped
from referral.casework.facts.models import SaidFact
from referral.db import db
from referral.people.traits import same_number

Standing = Mapping[UUID, Sequence[SaidFact]]


def standing_facts(person_ids: Collection[UUID]) -> dict[UUID, list[SaidFact]]:
    """What was said of these people and not taken back, of each in the order it was said."""
    wanted = select(SaidFact).where(SaidFact.person_id.in_(person_ids))
    still = wanted.where(SaidFact.undone_at.is_(None)).order_by(SaidFact.order)
    found: dict[UUID, list[SaidFact]] = {person_id: [] for person_id in person_ids}
    for row in db.session.scalars(still):
        found[row.person_id].append(row)
    return found


def facts_of(person_id: UUID) -> list[SaidFact]:
    """The same of one person."""
    return standing_facts([person_id])[person_id]


def fact_in(person_id: UUID, fact_id: UUID) -> SaidFact:
    """Something that was said of a person, to change; 404 for any other."""
    wanted = select(SaidFact).filter_by(id=fact_id, person_id=person_id).with_for_update()
    return db.session.scalars(wanted).one_or_none() or abort(404)


def stopped_for(person_ids: Collection[UUID], sender: Sender) -> set[UUID]:
    """Those of these people about whom, or to whom, this must not go out now."""
    found = standing_facts(person_ids)
    return {
        person_id
        for person_id, rows in found.items()
        if is_stopped(sender, frozenset(row.fact for row in rows))
    }


def said_of(
    person_id: ColumnElement[UUID] | InstrumentedAttribute[UUID], fact: Fact
) -> ColumnElement[bool]:
    """The same for a query: whether a fact stands of a person."""
    wanted = select(SaidFact.id).where(SaidFact.person_id == person_id, SaidFact.fact == fact)
    return wanted.where(SaidFact.undone_at.is_(None)).exists()


def is_wrong(place: str, facts: Collection[SaidFact]) -> bool:
    """Whether somebody said of this number or address that it is not theirs."""
    said = [row.detail for row in facts if row.fact is Fact.WRONG]
    return bool(place) and any(place == one or same_number(place, one) for one in said)
