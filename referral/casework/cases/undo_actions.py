"""What an act that is taken back had promised, and what it had ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from referral.acts import models as acts
from referral.acts.queries import added_by, values_of
from referral.acts.values import read
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import Ending
from referral.db import db

PLACE = Promise.__tablename__


def unpromise(act: acts.Act, at: datetime) -> None:
    """Once the values of an act are put back: its promises are gone, and those it ended stand.

    A promise that somebody has ended since is kept, and what came before it stays ended. What a
    case promised that the act itself opened stays with the case. In one that has been closed since,
    as when two records were joined, nothing is promised.
    """
    values = [value for value in values_of(act.id) if value.place == PLACE]
    opened = added_by(act, Case.__tablename__)
    touched: set[UUID] = set()
    for value in values:
        row = db.session.get(Promise, value.row_id)
        if row is None:
            continue
        touched.add(row.case_id)
        made = not value.column and value.after
        if made and row.case_id not in opened and _as_made(row, value.after):
            db.session.delete(row)
    db.session.flush()
    for number in touched:
        _say_anew(db.session.get_one(Case, number), {value.row_id for value in values}, at)


def _as_made(row: Promise, after: dict[str, Any]) -> bool:
    return all(getattr(row, name) == read(value) for name, value in after.items())


def _say_anew(case: Case, concerned: set[UUID], at: datetime) -> None:
    db.session.expire(case, ["promises"])
    if case.closed_at:
        case.promise_no_more(at)
        return
    for promise in case.promised:
        later = [one for one in case.promises if one.order > promise.order]
        same = [one for one in later if (one.act, one.about_id) == (promise.act, promise.about_id)]
        if promise.id in concerned and same:
            promise.end(Ending.REPLACED, "", at)
    case.say_next()
