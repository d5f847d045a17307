"""Saved filters within a worker's reach, what they say in words, and what may name one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.casework.cases.models import Case
from referral.casework.cases.tabs import tab_named
from referral.casework.cover.queries import who_work
from referral.casework.saved.models import SavedFilter
from referral.casework.saved.narrowing import Narrowing, Pairs, Part, Told
from referral.db import db
from referral.directory.models import CustodyCentre
from referral.directory.queries import choices, councils, labels, team_centres
from referral.people.models import Person
from referral.people.searching import tells_who
from referral.web.forms import number_in

Lists = Mapping[str, Pairs]


@dataclass(frozen=True)
class Shelf:
    """The filters that a worker may open, the one that is open, and the one the list begins with.

    `lost` says that one was asked for which is not theirs or was removed.
    """

    filters: Sequence[SavedFilter]
    chosen: SavedFilter | None
    begins: SavedFilter | None
    lost: bool


def shelf_of(actor: Actor, asked: str | None) -> Shelf:
    """The filters of the actor, with the one whose number an address names; in one statement."""
    found = filters_of(actor)
    chosen = next((one for one in found if str(one.id) == asked), None)
    mine = (one for one in found if one.owner_id == actor.user_id)
    begins = next((one for one in mine if one.starts), None)
    return Shelf(found, chosen, begins, lost=bool(asked) and chosen is None)


def filters_of(actor: Actor) -> Sequence[SavedFilter]:
    """The actor's own, then those that a lead shares with the team, each in the order of saving."""
    mine = SavedFilter.owner_id == actor.user_id
    here = and_(User.organisation_id == actor.organisation_id, User.state == UserState.ACTIVE)
    wanted = (
        select(SavedFilter)
        .join(SavedFilter.owner)
        .where(or_(mine, and_(SavedFilter.shared, here)))
        .options(contains_eager(SavedFilter.owner))
    )
    return db.session.scalars(wanted.order_by(~mine, SavedFilter.order)).all()


def own_filters(actor: Actor) -> Sequence[SavedFilter]:
    """The actor's own, to change; of two changes at once the second sees the first."""
    db.session.execute(select(User.id).where(User.id == actor.user_id).with_for_update(of=User))
    mine = select(SavedFilter).where(SavedFilter.owner_id == actor.user_id)
    return db.session.scalars(mine.order_by(SavedFilter.order)).all()


def own_filter_for(actor: Actor, number: UUID) -> SavedFilter:
    """One of the actor's own; 404 for any other."""
    mine = select(SavedFilter).where(
        SavedFilter.id == number, SavedFilter.owner_id == actor.user_id
    )
    return db.session.scalars(mine).one_or_none() or abort(404)


def lists_for(actor: Actor, on: date) -> Lists:
    """What the list can be narrowed to today, by the name of the field."""
    return {
        "centre": [(str(c.id), c.name) for c in team_centres(actor.organisation_id)],
        "need": choices("need", on),
        "council": [(council.code, council.name) for council in councils()],
    }


def colleague(actor: Actor, number: UUID | None) -> User | None:
    """The colleague by whom the list is narrowed; None for who is not of the team."""
    worker = db.session.get(User, number) if number else None
    return worker if worker and worker.organisation_id == actor.organisation_id else None


def narrowing_in(actor: Actor, address: Mapping[str, str], lists: Lists) -> Narrowing:
    """What an address narrows the list to; what is on no list, and no colleague, is left out."""
    said = {kind: address.get(kind, "") for kind in lists}
    known = {kind: code if code in dict(lists[kind]) else "" for kind, code in said.items()}
    worker = colleague(actor, number_in(address.get("worker", "")))
    centre = number_in(known["centre"])
    tab = tab_named(address.get("tab"))
    of = worker.id if worker else None
    return Narrowing(tab, of, centre, known["need"], known["council"])


def told_of(actor: Actor, narrowings: Sequence[Narrowing], lists: Lists) -> list[Told]:
    """Each in words, with what of it there is no more."""
    asked = any(one.worker for one in narrowings)
    team = [(str(user.id), user.name) for user in who_work(actor)] if asked else []
    known = {"worker": team, **lists}
    return [Told(one.tab, [*_parts(one, known)]) for one in narrowings]


def _parts(narrowing: Narrowing, known: Lists) -> Iterator[Part]:
    for kind, pairs in known.items():
        code = narrowing.address.get(kind)
        if code:
            words = dict(pairs).get(code)
            yield Part(kind, words or _was_called(kind, code), words is not None)


def _was_called(kind: str, code: str) -> str:
    """The last name of what is on no list any more."""
    if kind == "worker":
        return db.session.get_one(User, UUID(code)).name
    if kind == "centre":
        return db.session.get_one(CustodyCentre, UUID(code)).name
    return labels("need")[code] if kind == "need" else code


def names_somebody(actor: Actor, words: str, on: date) -> bool:
    """Whether words hold the name, birth date or number of somebody of the actor's team."""
    held = Person.words + " "
    ways = [
        and_(*(held.contains(f" {word} ", autoescape=True) for word in row))
        for row in tells_who(words, on)
    ]
    theirs = select(Case.person_id).where(Case.team_id == actor.organisation_id)
    found = select(Person.id).where(or_(False, *ways), Person.id.in_(theirs)).order_by(Person.id)
    return bool(ways) and db.session.scalars(found.limit(1)).first() is not None
