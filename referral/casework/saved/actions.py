"""Keep a filter of the case list, change and remove it.

It is about nobody, so that no event is left of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.casework.saved.models import SavedFilter
from referral.casework.saved.narrowing import MOST, Narrowing
from referral.casework.saved.queries import names_somebody, own_filters
from referral.casework.saved.refusals import (
    CalledSoAlready,
    NamesSomebody,
    OnlyLeadsShare,
    TooManyFilters,
)
from referral.clock import day_of
from referral.db import db


@dataclass(frozen=True)
class FilterDetails:
    """What it is called; whether the list begins with it, and whether the team may open it."""

    name: str
    starts: bool = False
    shared: bool = False


def keep(details: FilterDetails, to: Narrowing, by: Actor, at: datetime) -> SavedFilter:
    """A new filter of the actor's own.

    Raises TooManyFilters, CalledSoAlready, NamesSomebody, OnlyLeadsShare.
    """
    mine = own_filters(by)
    if len(mine) >= MOST:
        raise TooManyFilters
    kept = SavedFilter(owner_id=by.user_id, sealed="", saved_at=at)
    kept.narrow(to)
    _write(kept, details, mine, by, at)
    return kept


def change(kept: SavedFilter, details: FilterDetails, by: Actor, at: datetime) -> None:
    """It is called otherwise, begins the list or not. Raises as `keep`, but for the number."""
    others = [one for one in own_filters(by) if one is not kept]
    _write(kept, details, others, by, at)


def remove(kept: SavedFilter) -> None:
    """It is gone; the cases that it found are not touched."""
    db.session.delete(kept)


def _write(
    kept: SavedFilter,
    details: FilterDetails,
    others: Sequence[SavedFilter],
    by: Actor,
    at: datetime,
) -> None:
    if details.shared and not by.may(Permission.ALLOCATE_CASES):
        raise OnlyLeadsShare
    if details.name.casefold() in {one.name.casefold() for one in others}:
        raise CalledSoAlready
    if names_somebody(by, details.name, day_of(at)):
        raise NamesSomebody
    for other in others if details.starts else ():
        other.begin(here=False)
    db.session.flush()  # before another begins the list: there is one of them
    kept.call(details.name)
    kept.begin(here=details.starts)
    kept.share(details.shared)
    db.session.add(kept)
    db.session.flush()
