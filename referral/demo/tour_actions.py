"""Begin the first day of one's role, go on, stop."""

from sqlalchemy import select

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.db import db
from referral.demo.models import Tour
from referral.demo.tour_queries import last_event, standing_of


def begin(by: Actor) -> None:
    """From the first step; what they did before counts no more."""
    tour = _locked(by) or Tour(user_id=by.user_id)
    tour.begin(last_event())
    db.session.add(tour)


def go_on(by: Actor, shown: int) -> None:
    """Leave behind the step that was shown. Where another one is due by now, nothing changes."""
    tour = _locked(by)
    standing = standing_of(by)
    if tour and standing and standing.here == shown:
        tour.leave_behind(shown + 1)


def stop(by: Actor) -> None:
    """The bar shows no more until they begin again."""
    if tour := _locked(by):
        tour.stop()


def _locked(by: Actor) -> Tour | None:
    """Their row; of two requests at once one comes first."""
    mine = select(User.id).where(User.id == by.user_id)
    db.session.execute(mine.with_for_update(of=User)).one()
    return db.session.get(Tour, by.user_id)
