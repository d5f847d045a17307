"""Whom somebody has said to be two people."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, func, select, union_all
from sqlalchemy.orm import aliased

from referral.db import db
from referral.people.models import Person, ToldApart

_ONE = aliased(Person)
_OTHER = aliased(Person)
_THESE: BindParameter[Any] = bindparam("people", expanding=True)
_RECORDS = union_all(  # each by its index; one condition of both would be read in a table whole
    select(Person.id).where(Person.id.in_(_THESE)),
    select(Person.id).where(Person.merged_into_id.in_(_THESE)),
).subquery()
TOLD_APART = (
    select(
        func.coalesce(_ONE.merged_into_id, _ONE.id), func.coalesce(_OTHER.merged_into_id, _OTHER.id)
    )
    .select_from(ToldApart)
    .join(_ONE, _ONE.id == ToldApart.one_id)
    .join(_OTHER, _OTHER.id == ToldApart.other_id)
    .where(ToldApart.one_id.in_(select(_RECORDS.c.id)))
    .where(ToldApart.other_id.in_(select(_RECORDS.c.id)))
)


def apart(person_ids: Collection[UUID]) -> set[frozenset[UUID]]:
    """The pairs among these whom somebody has said to be two people.

    What was said of a record that was joined since holds for the one that it was joined into.
    """
    these = {"people": list(person_ids)}
    return {frozenset((one, other)) for one, other in db.session.execute(TOLD_APART, these)}


def stands_alone() -> ColumnElement[bool]:
    """Whether a record was never told apart from another, nor joined: then no pair can name it."""
    joined = aliased(Person)
    told = exists().where(ToldApart.one_id == Person.id)
    told_too = exists().where(ToldApart.other_id == Person.id)
    holds_another = exists().where(joined.merged_into_id == Person.id)
    return Person.merged_into_id.is_(None) & ~told & ~told_too & ~holds_another
