"""What came from others to a worker lately, and how much of it since they looked."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    Uuid,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from referral.access.actor import Actor
from referral.casefile.models import Look
from referral.casefile.news import FROM_SERVICES, LATELY, Kind, News
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import TALKS
from referral.casework.cover.models import Cover
from referral.casework.cover.queries import covered_by
from referral.casework.doors.voices import NEVER_MET
from referral.db import UtcDateTime, db
from referral.handoff.referrals.models import Referral, ReferralEvent
from referral.people.models import Person
from referral.web.paging import Page, page_of_rows

NOBODY = cast(null(), Uuid)  # it is about no case, or about no referral of it


def count_of(actor: Actor, at: datetime) -> int:
    """How much came since the actor looked; names nobody. In two statements."""
    looked = select(Look.looked_at).where(Look.user_id == actor.user_id).scalar_subquery()
    since = func.coalesce(looked, literal(at - LATELY, UtcDateTime()))
    came = _came(actor, at).subquery()
    new = select(func.count()).select_from(came).where(came.c.at > since)
    return db.session.scalar(new) or 0


def news_of(actor: Actor, page: int, at: datetime) -> Page[News]:
    """One page of what came in a fortnight, the newest first; marked what was new at this look."""
    look = look_of(actor)
    before = look.before if look else at - LATELY
    came = _came(actor, at).subquery()
    found = page_of_rows(select(came).order_by(came.c.at.desc(), came.c.what, came.c.number), page)
    return found.holding(
        [News(row.at, row.what, row.case_id, row.referral_id, row.at > before) for row in found]
    )


def look_of(actor: Actor) -> Look | None:
    """When the actor looked last; None before the first time."""
    return db.session.get(Look, actor.user_id)


def _came(actor: Actor, at: datetime) -> CompoundSelect[Any]:
    """All that came in the last fortnight to the actor, from anybody but themselves."""
    since = at - LATELY
    team = Case.team_id == actor.organisation_id
    ours = team & Case.closed_at.is_(None)
    theirs = Case.worker_id.in_({actor.user_id, *covered_by(actor, at)})
    mine = ours & theirs
    return union_all(
        _answers(mine, actor).where(ReferralEvent.recorded_at > since),
        _asked(mine | (ours & Case.worker_id.is_(None))).where(Promise.made_at > since),
        _given(ours, actor).where(Case.owner_since > since),
        _never_met(team & (theirs | Case.worker_id.is_(None))).where(Case.closed_at > since),
        _covers(actor).where(Cover.made_at > since),
    )


def _answers(mine: ColumnElement[bool], actor: Actor) -> Select[Any]:
    """What services did with what the actor answers for."""
    moved = ReferralEvent.move.in_(FROM_SERVICES) & ReferralEvent.taken_back_at.is_(None)
    wanted = _news(
        ReferralEvent.recorded_at, ReferralEvent.move, ReferralEvent.id, Case.id, Referral.id
    )
    joined = wanted.select_from(ReferralEvent).join(
        Referral, Referral.id == ReferralEvent.referral_id
    )
    theirs = joined.join(Case, Case.id == Referral.case_id)
    return theirs.where(mine, moved, ReferralEvent.by_id != actor.user_id)


def _asked(theirs: ColumnElement[bool]) -> Select[Any]:
    """Who asked for help or a service again, also where nobody has the case yet."""
    wanted = _news(Promise.made_at, Promise.act, Promise.id, Case.id, NOBODY)
    joined = wanted.select_from(Promise).join(Case, Case.id == Promise.case_id)
    return joined.where(theirs, Promise.act.in_(TALKS), Promise.ended_at.is_(None))


def _given(ours: ColumnElement[bool], actor: Actor) -> Select[Any]:
    """What a colleague put into the actor's hands."""
    wanted = _news(Case.owner_since, literal(Kind.GIVEN.value), Case.id, Case.id, NOBODY)
    from_others = Case.given_by_id.is_not(None) & (Case.given_by_id != actor.user_id)
    return wanted.where(ours, Case.worker_id == actor.user_id, from_others)


def _never_met(theirs: ColumnElement[bool]) -> Select[Any]:
    """Whose case closed by itself, because nobody had met them when what they said ran out."""
    wanted = _news(Case.closed_at, literal(Kind.NEVER_MET.value), Case.id, Case.id, NOBODY)
    return wanted.where(theirs, Case.close_reason == NEVER_MET)


def _covers(actor: Actor) -> Select[Any]:
    """For whom the actor is to stand in."""
    wanted = _news(Cover.made_at, literal(Kind.COVER.value), Cover.id, NOBODY, NOBODY)
    mine = wanted.where(Cover.cover_id == actor.user_id, Cover.ended_at.is_(None))
    return mine.where(Cover.team_id == actor.organisation_id, Cover.by_id != actor.user_id)


def _news(at: Any, what: Any, number: Any, case: Any, referral: Any) -> Select[Any]:
    """The columns that each kind has: when, what, which row, and where it leads."""
    return select(
        at.label("at"),
        cast(what, String).label("what"),
        number.label("number"),
        case.label("case_id"),
        referral.label("referral_id"),
    )


def people_of(actor: Actor, numbers: Collection[UUID]) -> Mapping[UUID, Person]:
    """Who the cases of the actor's team among these are about, by the case."""
    if not numbers:
        return {}
    mine = select(Case).where(Case.id.in_(numbers), Case.team_id == actor.organisation_id)
    cases = db.session.scalars(mine.options(joinedload(Case.person)).order_by(Case.order))
    return {case.id: case.person for case in cases}
