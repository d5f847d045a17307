"""Look at what is new: what came until now counts no more."""

from datetime import datetime

from sqlalchemy import select

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.casefile.models import Look
from referral.casefile.news import LATELY
from referral.casefile.news_queries import count_of, look_of
from referral.db import db


def note_look(by: Actor, at: datetime) -> None:
    """The count begins anew. Where nothing came since, what was new last time stays marked."""
    mine = select(User.id).where(User.id == by.user_id)
    db.session.execute(mine.with_for_update(of=User)).one()  # of two at once one comes first
    look = look_of(by)
    if look is None:
        db.session.add(Look(user_id=by.user_id, looked_at=at, before=at - LATELY))
    elif count_of(by, at):
        look.again(at)
