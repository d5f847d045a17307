"""The states in which an edition can be besides that in which an act is offered."""

from datetime import datetime, timedelta

from access.rows import DAY, States, at_once, user_of, written
from editions.shelf import LATER, SIGNS
from sqlalchemy import ScalarSelect, select

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.editions.models import Edition
from referral.editions.states import EditionState


def colleague(at: datetime) -> ScalarSelect:
    """Who signs second of what the first one made."""
    del at
    return select(User.id).where(User.name == SIGNS).scalar_subquery()


def later(at: datetime) -> datetime:
    """When it is to go out."""
    return at + LATER


LOOKED_AT = {
    "state": EditionState.DRAFT,
    "looked_at": at_once,
    "headline": "One in ten.",
    "by_id": lambda at: user_of(Role.CJS_ANALYST),
}
BY_ONE = {"signed_at": at_once, "second_id": colleague, "second_signed_at": None}
SIGNED = {**LOOKED_AT, **BY_ONE}
FROZEN = {**SIGNED, "second_signed_at": at_once, "frozen_at": at_once, "state": EditionState.FROZEN}
EDITIONS: States = {
    "counting": written(Edition, state=EditionState.COUNTING),
    "refused": written(Edition, state=EditionState.REFUSED, refusal="x", ways_out=("indicator",)),
    "signed by one": written(Edition, **SIGNED),
    "signed by both": written(Edition, **SIGNED | {"second_signed_at": at_once}),
    "frozen": written(Edition, **FROZEN, release_at=later),
    "out": written(Edition, **FROZEN, release_at=None),
    "taken back": written(Edition, state=EditionState.TAKEN_BACK, taken_back_at=at_once),
    "too old": written(Edition, **LOOKED_AT, made_at=lambda at: at - timedelta(days=14) - DAY),
}
