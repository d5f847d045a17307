"""The referral behind a link, and the services due to be asked what became of somebody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.acts.kinds import ActKind
from referral.acts.queries import last_act
from referral.casework.facts.meanings import Sender
from referral.casework.facts.queries import stopped_for
from referral.clock import day_of
from referral.consent.purposes import Purpose
from referral.consent.queries import own_yeses, stands
from referral.db import chunks, db
from referral.directory.models import Organisation, Service
from referral.handoff.by_link.questions import (
    ABOUT_OUTCOMES,
    CHANGED_IN,
    DAYS,
    OPEN_IN,
    TOO_LATE,
    day_reached,
    question_now,
)
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral, ReferralEvent
from referral.handoff.referrals.queries import open_stop
from referral.handoff.referrals.states import TAKEN_ON, Move
from referral.handoff.referrals.telling_actions import CANNOT, occasion_of
from referral.post.links.models import Link, LinkCode
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import Door, Doors, filled_code
from referral.post.messages.actions import Filler
from referral.web.addresses import address_of
from referral.web.filters import day as in_words
from referral.web.filters import when


@dataclass(frozen=True)
class ReferralDoor(Door):
    """A link that leads to one referral, as an actor of its service and of nothing else."""

    referral: Referral

    @property
    def actor(self) -> Actor:
        """The actor: the link, for the service that it was sent to."""
        service = self.referral.service
        name = f"{service.name}, by link"
        role, organisation = Role.SERVICE_WORKER, service.organisation_id
        return Actor(self.link.id, name, role, organisation, service_id=service.id)

    def reader(self, at: datetime) -> str:
        """The registered address of the service."""
        return self.referral.service.email_on(day_of(at))

    def may_change(self, at: datetime) -> bool:
        """Whether what was answered by this link can still be changed by it."""
        standing = CHANGED_IN.get(self.purpose, frozenset())
        if self.referral.state not in standing or not self._is_mine():
            return False
        open_today = self.referral.service.is_open(day_of(at))
        return open_today and self.link.may_be_changed(at) and self._may_ask(self.purpose, at)

    def _is_mine(self) -> bool:
        """Whether the yes or no that stands was said by this link; of what came of it, always."""
        if self.purpose is not LinkPurpose.ANSWER:
            return True
        act = last_act(self.referral.id, (ActKind.ANSWERED,))
        return act is not None and act.by_id == self.link.id

    def stands_open(self, at: datetime) -> bool:
        """Whether the link is good, its question not answered in another way, and allowed."""
        state = self.referral.state
        today = day_of(at)
        asked = state in OPEN_IN[self.purpose] and self.referral.service.is_open(today)
        return asked and super().stands_open(at) and self._may_ask(self.purpose, at)

    def question(self, at: datetime) -> LinkPurpose | None:
        """The question of a new link at `at`; None if nothing is open or the person says no."""
        if open_stop(self.referral.id):
            return LinkPurpose.STOPPED
        found = question_now(self.referral.state)
        return found if found and self._may_ask(found, at) else None

    def _may_ask(self, purpose: LinkPurpose, at: datetime) -> bool:
        person_id = self.referral.person_id
        return purpose not in ABOUT_OUTCOMES or stands(person_id, Purpose.OUTCOME, at)


def _to_referral(link: Link) -> ReferralDoor:
    wanted = select(Referral).filter_by(id=link.about_id).with_for_update(of=Referral)
    return ReferralDoor(link, db.session.scalars(wanted).one())


DOORS = Doors(OPEN_IN, _to_referral)


def unsaid_meeting(referral_id: UUID, at: datetime) -> Appointment | None:
    """The latest appointment that is over and of which nobody has said what happened."""
    wanted = select(Appointment).where(
        Appointment.referral_id == referral_id,
        Appointment.said_at.is_(None),
        Appointment.starts_at <= at,
    )
    latest = wanted.order_by(Appointment.starts_at.desc(), Appointment.order.desc()).limit(1)
    return db.session.scalars(latest).one_or_none()


def meeting_in_question(door: ReferralDoor, at: datetime) -> Appointment | None:
    """The appointment that a link asks about, or that it has answered; None without one."""
    return said_meeting(door.link) if door.link.used_at else unsaid_meeting(door.referral.id, at)


def came_version(door: ReferralDoor) -> int:
    """A number that grows whenever something is said of the referral or of its appointments."""
    mine = Appointment.referral_id == door.referral.id
    said = db.session.scalar(select(func.sum(Appointment.version)).where(mine))
    return door.referral.version + (said or 0)


def said_meeting(link: Link) -> Appointment | None:
    """The appointment of which something was said by a link, to change; None without one."""
    wanted = select(Appointment).filter_by(referral_id=link.about_id, said_by_id=link.id)
    latest = wanted.where(Appointment.said_at == link.used_at).order_by(Appointment.order).limit(1)
    return db.session.scalars(latest).one_or_none()


@dataclass(frozen=True)
class SentBy:
    """The team that wrote: its name and its telephone number, if it gave one."""

    name: str
    phone: str

    @property
    def words(self) -> str:
        """Both in one line."""
        return ", ".join(filter(None, (self.name, self.phone)))


def sender_of(referral: Referral) -> SentBy:
    """The team whose referral it is."""
    team = db.session.get_one(Organisation, referral.case.team_id)
    return SentBy(team.name, team.phone)


def to_be_asked(at: datetime, among: Sequence[UUID] | None = None) -> list[tuple[Referral, int]]:
    """The referrals with a service that can be asked by e-mail, and which day it is for each.

    Only where the person agrees, at this moment, that it may tell how it went, and where that day
    was not asked about yet. All of them, or those among these numbers.
    """
    earliest = at - timedelta(days=DAYS[-1]) - TOO_LATE
    accepted = (
        select(func.min(ReferralEvent.happened_at))
        .where(ReferralEvent.referral_id == Referral.id, ReferralEvent.move == Move.ACCEPT)
        .scalar_subquery()
    )
    wanted = (
        select(Referral, accepted)
        .join(Referral.service)
        .where(Referral.ended_at.is_(None), accepted >= earliest, Service.email != "")
        .where(Referral.state.in_(TAKEN_ON))
        .order_by(Referral.sent_at, Referral.order)
    )
    if among is not None:
        wanted = wanted.where(Referral.id.in_(among))
    found = [(row, day_reached(since, at)) for row, since in db.session.execute(wanted)]
    reached = [(referral, day) for referral, day in found if day]
    return [pair for part in chunks(reached) for pair in _to_ask(part, at)]


def _to_ask(
    reached: Sequence[tuple[Referral, int]], at: datetime
) -> Iterator[tuple[Referral, int]]:
    """Those whose person agrees, and who were not asked on this day yet; in three statements.

    Of somebody who is said to have died no service is asked.
    """
    people = {referral.person_id for referral, _ in reached}
    yes = own_yeses(people, Purpose.OUTCOME, at).keys() - stopped_for(people, Sender.ASK_SERVICE)
    occasions = [occasion_of(referral, f"day{day}") for referral, day in reached]
    made = select(Link.occasion).where(Link.occasion.in_(occasions))
    asked = set(db.session.scalars(made.order_by(Link.occasion)))
    for (referral, day), occasion in zip(reached, occasions, strict=True):
        if referral.person_id in yes and occasion not in asked:
            yield referral, day


def linked_referrals(service_id: UUID, at: datetime) -> Sequence[Referral]:
    """The referrals that a service has open, or has a good link to, oldest first; to change."""
    good = select(Link.id).where(Link.about_id == Referral.id, Link.alive(at))
    wanted = (
        select(Referral)
        .where(Referral.service_id == service_id, Referral.sent_at.is_not(None))
        .where(or_(Referral.ended_at.is_(None), good.exists()))
        .order_by(Referral.sent_at, Referral.order)
        .with_for_update(of=Referral)
    )
    return db.session.scalars(wanted).all()


def filled_link(link_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of a message with a link; None when its question is no longer open."""
    link = db.session.get_one(Link, link_id)
    door = ReferralDoor(link, db.session.get_one(Referral, link.about_id))
    person_id = door.referral.person_id
    asks = door.purpose in ABOUT_OUTCOMES and stopped_for([person_id], Sender.ASK_SERVICE)
    if asks or not door.stands_open(at):
        return None
    meeting = unsaid_meeting(door.referral.id, at)
    return {
        "reference": door.referral.reference,
        "link": address_of("by_link.page", text=door.text),
        "until": in_words(day_of(link.expires_at)),
        "due": when(door.referral.due_at),
        "urgent": "Urgent: " if door.referral.urgent else "",
        "meeting": f", expected on {when(meeting.starts_at)}" if meeting else "",
        "sender": sender_of(door.referral).words,
    }


def filled_service_code(code_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of the message with a code, which names the referral that it is for."""
    places = filled_code(code_id, at)
    if places is None:
        return None
    link = db.session.get_one(LinkCode, code_id).link
    referral = db.session.get_one(Referral, link.about_id)
    sender = sender_of(referral).words
    return {**places, "reference": referral.reference, "sender": sender}


FILLERS: Mapping[str, Filler] = {
    "answer": filled_link,
    "reply": filled_link,
    "see": filled_link,
    CANNOT: filled_link,
    "came": filled_link,
    "changed": filled_link,
    "stopped": filled_link,
    "code": filled_service_code,
}
