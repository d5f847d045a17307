"""Where somebody is in the first day of their role."""

from sqlalchemy import select

from referral.access.actor import Actor
from referral.audit.models import AuditEvent, AuditHead
from referral.audit.tags import Tag
from referral.db import db
from referral.demo.models import Tour
from referral.demo.tour import TOURS, Standing, first_open


def standing_of(actor: Actor) -> Standing | None:
    """How far they are; None for who has no role here. In two statements, in one if it rests."""
    if actor.role is None:
        return None
    steps = TOURS[actor.role]
    tour = db.session.get(Tour, actor.user_id)
    if tour is None:
        return Standing(steps, 0, frozenset(), running=False, began=False)
    seen = _seen(actor, tour) if tour.running else frozenset()
    return Standing(steps, first_open(steps, tour.passed, seen), seen, tour.running)


def last_event() -> int:
    """The number of the last event of the trail."""
    return db.session.scalars(select(AuditHead.seq)).one()


def _seen(actor: Actor, tour: Tour) -> frozenset[Tag]:
    """What they themselves did since it began, as far as a step of theirs asks for it."""
    asked = {step.proof for step in TOURS[actor.role] if step.proof} if actor.role else set()
    own = select(AuditEvent.tag).where(
        AuditEvent.actor_id == actor.user_id, AuditEvent.seq > tour.since
    )
    found = set(db.session.scalars(own.where(AuditEvent.tag.in_(asked)).order_by(AuditEvent.seq)))
    return frozenset(tag for tag in asked if tag in found)
