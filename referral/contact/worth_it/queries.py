"""When a person is asked whether it was worth it, and where their link leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager

from referral.access.actor import Oneself
from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint, WorthWord
from referral.casework.contact_plan.points import AFTER, ASKS_WORTH
from referral.clock import day_of
from referral.consent.purposes import Purpose
from referral.consent.queries import stands
from referral.contact.messages.models import PersonMessage
from referral.contact.messages.queries import Filled
from referral.contact.messages.ways import WhyNot
from referral.db import db
from referral.directory.deadlines import Calendar, due
from referral.handoff.referrals.models import Referral, ReferralEvent
from referral.handoff.referrals.states import Move
from referral.post.links.models import Link
from referral.post.links.purposes import LASTS, LinkPurpose
from referral.post.links.queries import Door, Doors
from referral.web.addresses import address_of
from referral.web.filters import day

# A generous frame around 28 days and 12 weeks and the life of a link: it keeps the statement from
# reading years; each question is then looked at exactly.
LEAST_AGO = timedelta(weeks=3)
MOST_AGO = timedelta(weeks=14) + LASTS[LinkPurpose.WORTH]


@dataclass(frozen=True)
class WorthDoor(Door):
    """A link that leads to one question to one person, and to nothing of theirs."""

    point: ReviewPoint

    @property
    def actor(self) -> Oneself:
        """The actor: whoever holds the link, recorded as the person it was meant for."""
        team = self.point.plan.case.team_id
        return Oneself(self.link.id, "The person themselves, by link", team)

    def stands_open(self, at: datetime) -> bool:
        """Whether the link is good, nobody has answered, and the person wants to be contacted."""
        person_id = self.point.plan.case.person_id
        fresh = super().stands_open(at) and self.point.worth is None
        return fresh and stands(person_id, Purpose.CONTACT, at)


def point_to_answer(point_id: UUID) -> ReviewPoint:
    """A time at which the person was asked, to change, with what was answered meanwhile."""
    wanted = select(ReviewPoint).filter_by(id=point_id).with_for_update(of=ReviewPoint)
    point = db.session.scalars(wanted.execution_options(populate_existing=True)).one()
    db.session.refresh(point, ["word"])
    return point


DOORS = Doors({LinkPurpose.WORTH}, lambda link: WorthDoor(link, point_to_answer(link.about_id)))


def open_points(at: datetime, person_id: UUID | None = None) -> Iterator[ReviewPoint]:
    """The questions that are open: 28 days and 12 weeks after a service first took somebody on.

    Each for as long as its link is good; of those nobody answered, and whose plan has not ended.
    """
    wanted = _points(at)
    return _open(wanted.where(Case.person_id == person_id) if person_id else wanted, at)


def unasked_points(at: datetime, among: Sequence[UUID] | None = None) -> Iterator[ReviewPoint]:
    """The same without those of which a link was made: all, or those among these numbers."""
    made = select(Link.id).where(Link.about_id == ReviewPoint.id)
    wanted = (
        _points(at)
        .where(~exists(made))
        .options(
            contains_eager(ReviewPoint.plan)
            .contains_eager(ContactPlan.case)
            .joinedload(Case.person)
        )
    )
    return _open(wanted if among is None else wanted.where(ReviewPoint.id.in_(among)), at)


def _points(at: datetime) -> Select[ReviewPoint, datetime]:
    """The points that ask, with when the person was first taken on, not much too late or early."""
    earliest, latest = at - MOST_AGO, at - LEAST_AGO
    taken = (
        select(func.min(ReferralEvent.happened_at))
        .join(Referral, Referral.id == ReferralEvent.referral_id)
        .where(Referral.case_id == Case.id, Referral.booking_id == ContactPlan.booking_id)
        .where(ReferralEvent.move == Move.ACCEPT)
        .correlate(Case, ContactPlan)
        .scalar_subquery()
    )
    return (
        select(ReviewPoint, taken)
        .join(ReviewPoint.plan)
        .join(ContactPlan.case)
        .outerjoin(ReviewPoint.word)
        .where(ContactPlan.ended_why.is_(None), Case.closed_at.is_(None), WorthWord.id.is_(None))
        .where(taken > earliest, taken < latest)
        .where(ReviewPoint.point.in_(ASKS_WORTH))
        .options(contains_eager(ReviewPoint.plan).contains_eager(ContactPlan.case))
        .options(contains_eager(ReviewPoint.word))
    )


def _open(wanted: Select[ReviewPoint, datetime], at: datetime) -> Iterator[ReviewPoint]:
    in_turn = wanted.order_by(ReviewPoint.due_at, ReviewPoint.id)
    for point, since in db.session.execute(in_turn):
        asked_at = due(AFTER[point.point], since, Calendar())
        if point.worth is None and asked_at <= at < asked_at + LASTS[LinkPurpose.WORTH]:
            yield point


def open_question(person_id: UUID, at: datetime) -> ReviewPoint | None:
    """The latest question that a person may answer now; None while none is open."""
    return max(open_points(at, person_id), key=lambda point: point.due_at, default=None)


def filled_worth(message: PersonMessage, at: datetime) -> Filled | WhyNot:
    """The link; none any more where the question was answered or the link stopped."""
    link = db.session.get_one(Link, message.about_id)
    door = WorthDoor(link, db.session.get_one(ReviewPoint, link.about_id))
    if not door.stands_open(at):
        return WhyNot.OVER
    until = day(day_of(link.expires_at))
    return Filled(
        {"link": address_of("worth_it.page", text=door.text), "until": until}, link.expires_at
    )
